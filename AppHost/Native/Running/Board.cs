namespace HaLong.AppHost.Native;

internal enum State { NotStarted, Waiting, Starting, Running, Finished, FailedToStart, Stopping, Exited }

internal enum Health { Unknown, Healthy, Unhealthy }

/// <summary>One process (or database) of a resource: a replica.</summary>
internal sealed class Instance(Resource resource, int index)
{
    public Resource Resource { get; } = resource;

    public int Index { get; } = index;

    public string DisplayName => Resource.Replicas > 1 ? $"{Resource.Name}-{Index}" : Resource.Name;

    public State State { get; set; }

    public Health Health { get; set; }

    /// <summary>Why it is in this state, in words.</summary>
    public string? Reason { get; set; }

    public int? ExitCode { get; set; }

    public int Restarts { get; set; }

    public IReadOnlyList<int> Pids { get; set; } = [];
}

/// <summary>The state of everything, and a way to wait for a change of it.</summary>
internal sealed class Board(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<Instance> _instances = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeProvider Time => time;

    public IReadOnlyList<Instance> All
    {
        get
        {
            lock (_lock)
                return [.. _instances];
        }
    }

    public IReadOnlyList<Instance> Of(string resource) => [.. All.Where(i => i.Resource.Name == resource)];

    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    public void Reset(IEnumerable<Instance> instances)
    {
        lock (_lock)
        {
            _instances.Clear();
            _instances.AddRange(instances);
        }

        Pulse();
    }

    public void Update(Instance instance, Action<Instance> change)
    {
        lock (_lock)
            change(instance);
        Pulse();
    }

    public void Update(Instance instance, State state, string? reason = null, Health health = Health.Unknown) =>
        Update(instance, i => (i.State, i.Reason, i.Health) = (state, reason, health));

    public async Task WhenAsync(Func<bool> condition, CancellationToken ct)
    {
        while (true)
        {
            // Taken before the look, so that a change in between is not missed.
            var changed = Changed;
            if (condition())
                return;
            await changed.WaitAsync(ct);
        }
    }

    private void Pulse()
    {
        TaskCompletionSource old;
        lock (_lock)
            (old, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        old.SetResult();
    }
}

namespace HaLong.AppHost.Native;

/// <summary>Starts everything in the order that the model asks for, and stops it in reverse.</summary>
internal sealed class Orchestrator(DistributedApplicationBuilder builder, Board board) : IDisposable
{
    public const string HostName = "host";

    /// <summary>All is over after the second, and the processes before the servers they use after the first.</summary>
    private static readonly TimeSpan ProcessesStopWithin = TimeSpan.FromSeconds(4), AllStopWithin = TimeSpan.FromSeconds(8);
    private readonly RunFolder _folder = builder.Folder;
    private readonly Ports _ports = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _tasks = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private List<Runner> _runners = [];
    private Journal? _journal;
    private IAsyncDisposable? _display;

    public async Task StartAsync()
    {
        _folder.Open();
        try
        {
            var resources = builder.Resources.OfType<Resource>().ToList();
            // What the model asks for comes first, lest it be given out as a free port.
            foreach (var endpoint in resources.SelectMany(r => r.Endpoints.Select(e => (Resource: r, Endpoint: e))).OrderBy(e => e.Endpoint.Wanted is null))
                endpoint.Endpoint.Allocate(endpoint.Resource.Replicas, _ports);
            foreach (var parameter in resources.OfType<ParameterResource>())
                await parameter.GetValueAsync(_stop.Token);
            Dependencies.Check(resources);
            var instances = resources.Where(r => r.HasProcess || r is PostgresDatabaseResource)
                .SelectMany(r => Enumerable.Range(0, r.Replicas).Select(i => new Instance(r, i))).ToList();
            _journal = new Journal(_folder.Logs, board.Time);
            var setting = new Setting(board, _journal, _folder, _ports, builder.Configuration, builder.Environment.EnvironmentName, _http);
            _runners = [.. instances.Select(i => new Runner(i, setting))];
            board.Reset(instances);
            _display = Display.Open(builder.Configuration["Console"], board, _journal);
            _tasks.Add(new StateFile(board, _folder).RunAsync(_stop.Token));
            _tasks.AddRange(_runners.Where(r => !r.Instance.Resource.ExplicitStart).Select(r => r.RunAsync(_stop.Token)));
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    public IReadOnlyList<string> LastLines(string resource) => _journal?.Last(resource) ?? [];

    public async Task StopAsync()
    {
        var began = board.Time.GetTimestamp();
        await _stop.CancelAsync();
        var levels = _runners.GroupBy(r => Dependencies.Level(r.Instance.Resource)).OrderByDescending(l => l.Key).ToList();
        foreach (var (level, position) in levels.Select((l, i) => (l, i)))
        {
            var last = level.Any(r => r.Instance.Resource.IsServer);
            var left = (last ? AllStopWithin : ProcessesStopWithin) - board.Time.GetElapsedTime(began);
            var grace = last ? left : left / Math.Max(1, levels.Count - 1 - position);
            await Task.WhenAll(level.Select(r => r.StopAsync(grace < TimeSpan.FromMilliseconds(300) ? TimeSpan.FromMilliseconds(300) : grace)));
        }

        await Task.WhenAll(_tasks).WaitAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var runner in _runners)
            runner.Kill();
        if (_display is not null)
            await _display.DisposeAsync();
        StateFile.Write(board, _folder);
        Dispose();
    }

    public void Dispose()
    {
        _http.Dispose();
        _journal?.Dispose();
        _ports.Dispose();
        _folder.Close();
        _stop.Dispose();
    }
}

/// <summary>Who needs whom.</summary>
internal static class Dependencies
{
    /// <summary>0 for servers; a process stands above everything it waits for, connects to or calls.</summary>
    public static int Level(Resource resource) => Level(resource, []);

    /// <summary>Refuses a model in which resources wait for each other.</summary>
    public static void Check(IReadOnlyCollection<Resource> resources)
    {
        var done = new HashSet<Resource>();
        foreach (var resource in resources)
            Visit(resource, []);

        void Visit(Resource resource, List<Resource> path)
        {
            if (path.Contains(resource))
                throw new DistributedApplicationException($"Resources wait for each other: {string.Join(" → ", path.SkipWhile(r => r != resource).Append(resource).Select(r => r.Name))}");
            if (!done.Add(resource))
                return;
            foreach (var rule in resource.Waits)
                Visit(rule.Target, [.. path, resource]);
        }
    }

    private static int Level(Resource resource, HashSet<Resource> above)
    {
        // Two processes may call each other; one of them must stop first.
        if (resource.IsServer || !above.Add(resource))
            return 0;
        var below = resource.Waits.Select(w => w.Target).Concat(resource.Connections.Select(c => c.Source)).Concat(resource.Services.Select(s => s.Source))
            .Select(r => Level(r, above)).DefaultIfEmpty(0).Max();
        above.Remove(resource);
        return below + 1;
    }
}

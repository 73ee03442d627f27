using Aspire.Hosting.ApplicationModel;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>The states of everything, and waiting for them.</summary>
public sealed class BoardTests
{
    private readonly Board _board = new(TimeProvider.System);
    private readonly ResourceNotificationService _notifications;

    public BoardTests() => _notifications = new ResourceNotificationService(_board);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_resource_is_healthy_only_when_every_replica_is()
    {
        var (one, two) = Replicas();
        _board.Reset([one, two]);
        var waiting = _notifications.WaitForResourceHealthyAsync("many", Ct);
        _board.Update(one, State.Running, health: Health.Healthy);
        await Task.Delay(50, Ct);
        Assert.False(waiting.IsCompleted);
        _board.Update(two, State.Running, health: Health.Healthy);
        await waiting.WaitAsync(Sample.Patience, Ct);
    }

    [Fact]
    public async Task Who_waits_for_an_unknown_resource_waits_until_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = _notifications.WaitForResourceAsync("nobody", "Running", cancel.Token);
        _board.Reset([Replicas().One]);
        await Task.Delay(50, Ct);
        Assert.False(waiting.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Sample.Patience, Ct));
    }

    [Fact]
    public async Task No_change_is_missed_by_those_who_wait_while_others_write()
    {
        var (one, _) = Replicas();
        _board.Reset([one]);
        for (var round = 1; round <= 300; round++)
        {
            var wanted = round;
            var waiting = Task.Run(() => _board.WhenAsync(() => one.Restarts == wanted, Ct), Ct);
            _board.Update(one, i => i.Restarts = wanted);
            await waiting.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        }
    }

    [Fact]
    public void A_new_state_forgets_the_reason_and_health_of_the_one_before()
    {
        var (one, _) = Replicas();
        _board.Update(one, State.Waiting, "waits for two", Health.Unhealthy);
        _board.Update(one, State.Starting);
        Assert.Equal((State.Starting, Health.Unknown, null), (one.State, one.Health, one.Reason));
    }

    [Fact]
    public void A_reset_replaces_everything_and_a_list_taken_before_stays_as_it_was()
    {
        var (one, two) = Replicas();
        _board.Reset([one]);
        var before = _board.All;
        _board.Reset([two]);
        Assert.Same(one, Assert.Single(before));
        Assert.Same(two, Assert.Single(_board.Of("many")));
        Assert.Empty(_board.Of("other"));
    }

    private static (Instance One, Instance Two) Replicas()
    {
        var resource = Sample.Model().AddWeb("many").Resource;
        resource.Replicas = 2;
        return (new Instance(resource, 0), new Instance(resource, 1));
    }
}

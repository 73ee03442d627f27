using HaLong.AppHost.Native;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Waits for states of resources.</summary>
public sealed class ResourceNotificationService
{
    private readonly Board _board;

    internal ResourceNotificationService(Board board) => _board = board;

    /// <summary>Returns when every replica of the resource is running and healthy.</summary>
    public Task WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        _board.WhenAsync(() => _board.Of(resourceName) is { Count: > 0 } all && all.All(i => i.Health == Health.Healthy), cancellationToken);

    /// <summary>Returns when every replica of the resource is in the state, for example "Running" or "Finished".</summary>
    public Task WaitForResourceAsync(string resourceName, string targetState, CancellationToken cancellationToken = default) =>
        _board.WhenAsync(() => _board.Of(resourceName) is { Count: > 0 } all && all.All(i => i.State.ToString() == targetState), cancellationToken);
}

namespace HaLong.AppHost.Native;

/// <summary>What only the native host can tell, for tests that break things.</summary>
public static class NativeExtensions
{
    /// <summary>The ids of the running processes of a resource, the main process of each replica first.</summary>
    public static IReadOnlyList<int> GetProcessIds(this DistributedApplication app, string resourceName) =>
        [.. app.Board.Of(resourceName).SelectMany(i => i.Pids)];

    /// <summary>How often the resource's processes were started again after a crash.</summary>
    public static int GetRestarts(this DistributedApplication app, string resourceName) => app.Board.Of(resourceName).Sum(i => i.Restarts);

    /// <summary>State and reason of a resource in words.</summary>
    public static string Describe(this DistributedApplication app, string resourceName) =>
        string.Join("; ", app.Board.Of(resourceName).Select(i => $"{i.DisplayName} {i.State} {i.Health} {i.Reason}".TrimEnd()));

    /// <summary>The last lines a resource has written.</summary>
    public static IReadOnlyList<string> GetLastLines(this DistributedApplication app, string resourceName) => app.LastLines(resourceName);

    /// <summary>The run directory: logs, data, secrets, state.</summary>
    public static string GetRunDirectory(this DistributedApplication app) => app.RunDirectory;
}

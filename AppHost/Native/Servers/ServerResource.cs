using HaLong.AppHost.Native;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A server from the operating system's packages, run as a child process with data of its own.</summary>
public abstract class ServerResource(string name) : Resource(name), IResourceWithEndpoints, IResourceWithConnectionString, IResourceWithWaitSupport
{
    internal const string Host = "127.0.0.1";

    internal override bool IsServer => true;

    internal override Expression ConnectionString => new(Describe, $"{{{Name}.connectionString}}");

    /// <summary>The connection string in the manifest's words.</summary>
    internal abstract string Template { get; }

    internal abstract string Image { get; }

    /// <summary>Where the data lie inside a container.</summary>
    internal abstract string DataFolder { get; }

    internal int PortNumber => EndpointNamed("tcp").PortOf(0);

    internal abstract string Describe();

    /// <summary>Makes the data folder ready and says how to start.</summary>
    internal abstract Task<LaunchSpec> PrepareAsync(Preparation preparation, CancellationToken ct);

    /// <summary>Null when the server answers, otherwise why not.</summary>
    internal abstract Task<string?> ProbeAsync(CancellationToken ct);

    /// <inheritdoc />
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>(Describe());
}

/// <summary>What a server needs to prepare its start.</summary>
internal sealed record Preparation(RunFolder Folder, IConfiguration Configuration, Ports Ports, Func<LaunchSpec, Task<ChildProcess>> StartHelperAsync);

internal static class Programs
{
    public static string Existing(string command, string folder) =>
        Candidates(command.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(command, folder) : command).FirstOrDefault(File.Exists)
        ?? throw new DistributedApplicationException($"There is no program {command}.");

    public static string Find(string what, string package, params IEnumerable<string> candidates) =>
        candidates.SelectMany(Candidates).FirstOrDefault(File.Exists)
        ?? throw new DistributedApplicationException($"{what} is not installed. On Debian or Ubuntu: apt-get install {package}");

    private static IEnumerable<string> Candidates(string program) =>
        program.StartsWith('/')
            ? [program]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program));
}

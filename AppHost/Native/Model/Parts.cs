using System.Text.RegularExpressions;

namespace HaLong.AppHost.Native;

/// <summary>A value for a process and the words the manifest has for it.</summary>
internal sealed record Expression(Func<string> Value, string Manifest)
{
    public static Expression Literal(string value) => new(() => value, value);
}

/// <summary>A listening address; every replica has its own port, which it keeps over restarts.</summary>
internal sealed class Endpoint(string name, string scheme, string host, int? port, int? targetPort, string? variable)
{
    private int[] _ports = [];

    public string Name { get; } = name;

    public string Scheme { get; } = scheme;

    public int? Port { get; } = port;

    public int? TargetPort { get; } = targetPort;

    public string? Variable { get; } = variable;

    /// <summary>What the server listens on inside a container.</summary>
    public int? ContainerPort { get; init; }

    public bool IsExternal { get; set; }

    /// <summary>The port that the model asks for.</summary>
    public int? Wanted => Port ?? TargetPort;

    public void Allocate(int replicas, Ports ports) =>
        _ports = [.. Enumerable.Range(0, replicas).Select(i => i == 0 && Wanted is { } wanted ? ports.Claim(wanted) : ports.Free())];

    public int PortOf(int replica) =>
        replica < _ports.Length ? _ports[replica] : throw new DistributedApplicationException($"Endpoint '{Name}' has no port before the application has started.");

    public bool IsAllocated => _ports.Length > 0;

    public string Url(int replica) => $"{Scheme}://{host}:{PortOf(replica)}";
}

internal sealed record ConnectionReference(string Variable, Resource Source, bool Optional);

internal sealed record ServiceReference(Resource Source, string? OnlyEndpoint);

internal sealed record WaitRule(Resource Target, int? ExitCode);

internal sealed record HttpCheck(string Path, int StatusCode, string? EndpointName);

/// <summary>Implemented by generated <c>Projects.*</c> classes: where the build put the assembly.</summary>
public interface IBuiltProject
{
    /// <summary>Full path of the assembly.</summary>
    string TargetPath { get; }
}

internal static partial class ResourceName
{
    public static string Checked(string name) =>
        Pattern.IsMatch(name)
            ? name
            : throw new ArgumentException($"Resource name '{name}' must be lower-case letters, digits and single hyphens between them, begin with a letter and have at most 64 characters.", nameof(name));

    [GeneratedRegex(@"^(?=.{1,64}\z)[a-z](-?[a-z0-9])*\z")]
    private static partial Regex Pattern { get; }
}

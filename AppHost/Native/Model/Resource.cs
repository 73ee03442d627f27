using HaLong.AppHost.Native;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What every kind of resource carries.</summary>
public abstract class Resource(string name) : IResource
{
    /// <inheritdoc />
    public string Name { get; } = ResourceName.Checked(name);

    internal abstract string Kind { get; }

    /// <summary>Owns a process; parameters, connection strings and databases do not.</summary>
    internal virtual bool HasProcess => true;

    internal virtual bool IsServer => false;

    internal virtual Expression? ConnectionString => null;

    internal List<Endpoint> Endpoints { get; } = [];

    internal List<(string Name, Expression Value)> Environment { get; } = [];

    internal List<string> Arguments { get; } = [];

    internal List<ConnectionReference> Connections { get; } = [];

    internal List<ServiceReference> Services { get; } = [];

    internal List<WaitRule> Waits { get; } = [];

    internal List<HttpCheck> HealthChecks { get; } = [];

    internal List<(string Endpoint, Action<ResourceUrlAnnotation> Edit)> UrlEdits { get; } = [];

    internal int Replicas { get; set; } = 1;

    internal bool ExplicitStart { get; set; }

    internal Resource? Parent { get; set; }

    internal bool KeepsData { get; set; }

    /// <summary>Somebody waits for its end, so its end is no crash.</summary>
    internal bool RunsToCompletion { get; set; }

    internal Endpoint EndpointNamed(string endpointName) =>
        Endpoints.Find(e => e.Name == endpointName)
        ?? throw new DistributedApplicationException($"Resource '{Name}' has no endpoint '{endpointName}'.");

    internal Endpoint? HttpEndpoint => Endpoints.Find(e => e.Scheme == "http" && e.Name == "http") ?? Endpoints.Find(e => e.Scheme == "http");
}

/// <summary>A .NET project, run from its built assembly.</summary>
public class ProjectResource(string name, IProjectMetadata metadata) : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    internal override string Kind => "project";

    internal IProjectMetadata Metadata { get; } = metadata;
}

/// <summary>A plain process.</summary>
public class ExecutableResource(string name, string command, string workingDirectory)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    /// <summary>The program.</summary>
    public string Command { get; } = command;

    /// <summary>Where it runs.</summary>
    public string WorkingDirectory { get; } = workingDirectory;

    internal override string Kind => "executable";
}

/// <summary>A value that comes from outside the model: <c>Parameters:&lt;name&gt;</c> of the configuration.</summary>
public class ParameterResource(string name, Func<string> value, bool secret) : Resource(name)
{
    /// <summary>Must not be shown.</summary>
    public bool Secret { get; } = secret;

    internal override string Kind => "parameter";

    internal override bool HasProcess => false;

    internal string? PublishedDefault { get; init; }

    internal Expression Expression => new(value, $"{{{Name}.value}}");

    /// <summary>The value.</summary>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(value());
}

/// <summary>A server that somebody else runs: <c>ConnectionStrings:&lt;name&gt;</c> of the configuration.</summary>
public class ConnectionStringResource(string name, Func<string> value) : Resource(name), IResourceWithConnectionString
{
    internal override string Kind => "connection-string";

    internal override bool HasProcess => false;

    internal string? VariableName { get; init; }

    internal override Expression ConnectionString => new(value, $"{{{Name}.connectionString}}");

    /// <inheritdoc />
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>(value());
}

/// <summary>An address of a resource, known once the host has given out ports.</summary>
public sealed class EndpointReference
{
    internal EndpointReference(Resource owner, string endpointName) => (Owner, EndpointName) = (owner, endpointName);

    /// <summary>The endpoint's name.</summary>
    public string EndpointName { get; }

    /// <summary>The address without a trailing slash.</summary>
    public string Url => Owner.EndpointNamed(EndpointName).Url(0);

    /// <summary>The port.</summary>
    public int Port => Owner.EndpointNamed(EndpointName).PortOf(0);

    internal Resource Owner { get; }

    internal Expression Expression => new(() => Url, $"{{{Owner.Name}.bindings.{EndpointName}.url}}");
}

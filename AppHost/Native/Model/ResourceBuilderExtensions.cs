using HaLong.AppHost.Native;

namespace Aspire.Hosting;

/// <summary>What can be said about resources.</summary>
public static class ResourceBuilderExtensions
{
    /// <summary>Gives the connection string of a server or database as <c>ConnectionStrings__name</c>.</summary>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where T : IResourceWithEnvironment
    {
        var name = (source.Resource as ConnectionStringResource)?.VariableName ?? $"ConnectionStrings__{connectionName ?? source.Resource.Name}";
        Of(builder).Connections.Add(new ConnectionReference(name, Of(source), optional));
        return builder;
    }

    /// <summary>Gives the addresses of a project as <c>services__name__endpoint__index</c>.</summary>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where T : IResourceWithEnvironment
    {
        Of(builder).Services.Add(new ServiceReference(Of(source), null));
        return builder;
    }

    /// <summary>Gives one address of a project.</summary>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, EndpointReference endpointReference) where T : IResourceWithEnvironment
    {
        Of(builder).Services.Add(new ServiceReference(endpointReference.Owner, endpointReference.EndpointName));
        return builder;
    }

    /// <summary>Starts only when the dependency accepts connections, or runs and is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency) where T : IResourceWithWaitSupport
    {
        Of(builder).Waits.Add(new WaitRule(Of(dependency), null));
        return builder;
    }

    /// <summary>Starts only when the dependency has ended with the exit code.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        Of(dependency).RunsToCompletion = true;
        Of(builder).Waits.Add(new WaitRule(Of(dependency), exitCode));
        return builder;
    }

    /// <summary>Sets an environment variable.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value) where T : IResourceWithEnvironment =>
        With(builder, name, Expression.Literal(value ?? ""));

    /// <summary>Sets an environment variable to an address.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment =>
        With(builder, name, endpointReference.Expression);

    /// <summary>Sets an environment variable to a parameter's value.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment =>
        With(builder, name, parameter.Resource.Expression);

    /// <summary>Adds command-line arguments.</summary>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args) where T : IResourceWithArgs
    {
        Of(builder).Arguments.AddRange(args);
        return builder;
    }

    /// <summary>Adds an HTTP endpoint; its port is told in <c>ASPNETCORE_URLS</c>, or in the variable <paramref name="env" />.</summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints
    {
        var resource = Of(builder);
        var endpointName = name ?? "http";
        if (resource.Endpoints.Exists(e => e.Name == endpointName))
            throw new DistributedApplicationException($"Resource '{resource.Name}' has two endpoints named '{endpointName}'.");
        resource.Endpoints.Add(new Endpoint(endpointName, "http", "localhost", port, targetPort, env));
        return builder;
    }

    /// <summary>Marks the HTTP endpoints as meant for the outside.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        foreach (var endpoint in Of(builder).Endpoints.Where(e => e.Scheme == "http"))
            endpoint.IsExternal = true;
        return builder;
    }

    /// <summary>Refers to an endpoint, which may be added later.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name) where T : IResourceWithEndpoints => new(Of(builder), name);

    /// <summary>Healthy means that this path answers with this status.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null) where T : IResourceWithEndpoints
    {
        Of(builder).HealthChecks.Add(new HttpCheck(path ?? "/", statusCode ?? 200, endpointName));
        return builder;
    }

    /// <summary>Runs several processes of a project.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        builder.Resource.Replicas = replicas;
        return builder;
    }

    /// <summary>Is not started with the application.</summary>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder) where T : IResource
    {
        Of(builder).ExplicitStart = true;
        return builder;
    }

    /// <summary>Shows the resource under another.</summary>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent) where T : IResource
    {
        Of(builder).Parent = Of(parent);
        return builder;
    }

    /// <summary>Edits the shown address of an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource
    {
        Of(builder).UrlEdits.Add((endpointName, callback));
        return builder;
    }

    private static IResourceBuilder<T> With<T>(IResourceBuilder<T> builder, string name, Expression value) where T : IResource
    {
        Of(builder).Environment.RemoveAll(e => e.Name == name);
        Of(builder).Environment.Add((name, value));
        return builder;
    }

    private static Resource Of<T>(IResourceBuilder<T> builder) where T : IResource => (Resource)(IResource)builder.Resource;
}

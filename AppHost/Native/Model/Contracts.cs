namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application: something with a name that the host knows.</summary>
public interface IResource
{
    /// <summary>The unique name.</summary>
    string Name { get; }
}

/// <summary>A resource that can be given environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that can be given command-line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that others find by name.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

/// <summary>A resource that can wait for others.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that others reach by a connection string.</summary>
public interface IResourceWithConnectionString : IResource
{
    /// <summary>The connection string, once its parts are known.</summary>
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default);
}

/// <summary>A fluent handle on a resource of the model.</summary>
public interface IResourceBuilder<out T> where T : IResource
{
    /// <summary>The application the resource belongs to.</summary>
    IDistributedApplicationBuilder ApplicationBuilder { get; }

    /// <summary>The resource.</summary>
    T Resource { get; }
}

/// <summary>The resources of a model, in the order they were added.</summary>
public interface IResourceCollection : IList<IResource>;

/// <summary>How long a container lives. Native servers always end with the host; the value is accepted and ignored.</summary>
public enum ContainerLifetime
{
    /// <summary>Ends with the host.</summary>
    Session,

    /// <summary>Outlives the host where containers are used.</summary>
    Persistent
}

/// <summary>A displayed address.</summary>
public sealed class ResourceUrlAnnotation
{
    /// <summary>The address.</summary>
    public string Url { get; set; } = "";

    /// <summary>What to show instead of the address.</summary>
    public string? DisplayText { get; set; }
}

using System.Collections.ObjectModel;
using System.Reflection;
using HaLong.AppHost.Native;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Where a project lies; the build generates one implementation for each project reference of an AppHost.</summary>
public interface IProjectMetadata
{
    /// <summary>Full path of the project file.</summary>
    string ProjectPath { get; }
}

/// <summary>A mistake in the model or on the machine, in words for the person who started the application.</summary>
public sealed class DistributedApplicationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Whether the model is run or written to a manifest.</summary>
public sealed class DistributedApplicationExecutionContext(bool publish)
{
    /// <summary>The application is started.</summary>
    public bool IsRunMode => !publish;

    /// <summary>The model is published.</summary>
    public bool IsPublishMode => publish;
}

/// <summary>Collects the resources of an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>Settings: appsettings.json beside the AppHost, environment, command line.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The environment; Development unless said otherwise.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>Services of the host itself.</summary>
    IServiceCollection Services { get; }

    /// <summary>Run or publish.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>What was added so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>The folder of the AppHost's project.</summary>
    string AppHostDirectory { get; }

    /// <summary>Adds a resource.</summary>
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;

    /// <summary>Closes the model.</summary>
    DistributedApplication Build();
}

internal sealed class ResourceBuilder<T>(IDistributedApplicationBuilder application, T resource) : IResourceBuilder<T> where T : IResource
{
    public IDistributedApplicationBuilder ApplicationBuilder => application;

    public T Resource => resource;
}

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;

    public DistributedApplicationBuilder(string[] args, Assembly? appHost)
    {
        Hook = EntryPointHook.Current;
        args = [.. args, .. Hook?.Args ?? []];
        AppHostDirectory = (Hook?.AppHost ?? appHost)?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == "apphostprojectpath")?.Value ?? Directory.GetCurrentDirectory();
        var configuration = new ConfigurationManager();
        // This host is for development; the environment variables and arguments read after it win.
        configuration.AddInMemoryCollection([new("environment", Environments.Development), new("hostBuilder:reloadConfigOnChange", "false")]);
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            Configuration = configuration,
            ContentRootPath = Directory.Exists(AppHostDirectory) ? AppHostDirectory : null,
        });
        _host.Logging.ClearProviders();
        ExecutionContext = new DistributedApplicationExecutionContext(Configuration["publisher"] is not null);
        var folder = RunFolder.From(Configuration, AppHostDirectory);
        // So that the model can say what lies in it.
        Configuration["RunDirectory"] = folder.Root;
        Folder = folder;
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public string AppHostDirectory { get; }

    internal RunFolder Folder { get; }

    internal EntryPointHook? Hook { get; }

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        if (Resources.Any(r => r.Name == resource.Name))
            throw new DistributedApplicationException($"There are two resources named '{resource.Name}'.");
        Resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build()
    {
        Hook?.HandOver(this);
        var application = new DistributedApplication(this, _host.Build());
        Hook?.Finish(application);
        return application;
    }
}

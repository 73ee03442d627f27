using HaLong.AppHost.Native;

namespace Aspire.Hosting;

/// <summary>Adds parameters, connection strings, processes and projects.</summary>
public static class AddExtensions
{
    /// <summary>A value from <c>Parameters:name</c>; a missing secret is generated once and kept in the run directory.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, () => Configured(builder, name) ?? Missing(builder, name, secret), secret));

    /// <summary>A value from <c>Parameters:name</c>, or the given one.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, () => Configured(builder, name) ?? value, secret) { PublishedDefault = publishValueAsDefault ? value : null });

    /// <summary>A server that runs elsewhere, from <c>ConnectionStrings:name</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
        builder.AddResource(new ConnectionStringResource(
            name,
            () => builder.Configuration[$"ConnectionStrings:{name}"] ?? throw new DistributedApplicationException($"Connection string '{name}' is missing: set ConnectionStrings__{name}."))
        { VariableName = environmentVariableName });

    /// <summary>A plain process.</summary>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params string[]? args)
    {
        var resource = new ExecutableResource(name, command, Path.GetFullPath(workingDirectory, builder.AppHostDirectory));
        resource.Arguments.AddRange(args ?? []);
        return builder.AddResource(resource);
    }

    /// <summary>A .NET project.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => AddProject<TProject>(builder, name, "http");

    /// <summary>A .NET project; with a launch profile its <c>applicationUrl</c> gives the endpoints, with null nothing does.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new()
    {
        var project = builder.AddResource(new ProjectResource(name, new TProject()));
        var variables = LaunchProfile.Read(project.Resource.Metadata.ProjectPath, launchProfileName, out var urls);
        foreach (var (variable, value) in variables)
            project.WithEnvironment(variable, value);
        foreach (var url in urls)
            project.WithHttpEndpoint(port: url.Port, name: url.Scheme);
        return project;
    }

    private static string? Configured(IDistributedApplicationBuilder builder, string name) => builder.Configuration[$"Parameters:{name}"];

    private static string Missing(IDistributedApplicationBuilder builder, string name, bool secret) =>
        secret
            ? ((DistributedApplicationBuilder)builder).Folder.Secret(name)
            : throw new DistributedApplicationException($"Parameter '{name}' has no value: set Parameters__{name}.");
}

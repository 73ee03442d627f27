using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the model in the schema of Aspire's manifest, so that both hosts can be compared.</summary>
internal static class ManifestWriter
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(DistributedApplicationBuilder builder)
    {
        if (builder.Configuration["publisher"] != "manifest")
            throw new DistributedApplicationException($"There is no publisher '{builder.Configuration["publisher"]}', only 'manifest'.");
        var output = builder.Configuration["output-path"] ?? "aspire-manifest.json";
        var file = Path.GetFullPath(Directory.Exists(output) ? Path.Combine(output, "aspire-manifest.json") : output);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Describe(builder, Path.GetDirectoryName(file)!) + "\n");
    }

    public static string Describe(DistributedApplicationBuilder builder, string relativeTo)
    {
        var resources = new JsonObject();
        foreach (var resource in builder.Resources.OfType<Resource>())
            resources[resource.Name] = Describe(resource, relativeTo);
        return new JsonObject { ["$schema"] = "https://json.schemastore.org/aspire-8.0.json", ["resources"] = resources }.ToJsonString(Json);
    }

    private static JsonObject Describe(Resource resource, string relativeTo) => resource switch
    {
        ParameterResource parameter => Parameter(parameter),
        ConnectionStringResource connection => new JsonObject
        {
            ["type"] = "parameter.v0",
            ["connectionString"] = $"{{{connection.Name}.value}}",
            ["value"] = $"{{{connection.Name}.inputs.value}}",
            ["inputs"] = Inputs(secret: true, null),
        },
        PostgresDatabaseResource database => new JsonObject
        {
            ["type"] = "value.v0",
            ["connectionString"] = $"{{{database.Server.Name}.connectionString}};Database={database.DatabaseName}",
        },
        ServerResource server => Server(server),
        ProjectResource project => Process(project, "project.v0", "path", Relative(relativeTo, project.Metadata.ProjectPath)),
        ExecutableResource executable => Executable(executable, relativeTo),
        _ => throw new DistributedApplicationException($"Resource '{resource.Name}' cannot be described."),
    };

    private static JsonObject Parameter(ParameterResource parameter) => new()
    {
        ["type"] = "parameter.v0",
        ["value"] = $"{{{parameter.Name}.inputs.value}}",
        ["inputs"] = Inputs(parameter.Secret, parameter.PublishedDefault),
    };

    private static JsonObject Inputs(bool secret, string? defaultValue)
    {
        var value = new JsonObject { ["type"] = "string" };
        if (secret)
            value["secret"] = true;
        if (defaultValue is not null)
            value["default"] = new JsonObject { ["value"] = defaultValue };
        return new JsonObject { ["value"] = value };
    }

    private static JsonObject Server(ServerResource server)
    {
        var node = new JsonObject { ["type"] = "container.v0", ["connectionString"] = server.Template, ["image"] = server.Image };
        if (server.KeepsData)
            node["volumes"] = new JsonArray(new JsonObject { ["name"] = $"{server.Name}-data", ["target"] = server.DataFolder, ["readOnly"] = false });
        node["env"] = Variables(server.Environment.Select(e => (e.Name, e.Value.Manifest)));
        node["bindings"] = Bindings(server);
        return node;
    }

    private static JsonObject Executable(ExecutableResource executable, string relativeTo)
    {
        var node = Process(executable, "executable.v0", "workingDirectory", Relative(relativeTo, executable.WorkingDirectory));
        node["command"] = executable.Command;
        return node;
    }

    private static JsonObject Process(Resource resource, string type, string pathKey, string path)
    {
        var node = new JsonObject { ["type"] = type, [pathKey] = path };
        if (resource.Arguments.Count > 0)
            node["args"] = new JsonArray([.. resource.Arguments.Select(a => (JsonNode)a)]);
        node["env"] = Variables(
        [
            .. resource.Endpoints.Where(e => e.Variable is not null).Select(e => (e.Variable!, $"{{{resource.Name}.bindings.{e.Name}.targetPort}}")),
            .. HttpPorts(resource),
            .. resource.Connections.Select(c => (c.Variable, c.Source.ConnectionString!.Manifest)),
            .. resource.Services.SelectMany(s => s.Source.Endpoints.Where(e => s.OnlyEndpoint is null || s.OnlyEndpoint == e.Name)
                .Select(e => ($"services__{s.Source.Name}__{e.Name}__0", $"{{{s.Source.Name}.bindings.{e.Name}.url}}"))),
            .. resource.Environment.Select(e => (e.Name, e.Value.Manifest)),
        ]);
        if (resource.Endpoints.Count > 0)
            node["bindings"] = Bindings(resource);
        return node;
    }

    private static IEnumerable<(string, string)> HttpPorts(Resource resource)
    {
        var listening = resource.Endpoints.Where(e => e.Scheme == "http" && e.Variable is null).Select(e => $"{{{resource.Name}.bindings.{e.Name}.targetPort}}").ToList();
        return listening.Count == 0 ? [] : [("HTTP_PORTS", string.Join(';', listening))];
    }

    private static JsonObject Bindings(Resource resource)
    {
        var bindings = new JsonObject();
        foreach (var endpoint in resource.Endpoints)
        {
            var binding = new JsonObject { ["scheme"] = endpoint.Scheme, ["protocol"] = "tcp", ["transport"] = endpoint.Scheme == "http" ? "http" : "tcp" };
            if (endpoint.Port is { } port)
                binding["port"] = port;
            if ((endpoint.ContainerPort ?? endpoint.TargetPort) is { } target)
                binding["targetPort"] = target;
            if (endpoint.IsExternal)
                binding["external"] = true;
            bindings[endpoint.Name] = binding;
        }

        return bindings;
    }

    private static JsonObject Variables(IEnumerable<(string Name, string Value)> variables)
    {
        var node = new JsonObject();
        foreach (var (name, value) in variables)
            node[name] = value;
        return node;
    }

    private static string Relative(string from, string path) => Path.GetRelativePath(from, path).Replace('\\', '/');
}

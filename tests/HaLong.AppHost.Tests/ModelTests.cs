using System.Text.Json.Nodes;
using Aspire.Hosting;

namespace HaLong.AppHost.Tests;

/// <summary>The model itself, and its manifest.</summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData("Upper")]
    [InlineData("1st")]
    [InlineData("under_score")]
    [InlineData("")]
    public void A_name_that_Aspire_would_refuse_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Sample.Model().AddRedis(name));

    [Fact]
    public void Two_resources_of_one_name_are_refused()
    {
        var builder = Sample.Model();
        builder.AddRedis("cache");
        Assert.Throws<DistributedApplicationException>(() => builder.AddScript("cache", "true"));
    }

    [Fact]
    public void Two_endpoints_of_one_name_are_refused() =>
        Assert.Throws<DistributedApplicationException>(() => Sample.Model().AddWeb("one").WithHttpEndpoint(name: "http"));

    [Fact]
    public async Task A_parameter_without_a_value_is_named_at_the_start()
    {
        var builder = Sample.Model();
        builder.AddParameter("smtp-url");
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => Sample.StartAsync(builder));
        Assert.Equal("Parameter 'smtp-url' has no value: set Parameters__smtp-url.", refusal.Message);
    }

    [Fact]
    public async Task A_parameter_takes_the_configured_value_before_the_given_one()
    {
        var ct = TestContext.Current.CancellationToken;
        var builder = Sample.Model("--Parameters:one=configured");
        Assert.Equal("configured", await builder.AddParameter("one", "given").Resource.GetValueAsync(ct));
        Assert.Equal("given", await builder.AddParameter("two", "given").Resource.GetValueAsync(ct));
    }

    [Fact]
    public async Task A_port_in_use_is_named_at_the_start()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var builder = Sample.Model();
        builder.AddProject<Itself>("gateway", launchProfileName: null).WithHttpEndpoint(port: port);
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => Sample.StartAsync(builder));
        Assert.StartsWith($"Port {port} is in use", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_describes_every_kind_of_resource_in_Aspires_words()
    {
        var builder = Sample.Model("--publisher", "manifest");
        var postgres = builder.AddPostgres("postgres").WithDataVolume();
        var database = postgres.AddDatabase("dossier-db", "dossiers");
        var broker = builder.AddRabbitMQ("broker").WithManagementPlugin();
        var cache = builder.AddRedis("cache");
        var mode = builder.AddParameter("mode", "fast", publishValueAsDefault: true);
        var other = builder.AddProject<Itself>("other", launchProfileName: null).WithHttpEndpoint(name: "http").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT");
        builder.AddProject<Itself>("one", launchProfileName: null).WithHttpEndpoint(port: 5080, name: "http").WithExternalHttpEndpoints().WithArgs("serve")
            .WithReference(database).WithReference(broker).WithReference(cache).WithReference(other)
            .WithEnvironment("Mode", mode).WithEnvironment("Other", other.GetEndpoint("grpc"));
        builder.AddExecutable("tool", "sh", "/srv", "-c", "true");

        Assert.True(builder.ExecutionContext.IsPublishMode);
        var resources = Manifest(builder);

        Same("""{"type":"parameter.v0","value":"{postgres-password.inputs.value}","inputs":{"value":{"type":"string","secret":true}}}""", resources["postgres-password"]);
        Same("""{"type":"parameter.v0","value":"{mode.inputs.value}","inputs":{"value":{"type":"string","default":{"value":"fast"}}}}""", resources["mode"]);
        Same("""{"type":"value.v0","connectionString":"{postgres.connectionString};Database=dossiers"}""", resources["dossier-db"]);
        Assert.Equal(
            "Host={postgres.bindings.tcp.host};Port={postgres.bindings.tcp.port};Username=postgres;Password={postgres-password.value}",
            resources["postgres"]!["connectionString"]!.GetValue<string>());
        Assert.Equal("postgres-data", resources["postgres"]!["volumes"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("amqp://guest:{broker-password.value}@{broker.bindings.tcp.host}:{broker.bindings.tcp.port}", resources["broker"]!["connectionString"]!.GetValue<string>());
        Same("""{"scheme":"http","protocol":"tcp","transport":"http","targetPort":15672}""", resources["broker"]!["bindings"]!["management"]);
        Assert.Equal("{cache.bindings.tcp.host}:{cache.bindings.tcp.port},password={cache-password.value}", resources["cache"]!["connectionString"]!.GetValue<string>());
        Same("""{"scheme":"http","protocol":"tcp","transport":"http","port":5080,"external":true}""", resources["one"]!["bindings"]!["http"]);
        Same(
            """
            {"HTTP_PORTS":"{one.bindings.http.targetPort}","ConnectionStrings__dossier-db":"{dossier-db.connectionString}",
             "ConnectionStrings__broker":"{broker.connectionString}","ConnectionStrings__cache":"{cache.connectionString}",
             "services__other__http__0":"{other.bindings.http.url}","services__other__grpc__0":"{other.bindings.grpc.url}",
             "Mode":"{mode.value}","Other":"{other.bindings.grpc.url}"}
            """,
            resources["one"]!["env"]);
        Same("""["serve"]""", resources["one"]!["args"]);
        Same("""{"GRPC_PORT":"{other.bindings.grpc.targetPort}","HTTP_PORTS":"{other.bindings.http.targetPort}"}""", resources["other"]!["env"]);
        Assert.Equal("executable.v0", resources["tool"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public void Publishing_starts_nothing_and_needs_no_values()
    {
        var builder = Sample.Model("--publisher", "manifest", "--output-path", Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}", "m.json"));
        builder.AddExecutable("broken", "/no/such/program", "/");
        builder.AddParameter("without-value");
        builder.Build().Run();
        var file = builder.Configuration["output-path"]!;
        Assert.True(File.Exists(file));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void The_whole_platform_has_the_parts_that_the_design_names()
    {
        var resources = Published();
        foreach (var service in new[] { "identity", "dossier", "payment", "notification", "e-signature" })
        {
            Assert.Equal("project.v0", resources[service]!["type"]!.GetValue<string>());
            Assert.Equal("migrate", resources[$"{service}-migrate"]!["args"]![0]!.GetValue<string>());
            Assert.Equal("{gateway.bindings.http.url}", resources[service]!["env"]!["PublicUrl"]!.GetValue<string>());
            Assert.Equal(service, resources[service]!["env"]!["ServiceAuth__ClientId"]!.GetValue<string>());
            Assert.Equal($"{{{service}-client-secret.value}}", resources[service]!["env"]!["ServiceAuth__ClientSecret"]!.GetValue<string>());
            Assert.NotNull(resources["gateway"]!["env"]![$"services__{service}__http__0"]);
        }

        Assert.All(["identity-db", "dossier-db", "payment-db", "notification-db", "signature-db"], name => Assert.Equal("value.v0", resources[name]!["type"]!.GetValue<string>()));
        Assert.Null(resources["partner-lab"]);
        Assert.Equal("{identity.bindings.grpc.url}", resources["dossier"]!["env"]!["services__identity__grpc__0"]!.GetValue<string>());
        Assert.Null(resources["payment"]!["env"]!["services__dossier__http__0"]);
        Assert.Null(resources["identity"]!["env"]!["Demo__Password"]);
        Assert.DoesNotContain("Development", resources.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void For_each_project_reference_there_is_a_class_that_knows_the_project_and_its_assembly()
    {
        var identity = new Projects.HaLong_Identity();
        Assert.EndsWith("/services/identity/HaLong.Identity/HaLong.Identity.csproj", identity.ProjectPath, StringComparison.Ordinal);
        Assert.True(File.Exists(identity.ProjectPath));
        Assert.True(File.Exists(identity.TargetPath));
        Assert.EndsWith("HaLong.Identity.dll", identity.TargetPath, StringComparison.Ordinal);
        Assert.EndsWith("AppHost.csproj", new Projects.AppHost().ProjectPath, StringComparison.Ordinal);
        Assert.Null(typeof(Projects.AppHost).Assembly.GetType("Projects.HaLong_AppHost_Native"));
    }

    private static JsonObject Published()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.json");
        typeof(Projects.AppHost).Assembly.EntryPoint!.Invoke(null, [new[] { "--publisher", "manifest", "--output-path", file }]);
        var manifest = JsonNode.Parse(File.ReadAllText(file))!;
        File.Delete(file);
        return manifest["resources"]!.AsObject();
    }

    private static JsonObject Manifest(IDistributedApplicationBuilder builder) =>
        JsonNode.Parse(Aspire.Hosting.Publishing.ManifestWriter.Describe((DistributedApplicationBuilder)builder, "/"))!["resources"]!.AsObject();

    private static void Same(string expected, JsonNode? actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual?.ToJsonString());
}

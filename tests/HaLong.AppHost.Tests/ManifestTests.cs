using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace HaLong.AppHost.Tests;

/// <summary>The manifest of each kind of resource, in the words of Aspire's schema.</summary>
public sealed class ManifestTests
{
    private readonly IDistributedApplicationBuilder _builder = Sample.Model("--publisher", "manifest");

    [Fact]
    public void The_document_names_its_schema_and_lists_the_resources_in_the_order_of_the_model()
    {
        _builder.AddRedis("zebra");
        _builder.AddParameter("apple");
        var document = JsonNode.Parse(ManifestWriter.Describe((DistributedApplicationBuilder)_builder, "/"))!;
        Assert.Equal("https://json.schemastore.org/aspire-8.0.json", document["$schema"]!.GetValue<string>());
        Assert.Equal(["zebra-password", "zebra", "apple"], document["resources"]!.AsObject().Select(r => r.Key));
    }

    [Fact]
    public void A_parameter_shows_its_default_only_when_asked_to_and_never_its_configured_value()
    {
        var builder = Sample.Model("--publisher", "manifest", "--Parameters:plain=configured");
        builder.AddParameter("plain");
        builder.AddParameter("given", "not-shown");
        builder.AddParameter("secret", "not-shown", secret: true);
        builder.AddParameter("shown", "fast", publishValueAsDefault: true);
        Same("""{"type":"parameter.v0","value":"{plain.inputs.value}","inputs":{"value":{"type":"string"}}}""", Of(builder, "plain"));
        Same("""{"type":"parameter.v0","value":"{given.inputs.value}","inputs":{"value":{"type":"string"}}}""", Of(builder, "given"));
        Same("""{"type":"parameter.v0","value":"{secret.inputs.value}","inputs":{"value":{"type":"string","secret":true}}}""", Of(builder, "secret"));
        Same("""{"type":"string","default":{"value":"fast"}}""", Of(builder, "shown")["inputs"]!["value"]);
        var text = ManifestWriter.Describe((DistributedApplicationBuilder)builder, "/");
        Assert.DoesNotContain("not-shown", text, StringComparison.Ordinal);
        Assert.DoesNotContain("configured", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_from_outside_is_a_secret_input_that_others_refer_to()
    {
        var smtp = _builder.AddConnectionString("smtp", "SMTP_URL");
        _builder.AddScript("mailer", "true").WithReference(smtp);
        Same(
            """{"type":"parameter.v0","connectionString":"{smtp.value}","value":"{smtp.inputs.value}","inputs":{"value":{"type":"string","secret":true}}}""",
            Of(_builder, "smtp"));
        Same("""{"SMTP_URL":"{smtp.connectionString}"}""", Of(_builder, "mailer")["env"]);
    }

    [Fact]
    public void A_database_server_says_how_it_is_reached_what_it_needs_and_what_it_keeps()
    {
        var user = _builder.AddParameter("owner");
        var password = _builder.AddParameter("word", secret: true);
        _builder.AddPostgres("postgres", user, password, port: 5433).WithDataVolume();
        Same(
            """
            {"type":"container.v0",
             "connectionString":"Host={postgres.bindings.tcp.host};Port={postgres.bindings.tcp.port};Username={owner.value};Password={word.value}",
             "image":"docker.io/library/postgres:17.6",
             "volumes":[{"name":"postgres-data","target":"/var/lib/postgresql/data","readOnly":false}],
             "env":{"POSTGRES_HOST_AUTH_METHOD":"scram-sha-256","POSTGRES_INITDB_ARGS":"--auth-host=scram-sha-256 --auth-local=scram-sha-256",
                    "POSTGRES_USER":"{owner.value}","POSTGRES_PASSWORD":"{word.value}"},
             "bindings":{"tcp":{"scheme":"tcp","protocol":"tcp","transport":"tcp","port":5433,"targetPort":5432}}}
            """,
            Of(_builder, "postgres"));
        Assert.DoesNotContain(_builder.Resources, r => r.Name == "postgres-password");
    }

    [Fact]
    public void A_broker_without_its_management_pages_is_of_the_smaller_image_and_has_one_binding()
    {
        _builder.AddRabbitMQ("plain");
        _builder.AddRabbitMQ("managed").WithManagementPlugin(port: 15673).WithDataVolume();
        Assert.Equal("docker.io/library/rabbitmq:4.2", Text(Of(_builder, "plain")["image"]));
        Assert.Null(Of(_builder, "plain")["volumes"]);
        Same("""{"tcp":{"scheme":"tcp","protocol":"tcp","transport":"tcp","targetPort":5672}}""", Of(_builder, "plain")["bindings"]);
        Same("""{"RABBITMQ_DEFAULT_USER":"guest","RABBITMQ_DEFAULT_PASS":"{plain-password.value}"}""", Of(_builder, "plain")["env"]);
        Assert.Equal("docker.io/library/rabbitmq:4.2-management", Text(Of(_builder, "managed")["image"]));
        Same("""{"scheme":"http","protocol":"tcp","transport":"http","port":15673,"targetPort":15672}""", Of(_builder, "managed")["bindings"]!["management"]);
        Assert.Equal("/var/lib/rabbitmq", Text(Of(_builder, "managed")["volumes"]![0]!["target"]));
    }

    [Fact]
    public void A_cache_keeps_its_data_only_with_a_volume()
    {
        _builder.AddRedis("cache").WithPersistence().WithLifetime(ContainerLifetime.Persistent);
        _builder.AddRedis("store", port: 6380).WithDataVolume();
        Assert.Null(Of(_builder, "cache")["volumes"]);
        Same("""[{"name":"store-data","target":"/data","readOnly":false}]""", Of(_builder, "store")["volumes"]);
        Same("""{"scheme":"tcp","protocol":"tcp","transport":"tcp","port":6380,"targetPort":6379}""", Of(_builder, "store")["bindings"]!["tcp"]);
        Assert.True(_builder.Resources.OfType<RedisResource>().All(r => r.AppendOnly));
    }

    [Fact]
    public void An_executable_tells_its_command_arguments_folder_and_the_port_it_is_given()
    {
        _builder.AddExecutable("tool", "node", "/srv/app/web", "server.js", "--quiet").WithHttpEndpoint(targetPort: 3000, env: "PORT").WithExternalHttpEndpoints();
        var document = JsonNode.Parse(ManifestWriter.Describe((DistributedApplicationBuilder)_builder, "/srv/out"))!;
        Same(
            """
            {"type":"executable.v0","workingDirectory":"../app/web","args":["server.js","--quiet"],"env":{"PORT":"{tool.bindings.http.targetPort}"},
             "bindings":{"http":{"scheme":"http","protocol":"tcp","transport":"http","targetPort":3000,"external":true}},"command":"node"}
            """,
            document["resources"]!["tool"]);
    }

    [Fact]
    public void A_project_with_several_addresses_listens_on_all_of_them_and_one_without_has_no_bindings()
    {
        _builder.AddProject<Itself>("both", launchProfileName: null).WithHttpEndpoint(name: "http").WithHttpEndpoint(name: "admin");
        _builder.AddProject<Itself>("none", launchProfileName: null);
        Assert.Equal("{both.bindings.http.targetPort};{both.bindings.admin.targetPort}", Text(Of(_builder, "both")["env"]!["HTTP_PORTS"]));
        Assert.Null(Of(_builder, "none")["bindings"]);
        Same("{}", Of(_builder, "none")["env"]);
        Assert.Equal("project.v0", Text(Of(_builder, "none")["type"]));
        Assert.Equal(new Itself().ProjectPath, "/" + Text(Of(_builder, "none")["path"]));
    }

    [Fact]
    public void A_reference_to_one_address_tells_that_one_and_a_reference_by_another_name_that_name()
    {
        var other = _builder.AddScript("other", "true").WithHttpEndpoint().WithHttpEndpoint(name: "grpc");
        var database = _builder.AddPostgres("postgres").AddDatabase("orders");
        _builder.AddScript("one", "true").WithReference(other.GetEndpoint("grpc")).WithReference(database, "Main");
        Same("""{"ConnectionStrings__Main":"{orders.connectionString}","services__other__grpc__0":"{other.bindings.grpc.url}"}""", Of(_builder, "one")["env"]);
        Assert.Equal("{postgres.connectionString};Database=orders", Text(Of(_builder, "orders")["connectionString"]));
    }

    [Fact]
    public void A_kind_that_the_schema_has_no_words_for_is_refused()
    {
        _builder.AddResource(new Unknown("strange"));
        var refusal = Assert.Throws<DistributedApplicationException>(() => ManifestWriter.Describe((DistributedApplicationBuilder)_builder, "/"));
        Assert.Equal("Resource 'strange' cannot be described.", refusal.Message);
    }

    [Fact]
    public void An_unknown_publisher_is_refused_before_anything_is_written()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.json");
        var builder = (DistributedApplicationBuilder)Sample.Model("--publisher", "docker", "--output-path", file);
        var refusal = Assert.Throws<DistributedApplicationException>(() => ManifestWriter.Write(builder));
        Assert.Equal("There is no publisher 'docker', only 'manifest'.", refusal.Message);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Into_a_folder_the_manifest_is_written_under_its_usual_name()
    {
        var folder = Directory.CreateTempSubdirectory("halong-test-");
        var builder = Sample.Model("--publisher", "manifest", "--output-path", folder.FullName);
        builder.AddExecutable("tool", "sh", Path.Combine(folder.FullName, "inside"));
        builder.Build().Run();
        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "aspire-manifest.json")))!;
        folder.Delete(recursive: true);
        Assert.Equal("inside", Text(written["resources"]!["tool"]!["workingDirectory"]));
    }

    private static JsonNode Of(IDistributedApplicationBuilder builder, string name) =>
        JsonNode.Parse(ManifestWriter.Describe((DistributedApplicationBuilder)builder, "/"))!["resources"]![name]!;

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static void Same(string expected, JsonNode? actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual?.ToJsonString());

    private sealed class Unknown(string name) : Resource(name)
    {
        internal override string Kind => "unknown";
    }
}

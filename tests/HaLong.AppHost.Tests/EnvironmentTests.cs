using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>What a process sees: the contract that both hosts keep.</summary>
public sealed class EnvironmentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_sees_its_addresses_its_neighbours_its_servers_and_its_parameters()
    {
        await using var sample = await Sample.StartAsync(
            builder =>
            {
                var password = builder.AddParameter("database-password", secret: true);
                var given = builder.AddParameter("given");
                var postgres = builder.AddPostgres("postgres", password: password).WithExplicitStart();
                var broker = builder.AddRabbitMQ("broker").WithExplicitStart();
                var cache = builder.AddRedis("cache").WithExplicitStart();
                var other = builder.AddWeb("other").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT").WithReplicas(2);
                builder.AddWeb("one")
                    .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT")
                    .WithReference(postgres.AddDatabase("dossier-db", "dossiers")).WithReference(broker).WithReference(cache, "redis").WithReference(other)
                    .WithEnvironment("Given", given).WithEnvironment("Address", other.GetEndpoint("grpc")).WithEnvironment("Plain", "text");
            },
            "--Parameters:given=a value");
        await sample.HealthyAsync("one");
        await sample.HealthyAsync("other");
        var seen = await SeenAsync(sample.App, "one");
        var other = sample.App.Find("other");

        Assert.Equal($"http://localhost:{sample.App.GetEndpoint("one").Port}", seen["ASPNETCORE_URLS"]);
        Assert.Equal($"{sample.App.GetEndpoint("one", "grpc").Port}", seen["GRPC_PORT"]);
        Assert.Equal(other.EndpointNamed("http").Url(0), seen["services__other__http__0"]);
        Assert.Equal(other.EndpointNamed("http").Url(1), seen["services__other__http__1"]);
        Assert.Equal(other.EndpointNamed("grpc").Url(1), seen["services__other__grpc__1"]);
        Assert.False(seen.ContainsKey("services__other__http__2"));
        Assert.Equal(await sample.App.GetConnectionStringAsync("dossier-db", Ct), seen["ConnectionStrings__dossier-db"]);
        Assert.Matches("^Host=127.0.0.1;Port=[0-9]+;Username=postgres;Password=[A-Za-z0-9]{24};Database=dossiers$", seen["ConnectionStrings__dossier-db"]);
        Assert.Matches("^amqp://guest:[A-Za-z0-9]{24}@127.0.0.1:[0-9]+$", seen["ConnectionStrings__broker"]);
        Assert.Matches("^127.0.0.1:[0-9]+,password=[A-Za-z0-9]{24}$", seen["ConnectionStrings__redis"]);
        Assert.Equal("a value", seen["Given"]);
        Assert.Equal(other.EndpointNamed("grpc").Url(0), seen["Address"]);
        Assert.Equal("text", seen["Plain"]);
        Assert.Equal("Development", seen["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal("Development", seen["DOTNET_ENVIRONMENT"]);
        Assert.Equal("one", seen["OTEL_SERVICE_NAME"]);
        Assert.StartsWith("service.instance.id=one-0-", seen["OTEL_RESOURCE_ATTRIBUTES"], StringComparison.Ordinal);
        Assert.False(seen.ContainsKey("OTEL_EXPORTER_OTLP_ENDPOINT"));
    }

    [Fact]
    public async Task Replicas_have_ports_of_their_own_and_answer_on_them()
    {
        await using var sample = await Sample.StartAsync(builder => builder.AddWeb("many").WithReplicas(3));
        await sample.HealthyAsync("many");
        var endpoint = sample.App.Find("many").EndpointNamed("http");
        using var client = new HttpClient();
        var instances = new HashSet<string>();
        for (var replica = 0; replica < 3; replica++)
        {
            var seen = (await client.GetFromJsonAsync<Dictionary<string, string>>($"{endpoint.Url(replica)}/env", Ct))!;
            Assert.Equal(endpoint.Url(replica), seen["ASPNETCORE_URLS"]);
            instances.Add(seen["OTEL_RESOURCE_ATTRIBUTES"]);
        }

        Assert.Equal(3, instances.Count);
        Assert.Equal(3, sample.App.GetProcessIds("many").Distinct().Count());
    }

    [Fact]
    public async Task A_project_runs_in_its_own_folder()
    {
        await using var sample = await Sample.StartAsync(builder => builder.AddWeb("one"));
        await sample.HealthyAsync("one");
        using var client = sample.App.CreateHttpClient("one");
        Assert.Equal(Path.GetDirectoryName(new Itself().ProjectPath), await client.GetStringAsync("folder", Ct));
    }

    [Fact]
    public void A_collector_known_to_the_host_is_told_to_projects()
    {
        var seen = Surroundings.Of(Project(), 1, "Production", name => name switch
        {
            "OTEL_EXPORTER_OTLP_ENDPOINT" => "http://localhost:4317",
            "OTEL_BSP_SCHEDULE_DELAY" => "77",
            _ => null,
        });

        Assert.Equal("http://localhost:4317", seen["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("grpc", seen["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.Equal("77", seen["OTEL_BSP_SCHEDULE_DELAY"]);
        Assert.Equal("1000", seen["OTEL_BLRP_SCHEDULE_DELAY"]);
        Assert.Equal("1000", seen["OTEL_METRIC_EXPORT_INTERVAL"]);
        Assert.Equal("always_on", seen["OTEL_TRACES_SAMPLER"]);
        Assert.Equal("Production", seen["DOTNET_ENVIRONMENT"]);
    }

    [Fact]
    public void A_runtime_setting_made_outside_wins()
    {
        Assert.Equal("0", Surroundings.Of(Project(), 0, "Development", _ => null)["DOTNET_TieredPGO"]);
        Assert.False(Surroundings.Of(Project(), 0, "Development", name => name == "DOTNET_TieredPGO" ? "1" : null).ContainsKey("DOTNET_TieredPGO"));
    }

    [Fact]
    public void A_run_that_others_wait_for_does_without_optimised_code()
    {
        var builder = Sample.Model();
        var migration = builder.AddProject<Itself>("migration", launchProfileName: null);
        var service = builder.AddProject<Itself>("service", launchProfileName: null).WaitForCompletion(migration);
        Assert.True(Surroundings.Of(migration.Resource, 0, "Development", _ => null).ContainsKey("DOTNET_TC_CallCountingDelayMs"));
        Assert.False(Surroundings.Of(service.Resource, 0, "Development", _ => null).ContainsKey("DOTNET_TC_CallCountingDelayMs"));
    }

    [Fact]
    public void The_hosts_own_settings_are_not_inherited()
    {
        Environment.SetEnvironmentVariable("Parameters__not-for-children", "secret");
        Environment.SetEnvironmentVariable("NOT_THE_HOSTS", "kept");
        var seen = Surroundings.Of(Project(), 0, "Development", _ => null);
        Assert.True(seen.TryGetValue("Parameters__not-for-children", out var removed) && removed is null);
        Assert.False(seen.ContainsKey("NOT_THE_HOSTS"));
    }

    [Fact]
    public void An_optional_connection_that_is_not_configured_is_left_out()
    {
        var builder = Sample.Model();
        var elsewhere = builder.AddConnectionString("elsewhere");
        var optional = builder.AddScript("optional", "true").WithReference(elsewhere, optional: true);
        var needed = builder.AddScript("needed", "true").WithReference(elsewhere);
        Assert.Null(Surroundings.Of(optional.Resource, 0, "Development", _ => null)["ConnectionStrings__elsewhere"]);
        var refusal = Assert.Throws<DistributedApplicationException>(() => Surroundings.Of(needed.Resource, 0, "Development", _ => null));
        Assert.Contains("set ConnectionStrings__elsewhere", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_launch_profile_gives_addresses_and_variables()
    {
        var folder = Directory.CreateTempSubdirectory();
        Directory.CreateDirectory(Path.Combine(folder.FullName, "Properties"));
        File.WriteAllText(
            Path.Combine(folder.FullName, "Properties", "launchSettings.json"),
            """{ "profiles": { "http": { "applicationUrl": "https://localhost:7001;http://localhost:5001", "environmentVariables": { "Colour": "red" }, } } }""");

        var variables = LaunchProfile.Read(Path.Combine(folder.FullName, "Some.csproj"), "http", out var urls);

        Assert.Equal("red", variables["Colour"]);
        Assert.Equal(5001, Assert.Single(urls).Port);
        Assert.Empty(LaunchProfile.Read(Path.Combine(folder.FullName, "Some.csproj"), null, out _));
        folder.Delete(recursive: true);
    }

    private static ProjectResource Project() => Sample.Model().AddProject<Itself>("one", launchProfileName: null).Resource;

    private static async Task<Dictionary<string, string>> SeenAsync(DistributedApplication app, string name)
    {
        using var client = app.CreateHttpClient(name);
        return (await client.GetFromJsonAsync<Dictionary<string, string>>("env", Ct))!;
    }
}

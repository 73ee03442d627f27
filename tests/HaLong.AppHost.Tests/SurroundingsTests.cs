using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>The variables of each process, worked out without starting one.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private readonly IDistributedApplicationBuilder _builder = Sample.Model("--ConnectionStrings:smtp=smtp://mail:25");
    private readonly Ports _ports = new();

    public void Dispose() => _ports.Dispose();

    [Fact]
    public void Each_replica_hears_of_its_own_ports_only()
    {
        var many = _builder.AddWeb("many").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT").WithReplicas(3);
        Allocate(many.Resource);
        var seen = Enumerable.Range(0, 3).Select(replica => Of(many.Resource, replica)).ToList();
        Assert.All(seen, (variables, replica) =>
        {
            Assert.Equal(many.Resource.EndpointNamed("http").Url(replica), variables["ASPNETCORE_URLS"]);
            Assert.Equal($"{many.Resource.EndpointNamed("grpc").PortOf(replica)}", variables["GRPC_PORT"]);
            Assert.StartsWith($"service.instance.id=many-{replica}-", variables["OTEL_RESOURCE_ATTRIBUTES"], StringComparison.Ordinal);
            Assert.Equal("many", variables["OTEL_SERVICE_NAME"]);
        });
        Assert.Equal(3, seen.Select(v => v["ASPNETCORE_URLS"]).Distinct().Count());
    }

    [Fact]
    public void A_project_listens_on_every_endpoint_that_has_no_variable_of_its_own()
    {
        var one = _builder.AddProject<Itself>("one", launchProfileName: null).WithHttpEndpoint().WithHttpEndpoint(name: "admin").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT");
        Allocate(one.Resource);
        Assert.Equal($"{one.GetEndpoint("http").Url};{one.GetEndpoint("admin").Url}", Of(one.Resource)["ASPNETCORE_URLS"]);
    }

    [Fact]
    public void A_plain_program_gets_nothing_that_is_meant_for_projects()
    {
        var tool = _builder.AddScript("tool", "true").WithHttpEndpoint(env: "PORT").WithHttpEndpoint(name: "silent").WithEnvironment("COLOUR", "red");
        Allocate(tool.Resource);
        var seen = Surroundings.Of(tool.Resource, 0, "Development", name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "http://collector" : null);
        Assert.Equal(
            new Dictionary<string, string?> { ["PORT"] = $"{tool.GetEndpoint("http").Port}", ["COLOUR"] = "red" },
            seen.Where(v => v.Value is not null).ToDictionary());
    }

    [Fact]
    public void A_reference_to_one_address_tells_no_other_and_each_replica_of_it()
    {
        var other = _builder.AddWeb("other").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT").WithReplicas(2);
        var one = _builder.AddScript("one", "true").WithReference(other.GetEndpoint("grpc"));
        Allocate(other.Resource);
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["services__other__grpc__0"] = other.Resource.EndpointNamed("grpc").Url(0),
                ["services__other__grpc__1"] = other.Resource.EndpointNamed("grpc").Url(1),
            },
            Of(one.Resource).Where(v => v.Value is not null).ToDictionary());
    }

    [Fact]
    public void A_reference_to_an_address_that_does_not_exist_is_refused_and_not_forgotten()
    {
        var other = _builder.AddWeb("other");
        var one = _builder.AddScript("one", "true").WithReference(other.GetEndpoint("grcp"));
        Allocate(other.Resource);
        Assert.Equal("Resource 'other' has no endpoint 'grcp'.", Assert.Throws<DistributedApplicationException>(() => Of(one.Resource)).Message);
    }

    [Fact]
    public void A_connection_string_goes_by_the_resources_name_another_name_or_a_variable_of_its_own()
    {
        var plain = _builder.AddConnectionString("smtp");
        _builder.Configuration["ConnectionStrings:own"] = "own://";
        var own = _builder.AddConnectionString("own", "OWN_URL");
        var one = _builder.AddScript("one", "true").WithReference(plain).WithReference(plain, "Mail").WithReference(own, "ignored");
        Assert.Equal(
            new Dictionary<string, string?> { ["ConnectionStrings__smtp"] = "smtp://mail:25", ["ConnectionStrings__Mail"] = "smtp://mail:25", ["OWN_URL"] = "own://" },
            Of(one.Resource).Where(v => v.Value is not null).ToDictionary());
    }

    [Fact]
    public void What_the_model_sets_by_name_wins_over_what_the_host_would_set()
    {
        var one = _builder.AddWeb("one").WithEnvironment("ASPNETCORE_ENVIRONMENT", "Staging").WithEnvironment("DOTNET_gcServer", "1").WithEnvironment("ASPNETCORE_URLS", "http://*:1");
        Allocate(one.Resource);
        var seen = Of(one.Resource);
        Assert.Equal(("Staging", "Development", "1", "http://*:1"), (seen["ASPNETCORE_ENVIRONMENT"], seen["DOTNET_ENVIRONMENT"], seen["DOTNET_gcServer"], seen["ASPNETCORE_URLS"]));
    }

    [Fact]
    public void A_collector_of_another_protocol_is_told_with_it_and_an_empty_one_not_at_all()
    {
        var one = _builder.AddProject<Itself>("one", launchProfileName: null).Resource;
        var http = Surroundings.Of(one, 0, "Development", name => name switch
        {
            "OTEL_EXPORTER_OTLP_ENDPOINT" => "http://localhost:4318",
            "OTEL_EXPORTER_OTLP_PROTOCOL" => "http/protobuf",
            _ => null,
        });
        Assert.Equal("http/protobuf", http["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        var empty = Surroundings.Of(one, 0, "Development", name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "" : null);
        Assert.Null(empty.GetValueOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT"));
        Assert.False(empty.ContainsKey("OTEL_TRACES_SAMPLER"));
    }

    [Fact]
    public void The_runtime_that_runs_the_host_runs_the_projects() => Assert.True(File.Exists(Surroundings.DotNet()));

    private static Dictionary<string, string?> Of(Resource resource, int replica = 0) => Surroundings.Of(resource, replica, "Development", _ => null);

    private void Allocate(Resource resource) => resource.Endpoints.ForEach(e => e.Allocate(resource.Replicas, _ports));
}

/// <summary>What a project's launch settings say.</summary>
public sealed class LaunchProfileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("halong-test-");

    private string Project => Path.Combine(_folder.FullName, "Some.csproj");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{ }""")]
    [InlineData("""{ "profiles": { } }""")]
    [InlineData("""{ "profiles": { "https": { "applicationUrl": "http://localhost:1" } } }""")]
    [InlineData("""{ "profiles": { "http": { } } }""")]
    public void A_profile_that_is_not_there_or_says_nothing_gives_nothing(string settings)
    {
        Write(settings);
        Assert.Empty(LaunchProfile.Read(Project, "http", out var urls));
        Assert.Empty(urls);
    }

    [Fact]
    public void Without_a_file_there_is_nothing_to_read()
    {
        Assert.Empty(LaunchProfile.Read(Project, "http", out var urls));
        Assert.Empty(urls);
    }

    [Fact]
    public void Comments_and_commas_too_many_are_forgiven_and_only_the_chosen_profile_counts()
    {
        Write(
            """
            {
              // for people
              "profiles": {
                "http": { "applicationUrl": "http://localhost:5001;;https://localhost:7001", "environmentVariables": { "A": "1", "B": null, }, },
                "other": { "applicationUrl": "http://localhost:9", "environmentVariables": { "A": "2" } },
              },
            }
            """);
        var variables = LaunchProfile.Read(Project, "http", out var urls);
        Assert.Equal(new Dictionary<string, string?> { ["A"] = "1", ["B"] = null }, variables);
        Assert.Equal([5001], urls.Select(u => u.Port));
        Assert.Equal("2", LaunchProfile.Read(Project, "other", out _)["A"]);
    }

    private void Write(string settings)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "Properties"));
        File.WriteAllText(Path.Combine(folder.FullName, "launchSettings.json"), settings);
    }
}

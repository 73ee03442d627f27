using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>What can be said about resources, and what is refused.</summary>
public sealed class BuilderTests
{
    private readonly IDistributedApplicationBuilder _builder = Sample.Model();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a", true)]
    [InlineData("e-signature", true)]
    [InlineData("v2-api-3", true)]
    [InlineData("ends-", false)]
    [InlineData("two--hyphens", false)]
    [InlineData("-begins", false)]
    [InlineData("line\n", false)]
    [InlineData("with space", false)]
    [InlineData("với-dấu", false)]
    public void A_name_is_taken_or_refused_as_Aspire_would(string name, bool taken)
    {
        var refusal = Record.Exception(() => _builder.AddScript(name, "true"));
        Assert.Equal(taken, refusal is null);
        if (!taken)
            Assert.Contains($"'{name}'", Assert.IsType<ArgumentException>(refusal).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_has_at_most_64_characters()
    {
        _builder.AddParameter(new string('a', 64));
        Assert.Throws<ArgumentException>(() => _builder.AddParameter(new string('a', 65)));
    }

    [Fact]
    public void The_password_that_a_server_brings_along_counts_as_a_resource_of_that_name()
    {
        _builder.AddParameter("cache-password");
        var refusal = Assert.Throws<DistributedApplicationException>(() => _builder.AddRedis("cache"));
        Assert.Equal("There are two resources named 'cache-password'.", refusal.Message);
    }

    [Fact]
    public void An_endpoint_without_a_name_is_called_http_and_cannot_be_added_twice()
    {
        var one = _builder.AddScript("one", "true").WithHttpEndpoint().WithHttpEndpoint(name: "admin");
        Assert.Equal(["http", "admin"], one.Resource.Endpoints.Select(e => e.Name));
        var refusal = Assert.Throws<DistributedApplicationException>(() => one.WithHttpEndpoint());
        Assert.Equal("Resource 'one' has two endpoints named 'http'.", refusal.Message);
    }

    [Fact]
    public void An_address_may_be_named_before_its_endpoint_is_added_but_not_asked_for()
    {
        var one = _builder.AddScript("one", "true");
        var address = one.GetEndpoint("late");
        Assert.Equal("Resource 'one' has no endpoint 'late'.", Assert.Throws<DistributedApplicationException>(() => address.Url).Message);
        one.WithHttpEndpoint(name: "late");
        Assert.Contains("no port before the application has started", Assert.Throws<DistributedApplicationException>(() => address.Port).Message, StringComparison.Ordinal);
        using var ports = new Ports();
        one.Resource.EndpointNamed("late").Allocate(1, ports);
        Assert.Equal($"http://localhost:{address.Port}", address.Url);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_project_has_at_least_one_process(int replicas) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _builder.AddWeb("one").WithReplicas(replicas));

    [Fact]
    public void A_variable_said_twice_has_the_later_value()
    {
        var one = _builder.AddScript("one", "true").WithEnvironment("A", "1").WithEnvironment("B", "x").WithEnvironment("A", "2").WithEnvironment("C", (string?)null);
        Assert.Equal([("B", "x"), ("A", "2"), ("C", "")], one.Resource.Environment.Select(e => (e.Name, e.Value.Value())));
    }

    [Fact]
    public void Arguments_are_added_to_those_that_are_there()
    {
        var one = _builder.AddExecutable("one", "sh", "/", "-c").WithArgs("echo $0", "a").WithArgs("b");
        Assert.Equal(["-c", "echo $0", "a", "b"], one.Resource.Arguments);
        Assert.Empty(_builder.AddExecutable("two", "sh", "/", null).Resource.Arguments);
    }

    [Fact]
    public void A_folder_is_meant_from_where_the_host_lies()
    {
        Assert.Equal(Path.GetFullPath("web", _builder.AppHostDirectory), _builder.AddExecutable("web", "sh", "web").Resource.WorkingDirectory);
        Assert.Equal("/srv", _builder.AddExecutable("srv", "sh", "/srv/x/..").Resource.WorkingDirectory);
    }

    [Fact]
    public async Task A_parameter_reads_its_value_when_it_is_needed_not_when_it_is_added()
    {
        var late = _builder.AddParameter("late").Resource;
        await Assert.ThrowsAsync<DistributedApplicationException>(async () => await late.GetValueAsync(Ct));
        _builder.Configuration["Parameters:late"] = "now";
        Assert.Equal("now", await late.GetValueAsync(Ct));
        Assert.False(late.Secret);
    }

    [Fact]
    public async Task A_secret_is_taken_from_the_configuration_before_one_is_made_up()
    {
        var builder = Sample.Model("--Parameters:given=configured");
        Assert.Equal("configured", await builder.AddParameter("given", secret: true).Resource.GetValueAsync(Ct));
        var folder = ((DistributedApplicationBuilder)builder).Folder;
        Assert.False(Directory.Exists(folder.Root));
        var made = builder.AddParameter("made", secret: true).Resource;
        Assert.Equal(await made.GetValueAsync(Ct), await made.GetValueAsync(Ct));
        Assert.Equal(folder.Secret("made"), await made.GetValueAsync(Ct));
        folder.Dispose();
    }

    [Fact]
    public async Task A_server_elsewhere_is_found_in_the_configuration_or_its_absence_is_explained()
    {
        var builder = Sample.Model("--ConnectionStrings:smtp=smtp://mail.example:25");
        Assert.Equal("smtp://mail.example:25", await builder.AddConnectionString("smtp").Resource.GetConnectionStringAsync(Ct));
        var missing = builder.AddConnectionString("missing").Resource;
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(async () => await missing.GetConnectionStringAsync(Ct));
        Assert.Equal("Connection string 'missing' is missing: set ConnectionStrings__missing.", refusal.Message);
    }

    [Fact]
    public async Task Names_and_passwords_given_to_a_server_are_part_of_its_connection_string_safely_written()
    {
        var builder = Sample.Model("--Parameters:user=o'brien", "--Parameters:word=a;b@c/d=é");
        var (user, word) = (builder.AddParameter("user"), builder.AddParameter("word", secret: true));
        var postgres = builder.AddPostgres("postgres", user, word);
        var broker = builder.AddRabbitMQ("broker", user, word);
        using var ports = new Ports();
        foreach (var server in new ServerResource[] { postgres.Resource, broker.Resource })
            server.EndpointNamed("tcp").Allocate(1, ports);

        var database = new Npgsql.NpgsqlConnectionStringBuilder(await postgres.AddDatabase("orders").Resource.GetConnectionStringAsync(Ct));
        Assert.Equal(("o'brien", "a;b@c/d=é", "orders", "127.0.0.1"), (database.Username, database.Password, database.Database, database.Host));
        var address = new Uri((await broker.Resource.GetConnectionStringAsync(Ct))!);
        Assert.Equal(["o'brien", "a;b@c/d=é"], address.UserInfo.Split(':').Select(Uri.UnescapeDataString));
        Assert.Equal(broker.Resource.EndpointNamed("tcp").PortOf(0), address.Port);
    }

    [Fact]
    public void Only_http_endpoints_are_opened_to_the_outside()
    {
        var one = _builder.AddScript("one", "true").WithHttpEndpoint().WithExternalHttpEndpoints().WithHttpEndpoint(name: "inside");
        Assert.Equal([true, false], one.Resource.Endpoints.Select(e => e.IsExternal));
        var broker = _builder.AddRabbitMQ("broker").WithManagementPlugin().WithExternalHttpEndpoints();
        Assert.Equal([("tcp", false), ("management", true)], broker.Resource.Endpoints.Select(e => (e.Name, e.IsExternal)));
    }

    [Fact]
    public void A_health_check_asks_for_the_root_and_200_unless_told_otherwise()
    {
        var one = _builder.AddScript("one", "true").WithHttpHealthCheck().WithHttpHealthCheck("/ready", 204, "admin").WithExplicitStart();
        Assert.Equal([new HttpCheck("/", 200, null), new HttpCheck("/ready", 204, "admin")], one.Resource.HealthChecks);
        Assert.True(one.Resource.ExplicitStart);
        Assert.False(_builder.AddScript("two", "true").WithParentRelationship(one).Resource.ExplicitStart);
    }

    [Fact]
    public void A_resource_that_waits_for_itself_is_refused()
    {
        var one = _builder.AddScript("one", "true");
        one.WaitFor(one);
        var refusal = Assert.Throws<DistributedApplicationException>(() => Dependencies.Check([one.Resource]));
        Assert.Equal("Resources wait for each other: one → one", refusal.Message);
    }

    [Fact]
    public void Two_that_wait_for_the_same_third_are_no_circle()
    {
        var third = _builder.AddScript("third", "true");
        var (one, two) = (_builder.AddScript("one", "true").WaitFor(third), _builder.AddScript("two", "true").WaitFor(third));
        one.WaitFor(two);
        Dependencies.Check([one.Resource, two.Resource, third.Resource]);
        Assert.Equal([3, 2, 1], new[] { one, two, third }.Select(r => Dependencies.Level(r.Resource)));
    }

    [Fact]
    public async Task Questions_about_what_is_not_in_the_model_are_answered_in_words()
    {
        _builder.AddScript("one", "true");
        await using var app = _builder.Build();
        Assert.StartsWith("There is no resource 'two'.", Assert.Throws<ArgumentException>(() => app.GetEndpoint("two")).Message, StringComparison.Ordinal);
        Assert.StartsWith("Resource 'one' has no endpoint.", Assert.Throws<ArgumentException>(() => app.CreateHttpClient("one")).Message, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<ArgumentException>(async () => await app.GetConnectionStringAsync("one", Ct));
        Assert.StartsWith("Resource 'one' has no connection string.", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(app.GetLastLines("one"));
        Assert.Empty(app.GetProcessIds("one"));
    }
}

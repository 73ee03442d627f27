using System.Text.Json.Nodes;
using HaLong.Cli.Platform;

namespace HaLong.Cli.Tests;

public sealed class PlatformFileTests : IDisposable
{
    private static readonly Resource[] Resources =
    [
        new("postgres", "postgres", "Running", "Healthy", ["tcp://127.0.0.1:5432"], [11]),
        new("gateway", "project", "Running", "Healthy", ["http://localhost:5080/"], [12]),
        new("portal", "project", "Running", "Healthy", ["http://localhost:7001"], [13]),
        new("partner-lab", "project", "Running", "Healthy", ["http://localhost:7002", "http://localhost:7003"], [14]),
        new("dossier-migrate", "project", "Finished", "Healthy", [], []),
    ];

    private readonly string _run = Directory.CreateTempSubdirectory("halong-cli-").FullName;

    [Fact]
    public void It_tells_scripts_what_runs_and_who_may_sign_in()
    {
        Secrets("""{"demo-password":"geheim","partner-client-secret":"partnersecret"}""");
        ReadyCommand.Save(_run, ReadyCommand.Describe(_run, Resources));

        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(_run, "platform.json")))!;
        Assert.Equal("http://localhost:5080", file["gateway"]!.GetValue<string>());
        Assert.Equal("http://localhost:7001", file["portal"]!.GetValue<string>());
        Assert.Equal("http://localhost:7002", file["simulators"]!["partner-lab"]!.GetValue<string>());
        Assert.Equal(5, file["resources"]!.AsArray().Count);
        Assert.Equal(12, file["resources"]![1]!["pids"]![0]!.GetValue<int>());
        foreach (var role in (string[])["citizen", "helper", "reception", "officer", "approver", "cashier", "chief", "leader", "auditor", "administrator"])
        {
            var account = file["accounts"]!.AsArray().First(a => a!["role"]!.GetValue<string>() == role)!;
            Assert.Equal("geheim", account["password"]!.GetValue<string>());
            Assert.Matches("^[0-9]{12}$", account["personalNumber"]!.GetValue<string>());
        }
    }

    [Fact]
    public void Clients_have_their_addresses_filled_in_and_only_the_partner_a_secret()
    {
        Secrets("""{"partner-client-secret":"partnersecret"}""");
        var platform = ReadyCommand.Describe(_run, Resources);
        Assert.Equal("", platform.Client("web").ClientSecret);
        Assert.Contains("http://localhost:5080/signin-oidc", platform.Client("web").RedirectUris);
        Assert.Contains("http://localhost:7001/signin-oidc", platform.Client("web").RedirectUris);
        Assert.DoesNotContain(platform.Client("web").RedirectUris, u => u.Contains('{', StringComparison.Ordinal));
        Assert.Equal("partnersecret", platform.Client("partner").ClientSecret);
        Assert.Equal(["halong.events"], platform.Client("partner").Scopes);
    }

    [Fact]
    public void It_is_readable_by_its_owner_only_because_it_holds_passwords()
    {
        ReadyCommand.Save(_run, ReadyCommand.Describe(_run, Resources));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_run, "platform.json")));
        Assert.Empty(Directory.GetFiles(_run, "*.tmp"));
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        var written = ReadyCommand.Describe(_run, Resources);
        Assert.Null(PlatformFile.Read(_run));
        ReadyCommand.Save(_run, written);
        var read = PlatformFile.Read(_run)!;
        Assert.Equal(written.Gateway, read.Gateway);
        Assert.Equal(written.Account("officer"), read.Account("officer"));
        Assert.Null(PlatformFile.Read(Path.Combine(_run, "nothing-here")));
    }

    [Fact]
    public async Task Ready_waits_until_everything_is_healthy()
    {
        State("Running", "Unhealthy");
        var waiting = ReadyCommand.RunAsync(Options("30"));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        State("Running", "Healthy");
        Assert.Equal(0, await waiting);
        Assert.True(File.Exists(Path.Combine(_run, "platform.json")));
    }

    [Theory]
    [InlineData("Finished", "Unhealthy")]
    [InlineData("Waiting", "Unknown")]
    [InlineData("Running", "Unhealthy")]
    public async Task A_resource_that_is_not_well_is_a_failure_in_the_end(string state, string health)
    {
        State(state, health);
        Assert.Equal(1, await ReadyCommand.RunAsync(Options("1")));
    }

    [Fact]
    public async Task A_host_that_died_is_noticed_at_once()
    {
        State("Running", "Unhealthy", hostPid: 4_194_305);
        Assert.Equal(1, await ReadyCommand.RunAsync(Options("60")));
    }

    [Fact]
    public void Status_says_when_nothing_runs()
    {
        Assert.Equal(3, StatusCommand.Run(Options("1")));
        State("Running", "Healthy", hostPid: 4_194_305);
        Assert.Equal(3, StatusCommand.Run(Options("1")));
        State("Running", "Healthy");
        Assert.Equal(0, StatusCommand.Run(Options("1")));
    }

    public void Dispose() => Directory.Delete(_run, recursive: true);

    private Arguments Options(string timeout) => new("ready", new Dictionary<string, string> { ["run"] = _run, ["timeout"] = timeout });

    private void Secrets(string json) => File.WriteAllText(Path.Combine(_run, "secrets.json"), json);

    private void State(string state, string health, int? hostPid = null)
    {
        var temporary = Path.Combine(_run, "resources.new");
        File.WriteAllText(temporary, $$"""
            {"hostPid": {{hostPid ?? Environment.ProcessId}}, "resources": [
              {"name": "gateway", "kind": "project", "state": "{{state}}", "health": "{{health}}", "urls": ["http://localhost:5080"], "pids": [1], "restarts": 0}
            ]}
            """);
        File.Move(temporary, Path.Combine(_run, "resources.json"), overwrite: true);
    }
}

using System.Text.Json.Nodes;
using Aspire.Hosting;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>What scripts read about the platform.</summary>
public sealed class StateFileTests : IDisposable
{
    private readonly DirectoryInfo _path = Directory.CreateTempSubdirectory("halong-test-");
    private readonly Board _board = new(TimeProvider.System);
    private readonly RunFolder _folder;
    private readonly Ports _ports = new();

    public StateFileTests() => _folder = new RunFolder(_path.FullName, false);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Platform => Path.Combine(_path.FullName, "platform.json");

    public void Dispose()
    {
        _ports.Dispose();
        _folder.Dispose();
        if (_path.Exists)
            _path.Delete(recursive: true);
    }

    [Fact]
    public void Replicas_are_told_as_one_resource_with_all_its_processes_addresses_and_restarts()
    {
        var resource = Sample.Model().AddWeb("many").WithReplicas(2).Resource;
        resource.EndpointNamed("http").Allocate(2, _ports);
        _board.Reset(
        [
            new Instance(resource, 0) { State = State.Running, Health = Health.Healthy, Pids = [11], Restarts = 1 },
            new Instance(resource, 1) { State = State.Running, Health = Health.Unhealthy, Pids = [12, 13], Restarts = 2, Reason = "/health answers 503 – quá tải" },
        ]);
        StateFile.Write(_board, _folder);
        var text = File.ReadAllText(Path.Combine(_path.FullName, "resources.json"));
        var one = Assert.Single(JsonNode.Parse(text)!["resources"]!.AsArray())!;
        var urls = $"[\"{resource.EndpointNamed("http").Url(0)}\",\"{resource.EndpointNamed("http").Url(1)}\"]";
        Assert.Equal(
            "{\"name\":\"many\",\"kind\":\"project\",\"state\":\"Running\",\"health\":\"Unhealthy\",\"urls\":" + urls
            + ",\"pids\":[11,12,13],\"restarts\":3,\"reason\":\"/health answers 503 – quá tải\"}",
            JsonNode.Parse(one.ToJsonString())!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Contains("quá tải", text, StringComparison.Ordinal);
        Assert.Equal(Environment.ProcessId, JsonNode.Parse(text)!["hostPid"]!.GetValue<int>());
    }

    [Fact]
    public void What_ended_tells_its_exit_code_and_what_has_not_started_has_none()
    {
        _board.Reset([Script("done", i => (i.State, i.ExitCode) = (State.Finished, 7)), Script("later", _ => { })]);
        StateFile.Write(_board, _folder);
        var resources = JsonNode.Parse(File.ReadAllText(Path.Combine(_path.FullName, "resources.json")))!["resources"]!.AsArray();
        Assert.Equal(7, resources[0]!["exitCode"]!.GetValue<int>());
        Assert.False(resources[1]!.AsObject().ContainsKey("exitCode"));
        Assert.False(resources[1]!.AsObject().ContainsKey("reason"));
        Assert.Equal(("executable", "NotStarted"), (resources[1]!["kind"]!.GetValue<string>(), resources[1]!["state"]!.GetValue<string>()));
    }

    [Fact]
    public void Everybody_may_read_the_states_but_only_the_owner_the_description_with_its_passwords()
    {
        File.WriteAllText(Platform, """{"password":"x"}""");
        _board.Reset([Script("one", _ => { })]);
        StateFile.Write(_board, _folder);
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(Path.Combine(_path.FullName, "resources.json")));
        Assert.Equal(Owner, File.GetUnixFileMode(Platform));
    }

    [Fact]
    public void Without_a_description_of_the_platform_none_is_made()
    {
        _board.Reset([Script("one", _ => { })]);
        StateFile.Write(_board, _folder);
        Assert.False(File.Exists(Platform));
    }

    [Fact]
    public void A_deleted_folder_is_not_made_again()
    {
        _path.Delete(recursive: true);
        StateFile.Write(_board, _folder);
        Assert.False(Directory.Exists(_path.FullName));
        _path.Refresh();
    }

    [Fact]
    public async Task Each_change_reaches_the_files_until_the_end()
    {
        var one = Script("one", _ => { });
        _board.Reset([one]);
        await File.WriteAllTextAsync(Platform, """{"resources":"old"}""", Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var keeping = new StateFile(_board, _folder).RunAsync(stop.Token);
        foreach (var state in new[] { State.Starting, State.Running, State.Finished })
        {
            _board.Update(one, state);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            limit.CancelAfter(Sample.Patience);
            while (JsonNode.Parse(await File.ReadAllTextAsync(Platform, Ct))!["resources"] is not JsonArray all || all[0]!["state"]!.GetValue<string>() != state.ToString())
                await Task.Delay(20, limit.Token);
        }

        await stop.CancelAsync();
        await keeping.WaitAsync(Sample.Patience, Ct);
    }

    [Fact]
    public void Only_the_endpoint_that_was_named_shows_another_address_and_each_edit_builds_on_the_last()
    {
        var web = Sample.Model().AddWeb("web").WithHttpEndpoint(name: "admin")
            .WithUrlForEndpoint("http", url => url.Url += "/docs").WithUrlForEndpoint("http", url => url.Url += "/v1").WithUrlForEndpoint("typo", url => url.Url = "");
        Assert.Empty(StateFile.Urls(web.Resource));
        web.Resource.Endpoints.ForEach(e => e.Allocate(1, _ports));
        Assert.Equal([web.GetEndpoint("http").Url + "/docs/v1", web.GetEndpoint("admin").Url], StateFile.Urls(web.Resource));
        // The address that others are told stays as it is.
        Assert.DoesNotContain("docs", web.GetEndpoint("http").Url, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replica_that_is_not_known_to_be_well_stands_before_one_that_is()
    {
        var (well, unknown) = (Script("a", i => i.Health = Health.Healthy), Script("b", _ => { }));
        Assert.Same(unknown, StateFile.Worst([well, unknown]));
        Assert.Same(well, StateFile.Worst([well]));
    }

    private static Instance Script(string name, Action<Instance> change)
    {
        var instance = new Instance(Sample.Model().AddScript(name, "true").Resource, 0);
        change(instance);
        return instance;
    }
}

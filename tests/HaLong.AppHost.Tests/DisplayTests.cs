using System.Threading.Channels;
using Aspire.Hosting;
using HaLong.AppHost.Native;
using Spectre.Console;

namespace HaLong.AppHost.Tests;

/// <summary>What a person sees.</summary>
public sealed class DisplayTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly Board _board = new(TimeProvider.System);
    private readonly Journal _journal;

    public DisplayTests() => _journal = new Journal(_folder.FullName, TimeProvider.System);

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Without_a_terminal_every_line_carries_the_name_of_its_resource_in_a_colour_of_its_own()
    {
        var (one, second) = (Instance("one"), Instance("second"));
        _board.Reset([one, second]);
        var output = new StringWriter();
        var display = new LineDisplay(_board, _journal, output);
        _journal.Write("one", "hello");
        _journal.Write("second", "world");
        _board.Update(second, State.Waiting, "waits for one");
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await display.DisposeAsync();

        var lines = output.ToString().Split(Environment.NewLine);
        Assert.Contains("\u001b[38;5;33mone   \u001b[0m | hello", lines);
        Assert.Contains("\u001b[38;5;34msecond\u001b[0m | world", lines);
        Assert.Contains(lines, l => l.EndsWith("| second: Waiting: waits for one", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_shows_state_reason_process_restarts_and_last_lines()
    {
        var one = Instance("one");
        (one.State, one.Health, one.Reason, one.Pids, one.Restarts) = (State.Running, Health.Unhealthy, "/health [answers] 503", [4711], 3);
        _board.Reset([one]);
        var shown = Shown(["one | something [happened]"]);
        Assert.Contains("Running (not ready): /health [answers] 503", shown, StringComparison.Ordinal);
        Assert.Contains("4711", shown, StringComparison.Ordinal);
        Assert.Contains("something [happened]", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_is_told_when_it_changes_and_only_then()
    {
        var one = Instance("one");
        _board.Reset([one, Instance("silent")]);
        var output = new Lines();
        var display = new LineDisplay(_board, _journal, output);
        _board.Update(one, State.Running);
        Assert.Equal("one: Running", await output.NextAsync());
        _board.Update(one, i => i.Pids = [1]);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        _board.Update(one, State.Running, health: Health.Healthy);
        Assert.Equal("one: Running, healthy", await output.NextAsync());
        await display.DisposeAsync();
        _journal.Write("one", "after the end");
        Assert.False(output.HasMore);
    }

    [Fact]
    public async Task Nothing_is_shown_when_nothing_is_wanted_and_lines_when_they_are()
    {
        Assert.Null(Display.Open("none", _board, _journal));
        await using var lines = Display.Open("lines", _board, _journal);
        Assert.IsType<LineDisplay>(lines);
    }

    [Fact]
    public void The_table_shows_each_replica_with_its_own_address_as_the_model_wants_it_shown()
    {
        using var ports = new Ports();
        var web = Sample.Model().AddWeb("web").WithReplicas(2).WithHttpEndpoint(name: "admin")
            .WithUrlForEndpoint("http", url => url.Url += "/docs").WithUrlForEndpoint("admin", url => url.DisplayText = "the [admin] pages").Resource;
        web.Endpoints.ForEach(e => e.Allocate(2, ports));
        _board.Reset([new Instance(web, 0) { State = State.Running, Health = Health.Healthy }, new Instance(web, 1)]);
        var rows = Shown([]).Split('\n').Where(l => l.Contains("web-", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, rows.Count);
        Assert.All(rows, (row, i) =>
        {
            Assert.Contains($"web-{i}", row, StringComparison.Ordinal);
            Assert.Contains($"{web.EndpointNamed("http").Url(i)}/docs the [admin] pages", row, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("not ready", rows[0], StringComparison.Ordinal);
        Assert.Contains("NotStarted", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_replica_that_is_worst_stands_for_all()
    {
        var resource = Instance("many").Resource;
        resource.Replicas = 2;
        var (well, unwell) = (new Instance(resource, 0) { Health = Health.Healthy }, new Instance(resource, 1) { Health = Health.Unhealthy });
        Assert.Same(unwell, StateFile.Worst([well, unwell]));
        Assert.Equal("many-1", unwell.DisplayName);
    }

    [Fact]
    public void A_shown_address_can_be_edited()
    {
        var builder = Sample.Model();
        using var ports = new Ports();
        var web = builder.AddWeb("web").WithUrlForEndpoint("http", url => url.Url += "/docs");
        web.Resource.EndpointNamed("http").Allocate(1, ports);
        Assert.EndsWith("/docs", Assert.Single(StateFile.Urls(web.Resource)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_of_the_platform_keeps_its_own_words_and_gets_current_resources()
    {
        using var folder = new RunFolder(_folder.FullName, false);
        _board.Reset([Instance("one")]);
        File.WriteAllText(Path.Combine(_folder.FullName, "platform.json"), """{"gateway":"http://localhost:5080","resources":[]}""");
        StateFile.Write(_board, folder);
        var text = File.ReadAllText(Path.Combine(_folder.FullName, "platform.json"));
        Assert.Contains("http://localhost:5080", text, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"one\"", text, StringComparison.Ordinal);
    }

    private string Shown(IEnumerable<string> lines)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 140;
        console.Write(TableDisplay.Draw(_board, lines));
        return output.ToString();
    }

    /// <summary>Hands on each line as it is written, without the name before it.</summary>
    private sealed class Lines : StringWriter
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public bool HasMore => _lines.Reader.Count > 0;

        public override void WriteLine(string? value) => _lines.Writer.TryWrite(value!.Split(" | ")[1]);

        public Task<string> NextAsync() => _lines.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Sample.Patience);
    }

    private static Instance Instance(string name) => new(Sample.Model().AddScript(name, "true").Resource, 0);
}

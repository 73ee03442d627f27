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
        Assert.Contains("\u001b[36mone   \u001b[0m | hello", lines);
        Assert.Contains("\u001b[32msecond\u001b[0m | world", lines);
        Assert.Contains(lines, l => l.EndsWith("| second: Waiting: waits for one", StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_shows_state_reason_process_restarts_and_last_lines()
    {
        var one = Instance("one");
        (one.State, one.Health, one.Reason, one.Pids, one.Restarts) = (State.Running, Health.Unhealthy, "/health [answers] 503", [4711], 3);
        _board.Reset([one]);
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 140;
        console.Write(TableDisplay.Draw(_board, ["one | something [happened]"]));

        var shown = output.ToString();
        Assert.Contains("Running (not ready): /health [answers] 503", shown, StringComparison.Ordinal);
        Assert.Contains("4711", shown, StringComparison.Ordinal);
        Assert.Contains("something [happened]", shown, StringComparison.Ordinal);
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

    private static Instance Instance(string name) => new(Sample.Model().AddScript(name, "true").Resource, 0);
}

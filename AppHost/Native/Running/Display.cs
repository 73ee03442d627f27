using System.Collections.Concurrent;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaLong.AppHost.Native;

/// <summary>Shows the application: a live table in a terminal, log lines with the resource's name otherwise.</summary>
internal static class Display
{
    // wanted: table, lines, none, or nothing: a table where a person sits at a terminal, lines in scripts.
    public static IAsyncDisposable? Open(string? wanted, Board board, Journal journal) =>
        (wanted ?? (Console.IsOutputRedirected || Console.IsInputRedirected ? "lines" : "table")) switch
        {
            "none" => null,
            "table" => new TableDisplay(board, journal),
            _ => new LineDisplay(board, journal, Console.Out),
        };
}

internal sealed class LineDisplay : IAsyncDisposable
{
    // Of the 256-colour palette: bright enough on dark, dark enough on light, and no two neighbours alike.
    private static readonly int[] Colours = [33, 34, 172, 135, 37, 161, 70, 99, 178, 44, 204, 64, 141, 130, 39, 106, 169, 72, 208, 62, 29, 133, 166, 75];
    private readonly Board _board;
    private readonly Journal _journal;
    private readonly TextWriter _output;
    private readonly bool _coloured = Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
    private readonly ConcurrentDictionary<string, int> _colours = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _states;
    private readonly int _width;

    public LineDisplay(Board board, Journal journal, TextWriter output)
    {
        (_board, _journal, _output) = (board, journal, TextWriter.Synchronized(output));
        _width = Math.Max(Orchestrator.HostName.Length, board.All.Select(i => i.DisplayName.Length).DefaultIfEmpty(0).Max());
        _journal.Written += Show;
        _states = TellStatesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _states;
        _journal.Written -= Show;
        _stop.Dispose();
    }

    private void Show(string resource, string line)
    {
        var colour = _colours.GetOrAdd(resource, _ => Colours[_colours.Count % Colours.Length]);
        _output.WriteLine(_coloured ? $"\u001b[38;5;{colour}m{resource.PadRight(_width)}\u001b[0m | {line}" : $"{resource.PadRight(_width)} | {line}");
    }

    private async Task TellStatesAsync()
    {
        var told = new Dictionary<Instance, string>();
        try
        {
            while (true)
            {
                var changed = _board.Changed;
                foreach (var instance in _board.All)
                {
                    var state = instance.Health == Health.Healthy && instance.State == State.Running ? "Running, healthy" : instance.State.ToString();
                    var words = instance.State is State.Waiting or State.FailedToStart && instance.Reason is { } reason ? $"{state}: {reason}" : state;
                    if (told.TryGetValue(instance, out var known) && known == words)
                        continue;
                    told[instance] = words;
                    if (instance.State != State.NotStarted)
                        Show(Orchestrator.HostName, $"{instance.DisplayName}: {words}");
                }

                await changed.WaitAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The display is closed.
        }
    }
}

internal sealed class TableDisplay : IAsyncDisposable
{
    private const int ShownLines = 12;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(250);
    private readonly Board _board;
    private readonly Journal _journal;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _drawing;

    public TableDisplay(Board board, Journal journal)
    {
        (_board, _journal) = (board, journal);
        _journal.Written += Remember;
        _drawing = AnsiConsole.Live(Draw(_board, [])).StartAsync(DrawAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _drawing;
        _journal.Written -= Remember;
        _stop.Dispose();
    }

    /// <summary>The table of resources and the last lines they said.</summary>
    public static IRenderable Draw(Board board, IEnumerable<string> lines)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumns("Resource", "State", "Process", "Restarts", "Address");
        foreach (var instance in board.All)
        {
            table.AddRow(
                Markup.Escape(instance.DisplayName),
                $"[{Colour(instance)}]{Markup.Escape(Words(instance))}[/]",
                string.Join(' ', instance.Pids.Select(p => p.ToString(CultureInfo.InvariantCulture))),
                instance.Restarts > 0 ? instance.Restarts.ToString(CultureInfo.InvariantCulture) : "",
                Markup.Escape(string.Join(' ', instance.Resource.Endpoints.Where(e => e.IsAllocated).Select(e => StateFile.Shown(instance.Resource, e, instance.Index))
                    .Select(shown => shown.DisplayText ?? shown.Url))));
        }

        return new Rows(table, new Text(string.Join('\n', lines.Append("Logs: .run/logs · Ctrl-C stops everything")), new Style(Color.Grey)));
    }

    private static string Words(Instance instance) =>
        $"{instance.State}{(instance.State == State.Running && instance.Health != Health.Healthy ? " (not ready)" : "")}{(instance.Reason is { } reason ? $": {reason}" : "")}";

    private static string Colour(Instance instance) => instance.Health switch
    {
        Health.Healthy => "green",
        Health.Unhealthy => "red",
        _ => "yellow",
    };

    private async Task DrawAsync(LiveDisplayContext context)
    {
        while (!_stop.IsCancellationRequested)
        {
            context.UpdateTarget(Draw(_board, _lines));
            var changed = _board.Changed;
            await Task.WhenAny(changed, Task.Delay(TimeSpan.FromSeconds(2), _stop.Token));
            await Task.Delay(Frame, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        context.UpdateTarget(Draw(_board, _lines));
    }

    private void Remember(string resource, string line)
    {
        _lines.Enqueue($"{resource} | {line}");
        while (_lines.Count > ShownLines)
            _lines.TryDequeue(out _);
    }
}

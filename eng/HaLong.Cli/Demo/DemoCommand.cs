using System.Globalization;
using HaLong.Cli.Journey;
using HaLong.Cli.Platform;
using Spectre.Console;

namespace HaLong.Cli.Demo;

/// <summary>Fills a fresh development platform with the dossiers of a small city; goes on where it was interrupted.</summary>
internal static class DemoCommand
{
    private const int Usual = 300, AtOnce = 3;

    /// <summary>Exit code 0 when all are there; 1 when some could not be made, 3 when nothing runs here.</summary>
    public static async Task<int> RunAsync(Arguments options)
    {
        if (PlatformFile.Read(options.RunDirectory) is not { Accounts.Count: > 0 } platform)
        {
            AnsiConsole.MarkupLine("[red]No development platform runs here: start it by ./run.sh --detach[/]");
            return 3;
        }

        var dossiers = options.Values.TryGetValue("dossiers", out var asked) ? int.Parse(asked, CultureInfo.InvariantCulture) : Usual;
        var record = Path.Combine(options.RunDirectory, "demo-city");
        HashSet<string> made = File.Exists(record) ? [.. await File.ReadAllLinesAsync(record)] : [];
        var left = DemoPlan.Of(dossiers, DemoFile.Residents()).Where(d => !made.Contains(Line(d))).ToList();
        if (left.Count == 0)
            return 0;
        using var city = new DemoCity(platform);
        var (gate, failed) = (new Lock(), 0);
        await Parallel.ForEachAsync(left, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (dossier, _) =>
        {
            try
            {
                await city.MakeAsync(dossier);
                lock (gate)
                    File.AppendAllText(record, Line(dossier) + "\n");
            }
            catch (Exception e) when (e is JourneyException or HttpRequestException or OperationCanceledException)
            {
                Interlocked.Increment(ref failed);
                AnsiConsole.MarkupLineInterpolated($"[yellow]demonstration dossier {dossier.Number + 1} ({dossier.Matter.Code}, {dossier.End}):[/] {e.Message}");
            }
        });
        AnsiConsole.MarkupLineInterpolated($"The demonstration city has {dossiers - failed} dossiers.");
        return failed == 0 ? 0 : 1;
    }

    private static string Line(DemoDossier dossier) => dossier.Number.ToString(CultureInfo.InvariantCulture);
}

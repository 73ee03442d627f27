using HaLong.Cli.Platform;
using Spectre.Console;

namespace HaLong.Cli.Journey;

/// <summary>Runs the journey against a running platform.</summary>
internal static class JourneyCommand
{
    /// <summary>Exit code 0 only if every step and check held.</summary>
    public static async Task<int> RunAsync(Arguments options)
    {
        if (PlatformFile.Read(options.RunDirectory) is not { } platform)
        {
            AnsiConsole.MarkupLine("[red]No platform runs here: start it by ./run.sh --detach[/]");
            return 3;
        }

        using var journey = new DossierJourney(platform, new Evidence(options.Values.GetValueOrDefault("out")))
        {
            Assisted = options.Values.GetValueOrDefault("variant") == "assisted",
        };
        try
        {
            await journey.RunAsync();
        }
        catch (Exception e) when (e is JourneyException or HttpRequestException or InvalidOperationException or KeyNotFoundException or NullReferenceException)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]journey failed:[/] {e.Message}");
            return 1;
        }

        AnsiConsole.MarkupLine("[green]journey completed[/]");
        return 0;
    }
}

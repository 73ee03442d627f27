using HaLong.Cli.Platform;
using Spectre.Console;

namespace HaLong.Cli.Journey;

/// <summary>Runs the journey against a running platform.</summary>
internal static class JourneyCommand
{
    /// <summary>The variant that means every one.</summary>
    public const string All = "all";

    /// <summary>Exit code 0 only if every step and check of every variant held; 1 if not, 2 for an unknown variant, 3 when nothing runs here.</summary>
    public static async Task<int> RunAsync(Arguments options)
    {
        var name = options.Values.GetValueOrDefault("variant", JourneyVariant.Plain.Name);
        IReadOnlyList<JourneyVariant> variants = name == All ? JourneyVariant.All : [.. JourneyVariant.All.Where(v => v.Name == name)];
        if (variants.Count == 0)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]unknown variant {name}[/]; there are {string.Join(", ", JourneyVariant.All.Select(v => v.Name))}");
            return 2;
        }

        if (PlatformFile.Read(options.RunDirectory) is not { } platform)
        {
            AnsiConsole.MarkupLine("[red]No platform runs here: start it by ./run.sh --detach[/]");
            return 3;
        }

        var signIns = SignIns.At(platform);
        var failed = new List<string>();
        foreach (var variant in variants)
        {
            if (variants.Count > 1)
                AnsiConsole.Write(new Rule($"{variant.Name}: {variant.What}") { Justification = Justify.Left });
            if (!await RunAsync(variant, platform, signIns, Folder(options, variant)))
                failed.Add(variant.Name);
        }

        if (variants.Count > 1)
            AnsiConsole.MarkupLineInterpolated($"{variants.Count - failed.Count} of {variants.Count} variants completed{(failed.Count == 0 ? "" : "; failed: " + string.Join(", ", failed))}");
        return failed.Count == 0 ? 0 : 1;
    }

    /// <summary>Where the evidence goes: the folder given, or one in it for each variant when all of them run.</summary>
    private static string? Folder(Arguments options, JourneyVariant variant) => options.Values.GetValueOrDefault("out") is not { } folder
        ? null
        : options.Values.GetValueOrDefault("variant") == All ? Path.Combine(folder, variant.Name) : folder;

    private static async Task<bool> RunAsync(JourneyVariant variant, PlatformFile platform, SignIns signIns, string? folder)
    {
        using var journey = new DossierJourney(platform, new Evidence(folder), signIns) { Variant = variant };
        try
        {
            await journey.RunAsync();
        }
        catch (Exception e) when (e is JourneyException or HttpRequestException or InvalidOperationException or KeyNotFoundException or NullReferenceException)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]journey failed:[/] {e.Message}");
            return false;
        }

        AnsiConsole.MarkupLine("[green]journey completed[/]");
        return true;
    }
}

using System.Globalization;
using Spectre.Console;

namespace HaLong.Cli.Platform;

/// <summary>What a person sees of a running platform.</summary>
internal static class Tables
{
    /// <summary>URLs, resources and demonstration accounts.</summary>
    public static void Print(PlatformFile platform)
    {
        var resources = new Table().Border(TableBorder.Rounded).AddColumns("resource", "state", "health", "url", "pid");
        foreach (var r in platform.Resources.Where(r => r.Kind is not "parameter"))
        {
            resources.AddRow(Escape(r.Name), Escape(r.State), Colour(r.Health), Escape(string.Join(' ', r.Urls)), string.Join(' ', r.Pids.Select(p => p.ToString(CultureInfo.InvariantCulture))));
        }

        AnsiConsole.Write(resources);
        var accounts = new Table().Border(TableBorder.Rounded).AddColumns("role", "user name", "password", "unit");
        foreach (var a in platform.Accounts)
        {
            accounts.AddRow(Escape(a.Role), Escape(a.UserName), Escape(a.Password), Escape(a.Unit));
        }

        AnsiConsole.MarkupLine("Demonstration accounts (this machine only):");
        AnsiConsole.Write(accounts);
        AnsiConsole.MarkupLineInterpolated($"Portal and public API: [link]{platform.Gateway}[/]   documentation: [link]{platform.Gateway}/docs[/]");
    }

    private static string Escape(string text) => Markup.Escape(text);

    private static string Colour(string health) => health switch
    {
        "Healthy" => "[green]Healthy[/]",
        "Unhealthy" => "[red]Unhealthy[/]",
        _ => Markup.Escape(health),
    };
}

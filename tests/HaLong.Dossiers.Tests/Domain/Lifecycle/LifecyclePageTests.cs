using System.Globalization;
using System.Text;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Tests.Domain.Lifecycle;

/// <summary>The page about the lifecycle shows the tables of the code; <c>HALONG_APPROVE=1</c> rewrites it.</summary>
public sealed class LifecyclePageTests
{
    private const string Page = "docs/services/dossier-lifecycle.md";

    [Fact]
    public void The_diagram_is_the_table() => Approve("diagram", Diagram());

    [Fact]
    public void The_states_are_the_code() => Approve("states", States());

    [Fact]
    public void The_transitions_are_the_table() => Approve("transitions", Rows());

    [Fact]
    public void The_waits_are_the_table() => Approve("waits", WaitRows());

    private static string Diagram()
    {
        var text = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> DRAFT\n");
        foreach (var edge in Transitions.All.Where(t => t.To is not null).SelectMany(t => t.From.Select(f => (From: f, To: t.To!, t.Action)))
            .Where(e => e.Action != Moves.Withdraw).GroupBy(e => (e.From, e.To)))
            text.Append(CultureInfo.InvariantCulture, $"    {edge.Key.From} --> {edge.Key.To}: {string.Join(", ", edge.Select(e => e.Action).Distinct())}\n");
        // Drawn as one: the applicant can withdraw from everywhere.
        text.Append("    state \"every filed state that is not over\" as FILED\n    FILED --> WITHDRAWN: withdraw\n");
        foreach (var end in DossierStatus.Over)
            text.Append(CultureInfo.InvariantCulture, $"    {end} --> [*]\n");
        return text.Append("```").ToString();
    }

    private static string States()
    {
        var text = new StringBuilder("| State | | | Portal code | Over |\n| --- | --- | --- | --- | --- |\n");
        foreach (var state in DossierStatus.All)
        {
            var (vi, en) = DossierStatus.Name(state);
            text.Append(CultureInfo.InvariantCulture, $"| {state} | {vi} | {en} | {DossierStatus.PortalCode(state)} | {(DossierStatus.Over.Contains(state) ? "✓" : "")} |\n");
        }
        return text.ToString();
    }

    private static string Rows()
    {
        var text = new StringBuilder("| Move | | From → to | Who | Needs | Form | Fact | Clock | Source |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var t in Transitions.All)
        {
            string?[] needs = [.. t.Requires, t.ByCaseOfficer ? "an officer: the case officer or who stands in" : null, t.NotByCaseOfficer ? "not the case officer" : null];
            var form = t.Form is null ? "" : $"{t.Form} ({PaperForm.Number(t.Form, Regime.Oss2018) ?? "–"}/{PaperForm.Number(t.Form, Regime.Oss2025)})";
            text.Append(CultureInfo.InvariantCulture,
                $"| `{t.Action}` | {t.Vi} | {string.Join(", ", t.From)} → {t.To ?? "same"}{(t.MayStay ? " or same" : "")} | {(t.Who == Party.Applicant ? "applicant" : t.Who == Party.Platform ? "platform" : string.Join(", ", t.Roles))}{(t.Who == Party.Agency ? " of the unit asked" : "")} | {string.Join("; ", needs.OfType<string>())} | {form} | {t.Fact} | {(t.Clock == ClockEffect.None ? "" : t.Clock)} | {t.Source} |\n");
        }
        return text.ToString();
    }

    private static string WaitRows()
    {
        var limits = new WaitRules();
        var text = new StringBuilder("| Reason | Who | What | Ended by | Latest |\n| --- | --- | --- | --- | --- |\n");
        foreach (var w in Waits.All)
        {
            var latest = limits.Of(w.Limit) is { } rule
                ? $"{rule.Limit.Amount:0} {rule.Limit.Unit}{(rule.Assumed ? " (assumed)" : "")}".Replace("0 SameDay", "same day, from 15:00 the next", StringComparison.Ordinal)
                : w.Limit == WaitLimit.Due ? "the due date" : "the date that was given";
            text.Append(CultureInfo.InvariantCulture, $"| {w.Reason} | {w.Who} | {w.En} | `{w.Next}` | {latest} |\n");
        }
        return text.ToString();
    }

    // The part of the page between its two marks.
    private static void Approve(string part, string actual)
    {
        var file = Path.Combine(Root(), Page);
        var (begin, end) = ($"<!-- {part} -->\n", $"<!-- /{part} -->");
        var page = File.ReadAllText(file);
        var from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = page.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"{Page} has no part {part}");
        actual = actual.TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("HALONG_APPROVE") is { Length: > 0 })
            File.WriteAllText(file, page[..from] + actual + page[to..]);
        else
            Assert.Equal(page[from..to], actual);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "HaLongServices.sln")))
            folder = Path.GetDirectoryName(folder.TrimEnd('/'))!;
        return folder;
    }
}

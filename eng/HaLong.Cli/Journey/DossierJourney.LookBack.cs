using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace HaLong.Cli.Journey;

/// <summary>What is to be seen of it afterwards.</summary>
internal sealed partial class DossierJourney
{
    private async Task<string> TimelineAsync()
    {
        var timeline = (await (await AsAsync("citizen")).GetAsync($"/api/v1/dossiers/{_dossierId}/timeline")).Json;
        evidence.Save("timeline.json", timeline);
        var rows = timeline.AsArray().Select(r => r!).ToList();
        var table = new Table().Border(TableBorder.Rounded).AddColumns("at", "who", "what", "from", "to");
        foreach (var row in rows)
        {
            table.AddRow([.. ((string[])["at", "role", "action", "from", "to"]).Select(column => Markup.Escape(Text(row, column)))]);
        }

        AnsiConsole.Write(table);
        StepLog.Check(rows.Select(r => Text(r, "step")).SequenceEqual(Enumerable.Range(1, rows.Count).Select(n => n.ToString(CultureInfo.InvariantCulture))), "the steps are numbered without gaps");
        var moves = rows.ConvertAll(r => Text(r, "action"));
        StepLog.Check(moves.SequenceEqual(Variant.Moves), "the timeline tells what happened: " + string.Join(", ", moves));
        StepLog.Check(Text(rows[^1], "to") == "RETURNED", "the last row of the timeline says RETURNED");
        return rows.Count.ToString(CultureInfo.InvariantCulture) + " entries";
    }

    private async Task<string> LedgerAsync()
    {
        var ledger = await DeadlineAsync();
        evidence.Save("deadline.json", ledger);
        var effects = ledger["steps"]!.AsArray().Select(s => Text(s!, "effect")).ToList();
        StepLog.Check(effects.SequenceEqual(Variant.Clock), "the clock tells what happened: " + string.Join(", ", effects));
        StepLog.Check(Text(ledger, "state") == "stopped" && Text(ledger, "punctuality") == "early", "the clock stands, before the date: " + Text(ledger, "punctuality"));
        return string.Join(" → ", effects);
    }

    private async Task<string> FormsAsync()
    {
        var forms = (await (await AsAsync("citizen")).GetAsync($"/api/v1/dossiers/{_dossierId}/forms")).Json;
        evidence.Save("forms.json", forms);
        var names = forms.AsArray().Select(f => $"{Text(f!, "kind")} {Text(f!, "number")}").ToList();
        StepLog.Check(names.SequenceEqual(Variant.Forms), "the forms are those of what happened: " + string.Join(", ", names));
        StepLog.Check(forms.AsArray().All(f => Text(f!["data"]!, "code") == _dossierCode), "each form names the dossier");
        await SealedFormsAsync(forms.AsArray().Count);
        return string.Join(", ", names) + "; each as sealed PDF, VALID";
    }

    /// <summary>Every form is there on paper, and anybody finds its seal valid.</summary>
    private async Task SealedFormsAsync(int count)
    {
        var citizen = await AsAsync("citizen");
        var forms = await StepLog.UntilAsync(
            async () => (await citizen.GetAsync($"/api/v1/dossiers/{_dossierId}/forms")).Json,
            f => f.AsArray().All(form => Text(form!["paper"]!, "status") == "SIGNED"), "the forms are sealed", TimeSpan.FromSeconds(60));
        StepLog.Check(forms.AsArray().Count == count, "no form was added by its seal");
        foreach (var form in forms.AsArray())
        {
            var bytes = (await citizen.GetAsync(Text(form!["paper"]!, "href"))).Bytes;
            evidence.Save($"form-{Text(form, "serial")}.pdf", bytes);
            using var pdf = new ByteArrayContent(bytes);
            pdf.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
            var report = (await Anybody.SendAsync(HttpMethod.Post, "/api/v1/validations", pdf)).Json;
            StepLog.Check(Text(report, "indication") == "VALID", $"the seal of form {Text(form, "kind")} is VALID: " + report.ToJsonString());
        }
    }

    /// <summary>The deadline as the citizen sees it explained.</summary>
    private async Task<JsonNode> DeadlineAsync() => (await (await AsAsync("citizen")).GetAsync($"/api/v1/dossiers/{_dossierId}/deadline")).Json;

    /// <summary>The dossier as the citizen sees it.</summary>
    private async Task<JsonNode> DossierAsync() => (await (await AsAsync("citizen")).GetAsync($"/api/v1/dossiers/{_dossierId}")).Json;

    /// <summary>Fails unless the citizen reads this state and whose move it is.</summary>
    private async Task<JsonNode> CheckAsync(string status, string who, string reason)
    {
        var dossier = await DossierAsync();
        StepLog.Check(Text(dossier, "status") == status, $"status {status}: {Text(dossier, "status")}");
        var wait = dossier["waitingFor"]!;
        StepLog.Check((Text(wait, "who"), Text(wait, "reason")) == (who, reason) && Text(wait, "latest").Length > 0, $"it waits for {who}, {reason}: {wait.ToJsonString()}");
        return dossier;
    }

    /// <summary>Fails unless the clock stands and no date is promised meanwhile.</summary>
    private async Task<string> StandsAsync()
    {
        var ledger = await DeadlineAsync();
        StepLog.Check(Text(ledger, "state") == "paused" && Text(ledger, "dueAt").Length == 0 && Text(ledger, "provisionalDueAt").Length > 0, "the clock stands: " + Text(ledger, "state"));
        StepLog.Check(ledger["outlook"]!.AsArray().Count > 0, "the ledger says what would move the date");
        return "the clock stands";
    }

    private static DateTimeOffset Moment(JsonNode node, string name) => DateTimeOffset.Parse(Text(node, name), CultureInfo.InvariantCulture);
}

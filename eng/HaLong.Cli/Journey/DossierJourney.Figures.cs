using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HaLong.Cli.Journey;

/// <summary>What is counted of it, and what the national portal was told.</summary>
internal sealed partial class DossierJourney
{
    private const int Returned = 10;

    /// <summary>The portal shows the end, and no message had an effect twice.</summary>
    private async Task<string> PortalAsync()
    {
        var path = $"/national-portal/lab/dossiers/{Uri.EscapeDataString(_dossierCode)}/effects";
        var effects = await StepLog.UntilAsync(
            async () => (await _outside.GetFromJsonAsync<JsonArray>(path))!, e => e.Count > 0 && (int)e[^1]!["status"]! == Returned, "the portal shows the end",
            TimeSpan.FromSeconds(60));
        evidence.Save("portal.json", effects);
        StepLog.Check(effects.Select(e => Text(e!, "messageId")).Distinct().Count() == effects.Count, "no message had an effect twice");
        var row = (await (await AsAsync("officer")).GetAsync($"/api/v1/dossiers/{_dossierId}/portal")).Json;
        evidence.Save("portal-ledger.json", row);
        return effects.Count.ToString(CultureInfo.InvariantCulture) + " messages";
    }

    /// <summary>The leader's index counts it, and opens to it.</summary>
    private async Task<string> FiguresAsync()
    {
        var leader = await AsAsync("leader");
        var month = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var behind = await StepLog.UntilAsync(
            async () => (await leader.GetAsync($"/api/v1/index766/dossiers?period={month}&component=2.1&part=denominator&limit=100")).Json,
            page => page["items"]!.AsArray().Any(d => Text(d!, "code") == _dossierCode), "the figure opens to the dossier", TimeSpan.FromSeconds(30));
        evidence.Save("index-dossiers.json", behind);
        var index = (await leader.GetAsync($"/api/v1/index766?period={month}")).Json;
        evidence.Save("index766.json", index);
        return "index 766 live";
    }
}

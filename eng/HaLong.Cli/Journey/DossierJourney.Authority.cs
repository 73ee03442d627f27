using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HaLong.Cli.Journey;

/// <summary>What officials, the partner and anybody do.</summary>
internal sealed partial class DossierJourney
{
    private byte[] _result = [];

    private async Task<string> SubscribeAsync()
    {
        var partner = await PartnerAsync();
        var subscription = (await partner.PostAsync("/api/v1/subscriptions", new { url = new Uri(_outside.BaseAddress!, "/webhooks/" + _hook).ToString(), types = new[] { "vn.halong.dossier." } })).Json;
        _subscriptionId = Text(subscription, "id");
        _secret = Text(subscription, "secret");
        evidence.Save("webhooks/secret.txt", _secret);
        using var careful = await _outside.PutAsJsonAsync(new Uri($"/webhooks/{_hook}/secret", UriKind.Relative), new { secret = _secret });
        StepLog.Check(careful.IsSuccessStatusCode, "the partner's endpoint took the secret");
        return "subscription " + _subscriptionId;
    }

    private async Task<string> AcceptAsync()
    {
        var accepted = await ActAsync("reception", "acceptance", new { });
        StepLog.Check(Text(accepted, "status") == "ACCEPTED", "status ACCEPTED");
        return "due " + Text(accepted, "dueAt");
    }

    private async Task<string> AssignAsync()
    {
        var inbox = (await (await AsAsync("officer")).GetAsync("/api/v1/inbox?queue=unit&limit=100")).Json["items"]!.AsArray();
        StepLog.Check(inbox.Any(d => Text(d!, "id") == _dossierId), "the dossier is in the unit's queue");
        var taken = await ActAsync("officer", "assignment", new { });
        StepLog.Check(Text(taken, "status") == "PROCESSING", "status PROCESSING");
        return "from the unit's queue";
    }

    private async Task<string> ApproveAsync()
    {
        await ActAsync("approver", "approval", new { decision = "Hồ sơ đủ điều kiện; đồng ý cấp kết quả theo quy định." });
        return "waiting for the signature";
    }

    private async Task<string> SignedAsync()
    {
        var reception = await AsAsync("reception");
        var dossier = await StepLog.UntilAsync(
            async () => (await reception.GetAsync($"/api/v1/dossiers/{_dossierId}")).Json, d => Text(d, "status") == "RESOLVED", "the dossier is RESOLVED", TimeSpan.FromSeconds(150));
        StepLog.Check(Text(dossier["lifecycle"]!, "outcome") == Variant.Outcome, "outcome " + Variant.Outcome);
        return "document " + Text(dossier, "resultDocumentId");
    }

    private async Task<string> ReturnAsync()
    {
        var returned = await ActAsync("reception", "return", new { });
        StepLog.Check(Text(returned, "status") == "RETURNED", "status RETURNED");
        return "finished";
    }

    private async Task<string> ValidateAsync()
    {
        var report = await ReportAsync(_result);
        if (Signatures)
            await SignaturesAsync(_result, 2);
        StepLog.Check(Text(report, "indication") == "VALID", "the signature is VALID: " + report.ToJsonString());
        var broken = (byte[])_result.Clone();
        broken[broken.Length / 3] ^= 1;
        var tampered = await ReportAsync(broken);
        StepLog.Check(Text(tampered, "indication") == "INVALID", "a changed byte is noticed: " + tampered.ToJsonString());
        return "VALID; with one bit changed INVALID";
    }

    private async Task<JsonNode> ReportAsync(byte[] file)
    {
        using var pdf = new ByteArrayContent(file);
        pdf.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        return (await Anybody.SendAsync(HttpMethod.Post, "/api/v1/validations", pdf)).Json;
    }

    private async Task<string> TrackAsync()
    {
        var tracking = (await Anybody.GetAsync("/api/v1/tracking/" + Uri.EscapeDataString(_dossierCode))).Json;
        StepLog.Check(Text(tracking, "status") == "RETURNED", "tracking says RETURNED");
        return Text(tracking, "status");
    }

    private async Task<string> EventsAsync()
    {
        var hooks = await StepLog.UntilAsync(
            async () => JsonNode.Parse(await _outside.GetStringAsync(new Uri("/webhooks/" + _hook, UriKind.Relative)))!,
            h => WebhookCheck.Verify(OfDossier(h), _secret).Count >= Variant.Events.Count, $"{Variant.Events.Count} events at the partner");
        var mine = OfDossier(hooks);
        for (var i = 0; i < mine.Count; i++)
        {
            evidence.Save($"webhooks/{i + 1:00}.json", mine[i]!.DeepClone());
        }

        var types = WebhookCheck.Verify(mine, _secret);
        var names = types.Select(t => t["vn.halong.dossier.".Length..^3]).ToList();
        StepLog.Check(names.SequenceEqual(Variant.Events), "the events are those of what happened: " + string.Join(", ", names));
        var partner = await PartnerAsync();
        var feed = (await partner.GetAsync("/api/v1/events?limit=100&subject=" + _dossierId)).Json["items"]!.AsArray();
        StepLog.Check(feed.Select(e => Text(e!, "type")).SequenceEqual(types), "the pull feed tells the same");
        var subscription = await partner.GetAsync("/api/v1/subscriptions/" + _subscriptionId);
        await partner.DeleteAsync("/api/v1/subscriptions/" + _subscriptionId, subscription.Etag);
        return string.Join(" → ", names);
    }

    private JsonArray OfDossier(JsonNode hooks) =>
        new([.. (hooks as JsonArray ?? hooks["items"]!.AsArray()).Where(h => h!["body"]!.GetValue<string>().Contains(_dossierId, StringComparison.Ordinal)).Select(h => h!.DeepClone())]);

    private Task<JsonNode> ActAsync(string role, string action, object body) => ActAsync(role, _dossierId, action, body);

    private async Task<JsonNode> ActAsync(string role, string dossierId, string action, object body)
    {
        var official = await AsAsync(role);
        var dossier = await official.GetAsync($"/api/v1/dossiers/{dossierId}");
        return (await official.PostAsync($"/api/v1/dossiers/{dossierId}/{action}", body, dossier.Etag)).Json;
    }

    private Task<ApiClient> PartnerAsync() => AsAsync(SignIns.Partner);
}

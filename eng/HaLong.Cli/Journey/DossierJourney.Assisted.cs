
namespace HaLong.Cli.Journey;

/// <summary>The variant in which a helper works at the citizen's side: consent by a code on the citizen's own telephone, then a token for this dossier only.</summary>
internal sealed partial class DossierJourney
{
    private static readonly string[] AssistedActs = ["dossier.read", "dossier.fill", "dossier.scan", "dossier.submit", "payment.pay"];

    private string _assistedId = "";
    private ApiClient? _assistedClient;

    private bool Assisted => Variant == JourneyVariant.Assisted;

    /// <summary>Who files: the citizen, or the helper in the citizen's name.</summary>
    private async Task<ApiClient> ApplicantAsync() => _assistedClient ?? await AsAsync("citizen");

    private async Task<string> OpenAssistedAsync()
    {
        var citizen = platform.Account("citizen");
        var opened = await (await AsAsync("helper")).PostAsync("/api/v1/assisted-sessions", new
        {
            citizen = new { personalNumber = citizen.PersonalNumber, name = citizen.DisplayName },
            purpose = "Nộp hồ sơ đăng ký đất đai tại nhà",
            place = new { kind = "home", text = "Tổ 5, khu 2, phường Hạ Long" },
            acts = AssistedActs,
        });
        _assistedId = Text(opened.Json, "id");
        StepLog.Check(Text(opened.Json, "state") == "awaitingConsent", "the session waits for consent");
        return "assisted session " + _assistedId;
    }

    private async Task<string> ConsentAsync()
    {
        // What only the citizen can do: read the code on the own telephone, and say it.
        var code = await new Telephone(_outside, platform).CodeAsync("citizen", Telephone.ToBeHelped);
        var helper = await AsAsync("helper");
        var session = await helper.GetAsync("/api/v1/assisted-sessions/" + _assistedId);
        var active = await helper.PostAsync($"/api/v1/assisted-sessions/{_assistedId}/consent", new { code }, session.Etag);
        StepLog.Check(Text(active.Json, "state") == "active", "the session is active");
        _assistedClient = new ApiClient(_http, await SignIn.ForAnotherAsync(platform.Gateway, await _signIns.OfAsync("helper"), "assisted_session", _assistedId), () => _log.TraceId);
        return "active until " + Text(active.Json, "expiresAt");
    }

    private async Task<string> EndAssistedAsync()
    {
        var helper = await AsAsync("helper");
        var session = await helper.GetAsync("/api/v1/assisted-sessions/" + _assistedId);
        await helper.DeleteAsync("/api/v1/assisted-sessions/" + _assistedId, session.Etag);
        _assistedClient = null;
        return "ended; from here on the citizen alone";
    }

    private async Task<string> WhoHelpedAsync()
    {
        var citizen = await AsAsync("citizen");
        var sessions = (await citizen.GetAsync("/api/v1/me/assisted-sessions")).Json["items"]!.AsArray();
        var session = sessions.Single(s => Text(s!, "id") == _assistedId)!;
        evidence.Save("assisted-session.json", session);
        StepLog.Check(Text(session, "dossierId") == _dossierId, "the session is bound to the dossier");
        var dossier = (await citizen.GetAsync($"/api/v1/dossiers/{_dossierId}")).Json;
        StepLog.Check(Text(dossier["assistance"]!, "sessionId") == _assistedId, "the dossier tells who helped");
        return session["deeds"]!.ToJsonString();
    }

    private async Task<string> WhoLookedAsync()
    {
        var citizen = await AsAsync("citizen");
        var log = await StepLog.UntilAsync(
            async () => (await citizen.GetAsync("/api/v1/me/access-log?limit=100")).Json["items"]!.AsArray(),
            rows => rows.Any(r => Text(r!, "objectId") == _dossierId), "the citizen sees who opened the dossier");
        evidence.Save("access-log.json", log);
        return $"{log.Count(r => Text(r!, "objectId") == _dossierId)} readings by officials";
    }
}

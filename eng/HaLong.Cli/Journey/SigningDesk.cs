using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using HaLong.Cli.Platform;

namespace HaLong.Cli.Journey;

/// <summary>What people do to sign: get a credential, look at what they sign, give PIN and code. The code is read on the simulated telephone.</summary>
internal sealed class SigningDesk(PlatformFile platform, HttpClient http, HttpClient outside, Func<string> traceId)
{
    private readonly Telephone _telephone = new(outside, platform);

    /// <summary>PIN of the credentials that journeys make; a platform that is used again knows them by it.</summary>
    private const string Pin = "739215", Credentials = "/api/v1/me/credentials", Sessions = "/api/v1/signing-sessions", Provider = "built-in";

    private readonly Dictionary<string, ApiClient> _strong = [];

    /// <summary>A strongly signed-in person.</summary>
    public async Task<ApiClient> AsAsync(string role)
    {
        if (!_strong.TryGetValue(role, out var client))
        {
            var account = platform.Account(role);
            _strong[role] = client = new ApiClient(http, await StrongSignIn.AsPersonAsync(platform.Gateway, account.UserName, account.Password), traceId);
        }

        return client;
    }

    /// <summary>The person's credential for a year; asked for, approved by <paramref name="approvedBy"/> where one must, and given a PIN when there is none.</summary>
    public async Task<string> CredentialAsync(string role, string? approvedBy = null)
    {
        var person = await AsAsync(role);
        var known = (await person.GetAsync(Credentials + "?limit=100")).Json["items"]!.AsArray().Where(c => Text(c!, "term") == "long").ToList();
        if (known.Find(c => Text(c!, "state") == "active") is { } active)
        {
            return Text(active, "id");
        }

        var id = known.Find(c => Text(c!, "state") == "requested") is { } waiting
            ? Text(waiting, "id")
            : Text((await person.PostAsync(Credentials, new { term = "long", role = approvedBy is null ? null : role })).Json, "id");
        if (approvedBy is not null && (await person.GetAsync($"{Credentials}/{id}")).Json["isApproved"]!.GetValue<bool>() is false)
        {
            var manager = await AsAsync(approvedBy);
            var seen = await manager.GetAsync($"/api/v1/admin/credentials/{id}");
            await manager.PostAsync($"/api/v1/admin/credentials/{id}/approval", new { note = "Đúng người, đúng chức danh" }, seen.Etag);
        }

        var mine = await person.GetAsync($"{Credentials}/{id}");
        var chosen = (await person.PostAsync($"{Credentials}/{id}/pin", new { newPin = Pin }, mine.Etag)).Json;
        StepLog.Check(Text(chosen, "state") == "active", "the credential is active: " + Text(chosen, "state"));
        return id;
    }

    /// <summary>A person signs a file of his own in a session of his own; the signed file.</summary>
    public async Task<byte[]> SignOwnAsync(string role, string credential, string purpose, string name, byte[] pdf)
    {
        var person = await AsAsync(role);
        using var file = new ByteArrayContent(pdf);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        using var form = new MultipartFormDataContent { { new StringContent(purpose), "purpose" }, { new StringContent("Người nộp hồ sơ"), "role" }, { file, "file", name } };
        var session = (await person.SendAsync(HttpMethod.Post, Sessions, form)).Json;
        await LookAsync(person, session);
        var path = $"{Sessions}/{Text(session, "id")}/signing";
        var before = await _telephone.LastAsync(role, Telephone.ToSign);
        var order = (await person.PostAsync(path, new { provider = Provider, credentialId = credential, consent = Text(session["consent"]!, "version") })).Json;
        StepLog.Check(order["needs"]!.AsArray().Select(n => n!.ToString()).Order().SequenceEqual(["oneTimeCode", "pin"]), "PIN and code are asked for: " + order["needs"]!.ToJsonString());
        await person.PostAsync(path + "/authorisation", new { pin = Pin, oneTimeCode = await _telephone.CodeAsync(role, Telephone.ToSign, before) });
        session = await StepLog.UntilAsync(
            async () => (await person.GetAsync($"{Sessions}/{Text(session, "id")}")).Json, s => Text(s, "state") == "completed", "the session is completed");
        return (await LookAsync(person, session))[0];
    }

    /// <summary>The person's open sessions about these subjects, once all are there.</summary>
    public async Task<List<JsonNode>> OpenSessionsAsync(string role, IReadOnlyCollection<string> subjects)
    {
        var person = await AsAsync(role);
        return await StepLog.UntilAsync(
            async () => (await person.GetAsync("/api/v1/me/signing-sessions?state=open&limit=100")).Json["items"]!.AsArray()
                .Where(s => subjects.Contains(Text(s!, "subject"))).Select(s => s!).ToList(),
            found => found.Count == subjects.Count, $"{subjects.Count} results wait for their signature");
    }

    /// <summary>The person looks at every document, then signs all with one PIN and one code; how the batch stands.</summary>
    public async Task<JsonNode> SignBatchAsync(string role, string credential, IReadOnlyList<JsonNode> sessions)
    {
        const string batches = "/api/v1/me/signing-batches";
        var person = await AsAsync(role);
        foreach (var session in sessions)
        {
            await LookAsync(person, session);
        }

        var before = await _telephone.LastAsync(role, Telephone.ToSign);
        var batch = (await person.PostAsync(batches, new
        {
            sessionIds = sessions.Select(s => Text(s, "id")),
            provider = Provider,
            credentialId = credential,
            consent = Text(sessions[0]["consent"]!, "version"),
        })).Json;
        var path = $"{batches}/{Text(batch, "id")}";
        await person.PostAsync(path + "/authorisation", new { pin = Pin, oneTimeCode = await _telephone.CodeAsync(role, Telephone.ToSign, before) });
        return await StepLog.UntilAsync(async () => (await person.GetAsync(path)).Json, b => b["isOver"]!.GetValue<bool>(), "each document of the batch is decided");
    }

    private static async Task<List<byte[]>> LookAsync(ApiClient person, JsonNode session)
    {
        var seen = new List<byte[]>();
        foreach (var document in session["documents"]!.AsArray())
        {
            seen.Add((await person.GetAsync($"{Sessions}/{Text(session, "id")}/documents/{Text(document!, "id")}/content")).Bytes);
        }

        return seen;
    }

    private static string Text(JsonNode node, string name) => node[name] is { } value ? value.ToString() : "";
}

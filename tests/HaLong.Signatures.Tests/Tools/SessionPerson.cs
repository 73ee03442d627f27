using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Signatures.Domain.Sessions;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>An answer: status, and the body when it is JSON.</summary>
internal sealed record SessionAnswer(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Raw)
{
    public string? Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string? Text(string name) => Body.GetProperty(name).GetString();

    public SessionAnswer Succeeded()
    {
        Assert.True(Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{Status}: {Body}");
        return this;
    }

    public void Refused(HttpStatusCode status, string code) => Assert.Equal((status, code), (Status, Code));
}

/// <summary>Somebody at the public door.</summary>
internal sealed class SessionPerson(Guid account, HttpClient client)
{
    private const string Sessions = "/api/v1/signing-sessions/";

    public Guid Account { get; } = account;

    public HttpClient Client { get; } = client;

    public Task<SessionAnswer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<SessionAnswer> SessionAsync(Guid session) => GetAsync(Sessions + session);

    public Task<SessionAnswer> ListAsync(string query = "") => GetAsync("/api/v1/me/signing-sessions" + query);

    public async Task<byte[]> ViewAsync(Guid session, Guid document)
    {
        using var answer = await Client.GetAsync($"{Sessions}{session}/documents/{document}/content",
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Looks at every document.</summary>
    public async Task ViewAllAsync(Guid session)
    {
        foreach (var document in (await SessionAsync(session)).Succeeded().Body.GetProperty("documents").EnumerateArray())
            await ViewAsync(session, document.GetProperty("id").GetGuid());
    }

    public Task<SessionAnswer> BeginAsync(Guid session, string credential = "sign", string provider = ScriptedProvider.Word,
        string consent = ConsentText.Version) =>
        PostAsync($"{Sessions}{session}/signing", new { provider, credentialId = credential, consent });

    public Task<SessionAnswer> AuthoriseAsync(Guid session, string pin = ScriptedProvider.Pin, string[]? signatures = null) =>
        PostAsync($"{Sessions}{session}/signing/authorisation", new { pin, signatures });

    public Task<SessionAnswer> StatusAsync(Guid session) => GetAsync($"{Sessions}{session}/signing");

    public Task<SessionAnswer> RefuseAsync(Guid session, string? reason = "Nội dung chưa đúng", string? match = null, string? key = null) =>
        PostAsync($"{Sessions}{session}/refusal", new { reason }, match, key);

    public Task<SessionAnswer> CancelAsync(Guid session) => PostAsync($"{Sessions}{session}/cancellation", new { });

    /// <summary>All of it: look, begin, authorise.</summary>
    public async Task<SessionAnswer> SignAsync(Guid session, string credential = "sign")
    {
        await ViewAllAsync(session);
        (await BeginAsync(session, credential)).Succeeded();
        return await AuthoriseAsync(session);
    }

    public Task<SessionAnswer> BatchAsync(object body, string? key = null) => PostAsync("/api/v1/me/signing-batches", body, key: key);

    public Task<SessionAnswer> AuthoriseBatchAsync(string batch, string pin = ScriptedProvider.Pin) =>
        PostAsync($"/api/v1/me/signing-batches/{batch}/authorisation", new { pin });

    public Task<SessionAnswer> PostAsync(string path, object body, string? match = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (match is not null)
            request.Headers.TryAddWithoutValidation("If-Match", match);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return SendAsync(request);
    }

    public async Task<SessionAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var isJson = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
            return new SessionAnswer(answer.StatusCode, isJson ? JsonDocument.Parse(text).RootElement : default, answer);
        }
    }
}

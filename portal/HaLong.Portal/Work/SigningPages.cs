using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;

namespace HaLong.Portal.Work;

/// <summary><c>/work/signing</c>: what waits for the official's signature; several are looked at and then signed with one PIN and one code.</summary>
internal static class SigningPages
{
    private const string Here = "/work/signing", Provider = "built-in";
    private const int Most = 100;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/signing", (string? after, ApiClient api, HttpContext context, CancellationToken ct) => ListAsync(after, null, StatusCodes.Status200OK, api, context, ct));
        group.MapGet("/signing/look", LookAsync);
        group.MapPost("/signing/batches", StartAsync);
        group.MapGet("/signing/batches/{id:guid}", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) => BatchAsync(id, null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/signing/batches/{id:guid}/authorisation", AuthoriseAsync);
        group.MapPost("/signing/{id:guid}/refusal", RefuseAsync);
        group.MapGet("/signing/{id:guid}/documents/{document:guid}", async (Guid id, Guid document, ApiClient api, HttpContext context, CancellationToken ct) =>
            InlineFile.Of(await api.FileAsync($"signing-sessions/{id}/documents/{document}/content", ct), context));
    }

    private static async Task<IResult> ListAsync(string? after, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var page = await api.GetAsync<Listed<SigningSession>>(
            $"me/signing-sessions?as=signer&state=open&limit={Most}" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), ct);
        return WorkPages.Otherwise(page.Status, context, Here)
            ?? Pages.Of<SigningPage>(new SigningModel(page, FormKey.New(), trouble ?? page.Trouble), trouble is null ? (int)page.Status : status);
    }

    private static Task<IResult> LookAsync(Guid[]? id, ApiClient api, HttpContext context, CancellationToken ct) =>
        ShowAsync([.. (id ?? []).Distinct().Take(Most)], null, StatusCodes.Status200OK, api, context, ct);

    // Nobody signs what he was not shown: every document stands on this page, and the platform notes that it was shown.
    private static async Task<IResult> ShowAsync(List<Guid> ids, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        if (ids.Count == 0)
            return Pages.Go(Here);
        var sessions = new List<SigningSession>();
        foreach (var id in ids.Distinct())
        {
            var session = await api.GetAsync<SigningSession>($"signing-sessions/{id}", ct);
            if (session.Status == HttpStatusCode.Unauthorized)
                return SignInNeeded.From(context, Here);
            if (session.Value is { State: "open", MyTurn: true } open)
                sessions.Add(open);
            else
                trouble ??= session.Trouble;
        }

        if (sessions.Count == 0)
            return await ListAsync(null, trouble, status, api, context, ct);
        var credentials = await api.GetAsync<Listed<Credential>>("me/credentials?limit=100", ct);
        context.Response.Headers.ContentSecurityPolicy = PortalService.Policy + "; frame-src 'self'";
        return Pages.Of<SigningLook>(new LookModel(
            sessions, [.. credentials.Value?.Items.Where(c => c is { State: "active", Term: "long" }) ?? []], FormKey.New(), trouble ?? credentials.Trouble), status);
    }

    private static async Task<IResult> StartAsync(IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var ids = sent["id"].Select(i => Guid.TryParse(i, out var id) ? id : Guid.Empty).Where(i => i != Guid.Empty).Distinct().Take(Most).ToList();
        var started = await api.PostAsync<SigningBatch>("me/signing-batches", new
        {
            sessionIds = ids,
            provider = Provider,
            credentialId = sent["credentialId"].ToString(),
            consent = sent["agree"] == "true" ? sent["consent"].ToString() : null,
        }, FormKey.Of(sent["once"]), null, ct);
        return started switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, Here),
            { Value: { } batch } => Pages.Go($"{Here}/batches/{batch.Id}"),
            _ => await ShowAsync(ids, started.Trouble, (int)started.Status, api, context, ct),
        };
    }

    private static async Task<IResult> BatchAsync(Guid id, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var batch = await api.GetAsync<SigningBatch>($"me/signing-batches/{id}", ct);
        return WorkPages.Otherwise(batch.Status, context, $"{Here}/batches/{id}")
            ?? Pages.Of<SigningBatchPage>(new SigningBatchModel(batch, FormKey.New(), trouble ?? batch.Trouble), trouble is null ? (int)batch.Status : status);
    }

    // Neither PIN nor code is shown again, whatever becomes of them.
    private static async Task<IResult> AuthoriseAsync(Guid id, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (pin, code) = (sent["pin"].ToString().Trim(), sent["oneTimeCode"].ToString().Trim());
        var given = await api.PostAsync<SigningBatch>($"me/signing-batches/{id}/authorisation",
            new { pin = pin.Length == 0 ? null : pin, oneTimeCode = code.Length == 0 ? null : code }, FormKey.Of(sent["once"]), null, ct);
        return given switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, $"{Here}/batches/{id}"),
            { IsSuccess: true } => Pages.Go($"{Here}/batches/{id}"),
            _ => await BatchAsync(id, given.Trouble, (int)given.Status, api, context, ct),
        };
    }

    private static async Task<IResult> RefuseAsync(Guid id, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var session = await api.GetAsync<SigningSession>($"signing-sessions/{id}", ct);
        var refused = session.IsSuccess
            ? await api.PostAsync<object>($"signing-sessions/{id}/refusal", new { reason = sent["reason"].ToString() }, FormKey.Of(sent["once"]), session.Version, ct)
            : new Answer<object>(session.Status, null, session.Trouble, null);
        return refused switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, Here),
            { IsSuccess: true } => Pages.Go(Here),
            _ => await ListAsync(null, refused.Trouble, (int)refused.Status, api, context, ct),
        };
    }
}

using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Portal.Signing;

/// <summary>
/// <c>/signing</c>: what waits for the visitor's signature; <c>/signing/{id}</c>: look, agree, PIN and code, done, or refuse. PIN and code go straight on to
/// the API and stand on no page again.
/// </summary>
internal static class SigningPages
{
    private const string BuiltIn = "built-in", ForOnce = "once";

    public static void MapSigning(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/signing").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", ListAsync);
        group.MapGet("/{id:guid}", (Guid id, string? to, [AsParameters] Ask ask, CancellationToken ct) => ShowAsync(id, null, null, to, ask, ct));
        group.MapGet("/{id:guid}/documents/{document:guid}", (Guid id, Guid document, ApiClient api, CancellationToken ct) =>
            api.FileAsync($"signing-sessions/{id}/documents/{document}/content", ct));
        group.MapPost("/{id:guid}/start", StartAsync);
        group.MapPost("/{id:guid}/authorisation", AuthoriseAsync);
        group.MapPost("/{id:guid}/refusal", RefuseAsync);
        // Where a form was sent after the session had ended, the sign-in leads back with a GET.
        group.MapGet("/{id:guid}/{step:regex(^(start|authorisation|refusal)$)}", (Guid id, string? to) => TypedResults.LocalRedirect(Back(id, to)));
        CredentialPages.Map(app.MapGroup("/me/signature").RequireAuthorization(SessionSetup.SignedIn));
    }

    private static async Task<IResult> ListAsync(string? state, string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var path = state == "all" ? "me/signing-sessions?limit=20" : "me/signing-sessions?limit=20&state=open";
        var answer = await api.GetAsync<Listed<SigningSession>>(after is null ? path : QueryHelpers.AddQueryString(path, "after", after), ct);
        return answer.Status switch
        {
            HttpStatusCode.Unauthorized => SignInNeeded.From(context),
            HttpStatusCode.Forbidden => Pages.Of<Denied>(StatusCodes.Status403Forbidden),
            _ => Pages.Of<MySignings>(new MySigningModel(answer, state != "all"), (int)answer.Status),
        };
    }

    /// <param name="trouble">What could not be done, with its status.</param>
    private static async Task<IResult> ShowAsync(Guid id, Trouble? trouble, HttpStatusCode? status, string? to, Ask ask, CancellationToken ct)
    {
        var session = await ask.Api.GetAsync<SigningSession>($"signing-sessions/{id}", ct);
        switch (session.Status)
        {
            case HttpStatusCode.Unauthorized:
                return SignInNeeded.From(ask.Context);
            case HttpStatusCode.NotFound:
                return Pages.Of<NotFound>(StatusCodes.Status404NotFound);
            case HttpStatusCode.Forbidden:
                return Pages.Of<Denied>(StatusCodes.Status403Forbidden);
        }

        var mine = session.Value?.MyTurn == true;
        // None was begun: refused with 409, which is no trouble.
        var order = mine ? (await ask.Api.GetAsync<SigningOrder>($"signing-sessions/{id}/signing", ct)).Value : null;
        var credentials = mine && order is not { State: "begun" or "prepared" or "answered" } ? await ask.Api.GetAsync<Listed<Credential>>("me/credentials?limit=100", ct) : null;
        var fit = credentials?.Value?.Items.Where(c => c is { State: "active", Term: "long" }).ToList() ?? [];
        // Officials sign in their office with what was approved for it.
        var mayOnce = fit.Count == 0 && !ask.Visitor.IsAny(Roles.OfOfficials);
        var model = new SigningModel(session, order, fit, mayOnce, trouble ?? credentials?.Trouble, FormKey.New(), to is null ? null : SessionPages.Local(to));
        return Pages.Of<ShowSigning>(model, (int)(status ?? session.Status));
    }

    private static async Task<IResult> StartAsync(
        Guid id, string? to, [FromForm] string? credential, [FromForm] string? consent, [FromForm] string? once, [AsParameters] Ask ask, CancellationToken ct)
    {
        if (credential == ForOnce && consent is not null)
        {
            var made = await ask.Api.PostAsync<Credential>("me/credentials", new { term = "oneTime" }, FormKey.Of(once), null, ct);
            if (made.Value is null)
                return await AgainAsync(id, made, to, ask, ct);
            credential = made.Value.Id.ToString();
        }

        // The API knows a start that is sent twice by itself.
        var started = await ask.Api.SendAsync<SigningOrder>(
            HttpMethod.Post, $"signing-sessions/{id}/signing", new { provider = BuiltIn, credentialId = credential, consent }, null, null, ct);
        return started.IsSuccess ? Pages.Go(Back(id, to)) : await AgainAsync(id, started, to, ask, ct);
    }

    private static async Task<IResult> AuthoriseAsync(
        Guid id, string? to, [FromForm] string? pin, [FromForm] string? code, [AsParameters] Ask ask, CancellationToken ct)
    {
        var signed = await ask.Api.SendAsync<SigningOrder>(
            HttpMethod.Post, $"signing-sessions/{id}/signing/authorisation", new { pin, oneTimeCode = code?.Trim() }, null, null, ct);
        return signed.IsSuccess ? Pages.Go(Back(id, to)) : await AgainAsync(id, signed, to, ask, ct);
    }

    private static async Task<IResult> RefuseAsync(
        Guid id, string? to, [FromForm] string? reason, [FromForm] string? once, [FromForm] string? version, [AsParameters] Ask ask, CancellationToken ct)
    {
        var refused = await ask.Api.PostAsync<SigningSession>(
            $"signing-sessions/{id}/refusal", new { reason }, FormKey.Of(once), version, ct);
        return refused.IsSuccess ? Pages.Go(Back(id, to)) : await AgainAsync(id, refused, to, ask, ct);
    }

    private static async Task<IResult> AgainAsync<T>(Guid id, Answer<T> refused, string? to, Ask ask, CancellationToken ct) =>
        refused.Status == HttpStatusCode.Unauthorized ? SignInNeeded.From(ask.Context, Back(id, to)) : await ShowAsync(id, refused.Trouble, refused.Status, to, ask, ct);

    private static string Back(Guid id, string? to) => $"/signing/{id}{(to is null ? "" : "?to=" + Uri.EscapeDataString(SessionPages.Local(to)))}";

    /// <summary>What every page here needs.</summary>
    internal sealed record Ask(ApiClient Api, Visitor Visitor, HttpContext Context);
}

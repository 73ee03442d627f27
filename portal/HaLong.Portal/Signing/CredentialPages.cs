using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Portal.Signing;

/// <summary><c>/me/signature</c>: the visitor's certificates: ask for one, choose or change its PIN, stop it, bring it back, renew it, revoke it.</summary>
internal static class CredentialPages
{
    private const string Home = "/me/signature";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", (string? after, ApiClient api, Visitor visitor, HttpContext context, CancellationToken ct) => ListAsync(after, null, null, api, visitor, context, ct));
        group.MapPost("", RequestAsync);
        group.MapGet("/{id:guid}", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(id, null, null, api, context, ct));
        group.MapPost("/{id:guid}/pin", PinAsync);
        // Where a form was sent after the session had ended, the sign-in leads back with a GET.
        group.MapGet("/{id:guid}/{step:regex(^(pin|suspension|resumption|revocation|renewal)$)}", (Guid id) => TypedResults.LocalRedirect($"{Home}/{id}"));
        group.MapPost("/{id:guid}/{step:regex(^(suspension|resumption|revocation|renewal)$)}", StepAsync);
    }

    private static async Task<IResult> ListAsync(
        string? after, Trouble? trouble, HttpStatusCode? status, ApiClient api, Visitor visitor, HttpContext context, CancellationToken ct)
    {
        const string path = "me/credentials?limit=50";
        var answer = await api.GetAsync<Listed<Credential>>(after is null ? path : QueryHelpers.AddQueryString(path, "after", after), ct);
        var roles = Roles.OfOfficials.Where(r => visitor.IsAny(r)).ToList();
        return Otherwise(answer.Status, context, Home)
            ?? Pages.Of<MyCredentials>(new CredentialsModel(answer, roles, roles.Count > 0, trouble, FormKey.New()), (int)(status ?? answer.Status));
    }

    private static async Task<IResult> ShowAsync(Guid id, Trouble? trouble, HttpStatusCode? status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var answer = await api.GetAsync<Credential>($"me/credentials/{id}", ct);
        if (Otherwise(answer.Status, context, $"{Home}/{id}") is { } otherwise)
            return otherwise;
        var changes = await api.GetAsync<Listed<CredentialChange>>($"me/credentials/{id}/changes?limit=50", ct);
        return Pages.Of<ShowCredential>(
            new CredentialModel(answer, changes.Value?.Items ?? [], trouble ?? changes.Trouble, FormKey.New()), (int)(status ?? answer.Status));
    }

    private static async Task<IResult> RequestAsync(
        [FromForm] string? role, [FromForm] string? once, ApiClient api, Visitor visitor, HttpContext context, CancellationToken ct)
    {
        var asked = await api.PostAsync<Credential>("me/credentials", new { term = "long", role = role is { Length: > 0 } ? role : null }, FormKey.Of(once), null, ct);
        return asked switch
        {
            { Value: { } made } => Pages.Go($"{Home}/{made.Id}"),
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, Home),
            _ => await ListAsync(null, asked.Trouble, asked.Status, api, visitor, context, ct),
        };
    }

    private static async Task<IResult> PinAsync(
        Guid id, [FromForm] string? pin, [FromForm] string? newPin, [FromForm] string? again, [FromForm] string? version, ApiClient api, HttpContext context, CancellationToken ct)
    {
        if (newPin != again)
            return await ShowAsync(id, Unlike(), HttpStatusCode.BadRequest, api, context, ct);
        // Without a key: what is kept to know a request again would help to guess the PIN.
        var chosen = await api.SendAsync<Credential>(HttpMethod.Post, $"me/credentials/{id}/pin", new { pin = pin is { Length: > 0 } ? pin : null, newPin }, null, version, ct);
        return await DoneAsync(id, chosen, api, context, ct);
    }

    private static async Task<IResult> StepAsync(
        Guid id, string step, [FromForm] string? reason, [FromForm] string? note, [FromForm] string? once, [FromForm] string? version, ApiClient api, HttpContext context,
        CancellationToken ct)
    {
        object body = step switch
        {
            "revocation" => new { reason, note },
            "renewal" => new { forgotten = reason == "forgotten" },
            _ => new { note },
        };
        return await DoneAsync(id, await api.PostAsync<Credential>($"me/credentials/{id}/{step}", body, FormKey.Of(once), version, ct), api, context, ct);
    }

    private static async Task<IResult> DoneAsync(Guid id, Answer<Credential> done, ApiClient api, HttpContext context, CancellationToken ct) => done switch
    {
        // A renewed one is another one.
        { Value: { } credential } => Pages.Go($"{Home}/{credential.Id}"),
        // What was typed was a secret: it is asked for again.
        { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, $"{Home}/{id}"),
        _ => await ShowAsync(id, done.Trouble, done.Status, api, context, ct),
    };

    private static IResult? Otherwise(HttpStatusCode status, HttpContext context, string page) => status switch
    {
        HttpStatusCode.Unauthorized => SignInNeeded.From(context, page),
        HttpStatusCode.Forbidden => Pages.Of<Denied>(StatusCodes.Status403Forbidden),
        HttpStatusCode.NotFound => Pages.Of<NotFound>(StatusCodes.Status404NotFound),
        _ => null,
    };

    private static Trouble Unlike()
    {
        var words = Text.Bilingual("Hai lần nhập mã PIN mới không giống nhau.", "The two new PINs are not the same.");
        return new Trouble(words, null, null, new Dictionary<string, string[]> { ["again"] = [words] });
    }
}

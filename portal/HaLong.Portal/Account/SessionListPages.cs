using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Account;

/// <summary>An open sign-in.</summary>
/// <param name="Current">The one that asks.</param>
/// <param name="Methods">How the person proved who they are.</param>
public sealed record SignInSession(
    Guid Id, bool Current, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, string Device, string Address, IReadOnlyList<string> Methods);

public sealed record SignInsModel(Listed<SignInSession> Page, Trouble? Trouble);

/// <summary><c>/me/sessions</c>: where the account is signed in, and signing out from afar.</summary>
internal static class SessionListPages
{
    private const string Path = "/me/sessions";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/sessions", (string? after, ApiClient api, HttpContext context, CancellationToken ct) => ListAsync(after, null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/sessions/others", (ApiClient api, HttpContext context, CancellationToken ct) => EndAsync("me/sessions", false, api, context, ct));
        group.MapPost("/sessions/{id:guid}", (Guid id, [FromForm] bool? current, ApiClient api, HttpContext context, CancellationToken ct) =>
            EndAsync($"me/sessions/{id}", current == true, api, context, ct));
    }

    private static async Task<IResult> ListAsync(string? after, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var page = await api.GetAsync<Listed<SignInSession>>(Query.Of("me/sessions", ("limit", "50"), ("after", after)), ct);
        return Instead.Of(page, context, Path) ?? Pages.Of<SignIns>(new SignInsModel(page.Value!, trouble), status);
    }

    private static async Task<IResult> EndAsync(string what, bool isOurs, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var ended = await api.SendAsync<object>(HttpMethod.Delete, what, (HttpContent?)null, null, null, ct);
        if (Otherwise.SignIn(ended, context, Path) is { } otherwise)
            return otherwise;
        // Over already is what was wanted.
        if (!ended.IsSuccess && ended.Status != HttpStatusCode.NotFound)
            return await ListAsync(null, ended.Trouble, (int)ended.Status, api, context, ct);
        return isOurs ? TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [CookieAuthenticationDefaults.AuthenticationScheme]) : Pages.Go(Path);
    }
}

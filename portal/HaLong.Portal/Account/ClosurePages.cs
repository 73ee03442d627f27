using HaLong.Portal.Api;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Account;

/// <summary>An account that is to be closed.</summary>
/// <param name="Id">Of the code that was sent; null before.</param>
public sealed record ClosureModel(Guid? Id, Trouble? Trouble);

/// <summary><c>/me/closure</c>: what it means, what stands in the way, a code, and the account is closed for good.</summary>
internal static class ClosurePages
{
    private const string Path = "/me/closure";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/closure", () => Pages.Of<Closure>(new ClosureModel(null, null)));
        group.MapPost("/closure", StartAsync);
        group.MapGet("/closure/{id:guid}", (Guid id) => Pages.Of<Closure>(new ClosureModel(id, null)));
        group.MapPost("/closure/{id:guid}", ConfirmAsync);
        group.MapPost("/closure/{id:guid}/resend", ResendAsync);
    }

    private static async Task<IResult> StartAsync(ApiClient api, HttpContext context, CancellationToken ct)
    {
        var started = await api.SendAsync<CodeSent>(HttpMethod.Post, "me/closure", (HttpContent?)null, null, null, ct);
        return Otherwise.SignIn(started, context, Path)
            ?? (started.Value is { } code ? Pages.Go($"{Path}/{code.Id}") : Pages.Of<Closure>(new ClosureModel(null, started.Trouble), (int)started.Status));
    }

    private static async Task<IResult> ConfirmAsync(Guid id, [FromForm] string? code, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var closed = await api.SendAsync<object>(HttpMethod.Post, $"me/closure/{id}/confirmation", new { code = code?.Trim() }, null, null, ct);
        return Otherwise.SignIn(closed, context, Path) ?? (closed.IsSuccess
            ? TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [CookieAuthenticationDefaults.AuthenticationScheme])
            : Pages.Of<Closure>(new ClosureModel(id, closed.Trouble), (int)closed.Status));
    }

    private static async Task<IResult> ResendAsync(Guid id, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var sent = await api.SendAsync<CodeSent>(HttpMethod.Post, $"me/closure/{id}/resend", (HttpContent?)null, null, null, ct);
        return Otherwise.SignIn(sent, context, Path)
            ?? (sent.IsSuccess ? Pages.Go($"{Path}/{id}") : Pages.Of<Closure>(new ClosureModel(id, sent.Trouble), (int)sent.Status));
    }
}

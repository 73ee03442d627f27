using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Account;

/// <summary>Where the visitor is reached.</summary>
/// <param name="Kind">phone or email.</param>
public sealed record ContactPoint(string Kind, string Value, bool IsVerified);

/// <summary>A code is on its way.</summary>
public sealed record CodeSent(Guid Id, DateTimeOffset ExpiresAt, DateTimeOffset ResendAfter);

/// <summary>Telephone and mailbox.</summary>
/// <param name="Typed">By kind: what could not be changed.</param>
public sealed record ContactModel(IReadOnlyList<ContactPoint> Points, string? Version, string? Kind, string? Typed, Trouble? Trouble);

/// <summary>A change that waits for its code.</summary>
public sealed record ContactCodeModel(Guid Id, Trouble? Trouble);

/// <summary><c>/me/contact</c>: a new place counts when the code that came there is entered. No address of a page holds a number or mailbox.</summary>
internal static class ContactPages
{
    private const string Path = "/me/contact";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/contact", (ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(null, null, null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/contact", ChangeAsync);
        group.MapPost("/contact/removal", RemoveAsync);
        group.MapGet("/contact/changes/{id:guid}", (Guid id) => Pages.Of<ContactCode>(new ContactCodeModel(id, null)));
        group.MapPost("/contact/changes/{id:guid}", ConfirmAsync);
        group.MapPost("/contact/changes/{id:guid}/resend", ResendAsync);
    }

    private static async Task<IResult> ShowAsync(string? kind, string? typed, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var points = await api.GetAsync<Listed<ContactPoint>>("me/contact-points", ct);
        return Instead.Of(points, context, Path) ?? Pages.Of<Contact>(new ContactModel(points.Value!.Items, points.Version, kind, typed, trouble), status);
    }

    private static async Task<IResult> ChangeAsync(
        [FromForm] string? kind, [FromForm] string? value, [FromForm] bool? replaces, [FromForm] string? version, ApiClient api, HttpContext context, CancellationToken ct)
    {
        kind = kind == "email" ? "email" : "phone";
        var started = replaces == true
            ? await api.SendAsync<CodeSent>(HttpMethod.Patch, $"me/contact-points/{kind}", new { value }, null, version, ct)
            : await api.SendAsync<CodeSent>(HttpMethod.Post, "me/contact-points", new { kind, value }, null, version, ct);
        return Otherwise.SignIn(started, context, Path)
            ?? (started.Value is { } code ? Pages.Go($"{Path}/changes/{code.Id}") : await ShowAsync(kind, value, started.Trouble, (int)started.Status, api, context, ct));
    }

    private static async Task<IResult> RemoveAsync([FromForm] string? version, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var removed = await api.SendAsync<object>(HttpMethod.Delete, "me/contact-points/email", (HttpContent?)null, null, version, ct);
        return Otherwise.SignIn(removed, context, Path)
            ?? (removed.IsSuccess || removed.Status == HttpStatusCode.NotFound ? Pages.Go(Path) : await ShowAsync("email", null, removed.Trouble, (int)removed.Status, api, context, ct));
    }

    private static async Task<IResult> ConfirmAsync(Guid id, [FromForm] string? code, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var confirmed = await api.SendAsync<Listed<ContactPoint>>(HttpMethod.Post, $"me/contact-points/changes/{id}/confirmation", new { code = code?.Trim() }, null, null, ct);
        return Otherwise.SignIn(confirmed, context, Path)
            ?? (confirmed.IsSuccess ? Pages.Go(Path) : Pages.Of<ContactCode>(new ContactCodeModel(id, confirmed.Trouble), (int)confirmed.Status));
    }

    private static async Task<IResult> ResendAsync(Guid id, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var sent = await api.SendAsync<CodeSent>(HttpMethod.Post, $"me/contact-points/changes/{id}/resend", (HttpContent?)null, null, null, ct);
        return Otherwise.SignIn(sent, context, Path)
            ?? (sent.IsSuccess ? Pages.Go($"{Path}/changes/{id}") : Pages.Of<ContactCode>(new ContactCodeModel(id, sent.Trouble), (int)sent.Status));
    }
}

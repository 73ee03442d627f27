using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Messages;

/// <summary>A message in the inbox.</summary>
public sealed record Message(Guid Id, string Kind, Guid? DossierId, string? DossierCode, string Title, string Body, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt);

public sealed record UnreadCount(int Unread);

/// <summary>A page of the inbox.</summary>
/// <param name="Unread">How many are unread in all; null when that could not be read.</param>
/// <param name="OnlyUnread">Whether only those are shown.</param>
public sealed record InboxModel(Answer<Listed<Message>> Answer, int? Unread, bool OnlyUnread, bool IsFirst, Trouble? Trouble);

/// <summary><c>/messages</c>: what the visitor was told. A script shows that something has come; without it the page is as it was when it was opened.</summary>
internal static class MessagePages
{
    private const int PageSize = 20;

    public static void MapMessages(this IEndpointRouteBuilder app)
    {
        UnsubscribePages.Map(app);
        var group = app.MapGroup("/messages").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", (bool? unread, string? after, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(unread == true, after, null, api, context, ct));
        group.MapPost("/read", ReadAllAsync);
        group.MapPost("/{id:guid}/read", ReadAsync);
        group.MapGet("/stream", (ApiClient api, CancellationToken ct) => api.FileAsync("me/stream", ct));
    }

    private static async Task<IResult> ShowAsync(bool unread, string? after, Trouble? trouble, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var count = api.GetAsync<UnreadCount>("me/messages/unread", ct);
        var page = await api.GetAsync<Listed<Message>>(Query.Of("me/messages", ("limit", $"{PageSize}"), ("unread", unread ? "true" : null), ("after", after)), ct);
        return Instead.Of(page, context, "/messages")
            ?? Pages.Of<Inbox>(new InboxModel(page, (await count).Value?.Unread, unread, after is null, trouble), trouble is null ? 200 : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadAllAsync([FromForm] Guid? upTo, ApiClient api, HttpContext context, CancellationToken ct)
    {
        // What has come since the page was opened stays unread.
        var read = await api.PostAsync<UnreadCount>(Query.Of("me/messages/read", ("upTo", upTo?.ToString())), null, FormKey.New(), null, ct);
        return Otherwise.SignIn(read, context, "/messages") ?? (read.IsSuccess ? Pages.Go("/messages") : await ShowAsync(false, null, read.Trouble, api, context, ct));
    }

    private static async Task<IResult> ReadAsync(Guid id, [FromForm] string? to, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var read = await api.PostAsync<Message>($"me/messages/{id}/read", null, FormKey.New(), null, ct);
        if (Otherwise.SignIn(read, context, "/messages") is { } otherwise)
            return otherwise;
        // Who wants to go on to the dossier goes on, also when it could not be noted.
        return to is not null ? Pages.Go(SessionPages.Local(to)) : read.IsSuccess ? Pages.Go("/messages") : await ShowAsync(false, null, read.Trouble, api, context, ct);
    }
}

using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;

namespace HaLong.Portal.Work;

/// <summary><c>POST /work/{id}/{move}</c>: makes a move against what was shown. A refusal shows the dossier as it is now, with everything that was typed.</summary>
internal static class MovePages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/{id:guid}/{key}", DoAsync);
        // Reloaded after a refusal, or after a sign-in.
        group.MapGet("/{id:guid}/{key}", (Guid id) => TypedResults.LocalRedirect($"/work/{id}"));
    }

    private static async Task<IResult> DoAsync(Guid id, string key, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        if (Moves.Find(key) is not { } move)
            return Pages.Of<NotFound>(StatusCodes.Status404NotFound);
        var (queue, once) = (Queues.Of(sent["queue"]), FormKey.Of(sent["once"]));
        var typed = sent.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        var (body, unread) = MoveBody.Of(move, typed);
        var path = $"dossiers/{id}/{move.Path.Replace("{target}", Uri.EscapeDataString(typed.GetValueOrDefault("target", "-")), StringComparison.Ordinal)}";
        var done = unread is not null
            ? new Answer<MovedCase>(HttpStatusCode.BadRequest, null, unread, null)
            : await api.PostAsync<MovedCase>(path, body, once, typed.GetValueOrDefault("version") is { Length: > 0 } version ? version : null, ct);
        if (done.Status == HttpStatusCode.Unauthorized)
            return SignInNeeded.From(context, $"/work/{id}?queue={queue}");
        if (done.IsSuccess)
            return Pages.Go($"/work/{id}?queue={queue}&done={move.Key}");
        return await CasePages.ShowAsync(id, new CasePages.Sent(queue, Guid.TryParse(typed.GetValueOrDefault("paper"), out var paper) ? paper : null, null)
        {
            Failed = move.Key,
            Trouble = WorkPages.Led(done.Trouble, field => MoveBody.Led(move, body, field)),
            Typed = typed,
            Status = (int)done.Status,
            // Without an answer nobody knows whether it was done: the same key then does it once.
            Once = done.Status == HttpStatusCode.ServiceUnavailable ? once : null,
        }, api, context, ct);
    }
}

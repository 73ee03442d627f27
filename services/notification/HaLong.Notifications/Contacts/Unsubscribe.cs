using HaLong.Messaging;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Contacts;

/// <summary><c>GET POST /api/v1/notices/unsubscribe/{token}</c>: out of optional messages by the link of a letter, without signing in.</summary>
internal static class Unsubscribe
{
    /// <summary>What the page shows.</summary>
    /// <param name="State">wanted: a POST ends them; ended: it was taken, and takes effect within minutes.</param>
    /// <param name="Text">What it is about, in the reader's language.</param>
    internal sealed record View(string State, string Text);

    public static void MapUnsubscribe(this IEndpointRouteBuilder notices)
    {
        notices.MapGet("/{token}", Show)
            .WithName("showUnsubscribe")
            .WithSummary("What the unsubscribe link of a letter would do")
            .WithDescription("Changes nothing: mail programs and their scanners open links. Anyone with the link.")
            .Produces<View>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .AllowAnonymous(); // Whoever reads the letter; the token proves that it is ours.
        notices.MapPost("/{token}", HandleAsync)
            .WithName("unsubscribe")
            .WithSummary("End optional messages")
            .WithDescription(
                "One click (RFC 8058): the body is not read. Turns off invitations, surveys and hints; what law or a dossier demands still comes. Repeating "
                + "it changes nothing. Can be turned on again in the preferences. Eventually consistent: identity is told as soon as it answers.")
            .Produces<View>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .AllowAnonymous(); // As above.
    }

    private static IResult Show(string token, OptOutLinks links) => links.AccountOf(token) is null
        ? RuleErrors.LinkNotValid.ToProblem()
        : TypedResults.Ok(new View("wanted", Text.Bilingual(
            "Ngừng nhận lời mời đánh giá, khảo sát và gợi ý. Thông báo về hồ sơ của bạn vẫn được gửi.",
            "Stop invitations, surveys and hints. You still hear about your dossiers.")));

    private static async Task<IResult> HandleAsync(string token, OptOutLinks links, NotificationDbContext db, CancellationToken ct)
    {
        if (links.AccountOf(token) is not { } account)
            return RuleErrors.LinkNotValid.ToProblem();
        db.Enqueue(new OptOut(account));
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new View("ended", Text.Bilingual(
            "Bạn sẽ không nhận lời mời đánh giá, khảo sát và gợi ý nữa.", "You will get no more invitations, surveys and hints.")));
    }
}

using System.Linq.Expressions;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Planning;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Messages;

/// <summary>One message, as the proof that somebody was told.</summary>
/// <param name="Id">The message.</param>
/// <param name="Kind">Which notice.</param>
/// <param name="Title">Its headline: about the dossier, never about the person.</param>
/// <param name="Channel">inApp, email, sms, zalo or push.</param>
/// <param name="State">pending, sent, delivered, failed, expired or cancelled.</param>
/// <param name="CreatedAt">When the fact was known here.</param>
/// <param name="DueAt">While pending: not before this.</param>
/// <param name="SentAt">Taken over by the carrier.</param>
/// <param name="DeliveredAt">Arrived, as the carrier says; for the inbox when it was put there.</param>
/// <param name="ReadAt">Opened in the inbox.</param>
/// <param name="Provider">Who carried it.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="MayBeTwice">It may have come twice: the carrier cannot say.</param>
/// <param name="Failure">Why it is not there, in plain words; null where nothing is wrong.</param>
internal sealed record NoticeView(
    Guid Id, string Kind, string Title, string Channel, string State, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, DateTimeOffset? SentAt, DateTimeOffset? DeliveredAt,
    DateTimeOffset? ReadAt, string? Provider, int Attempts, bool MayBeTwice, string? Failure)
{
    public static NoticeView Of(NoticeRow m, string language) => new(
        m.Id, m.Kind, m.Title, Words.Of(m.Channel), Words.Of(m.State), m.CreatedAt, m.State == MessageState.Pending ? m.DueAt : null, m.SentAt, m.DeliveredAt,
        m.ReadAt, m.Provider, m.Attempts, m.MayBeTwice, FailureWords.In(m.State, m.LastError, language));
}

/// <summary>What the proof needs of a message: not its text.</summary>
internal sealed record NoticeRow(
    Guid Id, Guid RecipientId, string Kind, string Title, MessageChannel Channel, MessageState State, DateTimeOffset CreatedAt, DateTimeOffset DueAt, DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? ReadAt, string? Provider, int Attempts, bool MayBeTwice, string? LastError)
{
    public static readonly Expression<Func<Message, NoticeRow>> From = m => new NoticeRow(
        m.Id, m.RecipientId, m.Kind, m.Title, m.Channel, m.State, m.CreatedAt, m.DueAt, m.SentAt, m.DeliveredAt, m.ReadAt, m.Provider, m.Attempts, m.MayBeTwice, m.LastError);
}

/// <summary><c>GET /api/v1/dossiers/{id}/notices</c>: we told you on …, through …, delivered at ….</summary>
internal static class ListNotices
{
    public static void MapListNotices(this IEndpointRouteBuilder dossiers) => dossiers.MapGet("/{id:guid}/notices", HandleAsync)
        .WithName("listNotices")
        .WithSummary("What the applicant was told about a dossier, when, and whether it arrived")
        .WithDescription(
            "For the applicant, who may read the dossier for him, officials of the unit that has it, and auditors; oldest first. Headline and proof only: no "
            + "text, no address. A look by others is recorded for the applicant. Strongly consistent within this service.")
        .Produces<Page<NoticeView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .RequireAuthorization(Policies.Acting);

    private static async Task<IResult> HandleAsync(Guid id, string? after, int? limit, NoticeAccess access, NoticeReads reads, CancellationToken ct)
    {
        var cursor = Cursor.DecodeId(after);
        var size = Cursor.Limit(limit);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var visible = await access.VisibleAsync(id, ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();

        var notices = cursor.Value is { } last ? visible.Value.Where(m => m.Id > last) : visible.Value;
        var page = await notices.OrderBy(m => m.Id).Take(size.Value + 1).Select(NoticeRow.From).ToListAsync(ct);
        if (page.Count == 0 && cursor.Value is null)
            return RuleErrors.NoticesNotFound.ToProblem();
        await reads.AddAsync(NoticeReads.Notices, id, page.Select(m => m.RecipientId), ct);
        var language = Text.Bilingual("vi", "en");
        return TypedResults.Ok(Page.Of(page.ConvertAll(m => NoticeView.Of(m, language)), size.Value, v => [v.Id.ToString()]));
    }
}

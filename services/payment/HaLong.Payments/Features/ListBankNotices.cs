using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Features;

/// <summary>A bank notice and what became of it.</summary>
internal sealed record BankNoticeView(
    Guid Id,
    string Provider,
    string EventId,
    NoticeState State,
    MismatchReason? Reason,
    Guid? PaymentId,
    long Amount,
    string Account,
    string Bin,
    string Remittance,
    DateTimeOffset BookedAt,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DecidedAt);

/// <summary>Lists bank notices, newest first: the cashier's view of money that needs a person.</summary>
internal static class ListBankNotices
{
    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/", HandleAsync)
        .WithName(nameof(ListBankNotices))
        .WithSummary("Bank notices by state, newest first")
        .WithDescription("Cashiers. state = received, settled or mismatched; all when left out. Pages by cursor.")
        .Produces<Page<BankNoticeView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .RequireAuthorization(Policies.Cashier);

    private static async Task<IResult> HandleAsync(string? state, string? after, int? limit, PaymentDbContext db, CancellationToken ct)
    {
        var wanted = state is null ? null : Words.Parse<NoticeState>(state);
        if (state is not null && wanted is null)
            return PaymentErrors.UnknownNoticeState.WithField("state", "received, settled, mismatched").ToProblem();
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.DecodeId(after);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();

        var handlings = db.Handlings.AsNoTracking();
        if (wanted is { } one)
            handlings = handlings.Where(h => h.State == one);
        if (cursor.Value is { } before)
            handlings = handlings.Where(h => h.NoticeId.CompareTo(before) < 0);
        var rows = await handlings.OrderByDescending(h => h.NoticeId).Take(size.Value + 1)
            .Join(db.Notices, h => h.NoticeId, n => n.Id, (h, n) => new BankNoticeView(
                n.Id, n.Provider, n.EventId, h.State, h.Reason, h.PaymentId, n.Amount, n.Account, n.Bin, n.Remittance, n.BookedAt, n.ReceivedAt, h.DecidedAt))
            .ToListAsync(ct);
        rows.Sort((a, b) => b.Id.CompareTo(a.Id));
        return TypedResults.Ok(Page.Of(rows, size.Value, n => [n.Id.ToString()]));
    }
}

using HaLong.Messaging;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Features;

/// <summary>Takes a signed notice from a bank: stores it word for word, acknowledges, and leaves the settlement to the background.</summary>
internal sealed partial class ReceiveBankNotice(
    PaymentDbContext db,
    IOptionsMonitor<BankOptions> bank,
    IOptions<PaymentOptions> options,
    TimeProvider time,
    PaymentInstruments instruments,
    ILogger<ReceiveBankNotice> log)
{
    private const int MaxBody = 16 * 1024;

    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/{provider}",
            (string provider, ReceiveBankNotice handler, HttpRequest request, CancellationToken ct) => handler.HandleAsync(provider, request, ct))
        .WithName(nameof(ReceiveBankNotice))
        .WithSummary("Signed notice of a transfer, from a bank")
        .WithDescription(
            "Headers X-Bank-Timestamp (unix seconds) and X-Bank-Signature: v1= and the hexadecimal HMAC-SHA256 of time stamp, dot and raw body. "
            + "202 means stored, not settled. The same notice may come any number of times.")
        .Accepts<NoticeBody>("application/json")
        .Produces(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .AllowAnonymous();

    public async Task<IResult> HandleAsync(string provider, HttpRequest request, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var notice = await ReadAsync(provider, request, now, ct);
        if (!notice.IsSuccess)
        {
            instruments.Refused(notice.Error.Code);
            Refused(log, notice.Error.Code);
            return notice.Error.ToProblem();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await InsertAsync(notice.Value, ct))
        {
            db.Add(NoticeHandling.Received(notice.Value.Id, now, options.Value.NoticePatience));
            db.Enqueue(new BankNoticeReceived(notice.Value.Id, now));
        }
        else if (await IsAlteredAsync(notice.Value, ct))
        {
            db.Add(NoticeHandling.Altered(notice.Value.Id, now));
            db.Enqueue(new PaymentMismatched(
                notice.Value.Id, provider, Words.Of(MismatchReason.AlteredNotice), notice.Value.Amount, now));
            instruments.Mismatched(MismatchReason.AlteredNotice);
            Altered(log, provider, notice.Value.Id);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Accepted((string?)null);
    }

    private async Task<Result<BankNotice>> ReadAsync(string provider, HttpRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var buffer = new byte[MaxBody + 1];
        var length = request.ContentLength > MaxBody ? buffer.Length : await request.Body.ReadAtLeastAsync(buffer, buffer.Length, false, ct);
        if (length > MaxBody)
            return PaymentErrors.NoticeTooLarge;
        var body = buffer[..length];
        var current = bank.CurrentValue;
        var refusal = BankSignature.Refusal(
            current.Providers.GetValueOrDefault(provider),
            request.Headers[BankSignature.TimestampHeader],
            request.Headers[BankSignature.SignatureHeader],
            body, now, current.Window);
        return refusal is null ? NoticeBody.Read(provider, body, now) : refusal;
    }

    /// <summary>False when the event id is known. A twin that comes at the same time waits here for the first to commit.</summary>
    private async Task<bool> InsertAsync(BankNotice n, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO bank_notice (id, provider, event_id, payload_hash, raw_body, original, amount, account, bin, remittance, booked_at, received_at)
        VALUES ({n.Id}, {n.Provider}, {n.EventId}, {n.PayloadHash}, {n.RawBody}, true, {n.Amount}, {n.Account}, {n.Bin}, {n.Remittance}, {n.BookedAt}, {n.ReceivedAt})
        ON CONFLICT DO NOTHING
        """, ct) == 1;

    /// <summary>True when this event id stood for other contents before: kept beside the original, once.</summary>
    private async Task<bool> IsAlteredAsync(BankNotice n, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO bank_notice (id, provider, event_id, payload_hash, raw_body, original, amount, account, bin, remittance, booked_at, received_at)
        VALUES ({n.Id}, {n.Provider}, {n.EventId}, {n.PayloadHash}, {n.RawBody}, false, {n.Amount}, {n.Account}, {n.Bin}, {n.Remittance}, {n.BookedAt}, {n.ReceivedAt})
        ON CONFLICT DO NOTHING
        """, ct) == 1;

    [LoggerMessage(4002, LogLevel.Warning, "Bank notice refused: {Code}")]
    private static partial void Refused(ILogger log, string code);

    [LoggerMessage(4003, LogLevel.Warning, "Provider {Provider} sent other contents under a known event id; kept as notice {NoticeId}")]
    private static partial void Altered(ILogger log, string provider, Guid noticeId);
}

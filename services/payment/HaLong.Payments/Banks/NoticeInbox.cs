using HaLong.Messaging;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Banks;

/// <summary>Stores what was told about money, in the caller's transaction, and leaves the settlement to the background. The same thing told again changes nothing.</summary>
internal sealed partial class NoticeInbox(PaymentDbContext db, IOptions<PaymentOptions> options, PaymentInstruments instruments, ILogger<NoticeInbox> log)
{
    /// <summary>False when this signature was seen before: the request is a repeat, word for word. A twin that comes at the same time waits here for the first to commit.</summary>
    public async Task<bool> IsNewAsync(string provider, string signature, DateTimeOffset now, CancellationToken ct)
    {
        var digest = BankNotice.HashOf(System.Text.Encoding.UTF8.GetBytes(signature));
        if (await db.Database.ExecuteSqlAsync($"INSERT INTO bank_signature (provider, digest, seen_at) VALUES ({provider}, {digest}, {now}) ON CONFLICT DO NOTHING", ct) == 1)
            return true;
        instruments.Replayed(provider);
        Replayed(log, provider);
        return false;
    }

    /// <summary>The notice is kept and its settlement asked for; other contents under a known event id are kept beside the original, once, and reported.</summary>
    public async Task StoreAsync(BankNotice notice, DateTimeOffset now, CancellationToken ct)
    {
        if (await InsertAsync(notice, original: true, ct))
        {
            db.Add(NoticeHandling.Received(notice.Id, now, options.Value.NoticePatience));
            db.Enqueue(new BankNoticeReceived(notice.Id, now));
        }
        else if (await InsertAsync(notice, original: false, ct))
        {
            db.Add(NoticeHandling.Altered(notice.Id, now));
            db.Enqueue(new PaymentMismatched(notice.Id, notice.Provider, Words.Of(MismatchReason.AlteredNotice), notice.Amount, now));
            instruments.Mismatched(MismatchReason.AlteredNotice);
            Altered(log, notice.Provider, notice.Id);
        }
    }

    /// <summary>False when the event id, or these contents under it, are known.</summary>
    private async Task<bool> InsertAsync(BankNotice n, bool original, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO bank_notice (id, provider, event_id, payload_hash, raw_body, original, amount, account, bin, remittance, booked_at, received_at)
        VALUES ({n.Id}, {n.Provider}, {n.EventId}, {n.PayloadHash}, {n.RawBody}, {original}, {n.Amount}, {n.Account}, {n.Bin}, {n.Remittance}, {n.BookedAt}, {n.ReceivedAt})
        ON CONFLICT DO NOTHING
        """, ct) == 1;

    [LoggerMessage(4003, LogLevel.Warning, "Provider {Provider} sent other contents under a known event id; kept as notice {NoticeId}")]
    private static partial void Altered(ILogger log, string provider, Guid noticeId);

    [LoggerMessage(4120, LogLevel.Information, "Provider {Provider} sent a signed request again, word for word")]
    private static partial void Replayed(ILogger log, string provider);
}

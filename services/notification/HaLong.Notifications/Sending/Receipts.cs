using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Sending;

/// <summary>
/// Turns what providers tell afterwards into the state of messages and codes. In any order, twice, late, or before our own note that the provider took
/// the message: that it arrived holds whatever was told before; that it failed holds while nothing better is known.
/// </summary>
internal sealed partial class Receipts(NotificationDbContext db, SendOutcomes outcomes, TimeProvider clock, ILogger<Receipts> logger)
{
    private const int KeyLength = 32;

    /// <summary>False when no message of ours is meant (yet): then it is kept and tried again.</summary>
    public async Task<bool> TakeAsync(DeliveryReceipt receipt, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(receipt.Key) && string.IsNullOrEmpty(receipt.Reference))
            return false;
        if (await ApplyAsync(receipt, ct))
            return true;
        await KeepAsync(receipt, ct);
        return false;
    }

    /// <summary>The same, without keeping it.</summary>
    public async Task<bool> ApplyAsync(DeliveryReceipt receipt, CancellationToken ct)
    {
        // In the caller's transaction where there is one.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var found = await MessageAsync(receipt, ct) is { } message ? await TellAsync(message, receipt, ct) : await TellDirectAsync(receipt, ct);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return found;
    }

    // Locked: two receipts at once take turns, and only the first of two failures hands the message on.
    private async Task<Message?> MessageAsync(DeliveryReceipt receipt, CancellationToken ct)
    {
        var id = receipt.Key?.Length >= KeyLength && Guid.TryParseExact(receipt.Key[..KeyLength], "N", out var key) ? key
            : receipt.Reference is null ? Guid.Empty
            : await db.Messages.Where(m => m.Provider == receipt.Provider && m.ProviderReference == receipt.Reference)
                .OrderByDescending(m => m.Id).Select(m => m.Id).FirstOrDefaultAsync(ct);
        if (id == Guid.Empty)
            return null;
        var message = await db.Messages.FromSql($"SELECT * FROM message WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);
        if (message is not null)
            // A row that this unit of work had read before it was locked would be old.
            await db.Entry(message).ReloadAsync(ct);
        // Only who was asked to carry it can know.
        return message is not null && await db.Attempts.AnyAsync(a => a.MessageId == id && a.Provider == receipt.Provider, ct) ? message : null;
    }

    private async Task<bool> TellAsync(Message message, DeliveryReceipt receipt, CancellationToken ct)
    {
        if (message.State != MessageState.Delivered && receipt.Status != ReceiptStatus.Failed)
        {
            // Also after it was given up, had expired, or while it was being sent.
            message.Fence();
            message.Recognise(receipt.At, receipt.Provider, receipt.Reference);
            outcomes.Arrived(message, receipt.At);
        }
        else if (receipt.Status == ReceiptStatus.Failed && message.State is (MessageState.Sent or MessageState.Pending) && message.Provider == receipt.Provider
            && (string.IsNullOrEmpty(receipt.Key) || receipt.Key == message.Key))
        {
            message.Fence();
            await outcomes.FailAsync(message, receipt.Reason ?? "undelivered", receipt.BadAddress, ct);
        }

        if (receipt.Status == ReceiptStatus.Complained)
            message.MarkComplained(receipt.At);
        LogTold(logger, receipt.Provider, receipt.Status, message.Id, message.State);
        return true;
    }

    private async Task<bool> TellDirectAsync(DeliveryReceipt receipt, CancellationToken ct)
    {
        var direct = receipt.Key is { Length: > 0 } key
            ? await db.DirectSends.SingleOrDefaultAsync(d => d.Id == key && d.Provider == receipt.Provider, ct)
            : await db.DirectSends.Where(d => d.Provider == receipt.Provider && d.Reference == receipt.Reference)
                .OrderByDescending(d => d.CreatedAt).FirstOrDefaultAsync(ct);
        direct?.Take(receipt.Status != ReceiptStatus.Failed, receipt.At, receipt.Reason);
        return direct is not null;
    }

    private async Task KeepAsync(DeliveryReceipt receipt, CancellationToken ct)
    {
        LogStray(logger, receipt.Provider, receipt.Status);
        var (id, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        var (key, reference, status) = (Short(receipt.Key, 64), Short(receipt.Reference, 200), Words.Of(receipt.Status));
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO stray_receipt (id, provider, key, reference, status, at, reason, bad_address, received_at)
            VALUES ({id}, {Short(receipt.Provider, 40)}, {key}, {reference}, {status}, {receipt.At}, {receipt.Reason}, {receipt.BadAddress}, {now})
            ON CONFLICT DO NOTHING
            """, ct);
    }

    private static string Short(string? text, int most) => text is null ? "" : text.Length > most ? text[..most] : text;

    [LoggerMessage(4206, LogLevel.Debug, "{Provider} told {Status} of message {MessageId}, which is {State}")]
    private static partial void LogTold(ILogger logger, string provider, ReceiptStatus status, Guid messageId, MessageState state);

    [LoggerMessage(4207, LogLevel.Information, "{Provider} told {Status} of something that is not known here yet; kept")]
    private static partial void LogStray(ILogger logger, string provider, ReceiptStatus status);
}

using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.Dossiers.NationalPortal.Payloads;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Sending;

/// <summary>
/// Takes up what is due: each message is written down, with its id and what it says, and committed before anybody sends it. Replicas take different
/// rows, and a row carries one message at a time, so a dossier's messages keep their order.
/// </summary>
internal sealed class MessageClaim(DossierDbContext db, PayloadMaker payloads, IOptions<PortalOptions> options, TimeProvider time)
{
    /// <summary>Marks what cannot be told any more.</summary>
    public const string Destroyed = "destroyed";

    /// <returns>The messages, and how many rows were looked at: some have nothing to tell.</returns>
    public async Task<(List<PortalMessage> Messages, int Rows)> TakeAsync(int size, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.Now();
        var rows = await db.Set<LedgerEntry>().FromSql(
            $"SELECT *, xmin FROM portal.ledger WHERE next_try_at <= {now} ORDER BY next_try_at LIMIT {size} FOR UPDATE SKIP LOCKED").ToListAsync(ct);
        if (rows.Count == 0)
            return ([], 0);
        var pictures = await db.PicturesAsync(rows.ConvertAll(r => r.DossierId), ct);
        List<PortalMessage> messages = [];
        foreach (var row in rows)
        {
            if (pictures.TryGetValue(row.DossierId, out var picture))
                Take(row, picture, messages, now);
            else
                GiveUp(row);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (messages, rows.Count);
    }

    private void Take(LedgerEntry row, DossierPicture picture, List<PortalMessage> messages, DateTimeOffset now)
    {
        var gone = picture.Dossier.DestroyedAt is not null;
        var body = gone ? [] : payloads.Dossier(picture);
        if (!gone)
            row.OurHash = PayloadMaker.HashOf(body);
        var kind = Next(row, picture);
        if (kind is null)
        {
            Settle(row);
            return;
        }

        // Its words are gone; what the portal has stays.
        if (gone && kind == LedgerMessage.Dossier)
        {
            GiveUp(row);
            return;
        }

        if (kind == LedgerMessage.Dossier)
            (row.SentHash, row.SentStatus, row.SentChanges) = (row.OurHash, row.OurStatus, row.Changes);
        else if (kind == LedgerMessage.Status)
            (body, row.SentStatus) = (PayloadMaker.Status(picture), row.OurStatus);
        else
            body = PayloadMaker.Step(picture, picture.Timeline.First(t => t.Step > row.SentSteps));
        var ask = row.State == LedgerState.Sent;
        (row.MessageId, row.Message, row.State, row.SentAt) = (row.MessageId ?? Guid.CreateVersion7(now), kind, LedgerState.Sent, now);
        if (kind == LedgerMessage.Dossier)
            row.DossierMessageId = row.MessageId;
        row.Attempts++;
        row.NextTryAt = now + options.Value.Sending.Lease;
        messages.Add(new PortalMessage(
            row.DossierId, row.Code, row.MessageId!.Value, kind, body, PayloadMaker.HashOf(body), ask, row.Attempts, row.PendingSince, row.DossierMessageId));
    }

    /// <summary>What is to be told next; null: nothing.</summary>
    private static string? Next(LedgerEntry row, DossierPicture picture) =>
        // A message that was not settled comes first; a state alone when the comparison asked for it.
        row.MessageId is not null || row.Message == LedgerMessage.Status ? row.Message
        : row.SentHash is null || row.SentHash != row.OurHash ? LedgerMessage.Dossier
        : picture.Timeline.Any(t => t.Step > row.SentSteps) ? LedgerMessage.Progress : null;

    private static void Settle(LedgerEntry row)
    {
        (row.State, row.NextTryAt, row.PendingSince, row.SentChanges, row.Attempts, row.Message) = (LedgerState.Acknowledged, null, null, row.Changes, 0, null);
    }

    private static void GiveUp(LedgerEntry row) =>
        (row.State, row.NextTryAt, row.PendingSince, row.MessageId, row.Message, row.LastError) = (LedgerState.Rejected, null, null, null, null, Destroyed);
}

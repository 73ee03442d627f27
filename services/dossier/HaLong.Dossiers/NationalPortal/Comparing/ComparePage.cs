using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Comparing;

/// <summary>Holds one page of the portal's list against our rows of the same range of codes, and notes what differs; what can be healed is told
/// again.</summary>
internal sealed class ComparePage(DossierDbContext db, PortalClient portal, IOptions<PortalOptions> options, TimeProvider time)
{
    /// <param name="after">Codes after this one.</param>
    /// <param name="last">Up to this one; null: to the end.</param>
    /// <param name="theirs">What the portal lists there.</param>
    /// <param name="compare">Counts.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task RunAsync(string after, string? last, IReadOnlyList<PortalDossier> theirs, PortalCompare compare, CancellationToken ct)
    {
        var known = theirs.ToDictionary(t => t.Code, StringComparer.Ordinal);
        // Asked before anything is locked: the portal may be slow.
        var messages = await AskAsync(await SuspectsAsync(after, last, known, ct), ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.Now();
        // What somebody works on right now is for the next comparison.
        var rows = await db.Set<LedgerEntry>().FromSql(
            $"SELECT *, xmin FROM portal.ledger WHERE code > {after} AND ({last}::text IS NULL OR code <= {last}) ORDER BY code FOR UPDATE SKIP LOCKED")
                .ToListAsync(ct);
        foreach (var row in rows)
            Look(row, known.GetValueOrDefault(row.Code), messages, compare, now);
        compare.Seen += theirs.Count;
        await NoteStrangersAsync(after, last, known, compare, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
    }

    /// <summary>Messages that were taken, of dossiers that differ: were they refused afterwards?</summary>
    private async Task<List<Guid>> SuspectsAsync(string after, string? last, Dictionary<string, PortalDossier> known, CancellationToken ct)
    {
        var now = time.Now();
        var rows = await db.Set<LedgerEntry>().FromSql(
            $"SELECT *, xmin FROM portal.ledger WHERE code > {after} AND ({last}::text IS NULL OR code <= {last}) AND state = 'acknowledged'")
                .AsNoTracking().ToListAsync(ct);
        return [.. rows.Where(r => !IsFresh(r, now) && DriftOf(r, known.GetValueOrDefault(r.Code)) is not null).Select(r => r.DossierMessageId).OfType<Guid>()];
    }

    private async Task<Dictionary<Guid, PortalMessageState>> AskAsync(List<Guid> messages, CancellationToken ct)
    {
        var told = new PortalMessageState[messages.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Sending.Concurrency, CancellationToken = ct };
        await Parallel.ForAsync(0, messages.Count, parallel, async (i, token) => told[i] = await portal.MessageAsync(messages[i], token));
        return messages.Zip(told).ToDictionary(m => m.First, m => m.Second);
    }

    private async Task NoteStrangersAsync(
        string after, string? last, Dictionary<string, PortalDossier> known, PortalCompare compare, DateTimeOffset now, CancellationToken ct)
    {
        List<string> codes = [.. known.Keys];
        var ours = (await db.Database.SqlQuery<string>(
            $"""
            SELECT code AS "Value" FROM portal.ledger WHERE code = ANY ({codes}) UNION ALL SELECT code FROM dossier WHERE code = ANY ({codes})
            """).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        var noted = await db.Set<Stranger>().FromSql($"SELECT * FROM portal.stranger WHERE code > {after} AND ({last}::text IS NULL OR code <= {last})")
            .ToDictionaryAsync(s => s.Code, StringComparer.Ordinal, ct);
        foreach (var theirs in known.Values.Where(t => !ours.Contains(t.Code)))
        {
            if (!noted.Remove(theirs.Code, out var stranger))
                db.Add(stranger = new Stranger { Code = theirs.Code, Since = now });
            (stranger.TheirStatus, stranger.SeenAt) = (theirs.Status, now);
            compare.Unknown++;
        }

        db.RemoveRange(noted.Values);
    }

    private void Look(LedgerEntry row, PortalDossier? theirs, IReadOnlyDictionary<Guid, PortalMessageState> messages, PortalCompare compare, DateTimeOffset now)
    {
        (row.TheirStatus, row.TheirHash, row.TheirSeenAt) = (theirs?.Status, theirs?.Hash, now);
        if (DriftOf(row, theirs) is not { } drift)
        {
            if (row.Drift is not null)
                (row.Drift, row.DriftSince, row.HealedAt) = (null, null, now);
            return;
        }

        if (IsFresh(row, now))
            return;
        var told = row.DossierMessageId is { } id ? messages.GetValueOrDefault(id) : null;
        if (row.Drift != drift)
            (row.Drift, row.DriftSince) = (drift, now);
        Count(compare, drift);
        if (row.State != LedgerState.Acknowledged)
            return;
        (row.PendingSince, row.Attempts) = (now, 0);
        if (told?.State == PortalMessageState.Rejected)
        {
            (row.State, row.LastError, row.SentHash, row.PendingSince) = (LedgerState.Rejected, told.Code ?? "rejected", null, null);
            compare.Rejected++;
            return;
        }

        Heal(row, drift, theirs, now);
        compare.Healing++;
    }

    private static void Heal(LedgerEntry row, string drift, PortalDossier? theirs, DateTimeOffset now)
    {
        (row.State, row.NextTryAt) = (LedgerState.Pending, now);
        if (drift == LedgerDrift.Status && theirs?.Hash == row.OurHash)
            row.Message = LedgerMessage.Status;
        else
            row.SentHash = null;
        // A dossier that got lost took its steps along.
        if (drift == LedgerDrift.Missing)
            row.SentSteps = 0;
    }

    private static string? DriftOf(LedgerEntry row, PortalDossier? theirs) =>
        theirs is null ? LedgerDrift.Missing
        : theirs.Status != row.OurStatus ? LedgerDrift.Status
        : row.State == LedgerState.Acknowledged && theirs.Hash != row.OurHash ? LedgerDrift.Content : null;

    private bool IsFresh(LedgerEntry row, DateTimeOffset now)
    {
        var since = now - options.Value.Compare.Grace;
        return row.OurChangedAt > since || row.SentAt > since;
    }

    private static void Count(PortalCompare compare, string drift)
    {
        switch (drift)
        {
            case LedgerDrift.Missing:
                compare.Missing++;
                break;
            case LedgerDrift.Status:
                compare.Status++;
                break;
            default:
                compare.Content++;
                break;
        }
    }
}

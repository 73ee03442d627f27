using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.AccessLog;

/// <summary>A reading to be recorded.</summary>
/// <param name="SubjectIds">Whose data.</param>
/// <param name="ActorId">Who looked.</param>
/// <param name="ActorRole">In which role.</param>
/// <param name="Unit">For which unit.</param>
/// <param name="Service">Which service answered.</param>
/// <param name="What">What was shown.</param>
/// <param name="ObjectId">Which one.</param>
/// <param name="Purpose">Why.</param>
/// <param name="Note">Why, in words.</param>
/// <param name="At">When.</param>
internal sealed record Reading(
    IReadOnlyList<Guid> SubjectIds, Guid ActorId, string ActorRole, string? Unit, string Service, string What, Guid? ObjectId, string Purpose, string? Note,
    DateTimeOffset At);

/// <summary>Appends to the access log. Writers take turns on the row that holds the end of the chain.</summary>
internal sealed class AccessLedger(IdentityDbContext db, DataKeyRing keys)
{
    /// <summary>Records a reading, but for people who looked at themselves; saves. Joins the transaction that is open, else has its own.</summary>
    /// <param name="reading">What was read.</param>
    /// <param name="onceIn">One and the same thing read again within this time is one record: a page that is reloaded is no news.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>How many records were added.</returns>
    public async Task<int> AppendAsync(Reading reading, TimeSpan? onceIn, CancellationToken ct)
    {
        var subjects = reading.SubjectIds.Where(s => s != reading.ActorId && s != Guid.Empty).Distinct().ToList();
        if (subjects.Count == 0)
            return 0;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var chain = await LockAsync(ct);
        if (onceIn is { } window)
            subjects = [.. subjects.Except(await KnownAsync(reading, subjects, window, ct))];

        var key = keys.Current.Chain;
        foreach (var subject in subjects)
        {
            var record = new AccessRecord
            {
                Sequence = ++chain.HeadSequence,
                // As precise as the column, or the hash would not fit what is read back.
                At = new DateTimeOffset(reading.At.UtcTicks - (reading.At.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
                SubjectId = subject,
                ActorId = reading.ActorId,
                ActorRole = reading.ActorRole,
                Unit = reading.Unit,
                Service = reading.Service,
                What = reading.What,
                ObjectId = reading.ObjectId,
                Purpose = reading.Purpose,
                Note = reading.Note,
                PreviousHash = chain.HeadHash,
            };
            record.Hash = record.ComputeHash(key);
            chain.HeadHash = record.Hash;
            db.AccessRecords.Add(record);
        }

        chain.Mac = chain.ComputeMac(key);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return subjects.Count;
    }

    /// <summary>The ends of the chain, held until the transaction is over.</summary>
    public async Task<AccessChain> LockAsync(CancellationToken ct)
    {
        // Not what this unit of work may remember from before it waited.
        foreach (var known in db.ChangeTracker.Entries<AccessChain>().ToList())
            known.State = EntityState.Detached;
        return await db.AccessChains.FromSql($"SELECT * FROM access_log_chain WHERE id = {AccessChain.TheOne} FOR UPDATE").SingleOrDefaultAsync(ct)
            ?? throw new InvalidOperationException("The access log has no beginning: run this service with 'migrate' first.");
    }

    /// <summary>Part of <c>migrate</c>: the beginning of the chain.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        if (await db.AccessChains.AnyAsync(ct))
            return;
        var chain = new AccessChain { Id = AccessChain.TheOne };
        chain.Mac = chain.ComputeMac(keys.Current.Chain);
        db.AccessChains.Add(chain);
        await db.SaveChangesAsync(ct);
    }

    private Task<List<Guid>> KnownAsync(Reading reading, List<Guid> subjects, TimeSpan window, CancellationToken ct)
    {
        var (from, to) = (reading.At - window, reading.At + window);
        return db.AccessRecords
            .Where(r => r.ActorId == reading.ActorId && r.At > from && r.At < to && r.What == reading.What && r.ObjectId == reading.ObjectId
                && r.Purpose == reading.Purpose && subjects.Contains(r.SubjectId))
            .Select(r => r.SubjectId).ToListAsync(ct);
    }
}

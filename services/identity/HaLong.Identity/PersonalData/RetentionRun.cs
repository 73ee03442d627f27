using System.Linq.Expressions;
using HaLong.Identity.AccessLog;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.PersonalData;

/// <summary>Destroys what has been kept long enough, in small transactions, each with its minutes. Replicas take turns.</summary>
internal sealed class RetentionRun(IdentityDbContext db, AccessLedger ledger, DataKeyRing keys, RetentionInstruments instruments, TimeProvider time)
{
    private const int Batch = 1000;

    /// <summary>Any number of our own.</summary>
    private const long Lock = 0x52657465;

    /// <summary>How many records were destroyed, by class.</summary>
    public async Task<Dictionary<string, long>> RunAsync(CancellationToken ct)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        var policies = (await db.RetentionPolicies.AsNoTracking().Where(p => p.ValidFrom <= today).ToListAsync(ct))
            .GroupBy(p => p.Class).Select(g => g.MaxBy(p => p.ValidFrom)!); // No group is empty.
        var destroyed = new Dictionary<string, long>();
        foreach (var policy in policies)
        {
            var count = 0L;
            int last;
            do
            {
                last = await DestroyBatchAsync(policy, time.GetUtcNow().AddDays(-policy.KeepDays), ct);
                count += last;
            }
            while (last >= Batch);
            instruments.Destroyed(policy.Class, count);
            destroyed[policy.Class] = count;
        }

        return destroyed;
    }

    private async Task<int> DestroyBatchAsync(RetentionPolicy policy, DateTimeOffset before, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct);
        var times = policy.Class switch
        {
            RetentionClasses.SignInRecords => await TakeAsync(db.SignInRecords, r => r.At < before, r => r.At, ct),
            // An open session that was not seen for so long is as dead as an ended one.
            RetentionClasses.Sessions => await TakeAsync(db.Sessions, s => s.LastSeenAt < before, s => s.LastSeenAt, ct),
            RetentionClasses.Revocations => await TakeAsync(db.Revocations, r => r.At < before, r => r.At, ct),
            RetentionClasses.ClosedAccountImages => await TakeImagesAsync(before, ct),
            RetentionClasses.DataExports => await TakeAsync(db.DataExports, e => e.CreatedAt < before, e => e.CreatedAt, ct),
            RetentionClasses.AccessLog => await TakeAccessLogAsync(before, ct),
            _ => throw new InvalidOperationException($"There is no retention class {policy.Class}."),
        };
        if (times.Count == 0)
            return 0;

        var now = time.GetUtcNow();
        db.DestructionRecords.Add(new DestructionRecord
        {
            Id = Guid.CreateVersion7(now),
            Class = policy.Class,
            Count = times.Count,
            From = times.Min(),
            To = times.Max(),
            At = now,
            KeepDays = policy.KeepDays,
            Source = policy.Source,
        });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return times.Count;
    }

    private static async Task<List<DateTimeOffset>> TakeAsync<T>(
        IQueryable<T> table, Expression<Func<T, bool>> old, Expression<Func<T, DateTimeOffset>> at, CancellationToken ct)
        where T : class
    {
        // The last of the batch by time is where it ends; equal times go together.
        var times = await table.Where(old).OrderBy(at).Select(at).Take(Batch).ToListAsync(ct);
        if (times.Count == 0)
            return times;
        var limit = times[^1];
        var within = Expression.Lambda<Func<T, bool>>(Expression.LessThanOrEqual(at.Body, Expression.Constant(limit)), at.Parameters);
        var count = await table.Where(old).Where(within).ExecuteDeleteAsync(ct);
        times.AddRange(Enumerable.Repeat(limit, Math.Max(0, count - times.Count)));
        return times;
    }

    /// <summary>Images of accounts that were closed, counted from the last sign of life of the account.</summary>
    private Task<List<DateTimeOffset>> TakeImagesAsync(DateTimeOffset before, CancellationToken ct) => TakeAsync(
        db.IdentityDocuments.Where(d => db.Accounts.Any(a => a.Id == d.AccountId && a.IsClosed) && !db.Sessions.Any(s => s.AccountId == d.AccountId && s.LastSeenAt >= before)),
        d => d.CreatedAt < before, d => d.CreatedAt, ct);

    /// <summary>Only the beginning of the chain can go; the row with its ends remembers where it begins from then on.</summary>
    private async Task<List<DateTimeOffset>> TakeAccessLogAsync(DateTimeOffset before, CancellationToken ct)
    {
        var chain = await ledger.LockAsync(ct);
        var oldest = await db.AccessRecords.AsNoTracking().OrderBy(r => r.Sequence).Take(Batch).ToListAsync(ct);
        var gone = oldest.TakeWhile(r => r.At < before).ToList();
        if (gone.Count == 0)
            return [];
        (chain.BaseSequence, chain.BaseHash) = (gone[^1].Sequence, gone[^1].Hash);
        chain.Mac = chain.ComputeMac(keys.Current.Chain);
        await AppendOnly.AllowRetentionAsync(db, ct);
        await db.AccessRecords.Where(r => r.Sequence <= chain.BaseSequence).ExecuteDeleteAsync(ct);
        await db.SaveChangesAsync(ct);
        return gone.ConvertAll(r => r.At);
    }
}

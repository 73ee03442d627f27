using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.AccessLog;

/// <summary>What a check of the chain found.</summary>
/// <param name="Records">How many records there are.</param>
/// <param name="HeadSequence">Number of the last.</param>
/// <param name="HeadHash">Its hash in hex: noted down somewhere else, it proves later that nothing before it was replaced.</param>
/// <param name="Faults">Empty when the log is whole.</param>
internal sealed record ChainVerdict(long Records, long HeadSequence, string HeadHash, IReadOnlyList<string> Faults);

/// <summary>Walks the whole access log and finds any change, deletion, insertion or cut.</summary>
internal sealed class ChainCheck(IdentityDbContext db, DataKeyRing keys)
{
    private const int Batch = 2000;
    private const int MostFaults = 100;

    /// <param name="anchor">A head noted down earlier, which must still be part of the chain.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<ChainVerdict> RunAsync((long Sequence, string Hash)? anchor, CancellationToken ct)
    {
        // One look at a log that goes on growing.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var key = keys.Current.Chain;
        var faults = new List<string>();
        if (await db.AccessChains.AsNoTracking().SingleOrDefaultAsync(c => c.Id == AccessChain.TheOne, ct) is not { } chain)
            return new ChainVerdict(0, 0, "", ["the row with the ends of the chain is missing"]);
        if (!chain.Mac.AsSpan().SequenceEqual(chain.ComputeMac(key)))
            faults.Add("the row with the ends of the chain was changed");

        var (last, hash, count) = (chain.BaseSequence, chain.BaseHash, 0L);
        // What retention has removed since then cannot be compared any more.
        var anchored = anchor is null || anchor.Value.Sequence < last || (anchor.Value.Sequence == last && Matches(anchor.Value.Hash, hash));
        (long Sequence, DateTimeOffset At) seen = (long.MinValue, DateTimeOffset.MinValue);
        while (faults.Count < MostFaults)
        {
            var records = await db.AccessRecords.AsNoTracking()
                .Where(r => EF.Functions.GreaterThan(ValueTuple.Create(r.Sequence, r.At), ValueTuple.Create(seen.Sequence, seen.At)))
                .OrderBy(r => r.Sequence).ThenBy(r => r.At).Take(Batch).ToListAsync(ct);
            if (records.Count == 0)
                break;
            foreach (var record in records)
            {
                if (record.Sequence != last + 1)
                    faults.Add(record.Sequence <= last ? $"record {record.Sequence} was inserted" : $"records {last + 1} to {record.Sequence - 1} are missing");
                else if (!record.PreviousHash.AsSpan().SequenceEqual(hash))
                    faults.Add($"record {record.Sequence} does not follow the record before it");
                if (!record.Hash.AsSpan().SequenceEqual(record.ComputeHash(key)))
                    faults.Add($"record {record.Sequence} was changed");
                anchored |= anchor?.Sequence == record.Sequence && Matches(anchor.Value.Hash, record.Hash);
                (last, hash) = (record.Sequence, record.Hash);
                count++;
            }

            seen = (records[^1].Sequence, records[^1].At);
        }

        if (last != chain.HeadSequence)
            faults.Add(last < chain.HeadSequence ? $"records {last + 1} to {chain.HeadSequence} are missing at the end" : $"records after {chain.HeadSequence} were inserted");
        else if (!hash.AsSpan().SequenceEqual(chain.HeadHash))
            faults.Add("the last record is not the one the chain ends with");
        if (!anchored)
            faults.Add($"record {anchor!.Value.Sequence} is not the one that was noted down"); // Only an anchor is missing.
        return new ChainVerdict(count, chain.HeadSequence, Convert.ToHexStringLower(chain.HeadHash), faults);
    }

    private static bool Matches(string hex, byte[] hash) => string.Equals(hex, Convert.ToHexString(hash), StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;

namespace HaLong.Messaging;

/// <summary>A stretch of the chain that an anchor vouches for.</summary>
internal sealed record AnchorRange(Guid Id, AnchorStatement Says)
{
    public int Partition => Says.Partition;
}

/// <summary>This service's copy of an anchor.</summary>
internal sealed record OwnAnchor(Guid Id, AnchorStatement Says, byte[] Hash, byte[] TokenHash);

/// <summary>Compares a service's anchors with those of the witness, and says which ones its rows are held against: the witness's.</summary>
internal static class AnchorComparison
{
    /// <param name="before">The service's anchors, read before those of the witness.</param>
    /// <param name="kept">Those of the witness; null when it could not be asked.</param>
    /// <param name="after">The service's anchors, read after.</param>
    /// <param name="findings">Takes what does not agree.</param>
    public static List<AnchorRange> Compare(
        IReadOnlyList<OwnAnchor> before, IReadOnlyList<KeptAnchorEntry>? kept, IReadOnlyList<OwnAnchor> after, FindingList findings)
    {
        foreach (var own in after.Where(o => !o.Says.Hash.AsSpan().SequenceEqual(o.Hash)))
        {
            Add(findings, "ANCHOR_ALTERED", own.Says, own.Id, "the service's copy of the anchor does not fit its own hash");
        }

        if (kept is null)
        {
            CheckOrder(after.Select(o => new AnchorRange(o.Id, o.Says)), findings);
            return [.. after.Select(o => new AnchorRange(o.Id, o.Says))];
        }

        var witnessed = kept.ToDictionary(k => (k.Statement.Partition, k.Statement.From));
        foreach (var own in before.Where(o => !witnessed.ContainsKey((o.Says.Partition, o.Says.From))))
        {
            Add(findings, "ANCHOR_UNKNOWN", own.Says, own.Id, "the witness has no such anchor");
        }

        var mine = after.ToDictionary(o => (o.Says.Partition, o.Says.From));
        foreach (var (i, entry) in kept.Index())
        {
            Compare(entry, mine.GetValueOrDefault((entry.Statement.Partition, entry.Statement.From)), isNewest: i == kept.Count - 1, findings);
        }

        CheckOrder(kept.Select(k => new AnchorRange(k.Id, k.Statement)), findings);
        return [.. kept.Select(k => new AnchorRange(k.Id, k.Statement))];
    }

    private static void Compare(KeptAnchorEntry entry, OwnAnchor? own, bool isNewest, FindingList findings)
    {
        if (!entry.Holds)
        {
            Add(findings, "TIME_STAMP_INVALID", entry.Statement, entry.Id, "the time-stamp is not over this anchor, or not by a trusted authority");
        }

        // The newest may be on its way: the service keeps it after the witness does.
        if (own is null && !isNewest)
        {
            Add(findings, "ANCHOR_MISSING", entry.Statement, entry.Id, "the service has lost its copy of the anchor");
        }

        if (own is not null && (!own.Says.Says(entry.Statement) || !own.TokenHash.AsSpan().SequenceEqual(entry.TokenHash)))
        {
            Add(findings, "ANCHOR_CONTRADICTED", entry.Statement, entry.Id, "the service's copy and the witness's differ");
        }
    }

    private static void CheckOrder(IEnumerable<AnchorRange> anchors, FindingList findings)
    {
        AnchorRange? last = null;
        foreach (var anchor in anchors)
        {
            if (last is not null && !anchor.Says.Previous.AsSpan().SequenceEqual(last.Says.Hash))
            {
                Add(findings, "ANCHOR_ALTERED", anchor.Says, anchor.Id, "it does not follow the anchor before it");
            }

            last = anchor;
        }
    }

    private static void Add(FindingList findings, string problem, AnchorStatement says, Guid id, string detail) => findings.Add(problem, says.Partition, says.From, id,
        string.Create(CultureInfo.InvariantCulture, $"rows {says.From} to {says.To}: {detail}"));
}

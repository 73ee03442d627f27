using System.Globalization;

namespace HaLong.Messaging;

/// <summary>Where a partition says that it ends.</summary>
internal sealed record HeadPlace(int Partition, long Position, byte[] Hash);

/// <summary>
/// Holds rows, which come in the order of the chain, against each other, against the heads and against the anchors. It remembers one row.
/// </summary>
/// <param name="before">Hash of the row before the first one that comes; null when that is not known.</param>
/// <param name="heads">Ends of the partitions.</param>
/// <param name="anchors">In order.</param>
/// <param name="findings">Takes what is wrong.</param>
internal sealed class ChainCheck(byte[]? before, IReadOnlyDictionary<int, HeadPlace> heads, IReadOnlyList<AnchorRange> anchors, FindingList findings)
{
    private byte[]? _previous = before;
    private ChainRow? _last;
    private int _partition, _nextAnchor;
    private long _expected = 1;
    private MerkleRoot? _tree;
    private long _findingsBefore, _findingsAtRow;

    /// <summary>Rows seen.</summary>
    public long Rows { get; private set; }

    public void Next(ChainRow row)
    {
        Rows++;
        if (row.Partition != _partition)
        {
            EndPartition();
            SkipAnchorsBefore(row.Partition);
            (_partition, _expected) = (row.Partition, 1);
        }

        _findingsAtRow = findings.Count;
        CheckPlace(row);
        var fits = CheckHashes(row);
        Cover(row);
        // What follows a row that was altered is not held against it: its hash is no better than the row.
        (_previous, _last, _expected) = (fits ? row.Hash : null, row, Math.Max(_expected, row.Position + 1));
    }

    /// <summary>After the last row.</summary>
    public void End()
    {
        EndPartition();
        SkipAnchorsBefore(int.MaxValue);
        foreach (var head in heads.Values.Where(h => h.Partition > _partition))
        {
            findings.Add("CUT_OFF", head.Partition, 1, null, Text($"the whole partition is gone; it had {head.Position} rows"));
        }
    }

    private void CheckPlace(ChainRow row)
    {
        if (row.Position > _expected)
        {
            findings.Add("MISSING", row.Partition, _expected, null, row.Position - _expected == 1
                ? "the row is gone" : Text($"the rows from {_expected} to {row.Position - 1} are gone"));
        }
        else if (row.Position < _expected)
        {
            findings.Add("INSERTED", row.Partition, row.Position, row.Id, "there are several rows at this place");
        }
    }

    private bool CheckHashes(ChainRow row)
    {
        if (!ChainHash.Of(row, row.Previous).AsSpan().SequenceEqual(row.Hash))
        {
            findings.Add("ALTERED", row.Partition, row.Position, row.Id, "the row does not fit its hash");
            return false;
        }

        // After a gap there is nothing to compare with.
        if (row.Position == _expected && _previous is not null && !row.Previous.AsSpan().SequenceEqual(_previous))
        {
            var (position, id) = _last is { } last && last.Partition == row.Partition ? (last.Position, last.Id) : (row.Position, row.Id);
            findings.Add("REPLACED", row.Partition, position, id, Text($"the row is not the one that row {row.Position} ({row.Id}) follows"));
        }

        return true;
    }

    private void Cover(ChainRow row)
    {
        while (Current is { } skipped && skipped.Partition == row.Partition && skipped.Says.To < row.Position)
        {
            EndAnchor(skipped);
        }

        if (Current is not { } anchor || anchor.Partition != row.Partition || row.Position < anchor.Says.From)
        {
            return;
        }

        if (_tree is null)
        {
            (_tree, _findingsBefore) = (new MerkleRoot(), _findingsAtRow);
        }

        _tree.Add(row.Hash);
        if (row.Position == anchor.Says.To)
        {
            EndAnchor(anchor);
        }
    }

    private AnchorRange? Current => _nextAnchor < anchors.Count ? anchors[_nextAnchor] : null;

    private void EndAnchor(AnchorRange anchor)
    {
        var fits = _tree is not null && _tree.Count == anchor.Says.To - anchor.Says.From + 1 && _tree.Value().AsSpan().SequenceEqual(anchor.Says.Root);
        // Where the rows themselves told already what is wrong, the anchor says nothing more.
        if (!fits && (_tree is null || findings.Count == _findingsBefore))
        {
            findings.Add("REBUILT", anchor.Partition, anchor.Says.From, anchor.Id,
                Text($"the rows from {anchor.Says.From} to {anchor.Says.To} are not those that the anchor vouches for"));
        }

        _tree = null;
        _nextAnchor++;
    }

    private void EndPartition()
    {
        if (_partition == 0)
        {
            return;
        }

        var covered = anchors.Skip(_nextAnchor).Where(a => a.Partition == _partition).Select(a => a.Says.To).LastOrDefault();
        var head = heads.GetValueOrDefault(_partition);
        var end = Math.Max(covered, head?.Position ?? 0);
        if (end >= _expected)
        {
            findings.Add("CUT_OFF", _partition, _expected, null, end == _expected ? "the last row is gone" : Text($"the rows from {_expected} to {end} are gone"));
        }
        else if (head is null || head.Position < _expected - 1)
        {
            findings.Add("INSERTED", _partition, (head?.Position ?? 0) + 1, _last?.Id, "there are rows behind the end of the chain");
        }
        else if (_previous is not null && !head.Hash.AsSpan().SequenceEqual(_previous))
        {
            findings.Add("REPLACED", _partition, head.Position, _last?.Id, "the last row is not the one that the chain ended with");
        }

        while (Current is { } open && open.Partition == _partition)
        {
            EndAnchor(open);
        }
    }

    private void SkipAnchorsBefore(int partition)
    {
        while (Current is { } anchor && anchor.Partition < partition)
        {
            EndAnchor(anchor);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Security.Cryptography;

namespace HaLong.Messaging.Tests.Evidence;

/// <summary>The check itself, without a database: a chain of two months that is damaged in every way by the hundred.</summary>
public sealed class ChainCheckTests
{
    private const string Service = "sample";
    private const int November = 202611, December = 202612, PerMonth = 12;

    private readonly List<ChainRow> _rows = [];
    private readonly Dictionary<int, HeadPlace> _heads = [];
    private readonly List<AnchorRange> _anchors = [];

    public ChainCheckTests()
    {
        var previous = ChainHash.Beginning(Service);
        foreach (var partition in new[] { November, December })
        {
            for (var position = 1; position <= PerMonth; position++)
            {
                var row = new ChainRow(Guid.CreateVersion7(), new DateTimeOffset(2026, 11, 1, 0, 0, position, TimeSpan.Zero), "kind", "subject", "actor",
                    SHA256.HashData([(byte)position]), partition, position, previous, []);
                row = row with { Hash = ChainHash.Of(row, previous) };
                _rows.Add(row);
                previous = row.Hash;
            }

            _heads[partition] = new HeadPlace(partition, PerMonth, previous);
        }

        // All of November in three parts, of December the first half.
        Anchor(November, 1, 5);
        Anchor(November, 6, 6);
        Anchor(November, 7, PerMonth);
        Anchor(December, 1, 6);
    }

    [Fact]
    public void Nothing_is_found_in_a_chain_that_is_whole()
    {
        Assert.Empty(Check().Items);
        // One month alone, behind the last row of the one before.
        Assert.Empty(Check(_rows.Where(r => r.Partition == December), _heads[November].Hash, November).Items);
    }

    [Fact]
    public void A_chain_of_another_service_is_not_this_ones() =>
        Assert.Equal(["REPLACED 1"], Check(_rows, ChainHash.Beginning("other")).Items.Select(f => $"{f.Problem} {f.Position}"));

    [Fact]
    public void An_empty_chain_with_nothing_to_hold_it_against_is_whole()
    {
        _heads.Clear();
        _anchors.Clear();
        Assert.Empty(Check([]).Items);
    }

    [Fact]
    public void A_month_that_is_gone_is_told_by_its_head_and_its_anchors()
    {
        var findings = Check(_rows.Where(r => r.Partition == November)).Items;
        Assert.Equal(["CUT_OFF 202612 1", "REBUILT 202612 1"], findings.Select(f => $"{f.Problem} {f.Partition} {f.Position}").Order(StringComparer.Ordinal));
        Assert.Contains("12 rows", findings.Single(f => f.Problem == "CUT_OFF").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_month_in_the_middle_that_is_gone_breaks_the_chain()
    {
        var findings = Check(_rows.Where(r => r.Partition == December)).Items;
        Assert.Contains(findings, f => f.Problem == "REPLACED" && f.Partition == December && f.Position == 1);
        Assert.Equal(3, findings.Count(f => f.Problem == "REBUILT" && f.Partition == November));
    }

    [Fact]
    public void Without_a_head_the_anchors_still_tell_what_is_cut_off()
    {
        _heads.Remove(December);
        Assert.Equal(["CUT_OFF 5"], Check(_rows.Take(PerMonth + 4)).Items.Select(f => $"{f.Problem} {f.Position}"));
    }

    [Theory]
    [InlineData("alter")]
    [InlineData("rehash")]
    [InlineData("delete")]
    [InlineData("insert")]
    [InlineData("duplicate")]
    [InlineData("swap")]
    [InlineData("truncate")]
    [InlineData("truncate-with-head")]
    [InlineData("rebuild-from")]
    public void Whatever_is_done_wherever_it_is_found(string how)
    {
        // Every place, not some: the chain is short.
        for (var at = 0; at < _rows.Count - 1; at++)
        {
            var (rows, heads) = (_rows.ToList(), new Dictionary<int, HeadPlace>(_heads));
            if (!Damage(how, at, rows, heads))
                continue;
            var findings = new FindingList();
            var check = new ChainCheck(ChainHash.Beginning(Service), heads, _anchors, findings);
            rows.ForEach(check.Next);
            check.End();
            Assert.True(findings.Count > 0, $"{how} at {at} was not found");
            // Named: no finding lies before the damage, save for the anchor that covers it.
            var first = _rows[at];
            Assert.Contains(findings.Items, f => f.Partition == first.Partition && (f.Problem == "REBUILT" || Math.Abs(f.Position!.Value - first.Position) <= 2));
        }
    }

    [Fact]
    public void What_no_anchor_covers_and_is_computed_anew_is_the_window_that_the_documentation_names()
    {
        var (rows, heads) = (_rows.ToList(), new Dictionary<int, HeadPlace>(_heads));
        Rebuild(rows, heads, _rows.FindIndex(r => r.Partition == December && r.Position == 7));
        var findings = new FindingList();
        var check = new ChainCheck(ChainHash.Beginning(Service), heads, _anchors, findings);
        rows.ForEach(check.Next);
        check.End();
        Assert.Empty(findings.Items);
    }

    private static bool Damage(string how, int at, List<ChainRow> rows, Dictionary<int, HeadPlace> heads)
    {
        var row = rows[at];
        switch (how)
        {
            case "alter":
                rows[at] = row with { Actor = "somebody" };
                return true;
            case "rehash":
                row = row with { Actor = "somebody" };
                rows[at] = row with { Hash = ChainHash.Of(row, row.Previous) };
                return true;
            case "delete":
                rows.RemoveAt(at);
                return true;
            case "insert":
                // With a right hash and everything behind it moved on by one.
                var added = row with { Id = Guid.CreateVersion7(), Position = row.Position + 1, Previous = row.Hash };
                rows.Insert(at + 1, added with { Hash = ChainHash.Of(added, row.Hash) });
                for (var i = at + 2; i < rows.Count && rows[i].Partition == row.Partition; i++)
                    rows[i] = rows[i] with { Position = rows[i].Position + 1 };
                return true;
            case "duplicate":
                rows.Insert(at + 1, row with { Id = Guid.CreateVersion7() });
                return true;
            case "swap":
                if (rows[at + 1].Partition != row.Partition)
                    return false;
                (rows[at], rows[at + 1]) = (rows[at + 1] with { Position = row.Position }, row with { Position = row.Position + 1 });
                return true;
            case "truncate":
                rows.RemoveRange(at, rows.Count - at);
                return true;
            case "truncate-with-head":
                // Behind the last anchor nobody but the head knows.
                if (row.Partition == December && row.Position > 6)
                    return false;
                rows.RemoveRange(at, rows.Count - at);
                heads.Clear();
                foreach (var month in rows.GroupBy(r => r.Partition))
                    heads[month.Key] = new HeadPlace(month.Key, month.Last().Position, month.Last().Hash);
                return true;
            default:
                if (row.Partition == December && row.Position > 6)
                    return false;
                Rebuild(rows, heads, at);
                return true;
        }
    }

    private static void Rebuild(List<ChainRow> rows, Dictionary<int, HeadPlace> heads, int from)
    {
        var previous = rows[from].Previous;
        rows[from] = rows[from] with { Actor = "somebody" };
        for (var i = from; i < rows.Count; i++)
        {
            rows[i] = rows[i] with { Previous = previous };
            rows[i] = rows[i] with { Hash = ChainHash.Of(rows[i], previous) };
            previous = rows[i].Hash;
            heads[rows[i].Partition] = new HeadPlace(rows[i].Partition, rows[i].Position, previous);
        }
    }

    private FindingList Check(IEnumerable<ChainRow>? rows = null, byte[]? beginning = null, int skipMonth = 0)
    {
        var findings = new FindingList();
        var check = new ChainCheck(beginning ?? ChainHash.Beginning(Service), _heads.Where(h => h.Key != skipMonth).ToDictionary(),
            [.. _anchors.Where(a => a.Partition != skipMonth)], findings);
        foreach (var row in rows ?? _rows)
            check.Next(row);
        check.End();
        return findings;
    }

    private void Anchor(int partition, long from, long to)
    {
        var (tree, head) = (new MerkleRoot(), Array.Empty<byte>());
        foreach (var row in _rows.Where(r => r.Partition == partition && r.Position >= from && r.Position <= to))
        {
            tree.Add(row.Hash);
            head = row.Hash;
        }

        _anchors.Add(new AnchorRange(Guid.CreateVersion7(), new AnchorStatement(Service, partition, from, to, tree.Value(), head, _anchors.LastOrDefault()?.Says.Hash ?? [])));
    }
}

using System.Security.Cryptography;

namespace HaLong.Messaging.Tests.Evidence;

/// <summary>A service's anchors against the witness's.</summary>
public sealed class AnchorComparisonTests
{
    private readonly List<OwnAnchor> _own = [];
    private readonly List<KeptAnchorEntry> _kept = [];

    public AnchorComparisonTests()
    {
        byte[] previous = [];
        for (var i = 0; i < 4; i++)
        {
            var says = new AnchorStatement("sample", 202611, (i * 10) + 1, (i + 1) * 10, SHA256.HashData([(byte)i]), SHA256.HashData([(byte)i, 1]), previous);
            var (id, token) = (Guid.CreateVersion7(), SHA256.HashData(says.Text));
            _own.Add(new OwnAnchor(id, says, says.Hash, token));
            _kept.Add(new KeptAnchorEntry(id, says, token, Holds: true));
            previous = says.Hash;
        }
    }

    [Fact]
    public void Where_both_say_the_same_nothing_is_found_and_rows_are_held_against_all()
    {
        var (ranges, found) = Compare();
        Assert.Empty(found);
        Assert.Equal(_kept.Select(k => (k.Id, k.Statement.From)), ranges.Select(r => (r.Id, r.Says.From)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_copy_that_the_service_lost_is_missing(int index)
    {
        _own.RemoveAt(index);
        Assert.Equal([$"ANCHOR_MISSING {(index * 10) + 1}"], Compare().Found);
    }

    [Fact]
    public void The_newest_may_be_on_its_way()
    {
        _own.RemoveAt(3);
        var (ranges, found) = Compare();
        Assert.Empty(found);
        Assert.Equal(4, ranges.Count);
    }

    [Fact]
    public void An_anchor_that_was_made_while_the_two_were_read_is_no_finding()
    {
        var newest = _own[3];
        var findings = new FindingList();
        AnchorComparison.Compare([.. _own.Take(3)], [.. _kept.Take(3)], [.. _own.Take(3), newest], findings);
        Assert.Empty(findings.Items);
    }

    [Fact]
    public void What_the_witness_does_not_know_is_told_and_vouches_for_nothing()
    {
        _kept.RemoveAt(3);
        var (ranges, found) = Compare();
        Assert.Equal(["ANCHOR_UNKNOWN 31"], found);
        Assert.Equal(3, ranges.Count);
    }

    [Fact]
    public void A_copy_that_does_not_fit_its_hash_is_altered_and_contradicts()
    {
        _own[1] = _own[1] with { Says = _own[1].Says with { Root = new byte[32] } };
        Assert.Equal(["ANCHOR_ALTERED 11", "ANCHOR_CONTRADICTED 11"], Compare().Found);
    }

    [Fact]
    public void A_copy_that_was_altered_with_its_hash_contradicts()
    {
        var says = _own[1].Says with { Root = new byte[32] };
        _own[1] = _own[1] with { Says = says, Hash = says.Hash };
        var (ranges, found) = Compare();
        Assert.Equal(["ANCHOR_CONTRADICTED 11"], found);
        Assert.Equal(_kept[1].Statement.Root, ranges[1].Says.Root);
    }

    [Fact]
    public void Another_time_stamp_contradicts()
    {
        _own[0] = _own[0] with { TokenHash = [1] };
        Assert.Equal(["ANCHOR_CONTRADICTED 1"], Compare().Found);
    }

    [Fact]
    public void A_time_stamp_that_does_not_hold_is_told()
    {
        _kept[2] = _kept[2] with { Holds = false };
        Assert.Equal(["TIME_STAMP_INVALID 21"], Compare().Found);
    }

    [Fact]
    public void Both_altered_alike_break_the_chain_of_anchors_and_the_time_stamp()
    {
        var says = _kept[1].Statement with { Root = new byte[32] };
        _kept[1] = _kept[1] with { Statement = says, Holds = false };
        _own[1] = _own[1] with { Says = says, Hash = says.Hash };
        Assert.Equal(["TIME_STAMP_INVALID 11", "ANCHOR_ALTERED 21"], Compare().Found);
    }

    [Fact]
    public void Without_the_witness_the_services_own_are_held_against_each_other()
    {
        var says = _own[1].Says with { Root = new byte[32] };
        _own[1] = _own[1] with { Says = says, Hash = says.Hash };
        var findings = new FindingList();
        var ranges = AnchorComparison.Compare(_own, kept: null, _own, findings);
        Assert.Equal(["ANCHOR_ALTERED 21"], findings.Items.Select(f => $"{f.Problem} {f.Position}"));
        Assert.Equal(4, ranges.Count);
    }

    [Fact]
    public void Findings_name_the_anchor_and_its_rows()
    {
        _own.RemoveAt(1);
        var findings = new FindingList();
        AnchorComparison.Compare(_own, _kept, _own, findings);
        var finding = Assert.Single(findings.Items);
        Assert.Equal((202611, _kept[1].Id), (finding.Partition, finding.Id));
        Assert.StartsWith("rows 11 to 20: ", finding.Detail, StringComparison.Ordinal);
    }

    private (List<AnchorRange> Ranges, IEnumerable<string> Found) Compare()
    {
        var findings = new FindingList();
        var ranges = AnchorComparison.Compare(_own, _kept, _own, findings);
        return (ranges, findings.Items.Select(f => $"{f.Problem} {f.Position}"));
    }
}

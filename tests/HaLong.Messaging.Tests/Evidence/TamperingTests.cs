using HaLong.TestSupport;
using Npgsql;

namespace HaLong.Messaging.Tests.Evidence;

/// <summary>Everything that somebody with every right on a service's database can do to its evidence, and what is found of it.</summary>
public sealed class TamperingTests(Servers servers)
{
    [Theory]
    [InlineData("UPDATE evidence SET kind = 'x'")]
    [InlineData("UPDATE evidence SET position = 99, hash = NULL WHERE position = 3")]
    [InlineData("UPDATE evidence SET kind = 'x', position = 1 WHERE position IS NULL")]
    [InlineData("DELETE FROM evidence")]
    [InlineData("TRUNCATE evidence")]
    [InlineData("INSERT INTO evidence SELECT gen_random_uuid(), occurred_at, kind, subject, actor, content_hash, 202611, 900, hash, hash FROM evidence LIMIT 1")]
    [InlineData("UPDATE evidence_anchor SET root = head")]
    [InlineData("DELETE FROM evidence_anchor")]
    [InlineData("TRUNCATE evidence_anchor")]
    public async Task The_database_refuses_it_to_everybody_else(string sql)
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        await lab.WriteAsync(4);
        await lab.ChainAsync();
        await lab.AnchorAsync();
        await lab.WriteAsync(1);
        await using var command = lab.Database.CreateCommand(sql);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }

    [Fact]
    public async Task What_nobody_touched_is_as_it_was_written()
    {
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        await lab.WriteAsync(3);
        var report = await lab.VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.Equal(("sample", 20, 3, 1, true, 0), (report.Service, report.Rows, report.Waiting, report.Anchors, report.Witnessed, report.Problems));
    }

    [Theory]
    // Altered, by somebody who does not know of the hash, and by somebody who does.
    [InlineData("UPDATE evidence SET kind = 'halong.other.v1' WHERE position = 5", "ALTERED 5")]
    [InlineData("UPDATE evidence SET subject = '' WHERE position = 5", "ALTERED 5")]
    [InlineData("UPDATE evidence SET actor = 'somebody' WHERE position = 20", "ALTERED 20")]
    [InlineData("UPDATE evidence SET content_hash = hash WHERE position = 1", "ALTERED 1")]
    [InlineData("UPDATE evidence SET occurred_at = occurred_at + interval '1 microsecond' WHERE position = 15", "ALTERED 15")]
    [InlineData("UPDATE evidence SET id = gen_random_uuid() WHERE position = 15", "ALTERED 15")]
    [InlineData("UPDATE evidence SET hash = NULL WHERE position = 7", "ALTERED 7")]
    // Deleted.
    [InlineData("DELETE FROM evidence WHERE position = 7", "MISSING 7")]
    [InlineData("DELETE FROM evidence WHERE position = 1", "MISSING 1")]
    [InlineData("DELETE FROM evidence WHERE position BETWEEN 12 AND 14", "MISSING 12")]
    [InlineData("DELETE FROM evidence WHERE position IN (3, 15)", "MISSING 15, MISSING 3")]
    // Taken out of the chain again.
    [InlineData("UPDATE evidence SET position = NULL WHERE position = 9", "MISSING 9")]
    // Swapped.
    [InlineData("UPDATE evidence SET position = CASE position WHEN 5 THEN 106 ELSE 105 END WHERE position IN (5, 6); UPDATE evidence SET position = position - 100 WHERE position > 100", "ALTERED 5, ALTERED 6")]
    // Inserted.
    [InlineData("INSERT INTO evidence SELECT gen_random_uuid(), occurred_at, kind, subject, actor, content_hash, partition, 21, hash, hash FROM evidence WHERE position = 20", "ALTERED 21, INSERTED 21")]
    [InlineData("DROP INDEX ix_evidence_partition_position; INSERT INTO evidence SELECT gen_random_uuid(), occurred_at, kind, subject, actor, content_hash, partition, 15, previous_hash, hash FROM evidence WHERE position = 15", "ALTERED 15, INSERTED 15")]
    // Cut off.
    [InlineData("DELETE FROM evidence WHERE position > 18", "CUT_OFF 19")]
    [InlineData("DELETE FROM evidence WHERE position = 20", "CUT_OFF 20")]
    [InlineData("DELETE FROM evidence WHERE position > 7; UPDATE evidence_head SET position = 7, hash = (SELECT hash FROM evidence WHERE position = 7)", "CUT_OFF 8")]
    [InlineData("TRUNCATE evidence", "CUT_OFF 1, REBUILT 1")]
    [InlineData("TRUNCATE evidence; TRUNCATE evidence_head", "REBUILT 1")]
    // The end of the chain.
    [InlineData("UPDATE evidence_head SET hash = sha256('x')", "REPLACED 20")]
    [InlineData("DELETE FROM evidence_head", "INSERTED 1")]
    // Anchors.
    [InlineData("UPDATE evidence_anchor SET root = sha256('x')", "ANCHOR_ALTERED 1, ANCHOR_CONTRADICTED 1")]
    [InlineData("UPDATE evidence_anchor SET token = 'x'", "ANCHOR_CONTRADICTED 1")]
    [InlineData("UPDATE evidence_anchor SET from_position = 2", "ANCHOR_ALTERED 2, ANCHOR_UNKNOWN 2")]
    public async Task It_is_found_and_named(string sql, string found)
    {
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        await lab.TamperAsync(sql);
        var report = await lab.VerifyAsync();
        Assert.Equal(found, string.Join(", ", report.Findings.Select(f => $"{f.Problem} {f.Position}").Order(StringComparer.Ordinal)));
        Assert.Equal(report.Findings.Count, report.Problems);
        Assert.All(report.Findings, f => Assert.Equal(lab.Partition, f.Partition));
    }

    [Fact]
    public async Task Rows_are_named_by_their_ids()
    {
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        var (fifth, fifteenth) = (await lab.IdAtAsync(5), await lab.IdAtAsync(15));
        await lab.TamperAsync("UPDATE evidence SET kind = 'x' WHERE position IN (5, 15)");
        await lab.RebuildAsync(15, to: 15, moveHead: false);
        Assert.Equal([("ALTERED", fifth), ("REPLACED", fifteenth)], (await lab.VerifyAsync()).Findings.Select(f => (f.Problem, f.Id!.Value)));
    }

    [Theory]
    [InlineData("UPDATE evidence SET kind = 'x' WHERE position = 3", 3)]
    [InlineData("DELETE FROM evidence WHERE position = 3; UPDATE evidence SET position = position - 1 WHERE position > 3", 3)]
    [InlineData("UPDATE evidence SET position = position + 1 WHERE position > 3; INSERT INTO evidence SELECT gen_random_uuid(), occurred_at, kind, subject, actor, content_hash, partition, 4, hash, hash FROM evidence WHERE position = 3", 4)]
    public async Task A_chain_that_was_built_anew_contradicts_its_anchors(string sql, long from)
    {
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        // Positions move through free ones: the index allows no two rows at one.
        await lab.TamperAsync("DROP INDEX ix_evidence_partition_position; " + sql);
        await lab.RebuildAsync(from);
        var finding = Assert.Single((await lab.VerifyAsync()).Findings);
        Assert.Equal(("REBUILT", 1L, Guid.Parse(lab.Witness.Kept[0].Id)), (finding.Problem, finding.Position!.Value, finding.Id!.Value));
        Assert.Contains("rows from 1 to 10", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_and_its_anchors_that_were_made_anew_contradict_the_witness()
    {
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        await lab.TamperAsync("UPDATE evidence SET kind = 'x' WHERE position = 3");
        await lab.RebuildAsync(3);
        // Their own anchor, made by the same code against a witness of their own.
        await using var accomplice = await WitnessServer.StartAsync();
        await lab.TamperAsync("TRUNCATE evidence_anchor");
        Assert.Equal(AnchorOutcome.Anchored, await new AnchorStep(lab.Database, accomplice.Client, EvidenceLab.Service).RunAsync(CancellationToken.None));
        var report = await lab.VerifyAsync();
        Assert.Equal(["ANCHOR_CONTRADICTED", "REBUILT"], report.Findings.Select(f => f.Problem));
        Assert.Equal(AnchorOutcome.Nothing, await lab.AnchorAsync());
    }

    [Fact]
    public async Task What_was_not_anchored_yet_can_be_built_anew_and_after_the_next_anchor_it_cannot()
    {
        // The window that docs/evidence.md speaks of; were it smaller, the page would have to say so.
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        await lab.TamperAsync("UPDATE evidence SET kind = 'x' WHERE position = 15");
        await lab.RebuildAsync(15);
        Assert.Empty((await lab.VerifyAsync()).Findings);

        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        await lab.TamperAsync("UPDATE evidence SET kind = 'y' WHERE position = 15");
        await lab.RebuildAsync(15);
        Assert.Equal(["REBUILT 11"], (await lab.VerifyAsync()).Findings.Select(f => $"{f.Problem} {f.Position}"));
    }

    [Fact]
    public async Task After_rows_were_cut_off_the_chain_goes_on_and_the_gap_stays()
    {
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        await lab.TamperAsync("DELETE FROM evidence WHERE position > 17");
        await lab.WriteAsync(2);
        var round = await new ChainStep(lab.Database, EvidenceLab.Service).RunAsync(lab.Now, 100, CancellationToken.None);
        Assert.Equal((2, true), (round.Rows, round.CutOff));
        var finding = Assert.Single((await lab.VerifyAsync()).Findings);
        Assert.Equal(("MISSING", 18L, "the rows from 18 to 20 are gone"), (finding.Problem, finding.Position!.Value, finding.Detail));
    }

    [Fact]
    public async Task Anchors_that_are_lost_on_either_side_are_told()
    {
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        await lab.TamperAsync("DELETE FROM evidence_anchor WHERE from_position = 1");
        Assert.Equal(["ANCHOR_MISSING 1"], (await lab.VerifyAsync()).Findings.Select(f => $"{f.Problem} {f.Position}"));

        lab.Witness.Kept.RemoveAt(1);
        Assert.Equal(["ANCHOR_UNKNOWN 11"], (await lab.VerifyAsync()).Findings.Select(f => $"{f.Problem} {f.Position}"));
        lab.Witness.Kept[0].TimeStampHolds = false;
        Assert.Contains((await lab.VerifyAsync()).Findings, f => f.Problem == "TIME_STAMP_INVALID" && f.Id == Guid.Parse(lab.Witness.Kept[0].Id));
    }

    [Fact]
    public async Task A_witness_that_contradicts_itself_is_told()
    {
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        lab.Witness.Kept[1].Anchor.Previous = lab.Witness.Kept[1].Anchor.Root;
        Assert.Equal(["ANCHOR_CONTRADICTED 11", "ANCHOR_ALTERED 11"], (await lab.VerifyAsync()).Findings.Select(f => $"{f.Problem} {f.Position}"));
    }

    [Fact]
    public async Task A_row_that_was_never_chained_is_missed_by_the_fact_it_vouches_for()
    {
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        var ids = await lab.WriteAsync(3);
        await lab.TamperAsync($"DELETE FROM evidence WHERE id = '{ids[1]}'; UPDATE outbox_message SET payload = payload || '{{\"name\":\"other\"}}' WHERE message_id = '{ids[2]}'");
        Assert.Equal([("UNRECORDED", ids[1]), ("CONTENT_CHANGED", ids[2])], (await lab.VerifyAsync()).Findings.Select(f => (f.Problem, f.Id!.Value)));
    }

    [Fact]
    public async Task Without_the_witness_the_services_own_anchors_have_to_do()
    {
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        lab.Witness.IsDown = true;
        var clean = await lab.VerifyAsync();
        Assert.Equal((false, 1, 0L), (clean.Witnessed, clean.Anchors, clean.Problems));
        await lab.TamperAsync("UPDATE evidence SET kind = 'x' WHERE position = 3");
        await lab.RebuildAsync(3);
        Assert.Equal(["REBUILT"], (await lab.VerifyAsync()).Findings.Select(f => f.Problem));
    }

    [Fact]
    public async Task Of_a_thousand_and_more_findings_all_are_counted_and_the_first_thousand_shown()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        await lab.WriteAsync(1100);
        await lab.ChainAsync();
        await lab.TamperAsync("UPDATE evidence SET kind = 'x'");
        var report = await lab.VerifyAsync();
        Assert.Equal((1100L, FindingList.Kept), (report.Problems, report.Findings.Count));
    }
}

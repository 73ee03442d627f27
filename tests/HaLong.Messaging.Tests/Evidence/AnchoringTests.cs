using Grpc.Core;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Messaging.Tests.Evidence;

public sealed class AnchoringTests(Servers servers)
{
    [Fact]
    public async Task Each_anchor_covers_what_came_since_the_last_and_follows_it()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        Assert.Equal(AnchorOutcome.Nothing, await lab.AnchorAsync());
        await lab.WriteAsync(5);
        // What is not chained cannot be vouched for.
        Assert.Equal(AnchorOutcome.Nothing, await lab.AnchorAsync());
        await lab.ChainAsync();
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        Assert.Equal(AnchorOutcome.Nothing, await lab.AnchorAsync());
        await lab.WriteAsync(3);
        await lab.ChainAsync();
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());

        var (first, second) = (lab.Witness.Kept[0].Anchor.ToStatement(), lab.Witness.Kept[1].Anchor.ToStatement());
        Assert.Equal(("sample", lab.Partition, 1L, 5L, 0), (first.Service, first.Partition, first.From, first.To, first.Previous.Length));
        Assert.Equal((6L, 8L), (second.From, second.To));
        Assert.Equal(first.Hash, second.Previous);
        var own = await lab.QueryAsync(db => db.Set<EvidenceAnchor>().OrderBy(a => a.FromPosition).ToListAsync());
        Assert.Equal([first.Hash, second.Hash], own.Select(a => a.Hash));
        Assert.Equal([first.Text, second.Text], own.Select(a => a.Token));
        Assert.Equal(await lab.QueryAsync(db => db.Set<EvidenceRow>().Where(r => r.Position == 8).Select(r => r.Hash).SingleAsync()), second.Head);
        Assert.Empty((await lab.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task While_the_witness_is_away_nothing_is_lost()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        await lab.WriteAsync(2);
        await lab.ChainAsync();
        lab.Witness.IsDown = true;
        await Assert.ThrowsAsync<RpcException>(() => lab.AnchorAsync());
        await lab.WriteAsync(2);
        await lab.ChainAsync();
        await Assert.ThrowsAsync<RpcException>(() => lab.AnchorAsync());
        Assert.Equal(0, await lab.QueryAsync(db => db.Set<EvidenceAnchor>().CountAsync()));

        lab.Witness.IsDown = false;
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        Assert.Equal((1L, 4L), (lab.Witness.Kept[0].Anchor.From, lab.Witness.Kept[0].Anchor.To));
        Assert.Equal(1, (await lab.VerifyAsync()).Anchors);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_had_again_though_more_rows_came()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        await lab.WriteAsync(3);
        await lab.ChainAsync();
        lab.Witness.LosesAnswers = true;
        await Assert.ThrowsAsync<RpcException>(() => lab.AnchorAsync());
        // The witness is ahead of the service for a moment; that is no finding.
        Assert.Empty((await lab.VerifyAsync()).Findings);
        await lab.WriteAsync(4);
        await lab.ChainAsync();

        lab.Witness.LosesAnswers = false;
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        Assert.Equal(["1-3", "4-7"], await lab.QueryAsync(db => db.Set<EvidenceAnchor>().OrderBy(a => a.FromPosition).Select(a => a.FromPosition + "-" + a.ToPosition).ToListAsync()));
        Assert.Empty((await lab.VerifyAsync()).Findings);
    }

    [Theory]
    [InlineData("UPDATE evidence SET hash = sha256('x') WHERE position = 2")]
    [InlineData("DELETE FROM evidence WHERE position = 3")]
    [InlineData("DELETE FROM evidence WHERE position = 1")]
    public async Task A_chain_that_changed_since_the_witness_kept_its_anchor_gets_none(string sql)
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        await lab.WriteAsync(3);
        await lab.ChainAsync();
        lab.Witness.LosesAnswers = true;
        await Assert.ThrowsAsync<RpcException>(() => lab.AnchorAsync());
        lab.Witness.LosesAnswers = false;
        await lab.TamperAsync(sql);
        Assert.Equal(AnchorOutcome.Contradicted, await lab.AnchorAsync());
        Assert.Equal(0, await lab.QueryAsync(db => db.Set<EvidenceAnchor>().CountAsync()));
    }

    [Fact]
    public async Task Each_month_has_anchors_of_its_own()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        await lab.WriteAsync(2);
        await lab.ChainAsync();
        lab.Now = lab.Now.AddMonths(1);
        await lab.WriteAsync(1);
        await lab.ChainAsync();
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        Assert.Equal(["202611 1-2", "202612 1-1"], lab.Witness.Kept.Select(k => $"{k.Anchor.Partition} {k.Anchor.From}-{k.Anchor.To}"));
        Assert.Equal(2, (await lab.VerifyAsync()).Anchors);
        Assert.Equal(1, (await lab.VerifyAsync(new EvidenceMonths(202612, 202612))).Anchors);
    }

    [Fact]
    public async Task After_a_restore_the_chain_goes_on_behind_what_was_lost_and_that_stays_missing()
    {
        await using var lab = await EvidenceLab.WithTwentyRowsAsync(servers);
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        // As a backup has it that was taken after the first anchor, with work that has been done since the restore.
        await lab.TamperAsync("DELETE FROM evidence WHERE position > 12; DELETE FROM evidence_anchor WHERE from_position = 11; UPDATE evidence_head SET position = 12, hash = (SELECT hash FROM evidence WHERE position = 12)");
        await lab.WriteAsync(3);
        await lab.ChainAsync();
        Assert.Equal(AnchorOutcome.Contradicted, await lab.AnchorAsync());

        var resumption = new EvidenceResumption(lab.Database, lab.Witness.Client, new EvidenceOwner(EvidenceLab.Service));
        Assert.Equal(1, await resumption.RunAsync(CancellationToken.None));
        Assert.Equal(0, await resumption.RunAsync(CancellationToken.None));
        await lab.WriteAsync(2);
        await lab.ChainAsync();
        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
        Assert.Equal(["1-10", "11-20", "21-22"], lab.Witness.Kept.Select(k => $"{k.Anchor.From}-{k.Anchor.To}"));
        Assert.Equal(["MISSING 16"], (await lab.VerifyAsync()).Findings.Select(f => $"{f.Problem} {f.Position}"));
        Assert.Equal(12 + 3 + 2, (await lab.VerifyAsync()).Rows);
    }

    [Fact]
    public async Task One_replica_anchors_at_a_time()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        await lab.WriteAsync(2);
        await lab.ChainAsync();
        await using (var other = await lab.Database.OpenConnectionAsync())
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await using var command = other.CreateCommand();
            command.CommandText = "SELECT pg_advisory_xact_lock(hashtext('halong.evidence-anchor'), hashtext(current_schema()))";
            await command.ExecuteNonQueryAsync();
            Assert.Equal(AnchorOutcome.Busy, await lab.AnchorAsync());
        }

        Assert.Equal(AnchorOutcome.Anchored, await lab.AnchorAsync());
    }

    [Fact]
    public async Task More_anchors_than_a_page_of_the_witness_are_all_read()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        for (var i = 0; i < 205; i++)
        {
            lab.Witness.Kept.Add(new HaLong.Messaging.V1.KeptAnchor
            {
                Id = Guid.CreateVersion7().ToString(),
                Anchor = new AnchorStatement("sample", 202611, i + 1, i + 1, [], [], []).ToMessage(),
            });
        }

        var read = new List<KeptAnchorEntry>();
        await foreach (var entry in lab.Witness.Client.ReadAsync("sample", 0, 999912, CancellationToken.None))
        {
            read.Add(entry);
        }

        Assert.Equal(Enumerable.Range(1, 205).Select(i => (long)i), read.Select(r => r.Statement.From));
    }
}

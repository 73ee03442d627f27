using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Messaging.Tests.Evidence;

public sealed class ChainingTests(Servers servers)
{
    [Fact]
    public async Task Sixteen_writers_and_two_chainers_make_one_chain_without_fork_or_gap()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        using var stop = new CancellationTokenSource();
        var chainers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => ChainUntilAsync(lab, stop.Token))).ToList();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            for (var i = 0; i < 10; i++)
            {
                await lab.WriteAsync(4);
            }
        }));
        await stop.CancelAsync();
        var chained = (await Task.WhenAll(chainers)).Sum() + await lab.ChainAsync();

        Assert.Equal(640, chained);
        Assert.Equal(640, await lab.ScalarAsync<long>($"SELECT max(position) AS \"Value\" FROM evidence"));
        var report = await lab.VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.Equal((640, 0), (report.Rows, report.Waiting));
    }

    [Fact]
    public async Task A_writer_never_waits_for_the_chainer_and_the_chainer_not_for_a_writer()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        await lab.WriteAsync(2);
        await using var open = Sample.Context(lab.Connection);
        await using var transaction = await open.Database.BeginTransactionAsync();
        open.Enqueue(new WorkDone(Guid.CreateVersion7(), "not committed yet"));
        await open.SaveChangesAsync();
        Assert.Equal(2, await lab.ChainAsync());

        await using var chainer = await lab.Database.OpenConnectionAsync();
        await using var chaining = await chainer.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtext('halong.evidence'), hashtext(current_schema())); SELECT * FROM evidence FOR UPDATE", chainer);
        await hold.ExecuteNonQueryAsync();
        await lab.WriteAsync(1);
        Assert.Null((await new ChainStep(lab.Database, EvidenceLab.Service).RunAsync(lab.Now, 10, CancellationToken.None)).Rows);
        await chaining.RollbackAsync();

        // What commits late is chained late, whatever its id.
        Assert.Equal(1, await lab.ChainAsync());
        await transaction.CommitAsync();
        Assert.Equal(1, await lab.ChainAsync());
        Assert.Empty((await lab.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task What_is_rolled_back_leaves_no_evidence()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        await using var db = Sample.Context(lab.Connection);
        await using (await db.Database.BeginTransactionAsync())
        {
            db.Enqueue(new WorkDone(Guid.CreateVersion7(), "never was"));
            await db.SaveChangesAsync();
        }

        Assert.Equal(0, await lab.ScalarAsync<int>($"SELECT count(*)::int AS \"Value\" FROM evidence"));
    }

    [Fact]
    public async Task Batches_and_months_follow_each_other_in_one_chain()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        await lab.WriteAsync(7);
        Assert.Equal(7, await lab.ChainAsync(batch: 3));
        lab.Now = lab.Now.AddMonths(1);
        await lab.WriteAsync(2);
        await lab.ChainAsync();
        // The clock went back; the chain does not.
        lab.Now = lab.Now.AddMonths(-1);
        await lab.WriteAsync(1);
        await lab.ChainAsync();
        Assert.Equal(["202611 7", "202612 3"], await lab.QueryAsync(db => db.Set<EvidenceHead>().OrderBy(h => h.Partition).Select(h => h.Partition + " " + h.Position).ToListAsync()));
        Assert.Equal(10, (await lab.VerifyAsync()).Rows);
        Assert.Empty((await lab.VerifyAsync()).Findings);

        // One month alone is held against the last row of the one before.
        var december = new EvidenceMonths(202612, 202612);
        Assert.Equal((3L, 0L), ((await lab.VerifyAsync(december)).Rows, (await lab.VerifyAsync(december)).Problems));
        await lab.TamperAsync("UPDATE evidence SET hash = sha256('x') WHERE partition = 202611 AND position = 7");
        Assert.Equal(["REPLACED 1"], (await lab.VerifyAsync(december)).Findings.Select(f => $"{f.Problem} {f.Position}"));
        await lab.TamperAsync("DELETE FROM evidence WHERE partition = 202612; DELETE FROM outbox_message");
        Assert.Equal(["CUT_OFF 202612 1"], (await lab.VerifyAsync(december)).Findings.Select(f => $"{f.Problem} {f.Partition} {f.Position}"));
    }

    [Fact]
    public async Task A_row_that_vanishes_while_it_is_chained_stops_the_round_and_leaves_no_gap()
    {
        await using var lab = await EvidenceLab.CreateAsync(servers);
        var ids = await lab.WriteAsync(3);
        await lab.TamperAsync($"""
            CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
            CREATE TRIGGER swallow BEFORE UPDATE ON evidence FOR EACH ROW WHEN (OLD.id = '{ids[1]}') EXECUTE FUNCTION swallow();
            """);
        await Assert.ThrowsAsync<InvalidOperationException>(() => lab.ChainAsync());
        Assert.Equal(3, (await lab.VerifyAsync()).Waiting);
        await lab.TamperAsync("DROP TRIGGER swallow ON evidence");
        Assert.Equal(3, await lab.ChainAsync());
    }

    [Fact]
    public async Task A_process_killed_while_it_chains_leaves_the_rows_to_its_heir()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await CrashTests.EnqueueAsync(sample, 30);
        await using (var brake = new NpgsqlConnection(sample.Database))
        {
            // The chainer has its lock and computed everything; its UPDATE waits for these rows.
            await brake.OpenAsync();
            await using var transaction = await brake.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("SELECT 1 FROM evidence FOR UPDATE", brake, transaction);
            await command.ExecuteNonQueryAsync();
            await using var child = Child.Start(sample);
            await child.UntilAsync(
                () => sample.QueryAsync(db => db.Database.SqlQuery<bool>($"""
                    SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE evidence%') AS "Value"
                    """).SingleAsync()),
                "a chainer in the middle of its work");
            await child.KillAsync();
        }

        Assert.Equal(30, await sample.QueryAsync(db => db.Set<EvidenceRow>().CountAsync(r => r.Position == null)));
        await using var heir = Child.Start(sample);
        await heir.UntilAsync(() => sample.QueryAsync(async db => await db.Set<EvidenceRow>().CountAsync(r => r.Position != null) >= 60), "its rows and those of the consumers are chained");
        await sample.SettledAsync(30, TimeSpan.FromSeconds(60));
    }

    private static async Task<int> ChainUntilAsync(EvidenceLab lab, CancellationToken stop)
    {
        var total = 0;
        while (!stop.IsCancellationRequested)
        {
            total += await lab.ChainAsync(batch: 50);
        }

        return total;
    }
}

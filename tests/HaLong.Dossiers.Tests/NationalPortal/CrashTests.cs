using HaLong.Dossiers.NationalPortal;
using HaLong.Dossiers.NationalPortal.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>Senders that crash between the steps, and several of them at once.</summary>
public sealed class CrashTests(PortalFixture city) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task A_crash_before_sending_is_found_out_by_asking_and_the_message_goes_under_its_id()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        var taken = Assert.Single(await city.TakeAsync(), m => m.DossierId == id);
        Assert.False(taken.Ask);
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Sent, taken.Id, 1), (row.State, row.MessageId!.Value, row.Attempts));

        // As long as the lease holds nobody else touches it.
        await city.SendAsync();
        Assert.Empty(city.Lab.EffectsOf(row.Code));
        city.Later(TimeSpan.FromMinutes(3));
        await city.SendAsync();

        Assert.Contains(taken.Id, city.Lab.Asked);
        Assert.Equal(taken.Id, Assert.Single(city.Lab.EffectsOf(row.Code), e => e.Kind == "dossier").Message);
        Assert.Equal(LedgerState.Acknowledged, (await city.RowAsync(id)).State);
    }

    [Fact]
    public async Task A_crash_after_sending_is_found_out_by_asking_and_nothing_goes_again()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        var taken = Assert.Single(await city.TakeAsync(), m => m.DossierId == id);
        Assert.Equal(PortalOutcome.Taken,
            (await city.City.Services.GetRequiredService<PortalClient>().SendAsync(taken.Path, taken.Id, taken.Body, Ct)).Outcome);

        city.Later(TimeSpan.FromMinutes(3));
        await city.SendAsync();

        Assert.Single(city.Lab.Received, r => r.Id == taken.Id);
        Assert.Single(city.Lab.EffectsOf(taken.Code), e => e.Kind == "dossier");
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Acknowledged, taken.Hash), (row.State, row.SentHash));
    }

    [Fact]
    public async Task Who_comes_back_after_his_lease_changes_nothing()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        var taken = Assert.Single(await city.TakeAsync(), m => m.DossierId == id);
        city.Later(TimeSpan.FromMinutes(3));
        await city.SendAsync();
        var settled = await city.RowAsync(id);

        await using var scope = city.City.Services.CreateAsyncScope();
        var record = scope.ServiceProvider.GetRequiredService<Dossiers.NationalPortal.Sending.MessageRecord>();
        await record.LaterAsync(taken, new PortalAnswer(PortalOutcome.Unknown, "timeout"), counts: true, Ct);
        await record.RejectedAsync(taken, "4002", Ct);
        await record.TakenAsync(taken, certain: false, Ct);

        Assert.Equal((settled.State, settled.SentHash, settled.Version), ((await city.RowAsync(id)).State, (await city.RowAsync(id)).SentHash,
            (await city.RowAsync(id)).Version));
    }

    [Fact]
    public async Task Two_replicas_share_the_work_and_each_message_goes_once_in_order()
    {
        await using var replica = await city.ReplicaAsync();
        List<Guid> ids = [];
        for (var i = 0; i < 30; i++)
            ids.Add(await city.Stuck.MakeAsync(i % 3 == 0 ? "UNASSIGNED" : "CHECK"));

        await Task.WhenAll(city.SendAsync(), city.SendAsync(replica), city.SendAsync(), city.SendAsync(replica));
        await city.SettleAsync();

        foreach (var id in ids)
        {
            var row = await city.RowAsync(id);
            Assert.Equal((LedgerState.Acknowledged, row.Steps), (row.State, row.SentSteps));
            var effects = city.Lab.EffectsOf(row.Code);
            Assert.Equal(["dossier", .. Enumerable.Repeat("progress", row.Steps)], effects.Select(e => e.Kind));
            Assert.Equal(effects.Count, effects.Select(e => e.Message).Distinct().Count());
            Assert.Equal(effects.Where(e => e.Kind == "progress").Select(e => e.Status).Order(),
                effects.Where(e => e.Kind == "progress").Select(e => e.Status));
        }
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_is_not_told_and_one_that_is_committed_cannot_be_forgotten()
    {
        var (id, _) = await city.KnownAsync();
        await city.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await db.Database.ExecuteSqlAsync($"UPDATE dossier SET subject = 'không có thật' WHERE id = {id}", Ct);
            Assert.Equal(LedgerState.Pending, (await db.Set<LedgerEntry>().AsNoTracking().SingleAsync(l => l.DossierId == id, Ct)).State);
            await transaction.RollbackAsync(Ct);
            return 0;
        });
        Assert.Equal(LedgerState.Acknowledged, (await city.RowAsync(id)).State);

        await city.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE dossier SET status = 'PROCESSING' WHERE id = {id}", Ct));
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Pending, (short)4), (row.State, row.OurStatus));
    }

    [Fact]
    public async Task What_was_destroyed_is_not_told_again()
    {
        var (id, code) = await city.KnownAsync();
        await city.InDbAsync(async db =>
        {
            await db.Database.ExecuteSqlAsync($"UPDATE dossier SET destroyed_at = now(), subject = '', data = '{{}}' WHERE id = {id}", Ct);
            return await db.Database.ExecuteSqlAsync(
                $"UPDATE portal.ledger SET state = 'pending', sent_hash = NULL, next_try_at = our_changed_at WHERE dossier_id = {id}", Ct);
        });
        await city.SendAsync();
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Rejected, "destroyed"), (row.State, row.LastError));
        Assert.Single(city.Lab.EffectsOf(code), e => e.Kind == "dossier");
    }
}

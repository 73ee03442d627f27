using HaLong.Dossiers.Archive.Retention;
using HaLong.Dossiers.Contracts.Events;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Archive;

/// <summary>Drafts that nobody works on: told after 90 days, deleted 14 days later; both assumed.</summary>
public sealed class DraftExpiryTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task An_old_draft_is_told_once_and_deleted_when_nobody_works_on_it_until_then()
    {
        await using var told = await dossiers.ListenAsync<DossierDraftExpiring>();
        var owner = Guid.CreateVersion7();
        var client = dossiers.Citizen(owner);
        var (old, young, filed) = (await DraftAsync(client, Free), await DraftAsync(client, Free), await SubmittedAsync(client, Free));
        await AgeAsync(old, 91);
        await AgeAsync(young, 89);
        await AgeAsync(filed, 400);
        await RunAsync();
        await RunAsync();
        var fact = await Eventually.ValueAsync(() => Task.FromResult(told.Heard.Where(f => f.OwnerId == owner).ToList()), f => f.Count > 0, "the owner is told");
        Assert.Equal((old, Free), (Assert.Single(fact).DossierId, fact[0].ProcedureCode));
        Assert.Equal(TimeSpan.FromDays(14), fact[0].DeleteAfter - fact[0].OccurredAt);
        Assert.Equal(3, await CountAsync(old, young, filed));

        await NoticeAsync(old, 13);
        await RunAsync();
        Assert.Equal(3, await CountAsync(old, young, filed));
        await NoticeAsync(old, 15);
        await RunAsync();
        Assert.Equal(2, await CountAsync(old, young, filed));
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{old}", Ct), 404, "DOS-0001");
    }

    [Fact]
    public async Task Whoever_works_on_it_in_time_keeps_it_and_the_time_begins_anew()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client, Free);
        await AgeAsync(id, 91);
        await RunAsync();
        (await UploadAsync(client, id, 1, Samples.Pdf("vẫn làm"))).EnsureSuccessStatusCode();
        await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.ExpiryNoticeAt, d => d.UpdatedAt.AddDays(-15)), Ct));
        await RunAsync();
        Assert.Equal(1, await CountAsync(id));
        await AgeAsync(id, 91);
        await RunAsync();
        Assert.True(await dossiers.InDbAsync(db => db.Dossiers.AnyAsync(d => d.Id == id && d.ExpiryNoticeAt > d.UpdatedAt, Ct)));
    }

    [Fact]
    public async Task A_draft_that_somebody_saves_at_that_moment_is_passed_over_and_at_once_each_is_told_once()
    {
        await using var told = await dossiers.ListenAsync<DossierDraftExpiring>();
        var client = dossiers.Citizen();
        var (held, other) = (await DraftAsync(client, Free), await DraftAsync(client, Free));
        await AgeAsync(held, 100);
        await AgeAsync(other, 100);
        await dossiers.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM dossier WHERE id = {held} FOR UPDATE", Ct);
            await Task.WhenAll(RunAsync(), RunAsync(), RunAsync());
            await transaction.RollbackAsync(Ct);
            return true;
        });
        await Eventually.Async(() => Task.FromResult(told.Heard.Any(f => f.DossierId == other)), "the other is told");
        Assert.Null((await Closed.RowAsync(dossiers, held)).ExpiryNoticeAt);
        await RunAsync();
        await Eventually.Async(() => Task.FromResult(told.Heard.Any(f => f.DossierId == held)), "and then this one");
        Assert.Single(told.Heard, f => f.DossierId == other);
    }

    private Task<(int Told, int Deleted)> RunAsync() => dossiers.Factory.InScopeAsync((DraftExpiry drafts) => drafts.RunAsync(Ct));

    private Task<int> CountAsync(params Guid[] ids) => dossiers.InDbAsync(db => db.Dossiers.CountAsync(d => ids.Contains(d.Id), Ct));

    private Task<int> AgeAsync(Guid id, int days) => dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync(
        $"UPDATE dossier SET updated_at = now() - make_interval(days => {days}), expiry_notice_at = NULL WHERE id = {id}", Ct));

    private Task<int> NoticeAsync(Guid id, int days) => dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync(
        $"UPDATE dossier SET expiry_notice_at = now() - make_interval(days => {days}) WHERE id = {id}", Ct));
}

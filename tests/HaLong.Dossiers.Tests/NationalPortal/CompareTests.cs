using HaLong.Dossiers.NationalPortal.Comparing;
using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>What the nightly comparison finds, heals, and leaves to people.</summary>
public sealed class CompareTests(PortalFixture city) : IClassFixture<PortalFixture>, IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        city.Lab.Faults = new PortalFaults();
        city.Later(TimeSpan.FromHours(2));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        city.Lab.Faults = new PortalFaults();
        await city.SettleAsync();
    }

    [Fact]
    public async Task Nothing_differs_after_an_honest_day()
    {
        await city.CompareAsync();
        await city.SettleAsync();
        // What another test left for people to decide stays what it is.
        var before = await city.CompareAsync();
        var (id, _) = await city.KnownAsync();
        await city.KnownAsync("HAND_OVER");
        await city.CompareAsync();
        await city.SettleAsync();
        var compare = await city.CompareAsync();
        Assert.Equal((before.Missing, before.Status, before.Content, 0, null), (compare.Missing, compare.Status, compare.Content, compare.Healing, compare.Error));
        Assert.Equal(before.Seen + 2, compare.Seen);
        var row = await city.RowAsync(id);
        Assert.Equal(((short?)1, row.OurHash), (row.TheirStatus, row.TheirHash));
        Assert.Null(row.Drift);
    }

    [Fact]
    public async Task A_missing_dossier_is_told_again_with_its_steps()
    {
        var (id, code) = await city.KnownAsync();
        city.Lab.Remove(code);
        await city.CompareAsync();
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerDrift.Missing, LedgerState.Pending), (row.Drift, row.State));

        await city.SettleAsync();

        row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Acknowledged, (1, row.OurHash)), (row.State, city.Lab.Find(code)!.Value));
        Assert.Null(row.Drift);
        Assert.NotNull(row.HealedAt);
        Assert.Equal(2, city.Lab.EffectsOf(code).Where(e => e.Kind == "progress").Select(e => e.Message).Distinct().Count());
    }

    [Fact]
    public async Task A_state_that_went_back_is_set_by_the_state_alone()
    {
        var (id, code) = await city.KnownAsync();
        await city.MoveAsync(id, "PROCESSING");
        await city.SendAsync();
        city.Lab.Set(code, 1, city.Lab.Find(code)!.Value.Hash);
        await city.CompareAsync();
        Assert.Equal(LedgerDrift.Status, (await city.RowAsync(id)).Drift);
        await city.SettleAsync();
        Assert.Equal(4, city.Lab.Find(code)!.Value.Status);
        Assert.Equal("status", city.Lab.EffectsOf(code)[^1].Kind);
        Assert.Equal(LedgerState.Acknowledged, (await city.RowAsync(id)).State);
    }

    [Fact]
    public async Task A_restored_backup_is_overwritten_by_the_whole()
    {
        var (id, code) = await city.KnownAsync();
        var old = city.Lab.Find(code)!.Value;
        await city.MoveAsync(id, "PROCESSING");
        await city.SendAsync();
        city.Lab.Set(code, old.Status, old.Hash);
        await city.CompareAsync();
        await city.SettleAsync();
        Assert.Equal((4, (await city.RowAsync(id)).OurHash), city.Lab.Find(code)!.Value);
    }

    [Fact]
    public async Task Other_content_is_told_again()
    {
        var (id, code) = await city.KnownAsync();
        city.Lab.Set(code, 1, "0000");
        await city.CompareAsync();
        Assert.Equal(LedgerDrift.Content, (await city.RowAsync(id)).Drift);
        await city.SettleAsync();
        Assert.Equal((1, (await city.RowAsync(id)).OurHash), city.Lab.Find(code)!.Value);
    }

    [Fact]
    public async Task What_only_the_portal_knows_is_for_people_and_goes_when_it_goes()
    {
        city.Lab.Set("000.00.99.H49-260101-0001", 2, "ff");
        var compare = await city.CompareAsync();
        Assert.True(compare.Unknown >= 1);
        var stranger = await city.InDbAsync(db => db.Set<Stranger>().AsNoTracking().SingleAsync(s => s.Code == "000.00.99.H49-260101-0001", Ct));
        await city.CompareAsync();
        Assert.Equal(stranger.Since, (await city.InDbAsync(db => db.Set<Stranger>().AsNoTracking().SingleAsync(s => s.Code == "000.00.99.H49-260101-0001",
            Ct))).Since);

        city.Lab.Remove("000.00.99.H49-260101-0001");
        await city.CompareAsync();
        Assert.False(await city.InDbAsync(db => db.Set<Stranger>().AnyAsync(s => s.Code == "000.00.99.H49-260101-0001", Ct)));
    }

    [Fact]
    public async Task What_was_refused_after_it_was_taken_is_a_task_and_is_not_told_forever()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        city.Lab.Faults.RejectLater = "4001";
        await city.SendAsync();
        city.Lab.Faults = new PortalFaults();
        // Its first step found out; without steps the comparison does.
        Assert.Equal((LedgerState.Rejected, "4001"), ((await city.RowAsync(id)).State, (await city.RowAsync(id)).LastError));
        await city.InDbAsync(db => db.Database.ExecuteSqlAsync(
            $"""
            UPDATE portal.ledger SET state = 'acknowledged', next_try_at = NULL, message_id = NULL, message = NULL, sent_steps = steps, sent_hash = our_hash
            WHERE dossier_id = {id}
            """, Ct));
        await city.CompareAsync();
        var row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Rejected, "4001", LedgerDrift.Missing), (row.State, row.LastError, row.Drift));
        var since = row.DriftSince;
        await city.CompareAsync();
        row = await city.RowAsync(id);
        Assert.Equal((LedgerState.Rejected, since), (row.State, row.DriftSince));
    }

    [Fact]
    public async Task What_changed_a_moment_ago_is_no_drift()
    {
        var (id, code) = await city.KnownAsync();
        city.Lab.Remove(code);
        await city.ChangeAsync(id, "Vừa đổi");
        await city.InDbAsync(async db =>
        {
            db.Add(new PortalCompare { Id = Guid.CreateVersion7(), RequestedAt = city.Clock.GetUtcNow() });
            return await db.SaveChangesAsync(Ct);
        });
        Assert.NotNull(await city.City.Services.GetRequiredService<PortalComparer>().RunAsync(Ct));
        Assert.Null((await city.RowAsync(id)).Drift);
    }

    [Fact]
    public async Task A_portal_that_goes_away_in_the_middle_ends_the_comparison_with_its_reason_and_nothing_is_taken_for_missing()
    {
        var (id, _) = await city.KnownAsync();
        city.Lab.Faults.Down = true;
        var compare = await city.CompareAsync();
        Assert.NotNull(compare.Error);
        Assert.NotNull(compare.FinishedAt);
        Assert.Null((await city.RowAsync(id)).Drift);
    }

    [Fact]
    public async Task It_begins_each_night_at_its_hour_once_and_again_after_a_failure()
    {
        var comparer = city.City.Services.GetRequiredService<PortalComparer>();
        await city.CompareAsync();
        var day = LocalTime.Date(city.Clock.GetUtcNow()).AddDays(2);
        city.Clock.Set(LocalTime.Instant(day, new TimeOnly(1, 59)));
        await comparer.RunAsync(Ct);
        Assert.Null(await comparer.RunAsync(Ct));
        city.Clock.Set(LocalTime.Instant(day, new TimeOnly(2, 1)));
        city.Lab.Faults.Down = true;
        Assert.NotNull((await comparer.RunAsync(Ct))!.Error);
        city.Lab.Faults = new PortalFaults();
        Assert.Null(await comparer.RunAsync(Ct));
        city.Later(TimeSpan.FromMinutes(16));
        var nightly = await comparer.RunAsync(Ct);
        Assert.Equal(((string?)null, (Guid?)null), (nightly!.Error, nightly.RequestedBy));
        Assert.Null(await comparer.RunAsync(Ct));
    }

    [Fact]
    public async Task One_that_was_interrupted_is_made_anew_and_only_one_replica_makes_it()
    {
        await city.InDbAsync(async db =>
        {
            db.Add(new PortalCompare { Id = Guid.CreateVersion7(), RequestedAt = city.Clock.GetUtcNow(), StartedAt = city.Clock.GetUtcNow(), Seen = 7 });
            return await db.SaveChangesAsync(Ct);
        });
        await using var replica = await city.ReplicaAsync();
        var made = await Task.WhenAll(
            city.City.Services.GetRequiredService<PortalComparer>().RunAsync(Ct), replica.Services.GetRequiredService<PortalComparer>().RunAsync(Ct));
        Assert.Contains(made, m => m is { FinishedAt: not null, Error: null });
        Assert.False(await city.InDbAsync(db => db.Set<PortalCompare>().AnyAsync(c => c.FinishedAt == null, Ct)));
    }
}

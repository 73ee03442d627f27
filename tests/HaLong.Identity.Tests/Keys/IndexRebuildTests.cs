using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Organisations;
using HaLong.Identity.Tests.PersonalData;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Keys;

public sealed class IndexRebuildTests(TestSupport.Servers servers) : IAsyncLifetime
{
    private readonly IdentitySite _site = new(servers);

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_new_index_key_takes_over_at_once_and_look_up_works_at_every_moment()
    {
        Assert.True(await FoundAsync());
        Assert.Equal(0, await IdentityProgram.RunAsync("rotate-index-key", IdentityProgram.Settings(_site.Connection)));
        Assert.Equal(1, await IdentityProgram.RunAsync("rotate-index-key", IdentityProgram.Settings(_site.Connection)));
        var before = await IndexAsync();

        // Too early: somebody may not have heard of it.
        Assert.False(await RunAsync());
        Assert.Equal(before, await IndexAsync());
        Assert.True(await FoundAsync());

        // Whoever registers now has both.
        var late = await _site.PersonAsync("late", "022195000777");
        Assert.NotNull(await _site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == late).Select(a => a.PersonalNumberNextIndex).SingleAsync()));

        _site.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.True(await RunAsync());
        Assert.NotEqual(before, await IndexAsync());
        Assert.True(await FoundAsync());
        var accounts = await _site.DatabaseAsync(db => db.Accounts.AsNoTracking().Where(a => a.PersonalNumberIndex != null).ToListAsync());
        Assert.All(accounts, a => Assert.Equal((2, true), (a.PersonalNumberIndexVersion, a.PersonalNumberNextIndex is null)));
        var keys = await _site.DatabaseAsync(db => db.DataKeys.AsNoTracking().Where(k => k.Use == DataKey.Index).OrderBy(k => k.Version).ToListAsync());
        Assert.Equal((true, true), (keys[0].DestroyedAt is not null, keys[1].IsInForce));
        Assert.True(await RunAsync());
    }

    [Fact]
    public async Task A_number_stays_the_only_one_before_during_and_after_a_rotation()
    {
        await _site.PersonAsync("only", "022195000555");
        await Assert.ThrowsAsync<DbUpdateException>(() => _site.PersonAsync("twin1", "022195000555"));
        await _site.InScopeAsync<DataKeyRotation, int?>(r => r.RotateIndexKeyAsync(default));
        await Assert.ThrowsAsync<DbUpdateException>(() => _site.PersonAsync("twin2", "022195000555"));
        _site.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.True(await RunAsync());
        await Assert.ThrowsAsync<DbUpdateException>(() => _site.PersonAsync("twin3", "022195000555"));
    }

    [Fact]
    public async Task An_index_under_a_key_that_is_no_longer_in_force_is_refused_by_the_database()
    {
        var keys = _site.Service.Services.GetRequiredService<DataKeyRing>().Current;
        await _site.InScopeAsync<DataKeyRotation, int?>(r => r.RotateIndexKeyAsync(default));
        _site.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.True(await RunAsync());

        var number = PersonalNumber.TryParse("022195000666")!;
        var error = await Assert.ThrowsAnyAsync<Exception>(() => _site.DatabaseAsync(async db =>
        {
            var account = Account.Register(Guid.CreateVersion7(), "stale", "Stale", ["citizen"], _site.Clock.GetUtcNow());
            account.SetPersonalNumber([1, 2, 3], PersonalNumbers.IndexOf(keys.Index, number), keys.Index.Version);
            db.Accounts.Add(account);
            return await db.SaveChangesAsync();
        }));

        // Told to try again: a transient failure is answered 503 with Retry-After.
        Assert.Contains("40001", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_index_key_waits_for_invitations_that_know_somebody_only_by_the_index()
    {
        var index = await IndexAsync();
        await _site.DatabaseAsync(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO delegation (id, principal_id, invited_index, invited_name, acts, procedures, "from", "to", state, offered_at)
            VALUES (gen_random_uuid(), gen_random_uuid(), {index}, 'Người được mời', ARRAY[]::text[], ARRAY[]::text[], '2026-01-01', '2026-12-31', 'offered', now())
            """));
        await _site.InScopeAsync<DataKeyRotation, int?>(r => r.RotateIndexKeyAsync(default));
        _site.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.False(await RunAsync());
        Assert.True(await FoundAsync());
        await _site.SqlAsync("UPDATE delegation SET ended_at = now()");
        Assert.True(await RunAsync());
        Assert.True(await FoundAsync());
    }

    [Fact]
    public async Task And_for_people_asked_to_represent_an_organisation()
    {
        var invited = await _site.DatabaseAsync(async db =>
        {
            var row = Representative.Invite(
                Guid.CreateVersion7(), Guid.CreateVersion7(), null, [1, 2, 3], "Người Được Mời", new DateOnly(2026, 1, 1), null, Guid.CreateVersion7(), _site.Clock.GetUtcNow());
            db.Representatives.Add(row);
            await db.SaveChangesAsync();
            return row.Id;
        });
        await _site.InScopeAsync<DataKeyRotation, int?>(r => r.RotateIndexKeyAsync(default));
        _site.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.False(await RunAsync());
        await _site.SqlAsync($"UPDATE representative SET state = 'declined' WHERE id = '{invited}'");
        Assert.True(await RunAsync());
    }

    private Task<bool> RunAsync() => _site.InScopeAsync<IndexRebuild, bool>(r => r.RunAsync(default));

    private async Task<bool> FoundAsync()
    {
        var index = _site.Service.Services.GetRequiredService<PersonalNumbers>().IndexOf(PersonalNumber.TryParse("022185000123")!);
        return await _site.DatabaseAsync(db => db.Accounts.AnyAsync(a => a.PersonalNumberIndex == index && a.UserName == "citizen"));
    }

    private Task<byte[]?> IndexAsync() => _site.DatabaseAsync(db => db.Accounts.Where(a => a.UserName == "citizen").Select(a => a.PersonalNumberIndex).SingleAsync());
}

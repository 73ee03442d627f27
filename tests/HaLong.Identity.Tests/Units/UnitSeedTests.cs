using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Tests.Staff;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Units;

public sealed class UnitSeedTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Everything_of_the_file_is_in_the_tables() => Assert.Equal(
        (93, 52, 1, 2, 54, 1),
        await site.DatabaseAsync(async db => (
            await db.Units.CountAsync(), await db.UnitTransitions.CountAsync(), await db.UnitGroups.CountAsync(), await db.UnitGroupPeriods.CountAsync(),
            await db.ReceivingPlaces.CountAsync(), await db.AgencyCodes.CountAsync())));

    [Fact]
    public async Task What_was_decided_here_outlives_the_next_update()
    {
        await site.DatabaseAsync(async db =>
        {
            var renamed = await db.Units.SingleAsync(u => u.Id == "06652@2025-07-01");
            (renamed.NameEn, renamed.IsChangedHere) = ("Ha Tu Ward (corrected)", true);
            var ended = await db.Units.SingleAsync(u => u.Id == "06658@2025-07-01");
            (ended.ValidTo, ended.IsChangedHere) = (new DateOnly(2030, 12, 31), true);
            var untouched = await db.Units.SingleAsync(u => u.Id == "06673@2025-07-01");
            untouched.NameEn = "overwritten";
            var place = await db.ReceivingPlaces.SingleAsync(p => p.Id == "RP-POST-1");
            (place.NameVi, place.IsChangedHere) = ("Bưu điện Hồng Gai", true);
            return await db.SaveChangesAsync();
        });
        await SeedAsync();

        await site.DatabaseAsync(async db =>
        {
            Assert.Equal("Ha Tu Ward (corrected)", (await db.Units.SingleAsync(u => u.Id == "06652@2025-07-01")).NameEn);
            Assert.Equal(new DateOnly(2030, 12, 31), (await db.Units.SingleAsync(u => u.Id == "06658@2025-07-01")).ValidTo);
            Assert.Equal("Bai Chay Ward", (await db.Units.SingleAsync(u => u.Id == "06673@2025-07-01")).NameEn);
            Assert.Equal("Bưu điện Hồng Gai", (await db.ReceivingPlaces.SingleAsync(p => p.Id == "RP-POST-1")).NameVi);
            return 0;
        });
    }

    [Fact]
    public async Task A_unit_of_the_file_does_not_come_over_one_that_was_made_here_and_new_ones_are_told()
    {
        await site.DatabaseAsync(async db =>
        {
            // As if a reorganisation here had given the codes away a month later than the file says.
            foreach (var code in (string[])["06709", "06712"])
            {
                var unit = await db.Units.SingleAsync(u => u.Code == code);
                db.Units.Remove(unit);
                if (code == "06709")
                    db.Units.Add(Here(unit, new DateOnly(2025, 8, 1)));
            }

            return await db.SaveChangesAsync();
        });
        await using var heard = await Heard.OnAsync(site);
        await SeedAsync();

        Assert.Equal("06712@2025-07-01", (await heard.OneAsync<UnitChanged>(e => e.Change == UnitChanged.Created)).UnitId);
        await site.DatabaseAsync(async db =>
        {
            Assert.Equal("06709@2025-08-01", Assert.Single(await db.Units.Where(u => u.Code == "06709").ToListAsync()).Id);
            Assert.Equal("06712@2025-07-01", Assert.Single(await db.Units.Where(u => u.Code == "06712").ToListAsync()).Id);
            return 0;
        });
    }

    private static Unit Here(Unit like, DateOnly from) => new()
    {
        Code = like.Code,
        ValidFrom = from,
        NameVi = like.NameVi,
        ShortNameVi = like.ShortNameVi,
        NameEn = like.NameEn,
        Kind = like.Kind,
        Level = like.Level,
        SearchText = Text.Fold(like.NameVi),
        IsChangedHere = true,
    };

    private Task<int> SeedAsync() => site.DatabaseAsync(async db =>
    {
        await new UnitSeed(db, site.Clock).RunAsync(TestContext.Current.CancellationToken);
        return 0;
    });
}

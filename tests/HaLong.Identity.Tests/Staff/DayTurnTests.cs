using HaLong.Identity.Staff;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Staff;

public sealed class DayTurnTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Whose_assignment_begins_or_ends_with_the_day_gets_other_tokens_and_nobody_else()
    {
        var today = site.Today();
        // Today is begun: a service that looks at the clock for the first time only tomorrow has no day to turn.
        await TurnAsync();
        var beginning = await site.OfficialAsync("beginning");
        await site.AssignAsync(beginning, "06688", StaffKit.Terms(["officer"], today.AddDays(1)));
        var ending = await site.OfficialAsync("ending");
        await site.AssignAsync(ending, "06688", StaffKit.Terms(["officer"], today.AddDays(-5), today));
        var staying = await site.OfficialAsync("staying", ("06688", ["officer"]));
        var later = await site.OfficialAsync("later");
        await site.AssignAsync(later, "06688", StaffKit.Terms(["officer"], today.AddDays(2)));
        var helper = await site.IdOfAsync("helper");
        await site.AssignAsync(helper, "06685", StaffKit.Terms(["helper"], today.AddDays(1), primary: true));
        var before = await EpochsAsync(beginning, ending, staying, later, helper);

        site.Clock.Advance(TimeSpan.FromDays(1));
        // The running service does it by itself within a second or two.
        await Eventually.Async(async () => (await EpochsAsync(beginning))[0] > before[0], "the day was turned");

        Assert.Equal([before[0] + 1, before[1] + 1, before[2], before[3], before[4] + 1], await EpochsAsync(beginning, ending, staying, later, helper));
        Assert.Equal("06685", await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == helper).Select(a => a.UnitCode).SingleAsync()));
        Assert.Equal(0, await TurnAsync());
        Assert.Equal(site.Today(), await site.DatabaseAsync(db => db.StaffDays.Select(d => d.Day).SingleAsync()));
    }

    [Fact]
    public async Task Days_missed_while_nothing_ran_are_made_up_for_and_replicas_take_turns()
    {
        var today = site.Today();
        await TurnAsync();
        var id = await site.OfficialAsync("missed-" + today.DayNumber);
        await site.AssignAsync(id, "06688", StaffKit.Terms(["officer"], today.AddDays(-3)));
        var before = (await EpochsAsync(id))[0];
        await LastDoneAsync(today.AddDays(-5));

        var touched = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TurnAsync()));

        // The running service may have been the one.
        Assert.InRange(touched.Count(t => t > 0), 0, 1);
        Assert.Equal(before + 1, (await EpochsAsync(id))[0]);
    }

    [Fact]
    public async Task A_unit_that_ends_takes_the_rights_of_its_staff_with_it()
    {
        var today = site.Today();
        await TurnAsync();
        var id = await site.OfficialAsync("with-unit-" + today.DayNumber, ("07183", ["officer"]));
        var before = (await EpochsAsync(id))[0];
        await site.DatabaseAsync(db => db.Units.Where(u => u.Id == "07183@2025-07-01").ExecuteUpdateAsync(u => u.SetProperty(x => x.ValidTo, today.AddDays(-1))));
        await LastDoneAsync(today.AddDays(-1));

        // The service's own turn may come first.
        await TurnAsync();
        Assert.Equal(before + 1, (await EpochsAsync(id))[0]);
        await using var scope = site.Service.Services.CreateAsyncScope();
        var account = await site.DatabaseAsync(db => db.Accounts.SingleAsync(a => a.Id == id));
        Assert.Null((await scope.ServiceProvider.GetRequiredService<StaffDirectory>().StandingOfAsync(account, site.Clock.GetUtcNow(), default)).Unit);
    }

    // The running service writes the row with its first look at the clock, which may or may not have been already.
    private Task<int> LastDoneAsync(DateOnly day) => site.DatabaseAsync(db => db.Database.ExecuteSqlAsync(
        $"INSERT INTO staff_day (id, day) VALUES ({StaffDay.OnlyId}, {day}) ON CONFLICT (id) DO UPDATE SET day = excluded.day"));

    private async Task<int> TurnAsync()
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        return await StaffDayTurn.RunOnceAsync(scope.ServiceProvider, site.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
    }

    private Task<List<int>> EpochsAsync(params Guid[] ids) => site.DatabaseAsync(async db =>
    {
        var epochs = await db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Epoch);
        return ids.Select(i => epochs[i]).ToList();
    });
}

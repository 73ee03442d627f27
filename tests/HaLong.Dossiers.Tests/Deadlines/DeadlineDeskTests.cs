using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.Deadlines.ClockSamples;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>What transitions ask: nothing is decided by them, nothing is forgotten between them.</summary>
public sealed class DeadlineDeskTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_deadline_after_a_transition_is_that_of_the_clock_with_its_entry()
    {
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2025-03-03T09:00");
        Assert.Equal("2025-03-26 17:00", (await NowAsync(id, "2025-03-05T09:00")).DueAt.Local());

        var paused = await AfterAsync(id, ClockEffect.Pause, "2025-03-05T10:00");
        Assert.Equal((ClockState.Paused, null, "2025-03-26 17:00"), (paused.State, paused.DueAt.Local(), paused.ProvisionalDueAt.Local()));
        Assert.Equal("2025-03-28 17:00", (await AfterAsync(id, ClockEffect.Resume, "2025-03-07T10:00")).DueAt.Local());
        Assert.Equal("2025-04-02 17:00", (await AfterAsync(id, ClockEffect.Extend, "2025-03-10T10:00", "2025-04-02T10:00")).DueAt.Local());
        await AfterAsync(id, ClockEffect.Pause, "2025-03-11T10:00");
        Assert.Equal("2025-04-09 17:00", (await AfterAsync(id, ClockEffect.Restart, "2025-03-13T18:00")).DueAt.Local());
        var stopped = await AfterAsync(id, ClockEffect.Stop, "2025-04-10T08:00");
        Assert.Equal((ClockState.Stopped, Punctuality.Late, 1), (stopped.State, stopped.Of(At("2025-04-10T08:00")), stopped.Extensions));
        Assert.Equal(stopped, await NowAsync(id, "2026-01-01T00:00"));
    }

    [Fact]
    public async Task Whether_a_change_of_the_calendar_concerns_it_follows_the_clock()
    {
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2025-05-05T09:00");
        var version = (await dossiers.InDbAsync(db => db.CalendarVersions.AsNoTracking().SingleAsync(Ct))).Version;
        Assert.Equal(version, (await ClockRowAsync(id)).CalendarVersion);
        await AfterAsync(id, ClockEffect.Pause, "2025-05-06T10:00");
        Assert.Equal(version, (await ClockRowAsync(id)).CalendarVersion);
        await AfterAsync(id, ClockEffect.Stop, "2025-05-07T10:00");
        Assert.Null((await ClockRowAsync(id)).CalendarVersion);
        await AfterAsync(id, ClockEffect.Start, "2025-05-08T10:00");
        Assert.Equal(version, (await ClockRowAsync(id)).CalendarVersion);
    }

    [Fact]
    public async Task A_transition_that_is_refused_leaves_the_clock_as_it_was()
    {
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2025-05-05T09:00");
        var before = await ClockRowAsync(id);
        await dossiers.Factory.InScopeAsync<DeadlineDesk, Deadline>(async desk =>
            await desk.AfterAsync(await DossierAsync(id), ClockEffect.Stop, At("2025-05-06T09:00").ToUniversalTime(), null, Ct));
        Assert.Equal(before.CalendarVersion, (await ClockRowAsync(id)).CalendarVersion);
        Assert.Equal(ClockState.Running, (await NowAsync(id, "2025-05-07T09:00")).State);
    }

    [Fact]
    public async Task A_dossier_that_was_never_accepted_has_no_deadline_and_nothing_to_extend()
    {
        var draft = await DraftAsync(dossiers.Citizen());
        Assert.Equal(ClockState.NotStarted, (await NowAsync(draft, "2025-05-07T09:00")).State);
        Assert.Equal("DOS-0105", (await ExtensionAsync(draft, "2025-05-07T09:00", "2025-06-01")).Error.Code);
        Assert.Null(await SupplementUntilAsync(draft));
    }

    [Fact]
    public async Task An_extension_is_asked_for_with_the_clock_of_the_dossier()
    {
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2025-03-03T09:00");
        var given = await ExtensionAsync(id, "2025-03-10T09:00", "2025-04-05");
        Assert.Equal("2025-04-08 17:00", ((DateTimeOffset?)given.Value).Local());
        Assert.Equal("DOS-0107", (await ExtensionAsync(id, "2025-03-26T09:00", "2025-04-05")).Error.Code);
        Assert.Equal("DOS-0108", (await ExtensionAsync(id, "2025-03-10T09:00", "2025-03-26")).Error.Code);
        await AfterAsync(id, ClockEffect.Extend, "2025-03-10T09:00", "2025-04-08T17:00");
        Assert.Equal("DOS-0106", (await ExtensionAsync(id, "2025-03-11T09:00", "2025-05-05")).Error.Code);
        await AfterAsync(id, ClockEffect.Pause, "2025-03-12T09:00");
        Assert.Equal("DOS-0105", (await ExtensionAsync(id, "2025-03-13T09:00", "2025-05-05")).Error.Code);
    }

    [Fact]
    public async Task The_last_day_for_a_supplement_is_told()
    {
        var id = await CalendarSamples.AcceptedAsync(dossiers.Factory, "2025-03-03T18:00");
        Assert.Equal(new DateOnly(2025, 3, 7), await SupplementUntilAsync(id));
    }

    [Fact]
    public async Task What_was_promised_at_receipt_stays_whatever_is_assumed_later()
    {
        await using var own = await dossiers.NewFactory().WithSetting("Dossiers:AssumedTimeLimitDays", "7").StartAsync(waitForBus: false);
        var id = await CalendarSamples.AcceptedAsync(own, "2025-03-03T09:00", code: "1.014028");
        var clock = await own.InScopeAsync<DossierDbContext, DossierClock>(db => db.Clocks.AsNoTracking().SingleAsync(c => c.DossierId == id, Ct));
        Assert.Equal((LimitUnit.WorkingDay, 7, true), (clock.Unit, clock.Count, clock.LimitAssumed));
        var dossier = await own.InScopeAsync<DossierDbContext, Dossier>(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == id, Ct));
        Assert.Equal(("2025-03-12 17:00", true), (dossier.DueAt.Local(), dossier.DueAssumed));

        // The setting of another day says twenty.
        var limit = await dossiers.Factory.InScopeAsync<DeadlineDesk, (TimeLimit Limit, bool Assumed)>(
            desk => Task.FromResult(desk.LimitOf(new ProcedureTimeLimit(null, null, null, false, null))));
        Assert.Equal((TimeLimit.WorkingDays(20), true), limit);
        var deadline = await own.InScopeAsync<DeadlineDesk, Deadline>(desk => desk.NowAsync(dossier, At("2025-03-04T09:00"), Ct));
        Assert.Equal(("2025-03-12 17:00", true), (deadline.DueAt.Local(), deadline.Assumed));
    }

    [Theory]
    [InlineData(17, "workingDay", false, "WorkingDay", 17)]
    [InlineData(3, null, true, "WorkingDay", 3)]
    [InlineData(30, "calendarDay", false, "CalendarDay", 30)]
    [InlineData(8, "workingHour", false, "WorkingHour", 480)]
    [InlineData(1, "sameDay", false, "SameDay", 1)]
    [InlineData(1, "halfDay", false, "HalfDay", 1)]
    [InlineData(2, "month", false, "Month", 2)]
    public async Task A_limit_of_the_catalogue_is_taken_as_it_is_written(int value, string? unit, bool assumed, string expected, int count)
    {
        var limit = await dossiers.Factory.InScopeAsync<DeadlineDesk, (TimeLimit Limit, bool Assumed)>(
            desk => Task.FromResult(desk.LimitOf(new ProcedureTimeLimit(value, unit, null, assumed, null))));
        Assert.Equal((expected, count, assumed), (limit.Limit.Unit.ToString(), limit.Limit.Count, limit.Assumed));
    }

    [Fact]
    public async Task A_dossier_keeps_the_rules_of_its_day_of_receipt()
    {
        var (before, after) = (await CalendarSamples.AcceptedAsync(dossiers.Factory, "2025-06-30T09:00"), await CalendarSamples.AcceptedAsync(dossiers.Factory, "2025-07-01T09:00"));
        Assert.Equal(["OSS-2018", "OSS-2025"], [await RegimeAsync(before), await RegimeAsync(after)]);
    }

    private Task<string> RegimeAsync(Guid id) => dossiers.Factory.InScopeAsync<DeadlineDesk, string>(async desk => desk.RulesFor(
        await dossiers.InDbAsync(db => db.ClockEntries.AsNoTracking().Where(e => e.DossierId == id).ToListAsync(Ct)), At("2026-01-01T09:00")).Regime);

    private Task<Dossier> DossierAsync(Guid id) => dossiers.InDbAsync(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == id, Ct));

    private Task<DossierClock> ClockRowAsync(Guid id) => dossiers.InDbAsync(db => db.Clocks.AsNoTracking().SingleAsync(c => c.DossierId == id, Ct));

    private async Task<Deadline> NowAsync(Guid id, string now) =>
        await dossiers.Factory.InScopeAsync<DeadlineDesk, Deadline>(async desk => await desk.NowAsync(await DossierAsync(id), At(now), Ct));

    private async Task<ServiceDefaults.Result<DateTimeOffset>> ExtensionAsync(Guid id, string requested, string day) =>
        await dossiers.Factory.InScopeAsync<DeadlineDesk, ServiceDefaults.Result<DateTimeOffset>>(
            async desk => await desk.ExtensionAsync(await DossierAsync(id), At(requested), DateOnly.Parse(day, null), Ct));

    private async Task<DateOnly?> SupplementUntilAsync(Guid id) =>
        await dossiers.Factory.InScopeAsync<DeadlineDesk, DateOnly?>(async desk => await desk.SupplementUntilAsync(await DossierAsync(id), Ct));

    /// <summary>Asks for the deadline after a transition, and lets the transition happen.</summary>
    private async Task<Deadline> AfterAsync(Guid id, ClockEffect effect, string at, string? extendTo = null)
    {
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        var (db, desk) = (scope.ServiceProvider.GetRequiredService<DossierDbContext>(), scope.ServiceProvider.GetRequiredService<DeadlineDesk>());
        var (moment, to) = (At(at).ToUniversalTime(), extendTo is null ? (DateTimeOffset?)null : At(extendTo).ToUniversalTime());
        var deadline = await desk.AfterAsync(await db.Dossiers.SingleAsync(d => d.Id == id, Ct), effect, moment, to, Ct);
        var number = await db.ClockEntries.CountAsync(e => e.DossierId == id, Ct) + 1;
        db.ClockEntries.Add(new ClockEntry { DossierId = id, Number = number, Effect = effect, At = moment, Cause = "test", ReasonVi = "vì", ReasonEn = "because", ExtendTo = to });
        await db.SaveChangesAsync(Ct);
        return deadline;
    }
}

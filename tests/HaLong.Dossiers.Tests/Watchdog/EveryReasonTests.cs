using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Contracts.WaitLevels;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>A dossier that is stuck for any reason since Monday, 6 October 2025, 10:00: who is told, to the minute. The times are counted by hand.</summary>
public sealed class EveryReasonTests(WatchFixture city) : IClassFixture<WatchFixture>
{
    private static readonly string[] NextDay = ["2025-10-07T13:45", "2025-10-07T17:00", "2025-10-08T17:00"];
    private static readonly string[] FourHours = ["2025-10-06T15:00", "2025-10-06T16:00", "2025-10-07T17:00"];
    private static readonly string[] TwoWeeks = ["2025-10-16T09:45", "2025-10-20T17:00", "2025-10-21T17:00"];
    private static readonly string[] Agency = [WaitLevels.Officer, Supervisor, Citizen];
    private static readonly string[] Applicants = [Applicant, ApplicantLast, WaitLevels.Officer];

    public static TheoryData<string, string[], string[]> Reasons => new()
    {
        { "CHECK", Agency, ["2025-10-07T08:00", "2025-10-07T10:00", "2025-10-08T17:00"] },
        { "SUPPLEMENT", Applicants, TwoWeeks },
        { "FORWARD", Agency, ["2025-10-06T15:45", "2025-10-06T17:00", "2025-10-07T17:00"] },
        { "SIGNATURE", Agency, FourHours },
        { "APPROVER_SIGNATURE", Agency, ["2025-10-10T13:45", "2025-10-13T17:00", "2025-10-14T17:00"] },
        { "SIGNATURE_MISSED", Agency, NextDay },
        { "UNASSIGNED", Agency, NextDay },
        { "FEE_LAPSED", Agency, NextDay },
        { "FEES", Applicants, ["2025-10-17T07:45", "2025-10-21T17:00", "2025-10-22T17:00"] },
        { "OPINION", Agency, ["2025-10-10T13:45", "2025-10-13T17:00", "2025-10-14T17:00"] },
        { "DEMAND_LAPSED", Agency, NextDay },
        { "DUTY", Applicants, TwoWeeks },
        { "HAND_OVER", Agency, ["2025-10-23T13:45", "2025-10-29T17:00", "2025-10-30T17:00"] },
        { "CORRECTION", Agency, FourHours },
    };

    [Theory, MemberData(nameof(Reasons))]
    public async Task Three_notices_come_to_the_minute_each_once(string reason, string[] levels, string[] times)
    {
        var id = await city.Stuck.MakeAsync(reason);
        await city.RoundAsync(WatchFixture.Monday);
        for (var i = 0; i < 3; i++)
        {
            await city.RoundAsync(Before(times[i]));
            Assert.Equal(levels[..i], WatchFixture.OfWait(await city.LevelsAsync(id)));
            await city.RoundAsync(times[i]);
            await city.RoundAsync(times[i]);
            Assert.Equal(levels[..(i + 1)], WatchFixture.OfWait(await city.LevelsAsync(id)));
        }
        var given = (await city.WarningsAsync(id)).FindAll(w => w.Level != Extension);
        Assert.All(given, w => Assert.Equal((reason, true), (w.Reason, w.Urgent)));
        Assert.Equal(times, given.Select(w => ((DateTimeOffset?)w.GivenAt).Local()!.Replace(' ', 'T')));
    }

    [Fact]
    public void Every_reason_but_the_draft_and_the_appraisal_is_in_the_list_above_and_the_appraisal_in_the_overdue_tests() =>
        Assert.Equal(Waits.All.Select(w => w.Reason).Except(["DRAFT", "APPRAISAL"]).Order(), Reasons.Select(r => r.Data.Item1).Order());

    [Fact]
    public async Task A_draft_has_no_row_and_binds_nobody()
    {
        var id = await city.Stuck.MakeAsync("DRAFT");
        await city.RoundAsync("2026-03-02T10:00");
        Assert.Null(await city.WaitAsync(id));
        Assert.Empty(await city.LevelsAsync(id));
    }

    [Fact]
    public async Task The_fact_says_whom_to_tell()
    {
        await using var heard = await Listener.StartAsync<DossierWaitWarned>(new Uri(city.City.Broker));
        var owner = Guid.CreateVersion7();
        var (check, opinion) = (await city.Stuck.MakeAsync("CHECK", owner: owner), await city.Stuck.MakeAsync("OPINION"));
        foreach (var at in new[] { "2025-10-07T08:00", "2025-10-07T10:00", "2025-10-08T17:00", "2025-10-10T13:45" })
            await city.RoundAsync(at);

        await Eventually.Async(() => Task.FromResult(heard.Heard.Count(w => w.DossierId == check || w.DossierId == opinion) == 4), "four warnings");
        var (officer, supervisor, citizen) = (Of(check, WaitLevels.Officer), Of(check, Supervisor), Of(check, Citizen));
        Assert.Equal((null, Roles.Reception, DossierFixture.Unit), (officer.PersonId, Assert.Single(officer.Roles), officer.RolesUnitCode));
        Assert.Equal([Roles.Chief, Roles.Approver], supervisor.Roles);
        Assert.Equal((owner, 0, null), (citizen.PersonId!.Value, citizen.Roles.Count, citizen.RolesUnitCode));
        var asked = Of(opinion, WaitLevels.Officer);
        Assert.Equal((Stuck.Officer, "06652", "OPINION"), (asked.PersonId!.Value, asked.RolesUnitCode, asked.Reason));
        Assert.All(heard.Heard, w => Assert.Equal((DossierFixture.Unit, DossierFixture.Land, true), (w.UnitCode, w.ProcedureCode, w.Urgent)));
        Assert.Equal(("2025-10-06 10:00", "2025-10-07 10:00"), (((DateTimeOffset?)officer.Since).Local(), ((DateTimeOffset?)officer.Latest).Local()));
        Assert.Equal((await city.WarningsAsync(check)).Select(w => w.Id).Order(), heard.Heard.Where(w => w.DossierId == check).Select(w => w.WarningId).Order());

        DossierWaitWarned Of(Guid id, string level) => heard.Heard.Single(w => w.DossierId == id && w.Level == level);
    }

    [Fact]
    public async Task While_the_officer_is_away_who_stands_in_is_told_and_the_officer_again_when_he_is_back()
    {
        await using var heard = await Listener.StartAsync<DossierWaitWarned>(new Uri(city.City.Broker));
        var substitute = Guid.CreateVersion7();
        await city.InDbAsync(async db =>
        {
            foreach (var (from, to, ended) in new[] { (6, 10, false), (20, 31, true) })
            {
                var absence = new OfficerAbsence
                {
                    Id = Guid.CreateVersion7(),
                    OfficerId = Stuck.Officer,
                    SubstituteId = substitute,
                    UnitCode = DossierFixture.Unit,
                    From = new DateOnly(2025, 10, from),
                    To = new DateOnly(2025, 10, to),
                };
                if (ended)
                    absence.End(ClockSamples.At(WatchFixture.Monday).ToUniversalTime());
                db.Absences.Add(absence);
            }
            return await db.SaveChangesAsync(DossierFixture.Ct);
        });
        var (away, back) = (await city.Stuck.MakeAsync("FEE_LAPSED"), await city.Stuck.MakeAsync("DUTY"));
        await city.RoundAsync("2025-10-07T13:45");
        await city.RoundAsync("2025-10-21T17:00");
        // Others are told as well, and in any order.
        await Eventually.Async(() => Task.FromResult(ToOfficer(away).Any() && ToOfficer(back).Any()), "both officers' warnings");
        Assert.Equal(substitute, Assert.Single(ToOfficer(away)).PersonId);
        Assert.Equal(Stuck.Officer, Assert.Single(ToOfficer(back)).PersonId);
        await city.InDbAsync(db => db.Absences.Where(a => a.SubstituteId == substitute).ExecuteDeleteAsync(DossierFixture.Ct));

        IEnumerable<DossierWaitWarned> ToOfficer(Guid id) => heard.Heard.Where(w => w.DossierId == id && w.Level == WaitLevels.Officer);
    }

    private static string Before(string local) =>
        ((DateTimeOffset?)ClockSamples.At(local).AddMinutes(-1)).Local()!.Replace(' ', 'T');
}

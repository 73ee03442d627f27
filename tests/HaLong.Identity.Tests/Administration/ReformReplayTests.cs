using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Staff;
using HaLong.Identity.Tests.Staff;
using HaLong.Identity.Units;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Administration;

/// <summary>The real reform of 1 July 2025, done by the import on a platform that knows only the old units.</summary>
public sealed class ReformReplayTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static readonly DateOnly Old = new(2020, 1, 1);

    [Fact]
    public async Task The_import_leads_to_exactly_what_the_data_file_says_and_takes_the_staff_along()
    {
        await site.GoBackAsync();
        Assert.Equal(38, await site.DatabaseAsync(db => db.Units.CountAsync(u => u.Level != "province")));
        var whole = await OfficialAsync("of.ha.tu", "06664");
        var divided = await OfficialAsync("of.ha.khau", "06655");
        var single = await OfficialAsync("of.dong.lam", "07042");
        var city = await OfficialAsync("of.the.city", "193");
        var later = await site.OfficialAsync("beginning.later");
        await site.AssignAsync(later, "06664@2020-01-01", StaffKit.Terms(["cashier"], new DateOnly(2025, 8, 1)));
        var gone = await site.OfficialAsync("gone.before");
        await site.AssignAsync(gone, "06664@2020-01-01", StaffKit.Terms(["officer"], Old, new DateOnly(2025, 5, 31)));

        // Without choices for those who work in divided units the report says so, and nothing can be applied.
        var draft = await site.SubmitAsync(ReorganisationKit.Document());
        var report = draft["report"];
        Assert.False(report.GetProperty("applicable").GetBoolean());
        Assert.Equal(["needsChoice"], report.Codes("faults"));
        Assert.Equal(3, report.GetProperty("faults").GetArrayLength());
        Assert.Equal(["late", "noPredecessor", "noSuccessor"], report.Codes("warnings"));
        var split = report.GetProperty("splits").EnumerateArray().Single(s => s.Text("unitId") == "06655@2020-01-01");
        Assert.Equal(["06661@2025-07-01", "06706@2025-07-01"], split.GetProperty("targets").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal(1, split.GetProperty("staff").GetInt32());
        var blocked = (await site.ApplyAsync(draft["id"].GetGuid())).Refused(HttpStatusCode.Conflict, "IDN-0743");
        Assert.Equal(["needsChoice"], blocked.Fields);
        Assert.Equal(38, await site.DatabaseAsync(db => db.Units.CountAsync(u => u.Level != "province")));

        // With them it is applied, by somebody else.
        var document = ReorganisationKit.Document();
        document["splitChoices"] = new[] { new { from = "06655@2020-01-01", to = "06661" } };
        document["staffMoves"] = new object[] { new { assignmentId = await AssignmentOfAsync(single), to = "07060" }, new { assignmentId = await AssignmentOfAsync(city), end = true } };
        var good = await site.SubmitAsync(document);
        Assert.True(good["report"].GetProperty("applicable").GetBoolean(), good.Text);
        var id = good["id"].GetGuid();
        (await site.PostAsync($"reorganisations/{id}/application", await site.AdministratorAsync())).Refused(HttpStatusCode.Forbidden, "IDN-0742");
        await using var heard = await Heard.OnAsync(site);
        var applied = (await site.ApplyAsync(id)).Expect(HttpStatusCode.OK);
        Assert.Equal("applied", applied.Json.Text("state"));

        await CompareUnitsAsync();
        await CompareTransitionsAndPlacesAsync();
        Assert.Equal(11, (await site.GetAsync("/api/v1/units?at=2025-07-01&group=HALONG")).Items.Count);
        Assert.Equal(32, (await site.GetAsync("/api/v1/units?at=2025-06-30&group=HALONG&limit=100")).Items.Count);
        Assert.Equal(["06664 2020-01-01..2025-06-30 reorganisation", "06652 2025-07-01.."], await WorkAsync(whole));
        Assert.Equal(["06655 2020-01-01..2025-06-30 reorganisation", "06661 2025-07-01.."], await WorkAsync(divided));
        Assert.Equal(["07042 2020-01-01..2025-06-30 reorganisation", "07060 2025-07-01.."], await WorkAsync(single));
        Assert.Equal(["193 2020-01-01..2025-06-30 reorganisation"], await WorkAsync(city));
        Assert.Equal(["06664 2025-08-01..2025-07-31 reorganisation", "06652 2025-08-01.."], await WorkAsync(later));
        Assert.Equal(["06664 2020-01-01..2025-05-31"], await WorkAsync(gone));
        Assert.Equal(["automatic", "automatic", "ended", "explicit", "split_choice"], applied["report"].GetProperty("moves").EnumerateArray().Select(m => m.Text("how")).Order(StringComparer.Ordinal));
        await heard.OneAsync<StaffAssigned>(e => e.AccountId == whole && e.UnitId == "06652@2025-07-01");
        await heard.OneAsync<StaffReleased>(e => e.AccountId == city && e.Reason == ReleaseReasons.Reorganisation);
        await heard.OneAsync<UnitChanged>(e => e.UnitId == "06688@2025-07-01" && e.Change == UnitChanged.Created);
        await heard.OneAsync<UnitChanged>(e => e.UnitId == "06688@2020-01-01" && e.Change == UnitChanged.Ended);

        // Once more it changes nothing, and the draft with the faults now has others: its units are gone.
        var again = (await site.ApplyAsync(id)).Expect(HttpStatusCode.OK);
        Assert.Equal(applied["decidedAt"].GetDateTimeOffset(), again["decidedAt"].GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, (await WorkAsync(whole)).Count);
        Assert.Contains("notValidThen", (await site.ReadAsync($"reorganisations/{draft["id"].GetGuid()}", await site.SecondAsync()))["report"].Codes("faults"));
        Assert.Contains("assignment.moved", (await site.AuditOfAsync(whole.ToString())).Select(e => e.Text("action")));
        Assert.Equal(["reorganisation.submitted", "reorganisation.applied"], (await site.AuditOfAsync(id.ToString())).Select(e => e.Text("action")));
        await SeedChangesNothingAsync();
    }

    private async Task CompareUnitsAsync()
    {
        var rows = await site.DatabaseAsync(db => db.Units.AsNoTracking().ToDictionaryAsync(u => u.Id));
        Assert.Equal(ReorganisationKit.Catalogue.Items.Count, rows.Count);
        foreach (var expected in ReorganisationKit.Catalogue.Items)
        {
            var unit = rows[Unit.IdOf(expected.Code, expected.ValidFrom)];
            Assert.Equal(
                (expected.ValidTo, expected.NameVi, expected.ShortNameVi, expected.NameEn, expected.Kind, expected.Level, expected.ParentCode, expected.LegalBasis, expected.SeatVi, expected.Note, expected.ValidFromConfirmed ?? true),
                (unit.ValidTo, unit.NameVi, unit.ShortNameVi, unit.NameEn, unit.Kind, unit.Level, unit.ParentCode, unit.LegalBasis, unit.SeatVi, unit.Note, unit.ValidFromConfirmed));
            Assert.Equal(expected.FormedFromVi ?? [], unit.FormedFromVi);
            if (expected.EndLegalBasis is not null)
                Assert.Equal(expected.EndLegalBasis, unit.EndLegalBasis);
        }
    }

    private async Task CompareTransitionsAndPlacesAsync()
    {
        var transitions = await site.DatabaseAsync(db => db.UnitTransitions.AsNoTracking().ToDictionaryAsync(t => (t.FromId, t.ToId)));
        Assert.Equal(ReorganisationKit.Catalogue.Transitions.Count, transitions.Count);
        foreach (var expected in ReorganisationKit.Catalogue.Transitions)
        {
            var t = transitions[(expected.FromId, expected.ToId)];
            Assert.Equal((expected.Effective, expected.Kind, expected.Part, expected.Automatic, expected.Confirmed, expected.LegalBasis, expected.Note),
                (t.Effective, t.Kind, t.IsPart, t.IsAutomatic, t.IsConfirmed, t.LegalBasis, t.Note));
        }

        var places = await site.DatabaseAsync(db => db.ReceivingPlaces.AsNoTracking().ToDictionaryAsync(p => p.Id));
        Assert.Equal(ReorganisationKit.Catalogue.ReceivingPlaces.Count, places.Count);
        foreach (var expected in ReorganisationKit.Catalogue.ReceivingPlaces.Where(p => ReceivingPlace.OfUnit.Contains(p.Kind)))
            Assert.Equal((expected.UnitId, expected.ValidFrom, expected.ValidTo), (places[expected.Id].UnitId, places[expected.Id].ValidFrom, places[expected.Id].ValidTo));
    }

    private async Task SeedChangesNothingAsync()
    {
        var before = await site.DatabaseAsync(db => db.Units.AsNoTracking().OrderBy(u => u.Id).Select(u => u.Id + u.ValidTo + u.Version).ToListAsync());
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", IdentityProgram.Settings(site.Connection)));
        Assert.Equal(before, await site.DatabaseAsync(db => db.Units.AsNoTracking().OrderBy(u => u.Id).Select(u => u.Id + u.ValidTo + u.Version).ToListAsync()));
    }

    private async Task<Guid> OfficialAsync(string name, string unit)
    {
        var id = await site.OfficialAsync(name);
        await site.AssignAsync(id, unit + "@2020-01-01", StaffKit.Terms(["officer"], Old, primary: true));
        return id;
    }

    private Task<Guid> AssignmentOfAsync(Guid account) => site.DatabaseAsync(db => db.Assignments.Where(a => a.AccountId == account).Select(a => a.Id).SingleAsync());

    private Task<List<string>> WorkAsync(Guid account) => site.DatabaseAsync(async db =>
        (await db.Assignments.AsNoTracking().Where(a => a.AccountId == account).OrderBy(a => a.ReplacesId != null).ToListAsync())
            .ConvertAll(a => $"{a.UnitCode} {a.ValidFrom.Iso()}..{a.ValidTo?.Iso()} {a.EndReason}".TrimEnd()));
}

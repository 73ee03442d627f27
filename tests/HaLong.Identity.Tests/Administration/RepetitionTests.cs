using System.Net;
using HaLong.Identity.Administration.Reorganisations;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Administration;

/// <summary>The same request again, another one under its key, and several changes of one thing at the same moment.</summary>
public sealed class RepetitionTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Every_request_that_makes_something_can_be_repeated_and_not_changed_under_its_key()
    {
        var token = await site.AdministratorAsync();
        var id = await site.CreatedAsync("to.repeat", "06688", "officer");
        var merger = new { effective = site.Today().AddDays(900).Iso(), legalBasis = "NQ", transitions = new[] { new { from = "06709@2025-07-01", to = "06712", kind = "merge" } } };
        (string Path, object Body, object Other)[] requests =
        [
            ("staff", AdminKit.Person("repeat.one", AdminKit.Appointment("06688", ["officer"])), AdminKit.Person("repeat.two", AdminKit.Appointment("06688", ["officer"]))),
            ($"staff/{id}/assignments", AdminKit.Appointment("06685", ["officer"]), AdminKit.Appointment("06673", ["officer"])),
            ($"staff/{id}/assignments", AdminKit.Appointment("06685", ["approver"]), AdminKit.Appointment("06673", ["approver"])),
            ("receiving-places", Place("Một"), Place("Hai")),
            ("reorganisations", merger, new { effective = site.Today().AddDays(901).Iso(), merger.legalBasis, merger.transitions }),
        ];
        foreach (var (path, body, other) in requests)
        {
            var key = Guid.CreateVersion7().ToString();
            var first = await site.PostAsync(path, token, body, key: key);
            Assert.InRange((int)first.Status, 200, 299);
            Assert.Equal(first.Text, (await site.PostAsync(path, token, body, key: key)).Expect(first.Status).Text);
            (await site.PostAsync(path, token, other, key: key)).Refused(HttpStatusCode.UnprocessableEntity, "CMN-0422");
            // Somebody else's key of the same name is another key.
            Assert.NotEqual(first.Text, (await site.PostAsync(path, await site.SecondAsync(), body, key: key)).Text);
        }

        Assert.Equal(1, await site.DatabaseAsync(db => db.Assignments.CountAsync(a => a.AccountId == id && a.UnitCode == "06685")));
        Assert.Equal(1, await site.DatabaseAsync(db => db.RoleGrants.CountAsync(g => g.AccountId == id)));
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        var token = await site.AdministratorAsync();
        (await site.PostAsync("staff", token, AdminKit.Person("x", AdminKit.Appointment("06688", ["officer"])), key: "free-again")).Expect(HttpStatusCode.BadRequest);

        (await site.PostAsync("staff", token, AdminKit.Person("key.was.free", AdminKit.Appointment("06688", ["officer"])), key: "free-again")).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_answer_kept_for_a_strong_sign_in_is_nothing_for_a_weak_one()
    {
        var body = AdminKit.Person("kept.answer", AdminKit.Appointment("06688", ["officer"]));
        (await site.PostAsync("staff", await site.AdministratorAsync(), body, key: "kept-answer")).Expect(HttpStatusCode.Created);

        (await site.PostAsync("staff", await site.TokenAsync("administrator"), body, key: "kept-answer")).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
    }

    [Fact]
    public async Task Of_several_changes_of_one_revision_one_is_taken()
    {
        var token = await site.AdministratorAsync();
        var id = await site.CreatedAsync("raced.change", "06688", "officer");
        var assignment = (await site.ReadAsync($"staff/{id}", token))["assignments"][0];
        var path = $"/api/v1/admin/staff/{id}/assignments/{assignment.GetProperty("id").GetGuid()}";
        var tag = $"\"{assignment.GetProperty("version").GetUInt32()}\"";
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => site.CallAsync(HttpMethod.Patch, path, token, new { title = "Chức danh " + n }, tag)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => a.Refused(HttpStatusCode.PreconditionFailed, "CMN-0412"));
        Assert.Equal(["staff.created", "assignment.opened", "assignment.changed"], (await site.AuditOfAsync(id.ToString())).Select(e => e.Text("action")));
    }

    [Fact]
    public async Task Of_several_corrections_of_a_unit_or_place_one_is_taken()
    {
        var token = await site.AdministratorAsync();
        var unit = (await site.GetAsync("/api/v1/units/06778@2025-07-01")).Etag;
        var units = await Task.WhenAll(Enumerable.Range(0, 4).Select(n =>
            site.CallAsync(HttpMethod.Patch, "/api/v1/admin/units/06778@2025-07-01", token, new { nameEn = "Quang Hanh " + n }, unit)));
        var place = (await site.GetAsync("/api/v1/receiving-places?unit=06688&at=2026-01-01")).Items[0].GetProperty("version").GetUInt32();
        var places = await Task.WhenAll(Enumerable.Range(0, 4).Select(n =>
            site.CallAsync(HttpMethod.Patch, "/api/v1/admin/receiving-places/RP-PASC-06688", token, new { note = "Ghi chú " + n }, $"\"{place}\"")));

        Assert.Single(units, a => a.Status == HttpStatusCode.OK);
        Assert.Single(places, a => a.Status == HttpStatusCode.OK);
        Assert.All(units.Concat(places).Where(a => a.Status != HttpStatusCode.OK), a => a.Refused(HttpStatusCode.PreconditionFailed, "CMN-0412"));
    }

    [Fact]
    public async Task Of_several_appointments_to_the_same_at_once_the_person_has_the_role_all_the_same()
    {
        var token = await site.AdministratorAsync();
        var id = await site.CreatedAsync("raced.appointment", "06688", "officer");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.GrantAsync(token, id, "06685", "cashier")));

        Assert.Contains(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.Status));
        Assert.Equal(1, await site.DatabaseAsync(db => db.Assignments.CountAsync(a => a.AccountId == id && a.UnitCode == "06685")));
    }

    [Fact]
    public async Task A_reorganisation_that_breaks_half_way_leaves_nothing_behind()
    {
        var person = await site.OfficialAsync("half.way", ("06760", ["officer"]));
        var draft = await site.SubmitAsync(new Dictionary<string, object?>
        {
            ["effective"] = site.Today().Iso(),
            ["legalBasis"] = "NQ",
            ["transitions"] = new[] { new { from = "06760@2025-07-01", to = "06781", kind = "merge" } },
        });
        await site.DatabaseAsync(db => db.Database.ExecuteSqlRawAsync(
            """
            CREATE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
            CREATE TRIGGER break_it BEFORE INSERT ON staff_assignment FOR EACH ROW WHEN (NEW.reorganisation_id IS NOT NULL) EXECUTE FUNCTION break_it();
            """));
        (await site.ApplyAsync(draft["id"].GetGuid())).Expect(HttpStatusCode.InternalServerError);

        await site.DatabaseAsync(async db =>
        {
            Assert.Null((await db.Units.SingleAsync(u => u.Id == "06760@2025-07-01")).ValidTo);
            Assert.Equal(0, await db.UnitTransitions.CountAsync(t => t.FromId == "06760@2025-07-01"));
            Assert.Null((await db.Assignments.SingleAsync(a => a.AccountId == person)).ValidTo);
            Assert.Equal(Reorganisation.Draft, (await db.Reorganisations.AsNoTracking().SingleAsync(r => r.Id == draft["id"].GetGuid())).State);
            return await db.Database.ExecuteSqlRawAsync("DROP TRIGGER break_it ON staff_assignment");
        });
        (await site.ApplyAsync(draft["id"].GetGuid())).Expect(HttpStatusCode.OK);
        Assert.Equal(2, await site.DatabaseAsync(db => db.Assignments.CountAsync(a => a.AccountId == person)));
    }

    private static object Place(string name) => new { kind = "postOffice", nameVi = "Bưu điện " + name, nameEn = "Post office", unit = "06688", receives = new[] { "direct" } };
}

using System.Net;
using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Administration;

public sealed class CreateStaffTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task An_official_is_made_without_a_password_and_works_for_the_unit_at_once()
    {
        await using var heard = await Heard.OnAsync(site);
        var token = await site.AdministratorAsync();
        var made = (await site.PostAsync("staff", token, AdminKit.Person("le.van.a", AdminKit.Appointment("06688", ["officer", "reception"]), "022090001234"))).Expect(HttpStatusCode.Created);
        var id = made["id"].GetGuid();

        Assert.Equal($"/api/v1/admin/staff/{id}", made.Location);
        Assert.Equal(("official", "022*******34", false, "vi"), (made.Json.Text("kind"), made.Json.Text("personalNumber"), made["hasPassword"].GetBoolean(), made.Json.Text("language")));
        var assignment = Assert.Single(made["assignments"].EnumerateArray());
        Assert.Equal(("06688@2025-07-01", "Chuyên viên", "15/QĐ-UBND", true), (
            assignment.GetProperty("unit").Text("id"), assignment.Text("title"), assignment.Text("decisionNumber"), assignment.GetProperty("primary").GetBoolean()));
        Assert.Equal(site.Today().Iso(), assignment.Text("validFrom"));
        var me = await site.GetAsync("/api/v1/me", await site.TokenAsync("le.van.a"));
        Assert.Equal(["officer", "reception"], me["roles"].EnumerateArray().Select(r => r.GetString()).Order());
        using var signIn = await site.NewBrowser().SubmitSignInAsync("le.van.a", "");
        Assert.NotEqual(HttpStatusCode.Redirect, signIn.StatusCode);
        Assert.Equal("official", (await heard.OneAsync<AccountRegistered>(e => e.AccountId == id)).Kind);
        Assert.Equal("06688", (await heard.OneAsync<StaffAssigned>(e => e.AccountId == id)).UnitCode);
        Assert.Equal(made.Text, (await site.ReadAsync($"staff/{id}", token)).Expect(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task A_helper_has_a_kind_and_a_unit_and_no_other_role()
    {
        var body = new
        {
            kind = "helper",
            userName = "nguoi-giup",
            displayName = "Trần Thị Giúp",
            phone = "0912345679",
            helperKind = "youthUnion",
            appointment = new { unit = "06685", title = "Tình nguyện viên" },
        };
        var made = (await site.PostAsync("staff", await site.AdministratorAsync(), body)).Expect(HttpStatusCode.Created);

        Assert.Equal(("helper", "youthUnion"), (made.Json.Text("kind"), made.Json.Text("helperKind")));
        Assert.Equal("helper", made["assignments"][0].GetProperty("roles")[0].GetString());
        Assert.Equal("06685", await site.DatabaseAsync(db => db.Accounts.Where(a => a.UserName == "nguoi-giup").Select(a => a.UnitCode).SingleAsync()));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_in_both_languages()
    {
        var body = new
        {
            kind = "robot",
            userName = "x",
            displayName = " ",
            personalNumber = "123",
            email = "no-address",
            phone = "12",
            language = "fr",
            helperKind = "postOffice",
            appointment = new { unit = "99999", title = "", roles = new[] { "king" }, validFrom = site.Today().AddDays(-31).Iso(), validTo = site.Today().AddDays(-1).Iso(), decisionNumber = new string('x', 101), legalBasis = new string('x', 501) },
        };
        var refused = (await site.PostAsync("staff", await site.AdministratorAsync(), body)).Refused(HttpStatusCode.BadRequest, "IDN-0700");
        var english = await site.CallAsync(HttpMethod.Post, "/api/v1/admin/staff", await site.AdministratorAsync(), body, language: "en");

        Assert.Equal(
            ["appointment.decisionNumber", "appointment.legalBasis", "appointment.roles", "appointment.title", "appointment.unit", "appointment.validFrom", "appointment.validTo",
                "displayName", "email", "helperKind", "kind", "language", "personalNumber", "phone", "userName"],
            refused.Fields.Order(StringComparer.Ordinal));
        Assert.Contains("Hãy nhập họ tên", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Enter a name", english.Text, StringComparison.Ordinal);
        Assert.Equal("Some details are not right. Correct the marked fields.", english.Json.Text("title"));
    }

    [Theory]
    [InlineData("""{"userName":"nobody","displayName":"Không Ai","appointment":{"unit":"06688","title":"x","roles":["officer"]}}""", "phone")]
    [InlineData("""{"userName":"nobody","displayName":"Không Ai","phone":"0912345678"}""", "appointment.unit")]
    [InlineData("""{"userName":"nobody","displayName":"Không Ai","phone":"0912345678","appointment":{"unit":"06688","title":"x","roles":[]}}""", "appointment.roles")]
    [InlineData("""{"userName":"nobody","displayName":"Không Ai","phone":"0912345678","appointment":{"unit":"06688","title":"x","roles":["citizen"]}}""", "appointment.roles")]
    [InlineData("""{"userName":"nobody","displayName":"Không Ai","phone":"0912345678","appointment":{"unit":"06688@2020-01-01","title":"x","roles":["officer"]}}""", "appointment.unit")]
    [InlineData("""{"userName":"nobody","kind":"helper","helperKind":"postOffice","displayName":"Không Ai","phone":"0912345678","appointment":{"unit":"06688","title":"x","roles":["officer"]}}""", "appointment.roles")]
    [InlineData("""{"userName":"nobody","kind":"helper","displayName":"Không Ai","phone":"0912345678","appointment":{"unit":"06688","title":"x"}}""", "helperKind")]
    public async Task One_thing_wrong_is_enough(string body, string field)
    {
        var refused = (await site.PostAsync("staff", await site.AdministratorAsync(), body)).Refused(HttpStatusCode.BadRequest, "IDN-0700");

        Assert.Contains(field, refused.Fields);
        Assert.False(await site.DatabaseAsync(db => db.Accounts.AnyAsync(a => a.UserName == "nobody")));
    }

    [Fact]
    public async Task A_user_name_and_a_personal_number_belong_to_one_account()
    {
        var token = await site.AdministratorAsync();
        (await site.PostAsync("staff", token, AdminKit.Person("Taken.Name", AdminKit.Appointment("06688", ["officer"]), "022090005555"))).Expect(HttpStatusCode.Created);

        (await site.PostAsync("staff", token, AdminKit.Person("taken.name", AdminKit.Appointment("06688", ["officer"])))).Refused(HttpStatusCode.Conflict, "IDN-0703");
        (await site.PostAsync("staff", token, AdminKit.Person("other.name", AdminKit.Appointment("06688", ["officer"]), "022090005555"))).Refused(HttpStatusCode.Conflict, "IDN-0704");
        var citizens = (await site.PostAsync("staff", token, AdminKit.Person("citizen.too", AdminKit.Appointment("06688", ["officer"]), "022185000123"))).Refused(HttpStatusCode.Conflict, "IDN-0704");
        Assert.DoesNotContain("Hạnh", citizens.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_request_makes_one_account_and_gets_the_same_answer()
    {
        var token = await site.AdministratorAsync();
        var body = AdminKit.Person("made.once", AdminKit.Appointment("06688", ["cashier"]));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.PostAsync("staff", token, body, key: "made-once")));

        Assert.All(answers, a => a.Expect(HttpStatusCode.Created));
        Assert.Single(answers.Select(a => a.Text).Distinct());
        Assert.Equal(1, await site.DatabaseAsync(db => db.Accounts.CountAsync(a => a.UserName == "made.once")));
    }

    [Fact]
    public async Task Many_at_once_with_one_name_make_one_account()
    {
        var token = await site.AdministratorAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n =>
            site.PostAsync("staff", token, AdminKit.Person("raced.name", AdminKit.Appointment("06688", ["cashier"]), "02209000" + (7000 + n)))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a.Status));
    }

    [Fact]
    public async Task High_roles_wait_and_the_account_has_no_rights_until_then()
    {
        var made = (await site.PostAsync("staff", await site.AdministratorAsync(), AdminKit.Person("high.role", AdminKit.Appointment("06688", ["approver"])))).Expect(HttpStatusCode.Created);

        Assert.Empty(made["assignments"].EnumerateArray());
        Assert.Equal("pending", Assert.Single(made["grants"].EnumerateArray()).Text("state"));
        Assert.Empty((await site.GetAsync("/api/v1/me", await site.TokenAsync("high.role")))["roles"].EnumerateArray());
    }

    [Fact]
    public async Task A_weak_sign_in_makes_nobody()
    {
        var refused = await site.PostAsync("staff", await site.TokenAsync("administrator"), AdminKit.Person("weak", AdminKit.Appointment("06688", ["officer"])));

        refused.Refused(HttpStatusCode.Unauthorized, "CMN-0470");
    }

    [Fact]
    public async Task The_audit_tells_who_made_whom_without_contact_points_and_numbers()
    {
        var id = await site.CreatedAsync("audited.person", "06688", "officer");
        var entries = await site.AuditOfAsync(id.ToString());

        Assert.Equal(["staff.created", "assignment.opened"], entries.Select(e => e.Text("action")));
        Assert.All(entries, e =>
        {
            Assert.Equal(("account", "06688@2025-07-01", "22", "Ngô Văn Quản"), (e.Text("targetType"), e.Text("unitId"), e.Text("actorUnit"), e.Text("actorName")));
            Assert.Matches("^[0-9a-f]{32}$", e.Text("traceId"));
            Assert.DoesNotContain("0912345678", e.GetRawText(), StringComparison.Ordinal);
            Assert.DoesNotContain("@halong.example", e.GetRawText(), StringComparison.Ordinal);
        });
        Assert.Equal(JsonValueKind.Null, entries[0].GetProperty("before").ValueKind);
        Assert.Equal("audited.person", entries[0].GetProperty("after").Text("userName"));
    }
}

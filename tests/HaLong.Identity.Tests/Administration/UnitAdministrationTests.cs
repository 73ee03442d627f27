using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Tests.Staff;

namespace HaLong.Identity.Tests.Administration;

public sealed class UnitAdministrationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Names_are_corrected_found_by_search_and_told()
    {
        await using var heard = await Heard.OnAsync(site);
        var path = "/api/v1/admin/units/06736@2025-07-01";
        var read = await site.GetAsync("/api/v1/units/06736@2025-07-01");
        var body = new { nameVi = "Phường Móng Cái Ba", shortNameVi = "Móng Cái Ba", nameEn = "Mong Cai Ba Ward", seatVi = "Số 1", note = "Sửa tên" };
        var corrected = (await site.CallAsync(HttpMethod.Patch, path, await site.AdministratorAsync(), body, read.Etag)).Expect(HttpStatusCode.OK);

        Assert.Equal("Mong Cai Ba Ward", corrected["unit"].Text("nameEn"));
        Assert.Equal("06736", Assert.Single((await site.GetAsync("/api/v1/units?q=mong%20cai%20ba%20ward")).Items).Text("code"));
        Assert.Equal("06736@2025-07-01", (await heard.OneAsync<UnitChanged>(e => e.Change == UnitChanged.Corrected)).UnitId);
        (await site.CallAsync(HttpMethod.Patch, path, await site.AdministratorAsync(), new { nameEn = "Late" }, read.Etag)).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        var entry = Assert.Single(await site.AuditOfAsync("06736@2025-07-01"));
        Assert.Equal(("unit.corrected", "Phường Móng Cái 3", "Phường Móng Cái Ba"), (entry.Text("action"), entry.GetProperty("before").Text("nameVi"), entry.GetProperty("after").Text("nameVi")));
    }

    [Fact]
    public async Task Names_that_make_no_sense_and_units_that_do_not_exist_are_refused()
    {
        var body = new { nameVi = "", shortNameVi = new string('x', 201), nameEn = " ", seatVi = new string('x', 301), note = new string('x', 1001) };
        var token = await site.AdministratorAsync();

        Assert.Equal(["nameEn", "nameVi", "note", "seatVi", "shortNameVi"],
            (await site.CallAsync(HttpMethod.Patch, "/api/v1/admin/units/06736@2025-07-01", token, body)).Refused(HttpStatusCode.BadRequest, "IDN-0700").Fields.Order(StringComparer.Ordinal));
        (await site.CallAsync(HttpMethod.Patch, "/api/v1/admin/units/06736", token, new { nameEn = "x" })).Refused(HttpStatusCode.NotFound, "IDN-0301");
        (await site.CallAsync(HttpMethod.Patch, "/api/v1/admin/units/06688@2025-07-01", await site.LocalAsync("06688"), new { nameEn = "x" })).Refused(HttpStatusCode.Forbidden, "IDN-0701");
    }

    [Fact]
    public async Task A_place_is_added_changed_and_closed_by_the_administrator_of_its_unit()
    {
        var token = await site.LocalAsync("07060");
        var today = site.Today();
        var added = (await site.PostAsync("receiving-places", token, Place("07060"), key: "place-1")).Expect(HttpStatusCode.Created);
        var id = added.Json.Text("id");
        Assert.Equal(added.Text, (await site.PostAsync("receiving-places", token, Place("07060"), key: "place-1")).Text);
        Assert.Contains((await site.GetAsync($"/api/v1/receiving-places?unit=07060&at={today.Iso()}")).Items, p => p.Text("id") == id);

        var changed = (await PatchAsync(id, token, new { nameVi = "Bưu điện xã Thống Nhất", seatVi = "Thôn 1", agencyCode = "H49.1", note = "Mới", receives = new[] { "direct", "post" }, validTo = today.Iso() }, added.Etag)).Expect(HttpStatusCode.OK);
        Assert.Equal(("Bưu điện xã Thống Nhất", "H49.1", today.Iso()), (changed.Json.Text("nameVi"), changed.Json.Text("agencyCode"), changed.Json.Text("validTo")));
        (await PatchAsync(id, token, new { nameVi = "x" }, added.Etag)).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        Assert.DoesNotContain((await site.GetAsync($"/api/v1/receiving-places?unit=07060&at={today.AddDays(1).Iso()}")).Items, p => p.Text("id") == id);
        Assert.Equal(["place.added", "place.changed"], (await site.AuditOfAsync(id)).Select(e => e.Text("action")));
    }

    [Fact]
    public async Task Places_of_other_units_do_not_exist_for_the_administrator_of_a_commune()
    {
        var token = await site.LocalAsync("07060");

        (await PatchAsync("RP-PASC-06688", token, new { nameVi = "x" })).Refused(HttpStatusCode.NotFound, "IDN-0731");
        (await PatchAsync("RP-NOWHERE", token, new { nameVi = "x" })).Refused(HttpStatusCode.NotFound, "IDN-0731");
        Assert.Equal(["unit"], (await site.PostAsync("receiving-places", token, Place("06688"))).Refused(HttpStatusCode.BadRequest, "IDN-0700").Fields);
    }

    [Fact]
    public async Task Places_that_make_no_sense_are_refused()
    {
        var token = await site.AdministratorAsync();
        var body = new { kind = "kiosk", unit = "99999", receives = new[] { "pigeon" }, validTo = site.Today().AddDays(-1).Iso(), agencyCode = new string('x', 41), seatVi = new string('x', 301), note = new string('x', 1001) };

        Assert.Equal(["agencyCode", "kind", "nameEn", "nameVi", "note", "receives", "seatVi", "unit", "validTo"],
            (await site.PostAsync("receiving-places", token, body)).Refused(HttpStatusCode.BadRequest, "IDN-0700").Fields.Order(StringComparer.Ordinal));
        Assert.Equal(["kind"], (await PatchAsync("RP-PASC-06688", token, new { unit = "06685" })).Refused(HttpStatusCode.BadRequest, "IDN-0700").Fields);
    }

    private static object Place(string unit) => new
    {
        kind = "postOffice",
        nameVi = "Bưu điện",
        nameEn = "Post office",
        unit,
        receives = new[] { "direct" },
    };

    private Task<Reply> PatchAsync(string id, string token, object body, string? ifMatch = null) =>
        site.CallAsync(HttpMethod.Patch, "/api/v1/admin/receiving-places/" + id, token, body, ifMatch);
}

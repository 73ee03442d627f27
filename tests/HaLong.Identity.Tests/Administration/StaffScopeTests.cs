using System.Net;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Administration;

public sealed class StaffScopeTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task The_administrator_of_a_commune_makes_staff_of_that_commune_and_no_other()
    {
        var token = await site.LocalAsync("06673");

        (await site.PostAsync("staff", token, AdminKit.Person("of.bai.chay", AdminKit.Appointment("06673", ["officer"])))).Expect(HttpStatusCode.Created);
        foreach (var unit in (string[])["06688", "22", "06673@2020-01-01", "no-such-unit"])
        {
            var refused = (await site.PostAsync("staff", token, AdminKit.Person("of.elsewhere", AdminKit.Appointment(unit, ["officer"])))).Refused(HttpStatusCode.BadRequest, "IDN-0700");
            Assert.Equal(["appointment.unit"], refused.Fields);
        }
    }

    [Fact]
    public async Task Staff_of_another_unit_do_not_exist_for_the_administrator_of_a_commune()
    {
        var (mine, theirs) = (await site.LocalAsync("06685"), await site.LocalAsync("06676"));
        var id = await site.CreatedAsync("of.ha.lam", "06676", "officer");
        var assignment = (await site.ReadAsync($"staff/{id}", theirs)).Expect(HttpStatusCode.OK)["assignments"][0].GetProperty("id").GetGuid();
        var grant = (await site.GrantAsync(theirs, id, "06676", "approver")).Expect(HttpStatusCode.Accepted)["id"].GetGuid();

        (await site.ReadAsync($"staff/{id}", mine)).Refused(HttpStatusCode.NotFound, "IDN-0702");
        (await site.GrantAsync(mine, id, "06685", "officer")).Refused(HttpStatusCode.NotFound, "IDN-0702");
        (await site.CallAsync(HttpMethod.Patch, $"/api/v1/admin/staff/{id}/assignments/{assignment}", mine, new { title = "x" })).Refused(HttpStatusCode.NotFound, "IDN-0702");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{id}/assignments/{assignment}", mine)).Refused(HttpStatusCode.NotFound, "IDN-0702");
        (await site.PostAsync($"staff/{id}/closing", mine)).Refused(HttpStatusCode.NotFound, "IDN-0702");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{id}/lock", mine)).Refused(HttpStatusCode.NotFound, "IDN-0702");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{id}/sessions", mine)).Refused(HttpStatusCode.NotFound, "IDN-0702");
        (await site.ReadAsync($"grants/{grant}", mine)).Refused(HttpStatusCode.NotFound, "IDN-0712");
        (await site.PostAsync($"grants/{grant}/confirmation", mine)).Refused(HttpStatusCode.NotFound, "IDN-0712");
        (await site.PostAsync($"grants/{grant}/refusal", mine, new { reason = "x" })).Refused(HttpStatusCode.NotFound, "IDN-0712");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/grants/{grant}", mine)).Refused(HttpStatusCode.NotFound, "IDN-0712");
        Assert.DoesNotContain((await site.ReadAsync("staff?limit=100", mine)).Items, i => i.GetProperty("id").GetGuid() == id);
        Assert.Empty((await site.ReadAsync("grants", mine)).Items);
        Assert.Single((await site.ReadAsync("grants", theirs)).Items);
        Assert.Contains((await site.ReadAsync("staff?q=HA%20lam", theirs)).Items, i => i.GetProperty("id").GetGuid() == id);
    }

    [Fact]
    public async Task Ids_nobody_has_are_answered_like_those_of_others()
    {
        var token = await site.AdministratorAsync();
        var nobody = Guid.CreateVersion7();
        var id = await site.CreatedAsync("with.one.assignment", "06688", "officer");

        (await site.ReadAsync($"staff/{nobody}", token)).Refused(HttpStatusCode.NotFound, "IDN-0702");
        (await site.ReadAsync($"staff/{await site.IdOfAsync("citizen")}", token)).Refused(HttpStatusCode.NotFound, "IDN-0702");
        (await site.GrantAsync(token, nobody, "06688", "officer")).Refused(HttpStatusCode.NotFound, "IDN-0702");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{id}/assignments/{nobody}", token)).Refused(HttpStatusCode.NotFound, "IDN-0705");
        (await site.PostAsync($"grants/{nobody}/confirmation", token)).Refused(HttpStatusCode.NotFound, "IDN-0712");
    }

    [Fact]
    public async Task Of_somebody_in_two_units_each_administrator_sees_a_half_and_only_the_province_closes_the_account()
    {
        var token = await site.AdministratorAsync();
        var local = await site.LocalAsync("06658");
        var id = await site.CreatedAsync("in.two.units", "06658", "officer");
        (await site.GrantAsync(token, id, "06661", "cashier")).Expect(HttpStatusCode.Created);

        var half = Assert.Single((await site.ReadAsync($"staff/{id}", local))["assignments"].EnumerateArray());
        Assert.Equal("06658", half.GetProperty("unit").Text("code"));
        (await site.PostAsync($"staff/{id}/closing", local)).Refused(HttpStatusCode.Forbidden, "IDN-0708");
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{id}/sessions", local)).Refused(HttpStatusCode.Forbidden, "IDN-0708");
        (await site.PostAsync($"staff/{id}/closing", token)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_administrator_without_a_unit_administers_nothing()
    {
        var token = await site.TokenAsync("administrator", strong: true, roles: ["administrator"], unit: "99999");

        Assert.Empty((await site.ReadAsync("staff", token)).Expect(HttpStatusCode.OK).Items);
        Assert.Empty((await site.ReadAsync("audit", token)).Expect(HttpStatusCode.OK).Items);
        (await site.ReadAsync("clients", token)).Refused(HttpStatusCode.Forbidden, "IDN-0701");
    }

    [Fact]
    public async Task Nobody_administers_on_behalf_of_somebody_else()
    {
        var token = site.Mint(
        [
            new("sub", (await site.IdOfAsync("administrator")).ToString()), new("scope", "halong.api"), new("role", "administrator"), new("unit", "22"),
            new("act", $$"""{"sub":"{{await site.IdOfAsync("citizen")}}"}""", "JSON"),
        ]);

        foreach (var path in (string[])["staff", "grants", "clients", "audit"])
            (await site.ReadAsync(path, token)).Refused(HttpStatusCode.Forbidden, "CMN-0403");
    }

    [Theory]
    [InlineData("citizen")]
    [InlineData("helper")]
    [InlineData("officer")]
    [InlineData("approver")]
    [InlineData("leader")]
    [InlineData("chief")]
    public async Task Others_administer_nothing(string userName)
    {
        var token = await site.TokenAsync(userName, strong: true);
        foreach (var path in (string[])["staff", "grants", "clients", "reorganisations", "audit"])
            (await site.ReadAsync(path, token)).Refused(HttpStatusCode.Forbidden, "CMN-0403");
        (await site.PostAsync("staff", token, AdminKit.Person("by.nobody", AdminKit.Appointment("06688", ["officer"])))).Refused(HttpStatusCode.Forbidden, "CMN-0403");
        (await site.CallAsync(HttpMethod.Get, "/api/v1/admin/staff")).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Staff_are_searched_without_diacritics_and_listed_by_name_over_pages()
    {
        var token = await site.LocalAsync("07054");
        await site.OfficialAsync("zz-ba", ("07054", ["officer"]));
        await site.OfficialAsync("zz-bo", ("07054", ["cashier"]));
        await site.OfficialAsync("zz-bu", ("07054", ["officer"]));
        var names = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await site.ReadAsync("staff?limit=2&q=C%C3%A1n%20B%E1%BB%99%20zz" + (after.Length > 0 ? "&after=" + after : ""), token);
            names.AddRange(page.Expect(HttpStatusCode.OK).Items.Select(i => i.Text("userName")));
            after = page["after"].GetString();
        }

        Assert.Equal(["zz-ba", "zz-bo", "zz-bu"], names);
        Assert.Equal(["zz-bo"], (await site.ReadAsync("staff?q=can%20bo%20zz&role=cashier", token)).Items.Select(i => i.Text("userName")));
        Assert.Equal(3, (await site.ReadAsync("staff?q=zz&unit=07054", token)).Items.Count);
        Assert.Empty((await site.ReadAsync("staff?q=zz&unit=06688", token)).Items);
        var closed = await site.IdOfAsync("zz-bu");
        (await site.PostAsync($"staff/{closed}/closing", await site.AdministratorAsync())).Expect(HttpStatusCode.OK);
        Assert.Equal(2, (await site.ReadAsync("staff?q=zz", token)).Items.Count);
        Assert.Equal(3, (await site.ReadAsync("staff?q=zz&closed=true", token)).Items.Count);
    }

    [Theory]
    [InlineData("staff?limit=0")]
    [InlineData("staff?after=rubbish!")]
    [InlineData("staff?after=WyJhIiwiYiJd")]
    [InlineData("grants?after=WyJhIl0")]
    [InlineData("grants?limit=101")]
    [InlineData("audit?after=WyJhIl0")]
    [InlineData("audit?limit=0")]
    [InlineData("clients?limit=0")]
    [InlineData("clients?after=rubbish!")]
    [InlineData("reorganisations?after=WyJhIl0")]
    [InlineData("reorganisations?limit=0")]
    public async Task Pages_that_make_no_sense_are_refused(string path) =>
        (await site.ReadAsync(path, await site.AdministratorAsync())).Refused(HttpStatusCode.BadRequest, "CMN-0400");
}

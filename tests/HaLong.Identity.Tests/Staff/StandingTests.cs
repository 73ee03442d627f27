using System.Net;
using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Staff;

public sealed class StandingTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task A_token_carries_the_main_unit_and_only_the_roles_held_there()
    {
        await site.OfficialAsync("two-units", ("06688", ["officer", "reception"]), ("06685", ["approver"]));
        var token = Browser.Read(await site.NewBrowser().TokensAsync("two-units"));

        Assert.Equal("06688", token.GetClaim("unit").Value);
        Assert.Equal(["officer", "reception"], token.Claims.Where(c => c.Type == "role").Select(c => c.Value).Order());
        Assert.DoesNotContain(token.Claims, c => c.Type == "unit_asked");
    }

    [Fact]
    public async Task The_unit_asked_for_is_given_and_a_refresh_stays_with_it()
    {
        await site.OfficialAsync("choosing", ("06688", ["officer"]), ("06685", ["cashier"]));
        var browser = site.NewBrowser();
        var tokens = await Browser.OkAsync(await browser.ExchangeAsync(await browser.CodeAsync("choosing", Asking("06685"))));
        var refreshed = await Browser.OkAsync(await browser.RefreshAsync(RefreshToken(tokens)));

        Assert.All(new[] { tokens, refreshed }, t =>
        {
            Assert.Equal("06685", Browser.Read(t).GetClaim("unit").Value);
            Assert.Equal("cashier", Browser.Read(t).GetClaim("role").Value);
        });
    }

    [Fact]
    public async Task When_the_unit_asked_for_is_gone_a_refresh_falls_back_to_the_main_one()
    {
        var id = await site.OfficialAsync("falling-back", ("06688", ["officer"]), ("06685", ["cashier"]));
        var browser = site.NewBrowser();
        var tokens = await Browser.OkAsync(await browser.ExchangeAsync(await browser.CodeAsync("falling-back", Asking("06685"))));
        await EndAsync(id, "06685");

        var refreshed = Browser.Read(await Browser.OkAsync(await browser.RefreshAsync(RefreshToken(tokens))));
        Assert.Equal("06688", refreshed.GetClaim("unit").Value);
        Assert.Equal("officer", refreshed.GetClaim("role").Value);
    }

    [Theory]
    [InlineData("officer", "06685")]
    [InlineData("citizen", "06688")]
    [InlineData("officer", "no-such-unit")]
    public async Task A_unit_one_does_not_work_for_is_refused(string userName, string unit)
    {
        var back = Browser.Query(await site.NewBrowser().SignInAsync(userName, Asking(unit)));

        Assert.Equal("access_denied", back["error"]);
        Assert.False(back.ContainsKey("code"));
    }

    [Fact]
    public async Task Several_assignments_in_one_unit_add_up()
    {
        var id = await site.OfficialAsync("adding-up", ("06688", ["officer"]));
        await site.AssignAsync(id, "06688", StaffKit.Terms(["cashier"]));

        Assert.Equal(["cashier", "officer"], (await StandingAsync("adding-up")).Roles.Order());
    }

    [Fact]
    public async Task Nothing_counts_before_its_first_day_or_after_its_last()
    {
        var today = site.Today();
        var id = await site.OfficialAsync("dated");
        await site.AssignAsync(id, "06688", StaffKit.Terms(["officer"], today.AddDays(-10), today.AddDays(-1)));
        await site.AssignAsync(id, "06685", StaffKit.Terms(["cashier"], today.AddDays(1)));
        Assert.Empty((await StandingAsync("dated")).Roles);
        Assert.Null((await StandingAsync("dated")).Unit);

        await site.AssignAsync(id, "06673", StaffKit.Terms(["reception"], today, today));
        Assert.Equal("06673", (await StandingAsync("dated")).Unit);
    }

    [Fact]
    public async Task A_day_is_a_day_in_Viet_Nam()
    {
        var id = await site.OfficialAsync("at-midnight");
        var day = new DateOnly(2027, 3, 1);
        await site.AssignAsync(id, "06688", StaffKit.Terms(["officer"], day));

        Assert.Empty((await StandingAsync("at-midnight", new DateTimeOffset(2027, 2, 28, 16, 59, 59, TimeSpan.Zero))).Roles);
        Assert.Equal(["officer"], (await StandingAsync("at-midnight", new DateTimeOffset(2027, 2, 28, 17, 0, 0, TimeSpan.Zero))).Roles);
    }

    [Fact]
    public async Task Rights_end_with_the_unit_even_when_nobody_ended_the_assignment()
    {
        var id = await site.OfficialAsync("left-behind");
        await site.AssignAsync(id, "06664@2020-01-01", StaffKit.Terms(["officer"], new DateOnly(2020, 1, 1)));

        Assert.Null((await StandingAsync("left-behind")).Unit);
        Assert.Equal("06664", (await StandingAsync("left-behind", new DateTimeOffset(2025, 6, 30, 10, 0, 0, TimeSpan.Zero))).Unit);
    }

    [Fact]
    public async Task What_is_taken_in_the_middle_of_a_day_is_gone_at_once_and_the_token_with_it()
    {
        var id = await site.OfficialAsync("taken", ("06688", ["approver"]));
        var epoch = await EpochAsync(id);
        await EndAsync(id, "06688");

        Assert.Empty((await StandingAsync("taken")).Roles);
        Assert.Equal(epoch + 1, await EpochAsync(id));
        Assert.True(await site.DatabaseAsync(db => db.Revocations.AnyAsync(r => r.Subject == id.ToString() && r.Epoch == epoch + 1)));
    }

    [Fact]
    public async Task An_assignment_for_later_leaves_tokens_alone()
    {
        var id = await site.OfficialAsync("later", ("06688", ["officer"]));
        var epoch = await EpochAsync(id);
        await site.AssignAsync(id, "06685", StaffKit.Terms(["officer"], site.Today().AddDays(7)));

        Assert.Equal(epoch, await EpochAsync(id));
    }

    [Fact]
    public async Task A_citizen_is_a_citizen_and_a_helper_has_a_unit()
    {
        Assert.Equal("citizen ", Show(await StandingAsync("citizen")));
        Assert.Equal("helper 06688", Show(await StandingAsync("helper")));
        var helper = await site.DatabaseAsync(db => db.Accounts.SingleAsync(a => a.UserName == "helper"));
        Assert.Equal(("postOffice", "06688"), (helper.HelperKind, helper.UnitCode));
    }

    [Fact]
    public async Task An_official_sees_where_she_works_and_which_unit_the_token_is_for()
    {
        await site.OfficialAsync("looking", ("06688", ["officer"]), ("06685", ["cashier"]));
        var items = (await site.GetAsync("/api/v1/me/assignments", await site.TokenAsync("looking"))).Expect(HttpStatusCode.OK).Items;

        Assert.Equal(["06688 officer True", "06685 cashier False"], items.Select(i =>
            $"{i.GetProperty("unit").GetProperty("code")} {i.GetProperty("roles")[0]} {i.GetProperty("current")}"));
        Assert.Empty((await site.GetAsync("/api/v1/me/assignments", await site.TokenAsync("citizen"))).Items);
        (await site.GetAsync("/api/v1/me/assignments")).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_account_shows_the_unit_and_roles_of_the_token()
    {
        await site.OfficialAsync("me-there", ("06688", ["officer"]), ("06685", ["cashier"]));
        var me = await site.GetAsync("/api/v1/me", await site.TokenAsync("me-there", unit: "06685"));

        Assert.Equal("06685", me["unit"].GetProperty("code").GetString());
        Assert.Equal(["cashier"], me["roles"].EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public async Task Assignments_are_told_to_the_others_when_they_are_decided()
    {
        await using var heard = await Heard.OnAsync(site);
        var id = await site.OfficialAsync("told", ("06688", ["officer"]));
        await EndAsync(id, "06688");

        var assigned = await heard.OneAsync<StaffAssigned>(e => e.AccountId == id);
        Assert.Equal(("06688@2025-07-01", "06688", "officer", StaffKit.LongAgo, null), (assigned.UnitId, assigned.UnitCode, assigned.Roles.Single(), assigned.ValidFrom, assigned.ValidTo));
        var released = await heard.OneAsync<StaffReleased>(e => e.AccountId == id);
        Assert.Equal((assigned.AssignmentId, site.Today(), true, "revoked"), (released.AssignmentId, released.LastDay, released.IsImmediate, released.Reason));
    }

    private static Dictionary<string, string?> Asking(string unit) => new(Browser.AuthorizeParameters()) { ["unit"] = unit };

    private static string Show(Standing standing) => $"{string.Join(',', standing.Roles)} {standing.Unit}";

    private static string RefreshToken(JsonElement tokens) => tokens.GetProperty("refresh_token").GetString()!;

    private Task<Standing> StandingAsync(string userName, DateTimeOffset? at = null) => site.DatabaseAsync(async db =>
        await new StaffDirectory(db).StandingOfAsync(await db.Accounts.SingleAsync(a => a.UserName == userName), at ?? site.Clock.GetUtcNow(), default));

    private Task<int> EpochAsync(Guid id) => site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == id).Select(a => a.Epoch).SingleAsync());

    private Task<int> EndAsync(Guid id, string unit) => site.DatabaseAsync(async db =>
    {
        var account = await db.Accounts.SingleAsync(a => a.Id == id);
        site.Register(db).End(account, await db.Assignments.SingleAsync(a => a.AccountId == id && a.UnitCode == unit), null, ReleaseReasons.Revoked, null);
        return await db.SaveChangesAsync();
    });
}

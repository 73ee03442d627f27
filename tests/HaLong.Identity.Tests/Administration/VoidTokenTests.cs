using System.Diagnostics;
using System.Net;
using System.Text.Json;
using HaLong.Identity.Tests.Staff;
using HaLong.TestSupport;

namespace HaLong.Identity.Tests.Administration;

/// <summary>From an administrator's decision to the refusal of the old token, through the running service: five seconds at most.</summary>
public sealed class VoidTokenTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Who_is_appointed_somewhere_else_needs_a_new_token()
    {
        var (browser, tokens) = await SignedInAsync("appointed.elsewhere", "officer");
        var id = await site.IdOfAsync("appointed.elsewhere");
        await VoidAfterAsync(tokens, async () => (await site.GrantAsync(await site.AdministratorAsync(), id, "06688", "cashier")).Expect(HttpStatusCode.Created));

        var next = Browser.Read(await Browser.OkAsync(await browser.RefreshAsync(tokens.Text("refresh_token"))));
        Assert.Equal(["cashier", "officer"], next.Claims.Where(c => c.Type == "role").Select(c => c.Value).Order());
    }

    [Fact]
    public async Task Whose_assignment_ends_has_a_token_without_rights_next()
    {
        var (browser, tokens) = await SignedInAsync("ending.now", "officer");
        var id = await site.IdOfAsync("ending.now");
        var assignment = (await site.ReadAsync($"staff/{id}", await site.AdministratorAsync()))["assignments"][0].GetProperty("id").GetGuid();
        await VoidAfterAsync(tokens, async () =>
            (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{id}/assignments/{assignment}", await site.AdministratorAsync())).Expect(HttpStatusCode.NoContent));

        var next = Browser.Read(await Browser.OkAsync(await browser.RefreshAsync(tokens.Text("refresh_token"))));
        Assert.DoesNotContain(next.Claims, c => c.Type is "role" or "unit");
    }

    [Fact]
    public async Task A_confirmed_grant_takes_effect_in_the_session_that_is_open()
    {
        var (browser, tokens) = await SignedInAsync("raised", "officer");
        var id = await site.IdOfAsync("raised");
        var grant = (await site.GrantAsync(await site.AdministratorAsync(), id, "06688", "approver"))["id"].GetGuid();
        // The request alone changes nothing.
        Assert.Equal(HttpStatusCode.OK, await MeAsync(tokens));
        await VoidAfterAsync(tokens, async () => (await site.PostAsync($"grants/{grant}/confirmation", await site.SecondAsync())).Expect(HttpStatusCode.OK));

        var next = Browser.Read(await Browser.OkAsync(await browser.RefreshAsync(tokens.Text("refresh_token"))));
        Assert.Contains(next.Claims, c => c is { Type: "role", Value: "approver" });
    }

    [Fact]
    public async Task Who_is_closed_gets_nothing_more()
    {
        var (browser, tokens) = await SignedInAsync("closed.now", "officer");
        var id = await site.IdOfAsync("closed.now");
        await VoidAfterAsync(tokens, async () => (await site.PostAsync($"staff/{id}/closing", await site.AdministratorAsync())).Expect(HttpStatusCode.OK));

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(tokens.Text("refresh_token"))));
    }

    [Fact]
    public async Task An_administrator_who_is_one_no_more_administers_no_more()
    {
        await site.OfficialAsync("former.administrator", ("22", ["administrator"]));
        var tokens = await site.NewBrowser().TokensAsync("former.administrator");
        var id = await site.IdOfAsync("former.administrator");
        Assert.Equal(HttpStatusCode.OK, (await site.ReadAsync("staff", tokens.Text("access_token"))).Status);
        var assignment = (await site.ReadAsync($"staff/{id}", await site.AdministratorAsync()))["assignments"][0].GetProperty("id").GetGuid();
        await VoidAfterAsync(tokens, async () =>
            (await site.CallAsync(HttpMethod.Delete, $"/api/v1/admin/staff/{id}/assignments/{assignment}", await site.AdministratorAsync())).Expect(HttpStatusCode.NoContent));

        (await site.ReadAsync("staff", tokens.Text("access_token"))).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Decisions_for_later_leave_the_session_alone()
    {
        var (_, tokens) = await SignedInAsync("later.on", "officer");
        var id = await site.IdOfAsync("later.on");
        (await site.PostAsync($"staff/{id}/assignments", await site.AdministratorAsync(), AdminKit.Appointment("06685", ["cashier"], from: site.Today().AddDays(3)))).Expect(HttpStatusCode.Created);
        // Something else is made void after it; when that is felt, the first would have been as well.
        var (_, others) = await SignedInAsync("void.meanwhile", "officer");
        var other = await site.IdOfAsync("void.meanwhile");
        await VoidAfterAsync(others, async () => (await site.PostAsync($"staff/{other}/closing", await site.AdministratorAsync())).Expect(HttpStatusCode.OK));

        Assert.Equal(HttpStatusCode.OK, await MeAsync(tokens));
    }

    private async Task<(Browser Browser, JsonElement Tokens)> SignedInAsync(string userName, string role)
    {
        await site.OfficialAsync(userName, ("06688", [role]));
        var browser = site.NewBrowser();
        return (browser, await browser.TokensAsync(userName));
    }

    private async Task VoidAfterAsync(JsonElement tokens, Func<Task> decision)
    {
        Assert.Equal(HttpStatusCode.OK, await MeAsync(tokens));
        await decision();
        var watch = Stopwatch.StartNew();
        await Eventually.Async(async () => await MeAsync(tokens) == HttpStatusCode.Unauthorized, "the old token is refused", AtMost);
        Assert.True(watch.Elapsed <= AtMost + TimeSpan.FromSeconds(1));
    }

    private async Task<HttpStatusCode> MeAsync(JsonElement tokens) => (await site.GetAsync("/api/v1/me", tokens.Text("access_token"))).Status;
}

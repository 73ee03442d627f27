using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.DataRequests;
using HaLong.Identity.Organisations;
using HaLong.Identity.Tests.Administration;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Organisations;

/// <summary>Organisations together with the rest of the service: delegations, requests about data, languages, views.</summary>
public sealed class OrganisationStoryTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    private async Task<(Browser Browser, string Own, string Firm)> ActingAsync(TestPerson person, Guid firm)
    {
        var browser = site.NewBrowser();
        var own = (await browser.TokensAsync(person.UserName)).Text("access_token");
        return (browser, own, (await Browser.OkAsync(await SwapAsync(browser, own, "organisation", firm))).Text("access_token"));
    }

    private static Task<HttpResponseMessage> SwapAsync(Browser browser, string own, string right, Guid id) => browser.TokenAsync(new()
    {
        ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
        ["client_id"] = "web",
        ["subject_token"] = own,
        ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
        [right] = id.ToString(),
    });

    [Fact]
    public async Task An_organisation_gives_a_delegation_through_its_legal_representative_which_outlasts_him()
    {
        var (legal, successor, agent) = (await site.VerifiedAsync(canSignIn: true), await site.VerifiedAsync(), await site.PersonAsync(canSignIn: true));
        var firm = await site.OrganisationAsync(legal);
        var (_, _, token) = await ActingAsync(legal, firm);
        var offered = (await site.CallAsync(HttpMethod.Post, "/api/v1/me/delegations", token, new { @delegate = new { accountId = agent.Id }, acts = new[] { "dossier.fill" } })).Expect(HttpStatusCode.Created);
        var delegation = offered["id"].GetGuid();
        (await site.CallAsync(HttpMethod.Post, $"/api/v1/me/delegations/{delegation}/acceptance", await site.TokenAsync(agent.UserName))).Expect(HttpStatusCode.OK);

        (await site.CallAsync(HttpMethod.Post, $"/api/v1/admin/organisations/{firm}/legal-representatives", await site.ReceptionAsync(), new
        {
            accountId = successor.Id,
            replace = true,
            certificate = OrganisationKit.Certificate("QĐ-99"),
        })).Expect(HttpStatusCode.OK);

        var browser = site.NewBrowser();
        var acting = Browser.Read(await Browser.OkAsync(await SwapAsync(browser, (await browser.TokensAsync(agent.UserName)).Text("access_token"), "delegation", delegation)));
        Assert.Equal((firm.ToString(), delegation.ToString()), (acting.Subject, acting.GetPayloadValue<string>("delegation")));
        // It names the organisation and opens nothing of it that a delegate has no business with.
        (await site.GetAsync($"/api/v1/organisations/{firm}", acting.EncodedToken)).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_person_who_has_the_own_data_deleted_represents_nobody_any_more()
    {
        await using var heard = await Ear.OnAsync<RepresentativesChanged>(site);
        var (legal, clerk) = (await site.VerifiedAsync(), await site.VerifiedAsync(canSignIn: true));
        var firm = await site.OrganisationAsync(legal);
        var representative = await site.AuthorisedAsync(firm, legal, clerk);
        var open = await site.ClaimAsync(clerk);
        var (_, _, token) = await ActingAsync(clerk, firm);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync($"/api/v1/organisations/{firm}", token)).Status);

        var request = (await site.CallAsync(HttpMethod.Post, "/api/v1/me/data-requests", await site.StrongAsync(clerk), new { kind = "delete" })).Expect(HttpStatusCode.Created);
        var id = request.Json.TryGetProperty("id", out var plain) ? plain.GetGuid() : request["request"].GetProperty("id").GetGuid();
        var desk = await site.TokenAsync("administrator", strong: true);
        foreach (var step in new[] { "acknowledgement", "start" })
            await site.CallAsync(HttpMethod.Post, $"/api/v1/data-requests/{id}/{step}", desk);
        var done = (await site.CallAsync(HttpMethod.Post, $"/api/v1/data-requests/{id}/completion", desk, new { evidence = "Đã đối chiếu giấy tờ tùy thân" })).Expect(HttpStatusCode.OK);

        Assert.Contains("\"organisations\"", done.Text, StringComparison.Ordinal);
        await heard.HearAsync(e => e.RepresentativeId == representative && e.Change == "removed");
        var (state, claim) = await site.DatabaseAsync(async db => (
            await db.Representatives.Where(r => r.Id == representative).Select(r => r.State).SingleAsync(), await db.OrganisationClaims.Where(c => c.Id == open).Select(c => c.State).SingleAsync()));
        Assert.Equal((RepresentativeState.Removed, ClaimState.Withdrawn), (state, claim));
        await TestSupport.Eventually.Async(async () => (await site.GetAsync($"/api/v1/organisations/{firm}", token)).Status == HttpStatusCode.Unauthorized, "the token in its name is void", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_is_declined_and_removed_is_told_with_its_word()
    {
        await using var heard = await Ear.OnAsync<RepresentativesChanged>(site);
        var (legal, one, other) = (await site.VerifiedAsync(), await site.VerifiedAsync(), await site.VerifiedAsync());
        var firm = await site.OrganisationAsync(legal);
        var token = await site.StrongAsync(legal);
        var declined = (await site.InviteAsync(token, firm, one)).Expect(HttpStatusCode.Created)["id"].GetGuid();
        var removed = (await site.InviteAsync(token, firm, other)).Expect(HttpStatusCode.Created)["id"].GetGuid();
        var epoch = await EpochAsync(firm);

        (await site.AnswerAsync(await site.StrongAsync(one), declined, "refusal")).Expect(HttpStatusCode.OK);
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/organisations/{firm}/representatives/{removed}", token)).Expect(HttpStatusCode.NoContent);

        Assert.Equal(one.Id, (await heard.HearAsync(e => e.RepresentativeId == declined && e.Change == "declined")).AccountId);
        Assert.Equal("authorised", (await heard.HearAsync(e => e.RepresentativeId == removed && e.Change == "removed")).Kind);
        // Neither had a right yet: nobody's token is void for it, and both may be asked anew.
        Assert.Equal(epoch, await EpochAsync(firm));
        (await site.InviteAsync(token, firm, one)).Expect(HttpStatusCode.Created);
        (await site.InviteAsync(token, firm, other)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Refusals_speak_the_language_of_the_request()
    {
        var token = await site.StrongAsync(await site.VerifiedAsync());
        var path = $"/api/v1/organisations/{Guid.CreateVersion7()}";
        Assert.Equal("Không tìm thấy tổ chức.", (await site.CallAsync(HttpMethod.Get, path, token, language: "vi"))["title"].GetString());
        Assert.Equal("There is no such organisation.", (await site.CallAsync(HttpMethod.Get, path, token, language: "en"))["title"].GetString());
        var wrong = await site.CallAsync(HttpMethod.Post, "/api/v1/me/organisations", token, OrganisationKit.Form("1"), language: "en");
        Assert.Contains("10 digits", wrong["errors"].GetProperty("taxCode")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_organisations_export_is_empty_for_who_has_none()
    {
        var person = await site.PersonAsync();
        await using var scope = site.Service.Services.CreateAsyncScope();
        var section = scope.ServiceProvider.GetServices<ExportSection>().Single(s => s.Name == "organisations");
        var copy = System.Text.Json.JsonSerializer.Serialize(await section.ReadAsync(scope.ServiceProvider, person.Id, default));
        Assert.Equal("""{"Represented":[],"Claims":[]}""", copy);
    }

    [Fact]
    public void Until_the_person_has_answered_the_organisation_sees_what_it_typed()
    {
        var (person, now) = (Guid.CreateVersion7(), site.Clock.GetUtcNow());
        var names = new Dictionary<Guid, string> { [person] = "Tên Thật Trong Tài Khoản" };
        Representative New() => Representative.Invite(Guid.CreateVersion7(), Guid.CreateVersion7(), person, [1], "Tên Đã Gõ", Day, null, Guid.CreateVersion7(), now);
        var (waiting, takenBack, agreed) = (New(), New(), New());
        takenBack.Remove(Guid.CreateVersion7(), Day, now);
        agreed.Accept(person, Day, now);

        Assert.Equal((null, "Tên Đã Gõ"), Party(RepresentativeView.Of(waiting, Day, names)));
        Assert.Equal((null, "Tên Đã Gõ"), Party(RepresentativeView.Of(takenBack, Day, names)));
        Assert.Equal((person, "Tên Thật Trong Tài Khoản"), Party(RepresentativeView.Of(agreed, Day, names)));
        Assert.Null(RepresentativeView.Of(agreed, Day, new Dictionary<Guid, string>()).Name);

        static (Guid?, string?) Party(RepresentativeView view) => (view.AccountId, view.Name);
    }

    [Theory]
    [InlineData(ClaimState.Claimed, 1)]
    [InlineData(ClaimState.Verified, 2)]
    [InlineData(ClaimState.Refused, 0)]
    [InlineData(ClaimState.Withdrawn, 0)]
    public void The_level_of_a_claim_follows_its_state(string state, int level)
    {
        var now = site.Clock.GetUtcNow();
        var claim = OrganisationClaim.File(
            Guid.CreateVersion7(), Guid.CreateVersion7(), new OrganisationDetails("k", null, "Hộ kinh doanh", null, null, "Hạ Long", null, null), "06688", now);
        _ = state switch
        {
            ClaimState.Verified => claim.Verify(Guid.CreateVersion7(), Guid.CreateVersion7(), now),
            ClaimState.Refused => claim.Refuse("Không đủ giấy tờ", Guid.CreateVersion7(), now),
            ClaimState.Withdrawn => claim.Withdraw(now),
            _ => default,
        };
        Assert.Equal((state, level), ClaimView.Of(claim) is var view ? (view.State, view.Level) : default);
    }

    private Task<int> EpochAsync(Guid account) => site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == account).Select(a => a.Epoch).SingleAsync());
}

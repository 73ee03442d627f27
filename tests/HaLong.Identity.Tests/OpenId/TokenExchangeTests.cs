using System.Globalization;
using HaLong.Identity.Tests.Delegations;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using static HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests.OpenId;

public sealed class TokenExchangeTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";

    private static Dictionary<string, string?> Exchange(string token, string parameter, string? value, string client = "web") => new()
    {
        ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
        ["client_id"] = client,
        ["subject_token"] = token,
        ["subject_token_type"] = AccessToken,
        [parameter] = value,
    };

    private async Task<(string Token, Browser Browser)> SignedInAsync(TestPerson person, string client = "web")
    {
        var browser = site.NewBrowser();
        return ((await browser.TokensAsync(person.UserName, client: client)).GetProperty("access_token").GetString()!, browser);
    }

    private async Task<(TestPerson Principal, TestPerson Delegate, Guid Id)> DelegationAsync(string? until = null)
    {
        var (principal, actor) = (await site.PersonAsync(name: "Lê Thị Giao"), await site.PersonAsync(name: "Trần Văn Nhận", canSignIn: true));
        return (principal, actor, await site.DelegationAsync(principal, actor, until: until));
    }

    [Theory]
    [InlineData("web")]
    [InlineData("mobile")]
    public async Task A_delegate_gets_a_token_in_the_name_of_the_principal_that_names_both(string client)
    {
        var (principal, actor, id) = await DelegationAsync();
        var (own, browser) = await SignedInAsync(actor, client);

        var answer = await Browser.OkAsync(await browser.TokenAsync(Exchange(own, "delegation", id.ToString(), client)));
        Assert.False(answer.TryGetProperty("refresh_token", out _));
        Assert.Equal(AccessToken, answer.GetProperty("issued_token_type").GetString());
        var token = Browser.Read(answer);
        Assert.Equal("at+jwt", token.Typ);
        Assert.Equal(principal.Id.ToString(), token.Subject);
        Assert.Equal($$"""{"sub":"{{actor.Id}}"}""", token.GetPayloadValue<object>("act").ToString());
        Assert.Equal((id.ToString(), "citizen", "online", "1"), (Claim(token, "delegation"), Claim(token, "role"), Claim(token, "channel"), Claim(token, "loa")));
        Assert.Equal((Claim(new JsonWebToken(own), "sid"), Caller.BasicAcr), (Claim(token, "sid"), Claim(token, "acr")));
        Assert.Equal(("halong.api", "halong", principal.Number[8..]), (Claim(token, "scope"), token.Audiences.Single(), Claim(token, "check")));
        Assert.False(token.TryGetPayloadValue<string>("unit", out _));
        Assert.InRange((token.ValidTo - token.IssuedAt).TotalMinutes, 9.9, 10.1);
    }

    [Fact]
    public async Task A_helper_gets_a_token_of_the_session_until_its_end()
    {
        var (citizen, helper) = (await site.PersonAsync(name: "Bà Cụ"), await site.PersonAsync(Roles.Helper, unit: "06688", canSignIn: true));
        var session = await site.ActiveAsync(helper, citizen, ["dossier.fill"], expires: TimeSpan.FromMinutes(4));
        var (own, browser) = await SignedInAsync(helper);

        var token = Browser.Read(await Browser.OkAsync(await browser.TokenAsync(Exchange(own, "assisted_session", session.ToString()))));
        Assert.Equal((citizen.Id.ToString(), session.ToString(), "assisted", "citizen", "06688"),
            (token.Subject, Claim(token, "assisted_session"), Claim(token, "channel"), Claim(token, "role"), Claim(token, "unit")));
        Assert.InRange((token.ValidTo - token.IssuedAt).TotalMinutes, 3.5, 4.1);
    }

    [Fact]
    public async Task The_legal_representative_gets_a_token_of_the_organisation_and_gives_delegations_with_it()
    {
        var (firm, person, clerk) = (await site.PersonAsync(Roles.Organisation, "Công ty TNHH Thử"), await site.PersonAsync(canSignIn: true), await site.PersonAsync());
        await site.RepresentAsync(firm, person, 0, null);
        var (own, browser) = await SignedInAsync(person);
        var answer = await Browser.OkAsync(await browser.TokenAsync(Exchange(own, "organisation", firm.Id.ToString())));
        var token = Browser.Read(answer);
        Assert.Equal((firm.Id.ToString(), "organisation", "online"), (token.Subject, Claim(token, "role"), Claim(token, "channel")));
        Assert.False(token.TryGetPayloadValue<string>("delegation", out _));

        var client = site.Service.Client(answer.GetProperty("access_token").GetString());
        var offered = await OfferAsync(client, new { accountId = clerk.Id });
        Assert.Equal("Công ty TNHH Thử", offered.GetProperty("principal").GetProperty("name").GetString());
        await RefusedAsync(await client.PostAsync($"/api/v1/me/delegations/{offered.GetProperty("id").GetString()}/acceptance", null, Ct), 403, "IDN-0408");
    }

    [Fact]
    public async Task What_does_not_exist_belongs_to_others_or_is_over_gets_one_and_the_same_answer()
    {
        var (principal, actor, id) = await DelegationAsync();
        var (own, browser) = await SignedInAsync(actor);
        var stranger = await SignedInAsync(await site.PersonAsync(canSignIn: true));
        var later = await site.DelegationAsync(principal, actor, from: site.Day(3));
        var offered = (await OfferAsync(await site.AsAsync(principal), new { accountId = actor.Id })).GetProperty("id").GetGuid();
        var (citizen, helper) = (await site.PersonAsync(), await site.PersonAsync(Roles.Helper, unit: "06688"));
        var session = await site.ActiveAsync(helper, citizen, ["dossier.fill"]);

        foreach (var (token, client, parameter, value) in new[]
        {
            (own, browser, "delegation", Guid.CreateVersion7()), (stranger.Token, stranger.Browser, "delegation", id), (own, browser, "delegation", later),
            (own, browser, "delegation", offered), (own, browser, "assisted_session", session), (own, browser, "assisted_session", id),
            (own, browser, "organisation", principal.Id), (own, browser, "delegation", session),
        })
            Assert.Equal("invalid_grant", await Browser.ErrorAsync(await client.TokenAsync(Exchange(token, parameter, value.ToString()))));

        await BodyAsync(await (await site.AsAsync(principal)).DeleteAsync($"/api/v1/me/delegations/{id}", Ct), System.Net.HttpStatusCode.NoContent);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.TokenAsync(Exchange(own, "delegation", id.ToString()))));
    }

    [Fact]
    public async Task A_token_got_by_exchange_cannot_be_exchanged_again()
    {
        var (_, actor, id) = await DelegationAsync();
        var (own, browser) = await SignedInAsync(actor);
        var acting = (await Browser.OkAsync(await browser.TokenAsync(Exchange(own, "delegation", id.ToString())))).GetProperty("access_token").GetString()!;
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.TokenAsync(Exchange(acting, "delegation", id.ToString()))));
    }

    [Fact]
    public async Task Exactly_one_right_is_named_and_only_access_tokens_are_exchanged()
    {
        var (_, actor, id) = await DelegationAsync();
        var browser = site.NewBrowser();
        var tokens = await browser.TokensAsync(actor.UserName);
        var own = tokens.GetProperty("access_token").GetString()!;
        var good = Exchange(own, "delegation", id.ToString());
        foreach (var bad in new Dictionary<string, string?>[]
        {
            new(good) { ["delegation"] = null }, new(good) { ["delegation"] = "me" }, new(good) { ["organisation"] = id.ToString() },
            new(good) { ["assisted_session"] = id.ToString() }, new(good) { ["subject_token"] = null },
            new(good) { ["subject_token"] = tokens.GetProperty("id_token").GetString(), ["subject_token_type"] = "urn:ietf:params:oauth:token-type:id_token" },
            new(good) { ["subject_token"] = tokens.GetProperty("refresh_token").GetString(), ["subject_token_type"] = "urn:ietf:params:oauth:token-type:refresh_token" },
            new(good) { ["actor_token"] = own, ["actor_token_type"] = AccessToken },
            new(good) { ["requested_token_type"] = "urn:ietf:params:oauth:token-type:refresh_token" },
        })
            Assert.Contains(await Browser.ErrorAsync(await browser.TokenAsync(bad)), new[] { "invalid_request", "invalid_grant", "unsupported_token_type" });
        await Browser.OkAsync(await browser.TokenAsync(good));
    }

    [Fact]
    public async Task Rubbish_forged_and_foreign_tokens_are_refused()
    {
        var (_, _, id) = await DelegationAsync();
        var browser = site.NewBrowser();
        var partner = (await Browser.OkAsync(await browser.ClientCredentialsAsync("partner", "partner-secret", "halong.events"))).GetProperty("access_token").GetString()!;
        foreach (var token in new[] { "rubbish", site.OtherIssuer.Token(), partner })
            Assert.Contains(await Browser.ErrorAsync(await browser.TokenAsync(Exchange(token, "delegation", id.ToString()))), new[] { "invalid_token", "invalid_grant", "invalid_request" });
    }

    [Fact]
    public async Task Other_clients_may_not_exchange()
    {
        var (_, actor, id) = await DelegationAsync();
        var (own, browser) = await SignedInAsync(actor);
        var form = Exchange(own, "delegation", id.ToString(), "dossier");
        form["client_secret"] = "dossier-secret";
        Assert.Equal("unauthorized_client", await Browser.ErrorAsync(await browser.TokenAsync(form)));
    }

    [Fact]
    public async Task An_ended_session_a_newer_epoch_and_a_closed_account_void_the_exchange()
    {
        var (principal, actor, id) = await DelegationAsync();
        var (own, browser) = await SignedInAsync(actor);
        var sid = Guid.Parse(Claim(new JsonWebToken(own), "sid"), CultureInfo.InvariantCulture);

        await site.DatabaseAsync(async db => { (await db.Accounts.SingleAsync(a => a.Id == actor.Id)).NextEpoch(); return await db.SaveChangesAsync(); });
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.TokenAsync(Exchange(own, "delegation", id.ToString()))));

        var (second, again) = await SignedInAsync(actor);
        await site.DatabaseAsync(async db => { (await db.Accounts.SingleAsync(a => a.Id == principal.Id)).Close(); return await db.SaveChangesAsync(); });
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await again.TokenAsync(Exchange(second, "delegation", id.ToString()))));

        await site.DatabaseAsync(async db =>
        {
            (await db.Accounts.SingleAsync(a => a.Id == principal.Id)).GetType().GetProperty("IsClosed")!.SetValue(await db.Accounts.SingleAsync(a => a.Id == principal.Id), false);
            foreach (var session in await db.Sessions.Where(s => s.AccountId == actor.Id && s.Id != sid).ToListAsync())
                session.End("signed_out", site.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await again.TokenAsync(Exchange(second, "delegation", id.ToString()))));
    }

    [Fact]
    public async Task Who_is_no_helper_any_more_gets_no_token_for_his_open_session()
    {
        var (citizen, helper) = (await site.PersonAsync(), await site.PersonAsync(Roles.Helper, unit: "06688", canSignIn: true));
        var session = await site.ActiveAsync(helper, citizen, ["dossier.fill"]);
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == helper.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.Roles, [Roles.Citizen])));
        var (own, browser) = await SignedInAsync(helper);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.TokenAsync(Exchange(own, "assisted_session", session.ToString()))));
    }

    [Fact]
    public async Task A_delegates_token_opens_nothing_that_belongs_to_the_principal_alone()
    {
        var (_, actor, id) = await DelegationAsync();
        var (own, browser) = await SignedInAsync(actor);
        var acting = (await Browser.OkAsync(await browser.TokenAsync(Exchange(own, "delegation", id.ToString())))).GetProperty("access_token").GetString()!;
        using var me = await site.Service.Client(acting).GetAsync("/api/v1/me", Ct);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, me.StatusCode);
        await RefusedAsync(await site.Service.Client(acting).GetAsync("/api/v1/me/delegations", Ct), 403, "IDN-0405");
        await RefusedAsync(await site.Service.Client(acting).DeleteAsync($"/api/v1/me/delegations/{id}", Ct), 403, "IDN-0405");
    }

    private static string Claim(JsonWebToken token, string name) => token.GetPayloadValue<object>(name).ToString()!;
}

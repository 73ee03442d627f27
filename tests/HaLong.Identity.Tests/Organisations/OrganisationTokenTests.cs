using System.Diagnostics;
using System.Net;
using HaLong.Identity.Contracts;
using HaLong.Identity.Organisations;
using HaLong.Identity.Tests.Administration;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Staff;
using HaLong.Identity.V1;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Organisations;

/// <summary>From the registration to the token in the organisation's name, and to its end: five seconds at most.</summary>
public sealed class OrganisationTokenTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);

    private async Task<(Browser Browser, string Own)> SignInAsync(TestPerson person)
    {
        var browser = site.NewBrowser();
        return (browser, (await browser.TokensAsync(person.UserName)).Text("access_token"));
    }

    private static Task<HttpResponseMessage> ExchangeAsync(Browser browser, string own, Guid organisation) => browser.TokenAsync(new()
    {
        ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
        ["client_id"] = "web",
        ["subject_token"] = own,
        ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
        ["organisation"] = organisation.ToString(),
    });

    private async Task<string> TokenOfAsync(TestPerson person, Guid organisation)
    {
        var (browser, own) = await SignInAsync(person);
        return (await Browser.OkAsync(await ExchangeAsync(browser, own, organisation))).Text("access_token");
    }

    private async Task<string> ReasonAsync(Guid organisation, TestPerson person) =>
        (await new V1.Authorisation.AuthorisationClient(site.Service.Grpc(site.ServiceToken())).CheckAsync(new BatchCheckRequest
        {
            Questions = { new CheckQuestion { Subject = organisation.ToString(), Actor = person.Id.ToString(), Act = Acts.DossierSubmit } },
        })).Answers.Single().Reason;

    private Task<HttpStatusCode> ReadAsync(string token, Guid organisation) => StatusAsync($"/api/v1/organisations/{organisation}", token);

    private async Task<HttpStatusCode> StatusAsync(string path, string token) => (await site.GetAsync(path, token)).Status;

    private async Task VoidAfterAsync(string token, Guid organisation, Func<Task> deed)
    {
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(token, organisation));
        await deed();
        var watch = Stopwatch.StartNew();
        await Eventually.Async(async () => await ReadAsync(token, organisation) == HttpStatusCode.Unauthorized, "the token in the organisation's name is refused", AtMost);
        Assert.True(watch.Elapsed <= AtMost + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_registered_organisation_acts_through_its_legal_representative()
    {
        var legal = await site.VerifiedAsync(canSignIn: true);
        var claim = await site.ClaimAsync(legal);
        var (browser, own) = await SignInAsync(legal);
        // A claim alone opens nothing, whatever it calls itself.
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await ExchangeAsync(browser, own, claim)));
        var firm = (await site.VerifyAsync(await site.ReceptionAsync(), claim)).Expect(HttpStatusCode.OK)["claim"].GetProperty("organisationId").GetGuid();

        var token = await Browser.OkAsync(await ExchangeAsync(browser, own, firm));

        var read = Browser.Read(token);
        Assert.Equal((firm.ToString(), $$"""{"sub":"{{legal.Id}}"}""", "organisation", "2"), (read.Subject, read.GetPayloadValue<object>("act").ToString(),
            read.GetPayloadValue<string>("role"), read.GetPayloadValue<object>("loa").ToString()));
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(token.Text("access_token"), firm));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/api/v1/me", token.Text("access_token")));
        Assert.Equal("", await ReasonAsync(firm, legal));
        // With it he manages this organisation and no other.
        var other = await site.VerifiedAsync();
        var theirs = await site.OrganisationAsync(other);
        await site.RepresentAsync(new TestPerson(theirs, "", "", ""), legal, 0, null);
        Assert.Equal(HttpStatusCode.NotFound, await ReadAsync(token.Text("access_token"), theirs));
        (await site.InviteAsync(token.Text("access_token"), firm, other)).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await site.CallAsync(HttpMethod.Post, "/api/v1/me/organisations", token.Text("access_token"), OrganisationKit.Form())).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        Assert.Empty((await site.GetAsync("/api/v1/me/organisations", token.Text("access_token"))).Items);
    }

    [Fact]
    public async Task Who_is_authorised_acts_but_passes_nothing_on()
    {
        var (legal, clerk) = (await site.VerifiedAsync(), await site.VerifiedAsync(canSignIn: true));
        var firm = await site.OrganisationAsync(legal);
        await site.AuthorisedAsync(firm, legal, clerk);

        var token = await TokenOfAsync(clerk, firm);

        Assert.Equal("", await ReasonAsync(firm, clerk));
        (await site.GetAsync("/api/v1/me/delegations", token)).Refused(HttpStatusCode.Forbidden, "IDN-0405");
        (await site.CallAsync(HttpMethod.Post, "/api/v1/me/delegations", token, new { @delegate = new { accountId = legal.Id }, acts = new[] { "dossier.fill" } }))
            .Refused(HttpStatusCode.Forbidden, "IDN-0405");
    }

    [Fact]
    public async Task Who_is_removed_in_the_middle_of_a_session_stops_within_seconds_and_the_others_go_on_with_a_new_token()
    {
        var (legal, clerk) = (await site.VerifiedAsync(canSignIn: true), await site.VerifiedAsync(canSignIn: true));
        var firm = await site.OrganisationAsync(legal);
        var id = await site.AuthorisedAsync(firm, legal, clerk);
        var (browser, own) = await SignInAsync(clerk);
        var token = (await Browser.OkAsync(await ExchangeAsync(browser, own, firm))).Text("access_token");

        await VoidAfterAsync(token, firm, async () => (await site.CallAsync(
            HttpMethod.Delete, $"/api/v1/organisations/{firm}/representatives/{id}", await site.StrongAsync(legal))).Expect(HttpStatusCode.NoContent));

        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(firm, clerk));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await ExchangeAsync(browser, own, firm)));
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(await TokenOfAsync(legal, firm), firm));
        (await site.CallAsync(HttpMethod.Delete, $"/api/v1/organisations/{firm}/representatives/{id}", await site.StrongAsync(legal))).Refused(HttpStatusCode.Conflict, "IDN-1163");
    }

    [Fact]
    public async Task Whose_verification_is_undone_speaks_for_no_organisation_any_more()
    {
        var legal = await site.PersonAsync(name: "Mai Văn Giám", phone: "+84912000311", canSignIn: true);
        await Counter.CounterKit.VerifiedAtCounterAsync(site, legal);
        var firm = await site.OrganisationAsync(legal);
        var (browser, own) = await SignInAsync(legal);
        var token = (await Browser.OkAsync(await ExchangeAsync(browser, own, firm))).Text("access_token");

        await VoidAfterAsync(token, firm, async () => (await Counter.CounterKit.UndoAsync(site, await site.ChiefAsync(), legal.Id)).Expect(HttpStatusCode.NoContent));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/api/v1/me", own));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(firm, legal));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await ExchangeAsync(browser, own, firm)));
        var (again, fresh) = await SignInAsync(legal);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await ExchangeAsync(again, fresh, firm)));
    }

    [Fact]
    public async Task Outside_the_days_of_a_representation_there_is_no_token()
    {
        var firm = await site.OrganisationAsync(await site.VerifiedAsync());
        var organisation = new TestPerson(firm, "", "", "");
        foreach (var (from, to) in new (int, int?)[] { (-9, -1), (1, null) })
        {
            var person = await site.PersonAsync(canSignIn: true);
            await site.RepresentAsync(organisation, person, from, to, RepresentativeKind.Authorised);
            var (browser, own) = await SignInAsync(person);
            Assert.Equal("invalid_grant", await Browser.ErrorAsync(await ExchangeAsync(browser, own, firm)));
            Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(firm, person));
            Assert.Equal(HttpStatusCode.NotFound, await ReadAsync(await site.StrongAsync(person), firm));
        }
    }

    [Fact]
    public async Task Nobody_signs_in_as_an_organisation()
    {
        var firm = await site.OrganisationAsync(await site.VerifiedAsync());
        var name = await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == firm).Select(a => a.UserName).SingleAsync());
        using var answer = await site.NewBrowser().SubmitSignInAsync(name, "");
        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task The_counter_puts_another_legal_representative_in_the_place_of_the_one_before()
    {
        var (before, clerk, after) = (await site.VerifiedAsync(phone: "+84912000312", canSignIn: true), await site.VerifiedAsync(), await site.VerifiedAsync(canSignIn: true));
        var firm = await site.OrganisationAsync(before);
        await site.AuthorisedAsync(firm, before, clerk);
        var token = await TokenOfAsync(before, firm);
        var etag = (await site.GetAsync($"/api/v1/admin/organisations/{firm}", await site.ReceptionAsync())).Expect(HttpStatusCode.OK).Etag;

        await VoidAfterAsync(token, firm, async () => (await AppointAsync(firm, after.Id, replace: true, ifMatch: etag)).Expect(HttpStatusCode.OK));

        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(firm, before));
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(await TokenOfAsync(after, firm), firm));
        Assert.Equal("", await ReasonAsync(firm, clerk));
        await site.Phones.NoticeAsync("+84912000312", "representative-ended");
        Assert.Equal(["organisation.verified", "organisation.legal_representative"], (await site.AuditOfAsync(firm.ToString())).Select(e => e.Text("action")));
        Assert.Equal("QĐ-88", await site.DatabaseAsync(db => db.Organisations.Where(o => o.AccountId == firm).Select(o => o.CertificateNumber).SingleAsync()));
        (await AppointAsync(firm, before.Id, replace: true, ifMatch: etag)).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        (await AppointAsync(firm, after.Id)).Refused(HttpStatusCode.Conflict, "IDN-1167");

        // Beside the first, and without those authorised.
        (await AppointAsync(firm, before.Id, endAuthorisations: true)).Expect(HttpStatusCode.OK);
        Assert.Equal("", await ReasonAsync(firm, before));
        Assert.Equal("", await ReasonAsync(firm, after));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(firm, clerk));
    }

    [Fact]
    public async Task A_change_of_the_legal_representative_is_refused_for_who_cannot_be_one_and_by_who_is_close()
    {
        var firm = await site.OrganisationAsync(await site.VerifiedAsync());
        var (unknown, weak) = (Guid.CreateVersion7(), (await site.PersonAsync()).Id);
        foreach (var person in new Guid?[] { null, unknown, weak, await site.IdOfAsync("officer") })
            Assert.Equal(["accountId"], (await AppointAsync(firm, person)).Refused(HttpStatusCode.BadRequest, "IDN-1160").Fields);
        Assert.Equal(["certificate.certificateDate", "certificate.certificateNumber"], (await site.CallAsync(HttpMethod.Post, AppointPath(firm), await site.ReceptionAsync(),
            new { accountId = (await site.VerifiedAsync()).Id })).Refused(HttpStatusCode.BadRequest, "IDN-1160").Fields.Order());
        (await AppointAsync(unknown, (await site.VerifiedAsync()).Id)).Refused(HttpStatusCode.NotFound, "IDN-1159");
        (await site.GetAsync($"/api/v1/admin/organisations/{unknown}", await site.ReceptionAsync())).Refused(HttpStatusCode.NotFound, "IDN-1159");
        (await AppointAsync(firm, (await site.VerifiedAsync(phone: "0901000003")).Id)).Refused(HttpStatusCode.Forbidden, "IDN-1158");
        (await site.CallAsync(HttpMethod.Post, AppointPath(firm), await site.TokenAsync("reception"), new { })).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await site.CallAsync(HttpMethod.Post, AppointPath(firm), await site.TokenAsync("officer", strong: true), new { })).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Two_officials_who_enter_different_people_at_once_do_not_both_succeed()
    {
        var firm = await site.OrganisationAsync(await site.VerifiedAsync());
        var people = new[] { await site.VerifiedAsync(), await site.VerifiedAsync(), await site.VerifiedAsync(), await site.VerifiedAsync() };
        var etag = (await site.GetAsync($"/api/v1/admin/organisations/{firm}", await site.ReceptionAsync())).Etag;

        var answers = await Task.WhenAll(people.Select(p => AppointAsync(firm, p.Id, replace: true, ifMatch: etag)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => a.Refused(HttpStatusCode.PreconditionFailed, "CMN-0412"));
        Assert.Equal(1, await site.DatabaseAsync(db => db.Representatives.CountAsync(r => r.OrganisationId == firm && r.State == RepresentativeState.Active)));
    }

    private static string AppointPath(Guid firm) => $"/api/v1/admin/organisations/{firm}/legal-representatives";

    private async Task<Reply> AppointAsync(Guid firm, Guid? person, bool replace = false, bool endAuthorisations = false, string? ifMatch = null) => await site.CallAsync(
        HttpMethod.Post, AppointPath(firm), await site.ReceptionAsync(),
        new { accountId = person, replace, endAuthorisations, certificate = OrganisationKit.Certificate("QĐ-88", new DateOnly(2026, 1, 5)) }, ifMatch);
}

using Grpc.Core;
using HaLong.Identity.Contracts;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests.Authorisation;

public sealed class AuthorisationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private V1.Authorisation.AuthorisationClient Service => new(site.Service.Grpc(site.ServiceToken()));

    private static CheckQuestion Ask(TestPerson subject, TestPerson actor, string act, Guid? delegation = null, Guid? session = null, string procedure = "", Guid? dossier = null,
        bool commits = false, bool opens = false) => new()
        {
            Subject = subject.Id.ToString(),
            Actor = actor.Id.ToString(),
            DelegationId = delegation?.ToString() ?? "",
            AssistedSessionId = session?.ToString() ?? "",
            Act = act,
            ProcedureCode = procedure,
            DossierId = dossier?.ToString() ?? "",
            Commits = commits,
            Opens = opens,
        };

    private async Task<CheckAnswer> CheckAsync(CheckQuestion question) =>
        (await Service.CheckAsync(new BatchCheckRequest { Questions = { question } }, cancellationToken: Ct)).Answers.Single();

    private async Task<string> ReasonAsync(CheckQuestion question)
    {
        var answer = await CheckAsync(question);
        Assert.Equal(answer.Reason.Length == 0, answer.Allowed);
        return answer.Reason;
    }

    [Fact]
    public async Task A_delegation_allows_its_acts_within_its_limits_and_nothing_else()
    {
        var (me, other, stranger) = (await site.PersonAsync(), await site.PersonAsync(), await site.PersonAsync());
        var dossier = Guid.CreateVersion7();
        var id = await site.DelegationAsync(me, other, ["dossier.fill", "payment.pay"], ["1.013978"], dossier);

        var yes = await CheckAsync(Ask(me, other, Acts.DossierFill, id, procedure: "1.013978", dossier: dossier));
        Assert.True(yes.Allowed);
        Assert.Equal((dossier.ToString(), "1.013978"), (yes.DossierId, Assert.Single(yes.ProcedureCodes)));
        Assert.Equal("", await ReasonAsync(Ask(me, other, Acts.DossierFill, id)));
        Assert.Equal("", await ReasonAsync(Ask(me, other, Acts.DossierRead, id)));
        Assert.Equal("", await ReasonAsync(Ask(me, other, Acts.PaymentPay, id)));
        foreach (var act in new[] { Acts.DossierSubmit, Acts.DossierScan, Acts.ResultRead, Acts.AccountOpen, Acts.DossierSign, "dossier.fly", "" })
            Assert.Equal(RefusalReasons.Act, await ReasonAsync(Ask(me, other, act, id)));
        Assert.Equal(RefusalReasons.Procedure, await ReasonAsync(Ask(me, other, Acts.DossierFill, id, procedure: "1.013947", dossier: dossier)));
        Assert.Equal(RefusalReasons.Dossier, await ReasonAsync(Ask(me, other, Acts.DossierFill, id, procedure: "1.013978", dossier: Guid.CreateVersion7())));
        foreach (var wrong in new[] { Ask(me, stranger, Acts.DossierFill, id), Ask(stranger, other, Acts.DossierFill, id), Ask(other, me, Acts.DossierFill, id), Ask(me, other, Acts.DossierFill, Guid.CreateVersion7()) })
            Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(wrong));
    }

    [Fact]
    public async Task Only_an_accepted_delegation_within_its_days_counts_and_a_revoked_one_stops_at_once()
    {
        var (me, other) = (await site.PersonAsync(), await site.PersonAsync());
        var offered = (await OfferAsync(await site.AsAsync(me), new { accountId = other.Id })).GetProperty("id").GetGuid();
        var later = await site.DelegationAsync(me, other, from: site.Day(2));
        var active = await site.DelegationAsync(me, other);
        Assert.Equal(RefusalReasons.NotActive, await ReasonAsync(Ask(me, other, Acts.DossierFill, offered)));
        Assert.Equal(RefusalReasons.NotActive, await ReasonAsync(Ask(me, other, Acts.DossierFill, later)));
        Assert.Equal("", await ReasonAsync(Ask(me, other, Acts.DossierFill, active)));
        await BodyAsync(await (await site.AsAsync(other)).DeleteAsync($"/api/v1/me/delegations/{active}", Ct), System.Net.HttpStatusCode.NoContent);
        Assert.Equal(RefusalReasons.NotActive, await ReasonAsync(Ask(me, other, Acts.DossierFill, active)));
    }

    [Fact]
    public async Task Everybody_may_act_for_himself_and_nobody_for_or_as_a_closed_account()
    {
        var (me, other) = (await site.PersonAsync(), await site.PersonAsync());
        var id = await site.DelegationAsync(me, other);
        Assert.Equal("", await ReasonAsync(Ask(me, me, Acts.DossierSubmit)));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(Ask(me, other, Acts.DossierSubmit)));
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == me.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.IsClosed, true)));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(Ask(me, me, Acts.DossierSubmit)));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(Ask(me, other, Acts.DossierSubmit, id)));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(Ask(other, me, Acts.DossierSubmit)));
    }

    [Theory]
    [InlineData("postOffice", "postOffice")]
    [InlineData("youthUnion", "youthUnion")]
    [InlineData(null, "")]
    public async Task In_an_assisted_session_it_is_told_where_the_helper_comes_from(string? kind, string told)
    {
        var (citizen, helper) = (await site.PersonAsync(), await site.PersonAsync(Roles.Helper, unit: "06688"));
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == helper.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.HelperKind, kind)));
        var id = await site.ActiveAsync(helper, citizen, ["dossier.fill"]);
        Assert.Equal(told, (await CheckAsync(Ask(citizen, helper, Acts.DossierFill, session: id))).HelperKind);
        Assert.Equal("", (await CheckAsync(Ask(citizen, helper, Acts.DossierSubmit, session: id))).HelperKind);
    }

    [Fact]
    public async Task An_assisted_session_allows_its_acts_for_its_two_people_while_it_lasts()
    {
        var (citizen, helper, stranger) = (await site.PersonAsync(), await site.PersonAsync(Roles.Helper, unit: "06688"), await site.PersonAsync(Roles.Helper, unit: "06688"));
        var id = await site.ActiveAsync(helper, citizen, ["dossier.fill"]);
        var yes = await CheckAsync(Ask(citizen, helper, Acts.DossierFill, session: id));
        Assert.Equal((true, "06688", "office", ""), (yes.Allowed, yes.HelperUnit, yes.Place, yes.DossierId));
        foreach (var act in new[] { Acts.DossierSubmit, Acts.PaymentPay, Acts.ResultRead, Acts.AccountOpen, Acts.DossierSign })
            Assert.Equal(RefusalReasons.Act, await ReasonAsync(Ask(citizen, helper, act, session: id)));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(Ask(citizen, stranger, Acts.DossierFill, session: id)));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(Ask(stranger, helper, Acts.DossierFill, session: id)));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(Ask(citizen, helper, Acts.DossierFill, delegation: id, session: id)));

        var brief = await site.ActiveAsync(helper, stranger, ["dossier.fill"], expires: TimeSpan.Zero);
        Assert.Equal(RefusalReasons.NotActive, await ReasonAsync(Ask(stranger, helper, Acts.DossierFill, session: brief)));
    }

    [Fact]
    public async Task Who_is_no_helper_any_more_stops_in_the_middle_of_a_session()
    {
        var (citizen, helper) = (await site.PersonAsync(), await site.PersonAsync(Roles.Helper, unit: "06688"));
        var id = await site.ActiveAsync(helper, citizen, ["dossier.fill"]);
        Assert.Equal("", await ReasonAsync(Ask(citizen, helper, Acts.DossierFill, session: id)));
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == helper.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.Roles, [Roles.Citizen])));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(Ask(citizen, helper, Acts.DossierFill, session: id)));
    }

    [Fact]
    public async Task The_legal_representative_may_do_everything_for_the_organisation_while_he_is_it()
    {
        var (firm, person, other) = (await site.PersonAsync(Roles.Organisation), await site.PersonAsync(), await site.PersonAsync());
        await site.RepresentAsync(firm, person, -1, 1);
        await site.RepresentAsync(firm, other, -9, -2);
        await site.RepresentAsync(firm, other, 2, null);
        foreach (var act in new[] { Acts.DossierSubmit, Acts.ResultRead, Acts.PaymentPay })
            Assert.Equal("", await ReasonAsync(Ask(firm, person, act)));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(Ask(firm, other, Acts.DossierRead)));
        Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(Ask(person, firm, Acts.DossierRead)));
    }

    [Fact]
    public async Task The_first_dossier_written_to_becomes_the_only_one_of_an_assisted_session()
    {
        var (citizen, helper) = (await site.PersonAsync(), await site.PersonAsync(Roles.Helper, unit: "06688"));
        var id = await site.ActiveAsync(helper, citizen, ["dossier.fill", "dossier.scan"]);
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.Equal("", (await CheckAsync(Ask(citizen, helper, Acts.DossierFill, session: id, dossier: first))).DossierId);
        Assert.Equal(first.ToString(), (await CheckAsync(Ask(citizen, helper, Acts.DossierFill, session: id, dossier: first, commits: true, opens: true))).DossierId);
        Assert.Equal(RefusalReasons.Dossier, await ReasonAsync(Ask(citizen, helper, Acts.DossierScan, session: id, dossier: second, commits: true)));
        Assert.Equal(RefusalReasons.Dossier, await ReasonAsync(Ask(citizen, helper, Acts.DossierRead, session: id, dossier: second)));
        // Opening again is told the id that is held already: an opening that broke off can be repeated.
        Assert.Equal(first.ToString(), (await CheckAsync(Ask(citizen, helper, Acts.DossierFill, session: id, dossier: second, commits: true, opens: true))).DossierId);
        Assert.Equal(first.ToString(), (await CheckAsync(Ask(citizen, helper, Acts.DossierScan, session: id, dossier: first, commits: true))).DossierId);
    }

    [Fact]
    public async Task Of_many_first_dossiers_at_once_one_is_bound()
    {
        var (citizen, helper) = (await site.PersonAsync(), await site.PersonAsync(Roles.Helper, unit: "06688"));
        var id = await site.ActiveAsync(helper, citizen, ["dossier.scan"]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CheckAsync(Ask(citizen, helper, Acts.DossierScan, session: id, dossier: Guid.CreateVersion7(), commits: true))));
        Assert.Single(answers, a => a.Allowed);
        Assert.All(answers.Where(a => !a.Allowed), a => Assert.Equal(RefusalReasons.Dossier, a.Reason));
    }

    [Fact]
    public async Task What_is_committed_is_counted_and_what_is_only_asked_is_not()
    {
        var (citizen, helper) = (await site.PersonAsync(), await site.PersonAsync(Roles.Helper, unit: "06688"));
        var id = await site.ActiveAsync(helper, citizen, ["dossier.fill", "dossier.scan"], dossierId: Guid.CreateVersion7());
        await CheckAsync(Ask(citizen, helper, Acts.DossierScan, session: id));
        await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => CheckAsync(Ask(citizen, helper, Acts.DossierScan, session: id, commits: true))));
        await CheckAsync(Ask(citizen, helper, Acts.DossierSubmit, session: id, commits: true));
        var counted = Assert.Single(await site.DatabaseAsync(db => db.AssistedDeeds.Where(d => d.SessionId == id).ToListAsync()));
        Assert.Equal((Acts.DossierScan, 7), (counted.Act, counted.Count));
    }

    [Fact]
    public async Task Many_questions_get_their_answers_in_order_and_too_many_get_none()
    {
        var (me, other) = (await site.PersonAsync(), await site.PersonAsync());
        var id = await site.DelegationAsync(me, other, ["dossier.read"]);
        var request = new BatchCheckRequest();
        request.Questions.AddRange(Enumerable.Range(0, 200).Select(i => Ask(me, other, i % 2 == 0 ? Acts.DossierRead : Acts.DossierFill, id)));
        var answer = await Service.CheckAsync(request, cancellationToken: Ct);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => i % 2 == 0), answer.Answers.Select(a => a.Allowed));
        request.Questions.Add(Ask(me, other, Acts.DossierRead, id));
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(async () => await Service.CheckAsync(request, cancellationToken: Ct))).StatusCode);
    }

    [Fact]
    public async Task Rubbish_names_nobody()
    {
        var me = await site.PersonAsync();
        foreach (var question in new[]
        {
            new CheckQuestion { Subject = "rubbish", Actor = "rubbish", Act = Acts.DossierRead }, new CheckQuestion(),
            new CheckQuestion { Subject = me.Id.ToString(), Actor = me.Id.ToString(), DelegationId = "rubbish", Act = Acts.DossierRead },
        })
            Assert.Equal(RefusalReasons.Unknown, await ReasonAsync(question));
    }

    [Fact]
    public async Task A_persons_token_asks_about_that_person_only()
    {
        var (me, other) = (await site.PersonAsync(), await site.PersonAsync());
        var id = await site.DelegationAsync(me, other);
        var client = new V1.Authorisation.AuthorisationClient(site.Service.Grpc(await site.TokenAsync(me.UserName)));
        Assert.True((await client.CheckAsync(new BatchCheckRequest { Questions = { Ask(me, me, Acts.DossierRead) } }, cancellationToken: Ct)).Answers[0].Allowed);
        foreach (var question in new[] { Ask(me, other, Acts.DossierFill, id), Ask(other, other, Acts.DossierRead) })
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(async () => await client.CheckAsync(new BatchCheckRequest { Questions = { question } }, cancellationToken: Ct));
            Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
        }
    }

    [Fact]
    public async Task Partners_and_strangers_ask_in_vain()
    {
        var partner = (await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("partner", "partner-secret", "halong.events"))).GetProperty("access_token").GetString();
        foreach (var (token, code) in new[] { (partner, StatusCode.PermissionDenied), (null, StatusCode.Unauthenticated), ("rubbish", StatusCode.Unauthenticated) })
        {
            var client = new V1.Authorisation.AuthorisationClient(site.Service.Grpc(token));
            Assert.Equal(code, (await Assert.ThrowsAsync<RpcException>(async () => await client.CheckAsync(new BatchCheckRequest(), cancellationToken: Ct))).StatusCode);
        }
    }
}

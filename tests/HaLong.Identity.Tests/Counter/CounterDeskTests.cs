using System.Net;
using HaLong.Identity.Delegations;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Organisations;
using HaLong.Identity.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Counter;

/// <summary>Whom an official must leave to another, and whom not; races between officials.</summary>
public sealed class CounterDeskTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private async Task<TestPerson> WithDelegationAsync(bool given, Action<Delegation>? then = null, int from = 0, int to = 9, bool accepted = true)
    {
        var (person, official, now) = (await site.PersonAsync(), await site.IdOfAsync("reception"), site.Clock.GetUtcNow());
        await site.DatabaseAsync(db =>
        {
            var (principal, to_) = given ? (person.Id, official) : (official, person.Id);
            var delegation = Delegation.Offer(Guid.CreateVersion7(), principal, new(to_, null, null),
                new(["dossier.read"], [], null, site.Today().AddDays(from), site.Today().AddDays(to), null), now);
            if (accepted)
                delegation.Accept(to_, site.Today(), now);
            then?.Invoke(delegation);
            db.Delegations.Add(delegation);
            return db.SaveChangesAsync();
        });
        return person;
    }

    private async Task<Reply> VerifyAsync(TestPerson person) => await site.VerifyAsync(await site.ReceptionAsync(), person.Id, CounterKit.Document(person));

    [Fact]
    public async Task One_who_may_act_for_the_other_is_close_whichever_way_round()
    {
        (await VerifyAsync(await WithDelegationAsync(given: true))).Refused(HttpStatusCode.Forbidden, "IDN-1175");
        (await VerifyAsync(await WithDelegationAsync(given: false))).Refused(HttpStatusCode.Forbidden, "IDN-1175");
    }

    [Fact]
    public async Task What_is_only_offered_revoked_over_or_has_not_begun_makes_nobody_close()
    {
        var now = site.Clock.GetUtcNow();
        (await VerifyAsync(await WithDelegationAsync(given: true, accepted: false))).Expect(HttpStatusCode.OK);
        (await VerifyAsync(await WithDelegationAsync(given: true, d => d.Revoke(d.PrincipalId, site.Today(), now)))).Expect(HttpStatusCode.OK);
        (await VerifyAsync(await WithDelegationAsync(given: true, from: 1))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_telephones_and_mailboxes_nothing_is_the_same()
    {
        await site.OfficialAsync("bare.official", ("06688", ["reception"]));
        var person = await site.PersonAsync();
        (await site.VerifyAsync(await site.TokenAsync("bare.official", strong: true), person.Id, CounterKit.Document(person))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_purpose_and_unit_of_every_look_are_on_record()
    {
        var person = await site.PersonAsync();
        var token = await site.ChiefAsync();
        var before = await site.DatabaseAsync(db => db.AccessRecords.CountAsync());
        (await site.CallAsync(HttpMethod.Post, "/api/v1/admin/account-searches", token,
            new { personalNumber = person.Number, purpose = "organisation-verification", note = "Đối chiếu người đại diện" })).Expect(HttpStatusCode.OK);

        var record = await site.DatabaseAsync(db => db.AccessRecords.AsNoTracking().OrderByDescending(r => r.Sequence).FirstAsync());
        Assert.Equal((person.Id, "chief", "06688", "identity", "account-search", "organisation-verification", "Đối chiếu người đại diện"),
            (record.SubjectId, record.ActorRole, record.Unit, record.Service, record.What, record.Purpose, record.Note));
        Assert.Equal(before + 1, await site.DatabaseAsync(db => db.AccessRecords.CountAsync()));
    }

    [Fact]
    public async Task A_claim_that_is_verified_refused_and_withdrawn_at_once_ends_in_one_way()
    {
        var person = await site.VerifiedAsync();
        var claim = await site.ClaimAsync(person);
        var (reception, chief, own) = (await site.ReceptionAsync(), await site.ChiefAsync(), await site.StrongAsync(person));

        var answers = await Task.WhenAll(
            site.VerifyAsync(reception, claim),
            site.CallAsync(HttpMethod.Post, $"/api/v1/admin/organisation-claims/{claim}/refusal", chief, new { reason = "Không đủ giấy tờ" }),
            site.CallAsync(HttpMethod.Delete, $"/api/v1/me/organisation-claims/{claim}", own));

        Assert.Single(answers, a => a.Status is HttpStatusCode.OK or HttpStatusCode.NoContent);
        Assert.All(answers.Where(a => (int)a.Status >= 400), a => Assert.Contains(a.Code, new[] { "IDN-1156", "CMN-0409" }));
        var state = await site.DatabaseAsync(db => db.OrganisationClaims.Where(c => c.Id == claim).Select(c => c.State).SingleAsync());
        Assert.Equal(state == "verified" ? 1 : 0, await site.DatabaseAsync(db => db.Representatives.CountAsync(r => r.AccountId == person.Id)));
    }

    [Fact]
    public async Task An_invitation_that_is_accepted_and_taken_back_at_once_ends_in_one_way()
    {
        var (legal, clerk) = (await site.VerifiedAsync(), await site.VerifiedAsync());
        var firm = await site.OrganisationAsync(legal);
        var id = (await site.InviteAsync(await site.StrongAsync(legal), firm, clerk)).Expect(HttpStatusCode.Created)["id"].GetGuid();
        var (own, theirs) = (await site.StrongAsync(legal), await site.StrongAsync(clerk));

        var answers = await Task.WhenAll(
            site.CallAsync(HttpMethod.Delete, $"/api/v1/organisations/{firm}/representatives/{id}", own), site.AnswerAsync(theirs, id, "acceptance"));

        // Either order is a story; a lost race leaves the state of who won.
        var state = await site.DatabaseAsync(db => db.Representatives.Where(r => r.Id == id).Select(r => r.State).SingleAsync());
        var removed = answers[0].Status == HttpStatusCode.NoContent;
        Assert.Equal(removed ? "removed" : "active", state);
        Assert.All(answers.Where(a => (int)a.Status >= 400), a => Assert.Contains(a.Code, new[] { "IDN-1162", "CMN-0409" }));
        Assert.Contains(answers, a => (int)a.Status < 400);
    }

    [Fact]
    public async Task Two_who_undo_at_once_undo_once()
    {
        var person = await site.PersonAsync();
        await site.VerifiedAtCounterAsync(person);
        string[] officials = [await site.ChiefAsync(), await site.ElsewhereAsync()];

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => site.UndoAsync(officials[i % 2], person.Id)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.NoContent);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.NoContent), a => Assert.Contains(a.Code, new[] { "IDN-1177", "CMN-0409" }));
    }

    [Fact]
    public async Task Who_verified_once_cannot_undo_what_a_colleague_verified_later()
    {
        var person = await site.PersonAsync();
        await site.VerifiedAtCounterAsync(person);
        (await site.VerifyAsync(await site.ChiefAsync(), person.Id, CounterKit.Document(person, changes: ("fullName", "Nguyễn Văn Khác")))).Expect(HttpStatusCode.OK);

        (await site.UndoAsync(await site.ReceptionAsync(), person.Id)).Refused(HttpStatusCode.Forbidden, "IDN-1178");
        (await site.UndoAsync(await site.ChiefAsync(), person.Id)).Refused(HttpStatusCode.Forbidden, "IDN-1178");
        (await site.UndoAsync(await site.ElsewhereAsync(), person.Id)).Expect(HttpStatusCode.NoContent);

        // Both corrections are taken back, the last first.
        Assert.Equal((1, person.Name), await site.DatabaseAsync(async db =>
            await db.Accounts.Where(a => a.Id == person.Id).Select(a => new { a.Level, a.DisplayName }).SingleAsync() is var a ? (a.Level, a.DisplayName) : default));
    }
}

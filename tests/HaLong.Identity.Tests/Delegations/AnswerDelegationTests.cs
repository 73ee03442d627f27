using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Delegations;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests.Delegations;

public sealed class AnswerDelegationTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Path = "/api/v1/me/delegations";

    private async Task<(HttpClient Principal, HttpClient Delegate, Guid Id, TestPerson From, TestPerson To)> OfferedAsync(string? from = null, string? until = null)
    {
        var (principal, actor) = (await site.PersonAsync(), await site.PersonAsync());
        var client = await site.AsAsync(principal);
        var id = (await OfferAsync(client, new { accountId = actor.Id }, from: from, until: until)).GetProperty("id").GetGuid();
        return (client, await site.AsAsync(actor), id, principal, actor);
    }

    [Fact]
    public async Task Accepting_makes_it_active_and_tells_the_world_its_limits()
    {
        await using var ear = await Ear.OnAsync<DelegationAccepted>(site);
        var (principal, actor, id, from, to) = await OfferedAsync();
        using var response = await actor.PostAsync($"{Path}/{id}/acceptance", null, Ct);
        Assert.NotNull(response.Headers.ETag);
        var body = await BodyAsync(response);
        Assert.Equal(("accepted", true, "received"), (body.GetProperty("state").GetString(), body.GetProperty("active").GetBoolean(), body.GetProperty("side").GetString()));
        Assert.True((await GetAsync(principal, $"{Path}/{id}")).GetProperty("active").GetBoolean());
        var told = await ear.HearAsync(e => e.DelegationId == id);
        Assert.Equal((from.Id, to.Id), (told.PrincipalId, told.DelegateId));
        Assert.Equal(["dossier.fill", "dossier.submit"], told.ActList);
    }

    [Fact]
    public async Task Only_the_one_who_is_asked_can_answer()
    {
        var (principal, _, id, _, _) = await OfferedAsync();
        var stranger = await site.AsAsync(await site.PersonAsync());
        foreach (var step in new[] { "acceptance", "refusal" })
        {
            await RefusedAsync(await principal.PostAsync($"{Path}/{id}/{step}", null, Ct), 404, "IDN-0402");
            await RefusedAsync(await stranger.PostAsync($"{Path}/{id}/{step}", null, Ct), 404, "IDN-0402");
            await RefusedAsync(await stranger.PostAsync($"{Path}/{Guid.CreateVersion7()}/{step}", null, Ct), 404, "IDN-0402");
        }

        await RefusedAsync(await stranger.GetAsync($"{Path}/{id}", Ct), 404, "IDN-0402");
        await RefusedAsync(await stranger.DeleteAsync($"{Path}/{id}", Ct), 404, "IDN-0402");
        Assert.Equal("offered", (await GetAsync(principal, $"{Path}/{id}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_answer_is_final()
    {
        await using var ear = await Ear.OnAsync<DelegationDeclined>(site);
        var (_, actor, id, _, _) = await OfferedAsync();
        await BodyAsync(await actor.PostAsync($"{Path}/{id}/refusal", null, Ct));
        await RefusedAsync(await actor.PostAsync($"{Path}/{id}/acceptance", null, Ct), 409, "IDN-0403");
        await RefusedAsync(await actor.DeleteAsync($"{Path}/{id}", Ct), 409, "IDN-0404");
        await ear.HearAsync(e => e.DelegationId == id);
    }

    [Fact]
    public async Task Of_many_acceptances_at_once_one_is_told_to_the_world()
    {
        await using var ear = await Ear.OnAsync<DelegationAccepted>(site);
        var (_, actor, id, _, _) = await OfferedAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => actor.PostAsync($"{Path}/{id}/acceptance", null, Ct)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.OK), a => Assert.Equal(HttpStatusCode.Conflict, a.StatusCode));
        await ear.HearAsync(e => e.DelegationId == id);
        Assert.Single(ear.All, e => e.DelegationId == id);
    }

    [Fact]
    public async Task Revoked_while_being_accepted_ends_revoked_or_was_never_accepted()
    {
        for (var round = 0; round < 5; round++)
        {
            var (principal, actor, id, _, _) = await OfferedAsync();
            var accept = actor.PostAsync($"{Path}/{id}/acceptance", null, Ct);
            var revoke = principal.DeleteAsync($"{Path}/{id}", Ct);
            await Task.WhenAll(accept, revoke);
            var state = (await GetAsync(principal, $"{Path}/{id}")).GetProperty("state").GetString();
            // Who lost is told so; who won sees his will in the row.
            Assert.Equal(state == "revoked", (await revoke).StatusCode == HttpStatusCode.NoContent);
            Assert.True(state is "revoked" or "accepted", state);
            Assert.True((await accept).StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict);
        }
    }

    [Fact]
    public async Task A_stale_revision_is_refused()
    {
        var (principal, actor, id, _, _) = await OfferedAsync();
        foreach (var (client, method, path) in new[] { (actor, "POST", $"{Path}/{id}/acceptance"), (actor, "POST", $"{Path}/{id}/refusal"), (principal, "DELETE", $"{Path}/{id}") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            await RefusedAsync(await client.SendAsync(request, Ct), 412, "CMN-0412");
        }
    }

    [Fact]
    public async Task Either_side_ends_it_and_the_other_sees_who_did()
    {
        await using var ear = await Ear.OnAsync<DelegationRevoked>(site);
        var (principal, actor, id, _, to) = await OfferedAsync();
        await BodyAsync(await actor.PostAsync($"{Path}/{id}/acceptance", null, Ct));
        await BodyAsync(await actor.DeleteAsync($"{Path}/{id}", Ct), HttpStatusCode.NoContent);
        var seen = await GetAsync(principal, $"{Path}/{id}");
        Assert.Equal(("revoked", "delegate", false), (seen.GetProperty("state").GetString(), seen.GetProperty("endedBy").GetString(), seen.GetProperty("active").GetBoolean()));
        await RefusedAsync(await principal.DeleteAsync($"{Path}/{id}", Ct), 409, "IDN-0404");
        Assert.Equal(to.Id, (await ear.HearAsync(e => e.DelegationId == id)).RevokedBy);
    }

    [Fact]
    public async Task An_offer_taken_back_cannot_be_accepted()
    {
        var (principal, actor, id, _, _) = await OfferedAsync();
        await BodyAsync(await principal.DeleteAsync($"{Path}/{id}", Ct), HttpStatusCode.NoContent);
        await RefusedAsync(await actor.PostAsync($"{Path}/{id}/acceptance", null, Ct), 409, "IDN-0403");
        await RefusedAsync(await actor.PostAsync($"{Path}/{id}/refusal", null, Ct), 409, "IDN-0403");
    }

    [Fact]
    public async Task An_offer_of_a_closed_account_cannot_be_accepted()
    {
        var (_, actor, id, from, _) = await OfferedAsync();
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == from.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.IsClosed, true)));
        await RefusedAsync(await actor.PostAsync($"{Path}/{id}/acceptance", null, Ct), 409, "IDN-0403");
    }

    [Fact]
    public async Task An_organisation_is_nobodys_delegate()
    {
        var (principal, firm) = (await site.PersonAsync(), await site.PersonAsync(Roles.Organisation));
        var id = (await OfferAsync(await site.AsAsync(principal), new { accountId = firm.Id })).GetProperty("id").GetGuid();
        await RefusedAsync(await (await site.AsAsync(firm)).PostAsync($"{Path}/{id}/acceptance", null, Ct), 403, "IDN-0408");
        await RefusedAsync(await (await site.AsAsync(firm)).PostAsync($"{Path}/{id}/refusal", null, Ct), 403, "IDN-0408");
    }

    [Fact]
    public async Task An_organisation_can_give_one()
    {
        var (firm, clerk) = (await site.PersonAsync(Roles.Organisation), await site.PersonAsync());
        var id = await site.DelegationAsync(firm, clerk, ["dossier.fill"]);
        Assert.True((await GetAsync(await site.AsAsync(clerk), $"{Path}/{id}")).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task The_sweep_writes_down_what_is_over_and_tells_it_once()
    {
        await using var ear = await Ear.OnAsync<DelegationExpired>(site);
        var (principal, actor, accepted, _, _) = await OfferedAsync(until: site.Day());
        await BodyAsync(await actor.PostAsync($"{Path}/{accepted}/acceptance", null, Ct));
        var (_, _, offered, _, _) = await OfferedAsync(until: site.Day());
        var (_, _, later, _, _) = await OfferedAsync(until: site.Day(3));
        var tomorrow = site.Clock.GetUtcNow().AddDays(1);

        Assert.True(await site.DatabaseAsync(db => DelegationSweep.RunOnceAsync(db, tomorrow, Ct)) >= 2);
        await site.DatabaseAsync(db => DelegationSweep.RunOnceAsync(db, tomorrow, Ct));
        await ear.HearAsync(e => e.DelegationId == accepted);
        await ear.HearAsync(e => e.DelegationId == offered);
        Assert.Single(ear.All, e => e.DelegationId == accepted);
        Assert.DoesNotContain(ear.All, e => e.DelegationId == later);
        Assert.Equal("expired", (await GetAsync(principal, $"{Path}/{accepted}")).GetProperty("state").GetString());
    }
}

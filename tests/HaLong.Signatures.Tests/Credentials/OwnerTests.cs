using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Tests.Tools;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>What owners do with their credentials, and when they are told no.</summary>
[Collection(CredentialTests.Name)]
public sealed class OwnerTests(CredentialFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<int> MovesAsync(Guid id, PersonCredentialMove move) =>
        fixture.QueryAsync(db => db.PersonCredentialChanges.CountAsync(c => c.CredentialId == id && c.Move == move, Ct));

    [Fact]
    public async Task Stopping_needs_no_second_factor_and_no_words_bringing_back_needs_the_factor()
    {
        var (account, id) = await fixture.SignerAsync();
        using var weak = fixture.As(account, strong: false);
        using var strong = fixture.As(account);
        Assert.Equal("suspended", (await PostAsync(weak, $"{Own}/{id}/suspension", new { note = "Mất máy" })).Expect(HttpStatusCode.OK)["state"]);
        (await PostAsync(weak, $"{Own}/{id}/suspension")).Refused(HttpStatusCode.Conflict, "SIG-0209");
        (await PostAsync(weak, $"{Own}/{id}/resumption")).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await PostAsync(weak, $"{Own}/{id}/revocation", new { reason = "keyCompromise" })).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        Assert.Equal("active", (await PostAsync(strong, $"{Own}/{id}/resumption")).Expect(HttpStatusCode.OK)["state"]);
        (await PostAsync(strong, $"{Own}/{id}/resumption")).Refused(HttpStatusCode.Conflict, "SIG-0211");
        (await PostAsync(strong, $"{Own}/{id}/suspension", new { note = new string('x', 501) })).Refused(HttpStatusCode.BadRequest, "SIG-0214");
        foreach (var reason in new object[] { new { }, new { reason = "certificateHold" } })
            (await PostAsync(strong, $"{Own}/{id}/revocation", reason)).Refused(HttpStatusCode.BadRequest, "SIG-0214");
    }

    [Fact]
    public async Task Revisions_and_keys_are_heeded()
    {
        var (account, id) = await fixture.SignerAsync();
        using var client = fixture.As(account);
        var seen = await GetAsync(client, $"{Own}/{id}");
        (await PostAsync(client, $"{Own}/{id}/suspension", match: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        var first = (await PostAsync(client, $"{Own}/{id}/suspension", key: "stop", match: seen.Etag)).Expect(HttpStatusCode.OK);
        var again = (await PostAsync(client, $"{Own}/{id}/suspension", key: "stop", match: seen.Etag)).Expect(HttpStatusCode.OK);
        Assert.Equal((first.Etag, first.Body.ToString()), (again.Etag, again.Body.ToString()));
        Assert.Equal((HttpStatusCode)422, (await PostAsync(client, $"{Own}/{id}/suspension", new { note = "x" }, key: "stop")).Status);
        (await PostAsync(client, $"{Own}/{id}/resumption", match: seen.Etag)).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        (await PostAsync(client, $"{Own}/{id}/resumption", match: first.Etag)).Expect(HttpStatusCode.OK);
        Assert.Equal(1, await MovesAsync(id, PersonCredentialMove.Suspended));
    }

    [Fact]
    public async Task A_signature_and_a_wrong_PIN_do_not_change_the_revision()
    {
        var (account, id) = await fixture.SignerAsync();
        using var client = fixture.As(account);
        var before = (await GetAsync(client, $"{Own}/{id}")).Etag;
        Assert.True((await fixture.SignAsync(Order(account, id, Hashes()))).IsSuccess);
        (await fixture.SignAsync(Order(account, id, Hashes()), "482914")).Refused(ActivationErrors.PinWrong);
        Assert.Equal(before, (await GetAsync(client, $"{Own}/{id}")).Etag);
        (await PostAsync(client, $"{Own}/{id}/suspension", match: before)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_history_has_pages()
    {
        var (account, id) = await fixture.SignerAsync();
        using var client = fixture.As(account);
        for (var i = 0; i < 2; i++)
        {
            await PostAsync(client, $"{Own}/{id}/suspension", new { note = $"lần {i}" });
            await PostAsync(client, $"{Own}/{id}/resumption");
        }

        var page = (await GetAsync(client, $"{Own}/{id}/changes?limit=4")).Expect(HttpStatusCode.OK);
        Assert.Equal(["resumed", "suspended", "resumed", "suspended"], page.Items.Select(i => i.GetProperty("move").GetString()));
        Assert.Equal("lần 1", page.Items[1].GetProperty("note").GetString());
        Assert.All(page.Items, i => Assert.Equal(account, i.GetProperty("actorId").GetGuid()));
        var rest = await GetAsync(client, $"{Own}/{id}/changes?limit=4&after=" + page["after"]);
        Assert.Equal(["issued", "requested"], rest.Items.Select(i => i.GetProperty("move").GetString()));
        (await GetAsync(client, $"{Own}/{id}/changes?limit=101")).Expect(HttpStatusCode.BadRequest);
        (await GetAsync(client, $"{Own}/{id}/changes?after=%25")).Expect(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task No_PIN_is_set_for_what_has_ended_or_for_who_has_left()
    {
        var (account, id) = await fixture.SignerAsync();
        using var client = fixture.As(account);
        await PostAsync(client, $"{Own}/{id}/suspension");
        (await PostAsync(client, $"{Own}/{id}/pin", new { pin = Pin, newPin = "730518" })).Refused(HttpStatusCode.Conflict, "SIG-0209");
        (await PostAsync(client, $"{Own}/{id}/renewal", new { forgotten = true })).Refused(HttpStatusCode.Conflict, "SIG-0209");
        await PostAsync(client, $"{Own}/{id}/revocation", new { reason = "superseded" });
        (await PostAsync(client, $"{Own}/{id}/pin", new { pin = Pin, newPin = "730518" })).Refused(HttpStatusCode.Conflict, "SIG-0210");

        var next = (await PostAsync(client, Own, new { term = "long" })).Expect(HttpStatusCode.Created).Id;
        fixture.People.People[account].Status = "closed";
        (await PostAsync(client, $"{Own}/{next}/pin", new { newPin = Pin })).Refused(HttpStatusCode.Forbidden, "SIG-0203");
        fixture.People.People[account].Status = "active";
        fixture.People.IsDown = true;
        try
        {
            (await PostAsync(client, $"{Own}/{next}/pin", new { newPin = Pin })).Refused(HttpStatusCode.ServiceUnavailable, "SIG-0217");
        }
        finally
        {
            fixture.People.IsDown = false;
        }

        (await PostAsync(client, $"{Own}/{next}/pin", new { newPin = Pin })).Expect(HttpStatusCode.OK);
        (await PostAsync(client, $"{Own}/{Guid.CreateVersion7()}/pin", new { newPin = Pin })).Refused(HttpStatusCode.NotFound, "SIG-0201");
        (await PostAsync(client, $"{Own}/{Guid.CreateVersion7()}/renewal", new { })).Refused(HttpStatusCode.NotFound, "SIG-0201");
    }

    [Fact]
    public async Task Two_who_choose_the_first_PIN_at_once_make_one_key()
    {
        using var client = fixture.As(fixture.People.Person());
        var id = (await PostAsync(client, Own, new { term = "long" })).Expect(HttpStatusCode.Created).Id;
        var answers = await Task.WhenAll(new[] { "482913", "730518", "915302" }.Select(pin => PostAsync(client, $"{Own}/{id}/pin", new { newPin = pin })));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(1, await MovesAsync(id, PersonCredentialMove.Issued));
    }

    [Fact]
    public async Task A_one_time_credential_has_no_PIN_and_is_not_renewed()
    {
        using var client = fixture.As(fixture.People.Person());
        var id = (await PostAsync(client, Own, new { term = "oneTime" })).Expect(HttpStatusCode.Created).Id;
        (await PostAsync(client, $"{Own}/{id}/pin", new { newPin = Pin })).Refused(HttpStatusCode.Conflict, "SIG-0210");
        (await PostAsync(client, $"{Own}/{id}/renewal", new { forgotten = true })).Refused(HttpStatusCode.Conflict, "SIG-0210");
        Assert.Equal("revoked", (await PostAsync(client, $"{Own}/{id}/revocation", new { reason = "cessationOfOperation" }))
            .Expect(HttpStatusCode.OK)["state"]);
    }

    [Fact]
    public async Task A_level_that_was_lost_is_seen_at_the_renewal()
    {
        var (account, id) = await fixture.SignerAsync();
        fixture.People.People[account].Assurance = 1;
        (await PostAsync(fixture.As(account), $"{Own}/{id}/renewal", new { forgotten = true })).Refused(HttpStatusCode.Forbidden, "SIG-0204");
    }

    [Fact]
    public async Task Who_was_sent_too_many_codes_hears_it_from_identity()
    {
        var (account, id) = await fixture.SignerAsync();
        fixture.People.Flooded[account] = true;
        var refused = await fixture.Provider.BeginAsync(Order(account, id, Hashes()), Ct);
        Assert.Equal("IDN-0106", refused.Error.Code);
        using var client = fixture.As(account, scope: "halong.api halong.sign");
        var answer = (await PostAsync(client, "/csc/v2/credentials/sendOTP", new { credentialID = id })).Expect(HttpStatusCode.TooManyRequests);
        Assert.Equal("too_many_requests", answer["error"]);
    }

    [Fact]
    public async Task A_request_ends_with_the_account_and_was_on_no_list()
    {
        var account = fixture.People.Person();
        var id = (await PostAsync(fixture.As(account), Own, new { term = "long" })).Expect(HttpStatusCode.Created).Id;
        await fixture.Service.PublishAsync(new AccountClosed(account, "citizen", AccountClosed.ByErasure, fixture.Time.GetUtcNow()));
        await Eventually.Async(async () => await MovesAsync(id, PersonCredentialMove.Revoked) == 1, "the request has ended");
        Assert.Null(await fixture.QueryAsync(db => db.PersonCredentials.Where(c => c.Id == id).Select(c => c.RevokedAt).SingleAsync(Ct)));
        Assert.Equal(Guid.Empty, await fixture.QueryAsync(db => db.PersonCredentialChanges
            .Where(c => c.CredentialId == id && c.Move == PersonCredentialMove.Revoked).Select(c => c.ActorId).SingleAsync(Ct)));
    }
}

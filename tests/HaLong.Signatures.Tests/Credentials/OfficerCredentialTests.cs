using System.Net;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Tests.Tools;
using Microsoft.EntityFrameworkCore;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>Officers ask, somebody else approves; managers stop and bring back.</summary>
[Collection(CredentialTests.Name)]
public sealed class OfficerCredentialTests(CredentialFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly object Asked = new { term = "long", role = Roles.Officer };
    private static readonly object Note = new { note = "Đang kiểm tra" };

    private HttpClient Manager(string unit = Unit, string role = Roles.Leader, bool strong = true, Guid? account = null) =>
        fixture.As(account ?? Guid.CreateVersion7(), strong, role: role, unit: unit);

    [Fact]
    public async Task A_second_person_approves_before_there_is_a_key()
    {
        var account = fixture.People.Official(Unit, Roles.Officer);
        using var officer = fixture.As(account, role: Roles.Officer, unit: Unit);
        var id = (await PostAsync(officer, Own, Asked)).Expect(HttpStatusCode.Created).Id;
        (await PostAsync(officer, $"{Own}/{id}/pin", new { newPin = Pin })).Refused(HttpStatusCode.Conflict, "SIG-0206");
        // The officer is a leader as well: all the same somebody else has to.
        (await PostAsync(Manager(account: account), $"{Managed}/{id}/approval", Note)).Refused(HttpStatusCode.Forbidden, "SIG-0207");
        (await PostAsync(Manager(strong: false), $"{Managed}/{id}/approval", Note)).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await PostAsync(Manager(unit: "06700"), $"{Managed}/{id}/approval", Note)).Refused(HttpStatusCode.NotFound, "SIG-0201");
        (await PostAsync(Manager(role: Roles.Chief), $"{Managed}/{id}/approval", Note)).Refused(HttpStatusCode.Forbidden, "SIG-0208");
        (await PostAsync(Manager(), $"{Managed}/{id}/approval", new { })).Refused(HttpStatusCode.BadRequest, "SIG-0214");

        using var leader = Manager();
        var approved = (await PostAsync(leader, $"{Managed}/{id}/approval", Note, key: "a")).Expect(HttpStatusCode.OK);
        Assert.Equal(("True", "requested"), (approved["isApproved"], approved["state"]));
        (await PostAsync(leader, $"{Managed}/{id}/approval", Note, key: "a")).Expect(HttpStatusCode.OK);
        (await PostAsync(leader, $"{Managed}/{id}/approval", Note)).Refused(HttpStatusCode.Conflict, "SIG-0216");

        var active = (await PostAsync(officer, $"{Own}/{id}/pin", new { newPin = Pin })).Expect(HttpStatusCode.OK);
        Assert.Equal(("active", CertificatePolicies.Officer, Unit, Roles.Officer), (active["state"], active["policy"], active["unitCode"], active["role"]));
        using var certificate = X509Certificate2.CreateFromPem(active["certificate"]);
        Assert.Contains("OU=" + Unit, certificate.Subject, StringComparison.Ordinal);
        Assert.Contains("officer", certificate.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_role_that_is_held_in_the_unit()
    {
        var account = fixture.People.Official(Unit, Roles.Officer);
        (await PostAsync(fixture.As(account, role: Roles.Officer, unit: Unit), Own, new { term = "long", role = Roles.Leader }))
            .Refused(HttpStatusCode.Forbidden, "SIG-0215");
        (await PostAsync(fixture.As(account, role: Roles.Officer), Own, Asked)).Refused(HttpStatusCode.Forbidden, "SIG-0215");
        // The token is older than the truth.
        (await PostAsync(fixture.As(account, role: Roles.Officer, unit: "06700"), Own, Asked)).Refused(HttpStatusCode.Forbidden, "SIG-0215");
        (await PostAsync(fixture.As(account, role: Roles.Officer, unit: Unit), Own, new { term = "long" })).Refused(HttpStatusCode.BadRequest, "SIG-0202");

        using var officer = fixture.As(account, role: Roles.Officer, unit: Unit);
        var id = (await PostAsync(officer, Own, Asked)).Expect(HttpStatusCode.Created).Id;
        await PostAsync(Manager(), $"{Managed}/{id}/approval", Note);
        fixture.People.Assignments[account] = [];
        (await PostAsync(officer, $"{Own}/{id}/pin", new { newPin = Pin })).Refused(HttpStatusCode.Forbidden, "SIG-0215");
    }

    [Fact]
    public async Task A_managers_suspension_is_ended_by_another_manager()
    {
        var (account, id, leader) = await fixture.OfficerAsync();
        using var first = Manager(account: leader);
        using var owner = fixture.As(account, role: Roles.Officer, unit: Unit);
        Assert.Equal("suspended", (await PostAsync(first, $"{Managed}/{id}/suspension", Note)).Expect(HttpStatusCode.OK)["state"]);
        (await fixture.Provider.BeginAsync(Order(account, id, Hashes()), Ct)).Refused(HaLong.Signatures.Domain.CredentialErrors.Suspended);
        (await PostAsync(first, $"{Managed}/{id}/suspension", Note)).Refused(HttpStatusCode.Conflict, "SIG-0209");
        (await PostAsync(first, $"{Managed}/{id}/resumption", Note)).Refused(HttpStatusCode.Forbidden, "SIG-0212");
        (await PostAsync(owner, $"{Own}/{id}/resumption")).Refused(HttpStatusCode.Forbidden, "SIG-0212");
        Assert.Equal("active", (await PostAsync(Manager(role: Roles.Administrator), $"{Managed}/{id}/resumption", Note)).Expect(HttpStatusCode.OK)["state"]);
        (await PostAsync(first, $"{Managed}/{id}/resumption", Note)).Refused(HttpStatusCode.Conflict, "SIG-0211");

        // The owner's own is the owner's to end.
        await PostAsync(owner, $"{Own}/{id}/suspension");
        (await PostAsync(first, $"{Managed}/{id}/resumption", Note)).Refused(HttpStatusCode.Forbidden, "SIG-0212");
        (await PostAsync(owner, $"{Own}/{id}/resumption")).Expect(HttpStatusCode.OK);
        Assert.True((await fixture.SignAsync(Order(account, id, Hashes()))).IsSuccess);
    }

    [Fact]
    public async Task Revoking_has_a_reason_and_a_note_and_is_for_ever()
    {
        var (_, id, leader) = await fixture.OfficerAsync();
        using var manager = Manager(account: leader);
        foreach (var body in new object[] { new { note = "x" }, new { reason = "certificateHold", note = "x" }, new { reason = "keyCompromise" },
            new { reason = "keyCompromise", note = new string('x', 501) } })
            (await PostAsync(manager, $"{Managed}/{id}/revocation", body)).Refused(HttpStatusCode.BadRequest, "SIG-0214");
        var body2 = new { reason = "keyCompromise", note = "Mất điện thoại" };
        (await PostAsync(manager, $"{Managed}/{id}/revocation", body2, match: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        var seen = await GetAsync(manager, $"{Managed}/{id}");
        var revoked = (await PostAsync(manager, $"{Managed}/{id}/revocation", body2, match: seen.Etag)).Expect(HttpStatusCode.OK);
        Assert.Equal(("revoked", "keyCompromise"), (revoked["state"], revoked["reason"]));
        (await PostAsync(manager, $"{Managed}/{id}/revocation", body2)).Refused(HttpStatusCode.Conflict, "SIG-0210");
        var changes = (await GetAsync(manager, $"{Managed}/{id}/changes?limit=1")).Items;
        Assert.Equal(("revoked", "Mất điện thoại", leader.ToString()),
            (changes[0].GetProperty("move").GetString(), changes[0].GetProperty("note").GetString(), changes[0].GetProperty("actorId").GetString()));
    }

    [Fact]
    public async Task Lists_show_the_unit_its_officers_and_the_province_everybody()
    {
        var (account, id, _) = await fixture.OfficerAsync("06741");
        var (citizen, own) = await fixture.SignerAsync();
        using var auditor = Manager("06741", Roles.Auditor);
        Assert.Equal([id], (await GetAsync(auditor, Managed)).Items.Select(i => i.GetProperty("id").GetGuid()));
        Assert.Empty((await GetAsync(auditor, $"{Managed}?account={citizen}")).Items);
        (await GetAsync(auditor, $"{Managed}/{own}")).Refused(HttpStatusCode.NotFound, "SIG-0201");
        (await PostAsync(auditor, $"{Managed}/{id}/suspension", Note)).Refused(HttpStatusCode.Forbidden, "SIG-0208");
        foreach (var path in new[] { Managed, $"{Managed}/{id}", $"{Managed}/{id}/changes" })
            (await GetAsync(Manager("06741", Roles.Officer), path)).Refused(HttpStatusCode.Forbidden, "SIG-0208");
        (await GetAsync(fixture.As(citizen), Managed)).Refused(HttpStatusCode.Forbidden, "CMN-0403");

        using var province = Manager("22", Roles.Administrator);
        Assert.Equal(own, Assert.Single((await GetAsync(province, $"{Managed}?account={citizen}&state=active")).Items).GetProperty("id").GetGuid());
        Assert.Empty((await GetAsync(province, $"{Managed}?account={citizen}&state=revoked")).Items);
        foreach (var state in new[] { "eternal", "1", "" })
            (await GetAsync(province, $"{Managed}?state={state}")).Expect(HttpStatusCode.BadRequest);
        Assert.Equal(account, Assert.Single((await GetAsync(province, $"{Managed}?unit=06741")).Items).GetProperty("accountId").GetGuid());
        (await PostAsync(province, $"{Managed}/{own}/suspension", Note)).Expect(HttpStatusCode.OK);
        (await GetAsync(province, $"{Managed}/{Guid.CreateVersion7()}")).Refused(HttpStatusCode.NotFound, "SIG-0201");
    }

    [Fact]
    public async Task A_request_nobody_wants_is_refused_and_another_may_be_made()
    {
        var account = fixture.People.Official(Unit, Roles.Officer);
        using var officer = fixture.As(account, role: Roles.Officer, unit: Unit);
        var id = (await PostAsync(officer, Own, Asked)).Expect(HttpStatusCode.Created).Id;
        (await PostAsync(Manager(), $"{Managed}/{id}/revocation", new { reason = "cessationOfOperation", note = "Không cần" })).Expect(HttpStatusCode.OK);
        (await PostAsync(officer, $"{Own}/{id}/pin", new { newPin = Pin })).Refused(HttpStatusCode.Conflict, "SIG-0210");
        (await PostAsync(officer, Own, Asked)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_was_done_cannot_be_rewritten()
    {
        await fixture.OfficerAsync();
        foreach (var sql in new[] { "UPDATE person_credential_change SET note = ''", "DELETE FROM person_credential_change",
            "TRUNCATE person_credential_change" })
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct)));
    }
}

using System.Net;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Tests.Tools;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>Renewals, and what ends a credential without anybody asking for it; the lists say so.</summary>
[Collection(CredentialTests.Name)]
public sealed class LifeTests(CredentialFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<CredentialState> StateAsync(Guid id) =>
        fixture.QueryAsync(db => db.PersonCredentials.Where(c => c.Id == id).Select(c => c.State).SingleAsync(Ct));

    private Task EndsAsync(Guid id, CredentialState state) => Eventually.Async(async () => await StateAsync(id) == state, $"{id} is {state}");

    private DateOnly Today => LocalTime.Date(fixture.Time.GetUtcNow());

    private string Day(int days) => Today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private StaffReleased Released(Guid account, int lastDay, bool immediate = false, string unit = Unit) => new(Guid.CreateVersion7(), account,
        unit + "@2025-07-01", unit,
        [Roles.Officer], Today.AddDays(lastDay), immediate, "ended", fixture.Time.GetUtcNow());

    [Fact]
    public async Task A_month_before_the_end_another_key_takes_its_place()
    {
        var (account, old) = await fixture.SignerAsync();
        using var client = fixture.As(account);
        (await PostAsync(client, $"{Own}/{old}/renewal", new { })).Refused(HttpStatusCode.Conflict, "SIG-0213");
        fixture.Time.Shift += TimeSpan.FromDays(336);
        Assert.Equal("True", (await GetAsync(client, $"{Own}/{old}"))["mayRenew"]);
        (await PostAsync(fixture.As(account, strong: false), $"{Own}/{old}/renewal", new { })).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await PostAsync(client, $"{Own}/{old}/renewal", new { }, match: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        var next = (await PostAsync(client, $"{Own}/{old}/renewal", new { })).Expect(HttpStatusCode.Created);
        (await PostAsync(client, $"{Own}/{old}/renewal", new { })).Refused(HttpStatusCode.Conflict, "SIG-0205");
        // Until the new one has its PIN the old one signs.
        Assert.True((await fixture.SignAsync(Order(account, old, Hashes()))).IsSuccess);
        (await PostAsync(client, $"{Own}/{next.Id}/pin", new { newPin = "730518" })).Expect(HttpStatusCode.OK);

        Assert.Equal(CredentialState.Superseded, await StateAsync(old));
        Assert.Null(await fixture.QueryAsync(db => db.PersonCredentials.Where(c => c.Id == old).Select(c => c.SealedKey).SingleAsync(Ct)));
        (await fixture.SignAsync(Order(account, next.Id, Hashes()), "730518")).Succeeded();
        (await PostAsync(client, $"{Own}/{old}/renewal", new { forgotten = true })).Refused(HttpStatusCode.Conflict, "SIG-0210");
        // What was signed with the old one stays good: it was not revoked.
        Assert.Null(await fixture.QueryAsync(db => db.PersonCredentials.Where(c => c.Id == old).Select(c => c.RevokedAt).SingleAsync(Ct)));
    }

    [Fact]
    public async Task An_officers_renewal_needs_the_role_still()
    {
        var (account, id, _) = await fixture.OfficerAsync();
        using var officer = fixture.As(account, role: Roles.Officer, unit: Unit);
        fixture.People.Assignments[account] = [];
        (await PostAsync(officer, $"{Own}/{id}/renewal", new { forgotten = true })).Refused(HttpStatusCode.Forbidden, "SIG-0215");
        fixture.People.Assignments[account] = [(Unit, Roles.Officer, Day(90))];
        var next = (await PostAsync(officer, $"{Own}/{id}/renewal", new { forgotten = true })).Expect(HttpStatusCode.Created);
        Assert.Equal("True", next["isApproved"]);
        (await PostAsync(officer, $"{Own}/{next.Id}/pin", new { newPin = Pin })).Expect(HttpStatusCode.OK);
        Assert.Equal(CredentialState.Superseded, await StateAsync(id));
    }

    [Fact]
    public async Task A_closed_account_signs_no_more_and_lists_and_status_answers_say_so()
    {
        var (account, id) = await fixture.SignerAsync();
        using var waiting = fixture.As(account);
        using var certificate = await fixture.CertificateAsync(account, id);
        using var judge = new Judge();
        using var anybody = fixture.Service.Client();
        var message = Guid.CreateVersion7();
        var closed = new AccountClosed(account, "citizen", AccountClosed.ByOwner, fixture.Time.GetUtcNow());
        await fixture.Service.PublishAsync(closed, message);
        await fixture.Service.PublishAsync(closed, message);
        await EndsAsync(id, CredentialState.Revoked);

        var (number, reason) = await fixture.QueryAsync(db => db.PersonCredentials.Where(c => c.Id == id).Select(c => new
        {
            c.SerialNumber,
            c.RevocationReason
        })
            .SingleAsync(Ct)) is var row ? (row.SerialNumber!, row.RevocationReason) : default;
        Assert.Equal((certificate.SerialNumber, RevocationReason.CessationOfOperation), (number, reason));
        await Eventually.Async(async () =>
        {
            fixture.Time.Shift += TimeSpan.FromSeconds(31);
            using var list = new MemoryStream(await anybody.GetByteArrayAsync("/pki/issuing.crl", Ct));
            return new Org.BouncyCastle.X509.X509CrlParser().ReadCrl(list).GetRevokedCertificate(new Org.BouncyCastle.Math.BigInteger(number, 16)) is not null;
        }, "the list names it");
        Assert.Equal(1, await fixture.QueryAsync(db => db.PersonCredentialChanges.CountAsync(c => c.CredentialId == id
            && c.Move == PersonCredentialMove.Revoked, Ct)));
    }

    [Fact]
    public async Task Status_answers_know_good_suspended_and_good_again()
    {
        var (account, id) = await fixture.SignerAsync();
        using var client = fixture.As(account);
        using var certificate = await fixture.CertificateAsync(account, id);
        Assert.Equal("good", await StatusAsync(certificate));
        (await PostAsync(fixture.As(account, strong: false), $"{Own}/{id}/suspension")).Expect(HttpStatusCode.OK);
        Assert.Equal("revoked", await StatusAsync(certificate));
        (await PostAsync(fixture.As(account, strong: false), $"{Own}/{id}/resumption")).Refused(HttpStatusCode.Unauthorized, "CMN-0470");
        (await PostAsync(client, $"{Own}/{id}/resumption", key: "back")).Expect(HttpStatusCode.OK);
        await Eventually.Async(async () => await StatusAsync(certificate) == "good", "it is good again");
        (await PostAsync(client, $"{Own}/{id}/revocation", new { reason = "keyCompromise" })).Expect(HttpStatusCode.OK);
        Assert.Equal("revoked", await StatusAsync(certificate));
    }

    private async Task<string> StatusAsync(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        using var judge = new Judge();
        using var anybody = fixture.Service.Client();
        var issuing = judge.Save("issuing.pem", await anybody.GetByteArrayAsync("/pki/issuing.pem", Ct));
        var leaf = judge.Save("leaf.pem", System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        var query = Path.Combine(judge.Folder, "q.der");
        judge.Run("openssl", "ocsp", "-issuer", issuing, "-cert", leaf, "-reqout", query, "-no_nonce").Succeeded();
        using var body = new ByteArrayContent(await File.ReadAllBytesAsync(query, Ct));
        body.Headers.ContentType = new("application/ocsp-request");
        using var answer = await anybody.PostAsync("/pki/ocsp", body, Ct);
        var reply = judge.Save("r.der", await answer.Content.ReadAsByteArrayAsync(Ct));
        var text = judge.Run("openssl", "ocsp", "-respin", reply, "-noverify", "-text").Output;
        return text.Contains("Cert Status: good", StringComparison.Ordinal) ? "good" : text.Contains("Cert Status: revoked",
            StringComparison.Ordinal) ? "revoked" : text;
    }

    [Fact]
    public async Task Who_leaves_at_once_signs_no_more_unless_another_assignment_gives_the_role()
    {
        var (stays, kept, _) = await fixture.OfficerAsync();
        var (leaves, lost, _) = await fixture.OfficerAsync();
        fixture.People.Assignments[leaves] = [(Unit, Roles.Reception, "")];
        await fixture.Service.PublishAsync(Released(stays, 5, immediate: true));
        await fixture.Service.PublishAsync(Released(leaves, 5, immediate: true));
        await fixture.Service.PublishAsync(Released(stays, -1, unit: "06700"));
        await EndsAsync(lost, CredentialState.Revoked);
        Assert.Equal(CredentialState.Active, await StateAsync(kept));
        Assert.Equal(RevocationReason.AffiliationChanged, await fixture.QueryAsync(db => db.PersonCredentials.Where(c => c.Id == lost).Select(c
            => c.RevocationReason).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Who_leaves_later_signs_until_the_last_day()
    {
        var (account, id, _) = await fixture.OfficerAsync();
        await fixture.Service.PublishAsync(Released(account, 2));
        await Eventually.Async(async () => await fixture.QueryAsync(db => db.PersonCredentials.AnyAsync(c => c.Id == id
            && c.AssignedUntil == Today.AddDays(2), Ct)), "the last day is noted");
        await fixture.SweepAsync();
        Assert.Equal(CredentialState.Active, await StateAsync(id));
        fixture.People.Assignments[account] = [];
        fixture.Time.Shift += TimeSpan.FromDays(3);
        await fixture.SweepAsync();
        Assert.Equal(CredentialState.Revoked, await StateAsync(id));
    }

    [Fact]
    public async Task An_assignment_that_was_prolonged_is_asked_for_before_anything_is_revoked()
    {
        var (account, id, _) = await fixture.OfficerAsync(until: Day(1));
        Assert.Equal(Today.AddDays(1), await fixture.QueryAsync(db => db.PersonCredentials.Where(c => c.Id == id).Select(c => c.AssignedUntil)
            .SingleAsync(Ct)));
        fixture.People.Assignments[account] = [(Unit, Roles.Officer, Day(30)), (Unit, Roles.Officer, Day(60))];
        fixture.Time.Shift += TimeSpan.FromDays(2);
        await fixture.SweepAsync();
        Assert.Equal(CredentialState.Active, await StateAsync(id));
        Assert.Equal(Today.AddDays(58), await fixture.QueryAsync(db => db.PersonCredentials.Where(c => c.Id == id).Select(c => c.AssignedUntil)
            .SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_verification_that_is_undone_takes_the_credential_that_rests_on_it()
    {
        var (account, id) = await fixture.SignerAsync();
        var (other, kept) = await fixture.SignerAsync();
        await fixture.Service.PublishAsync(new AccountVerificationUndone(other, 2, Unit, fixture.Time.GetUtcNow()));
        await fixture.Service.PublishAsync(new AccountVerificationUndone(account, 1, Unit, fixture.Time.GetUtcNow()));
        await EndsAsync(id, CredentialState.Revoked);
        Assert.Equal(CredentialState.Active, await StateAsync(kept));
    }

    [Fact]
    public async Task Requests_and_credentials_end_in_time_without_being_revoked()
    {
        using var client = fixture.As(fixture.People.Person());
        var request = (await PostAsync(client, Own, new { term = "long" })).Expect(HttpStatusCode.Created).Id;
        var (_, id) = await fixture.SignerAsync();
        fixture.Time.Shift += TimeSpan.FromDays(30);
        Assert.Equal("expired", (await GetAsync(client, $"{Own}/{request}"))["state"]);
        (await PostAsync(client, $"{Own}/{request}/pin", new { newPin = Pin })).Refused(HttpStatusCode.Conflict, "SIG-0210");
        await fixture.SweepAsync();
        Assert.Equal((CredentialState.Expired, CredentialState.Active), (await StateAsync(request), await StateAsync(id)));
        (await PostAsync(client, Own, new { term = "long" })).Expect(HttpStatusCode.Created);
        fixture.Time.Shift += TimeSpan.FromDays(336);
        await fixture.SweepAsync();
        var row = await fixture.QueryAsync(db => db.PersonCredentials.SingleAsync(c => c.Id == id, Ct));
        Assert.Equal((CredentialState.Expired, null, null), (row.State, row.SealedKey, row.RevokedAt));
    }
}

using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Tests.Tools;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>The life of a credential, step by step and every step that is refused.</summary>
public sealed class PersonCredentialTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly CredentialHolder Holder = new(Guid.CreateVersion7(), "Nguyễn Thị Hạnh", 2);
    private readonly Guid manager = Guid.CreateVersion7();

    private static PersonCredential Requested => PersonCredential.ForCitizen(Holder, CredentialTerm.Long, Now);

    private static PersonCredential Officer => PersonCredential.ForOfficer(Holder, "06658", Roles.Officer, null, Now);

    private static PersonCredential Active() => Issued(Requested);

    private static PersonCredential Issued(PersonCredential credential)
    {
        credential.Issue(new IssuedCertificate(Guid.CreateVersion7(), "0A", "CN=x", [1], Now.AddDays(365)), new KeyEnvelope([2], [3], 1), Now);
        return credential;
    }

    [Fact]
    public void A_citizens_request_waits_for_its_PIN_alone()
    {
        var credential = Requested;
        Assert.Null(credential.WhyNotIssue(Now));
        Assert.Equal("SIG-0206", credential.WhyNotSign(Now)?.Code);
        credential.Approve(manager).Refused(CredentialErrors.NotRequested);
        Assert.Equal("SIG-0210", credential.WhyNotIssue(Now.AddDays(30))?.Code);

        Issued(credential);
        Assert.Null(credential.WhyNotSign(Now));
        Assert.Equal((CredentialState.Active, true, Now.AddDays(365)), (credential.State, credential.HasPin, credential.NotAfter));
        Assert.Equal("SIG-0210", credential.WhyNotIssue(Now)?.Code);
        Assert.Equal("SIG-0210", credential.WhyNotSign(Now.AddDays(365))?.Code);
    }

    [Fact]
    public void An_officers_request_waits_for_somebody_else()
    {
        var credential = Officer;
        Assert.Equal("SIG-0206", credential.WhyNotIssue(Now)?.Code);
        credential.Approve(Holder.AccountId).Refused(CredentialErrors.SamePerson);
        Assert.True(credential.Approve(manager).IsSuccess);
        Assert.Null(credential.WhyNotIssue(Now));
        credential.Approve(manager).Refused(CredentialErrors.NotRequested);
    }

    [Fact]
    public void What_the_owner_suspends_the_owner_brings_back()
    {
        var credential = Active();
        Assert.True(credential.Suspend(Holder.AccountId, asManager: false, Now).IsSuccess);
        Assert.Equal((CredentialState.Suspended, RevocationReason.CertificateHold, Now), (credential.State, credential.RevocationReason, credential.RevokedAt));
        Assert.Equal("SIG-0209", credential.WhyNotSign(Now)?.Code);
        credential.Suspend(manager, asManager: true, Now).Refused(CredentialErrors.Suspended);
        credential.Resume(manager, asManager: true).Refused(CredentialErrors.NotYoursToResume);
        Assert.True(credential.Resume(Holder.AccountId, asManager: false).IsSuccess);
        Assert.Null(credential.RevokedAt);
        credential.Resume(Holder.AccountId, asManager: false).Refused(CredentialErrors.NotSuspended);
    }

    [Fact]
    public void What_a_manager_suspends_another_manager_brings_back()
    {
        var credential = Active();
        credential.Suspend(manager, asManager: true, Now);
        credential.Resume(manager, asManager: true).Refused(CredentialErrors.NotYoursToResume);
        credential.Resume(Holder.AccountId, asManager: false).Refused(CredentialErrors.NotYoursToResume);
        Assert.True(credential.Resume(Guid.CreateVersion7(), asManager: true).IsSuccess);
        Assert.Null(credential.WhyNotSign(Now));
    }

    [Fact]
    public void Revoked_is_for_ever_and_takes_the_key()
    {
        var credential = Active();
        credential.Suspend(manager, asManager: true, Now);
        Assert.True(credential.Revoke(RevocationReason.KeyCompromise, Now.AddDays(1)).IsSuccess);
        Assert.Equal((Now, RevocationReason.KeyCompromise, null), (credential.RevokedAt, credential.RevocationReason, credential.SealedKey));
        credential.Revoke(RevocationReason.Superseded, Now).Refused(CredentialErrors.Ended);
        credential.Resume(Guid.CreateVersion7(), asManager: true).Refused(CredentialErrors.NotSuspended);
        credential.Suspend(manager, asManager: true, Now).Refused(CredentialErrors.Ended);
        Assert.Equal("SIG-0210", credential.WhyNotSign(Now)?.Code);
    }

    [Fact]
    public void A_request_that_is_revoked_was_never_on_a_list()
    {
        var credential = Officer;
        Assert.True(credential.Revoke(RevocationReason.CessationOfOperation, Now).IsSuccess);
        Assert.Equal((CredentialState.Revoked, null), (credential.State, credential.RevokedAt));
    }

    [Fact]
    public void One_that_was_replaced_can_still_be_revoked_when_its_key_leaked()
    {
        var credential = Active();
        credential.End(CredentialState.Superseded);
        Assert.Null(credential.Envelope);
        Assert.True(credential.Revoke(RevocationReason.KeyCompromise, Now).IsSuccess);
        Assert.Equal(Now, credential.RevokedAt);
    }

    [Fact]
    public void A_renewal_keeps_role_unit_and_approval()
    {
        var old = Officer;
        old.Approve(manager);
        Issued(old);
        Assert.False(old.MayRenew(Now.AddDays(334)));
        Assert.True(old.MayRenew(Now.AddDays(335)));
        var next = old.Renew(Holder with { Name = "Nguyễn Thị Hạnh Mới" }, new DateOnly(2027, 1, 1), Now);
        Assert.NotEqual(old.Id, next.Id);
        Assert.Equal(("06658", Roles.Officer, manager, "Nguyễn Thị Hạnh Mới"), (next.UnitCode, next.Role, next.ApprovedBy, next.Name));
        Assert.Null(next.WhyNotIssue(Now));
    }

    [Fact]
    public void The_policy_says_how_the_person_was_identified()
    {
        Assert.Equal(CertificatePolicies.Citizen, CertificatePolicies.Of(Requested));
        Assert.Equal(CertificatePolicies.Officer, CertificatePolicies.Of(Officer));
        Assert.Equal(CertificatePolicies.OneTime, CertificatePolicies.Of(PersonCredential.ForCitizen(Holder, CredentialTerm.OneTime, Now)));
        Assert.Equal(CertificatePolicies.OneTimeUnverified,
            CertificatePolicies.Of(PersonCredential.ForCitizen(Holder with { Assurance = 1 }, CredentialTerm.OneTime, Now)));
    }
}

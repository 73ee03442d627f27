using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Tests.Domain;

/// <summary>Seals and personal credentials: every state against every step.</summary>
public sealed class CredentialTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Owner = Guid.CreateVersion7();
    private static readonly Guid Manager = Guid.CreateVersion7();
    private static readonly Guid Second = Guid.CreateVersion7();

    private static string? Code(Result result) => result.IsSuccess ? null : result.Error.Code;

    private static Credential Seal(string state)
    {
        var seal = Credential.Issue("06658", Guid.CreateVersion7(), "4A", "CN=x", [1], [2], Now.AddYears(3), Now);
        Assert.True(state switch
        {
            "suspended" => seal.Suspend(Manager, Now),
            "revoked" => seal.Revoke(RevocationReason.KeyCompromise, Now),
            "closed" => seal.Revoke(RevocationReason.CessationOfOperation, Now),
            _ => Result.Success,
        } is { IsSuccess: true });
        if (state == "superseded")
            seal.Supersede(Now);
        return seal;
    }

    [Theory]
    [InlineData("current", "suspend", null)]
    [InlineData("current", "resume", "SIG-0107")]
    [InlineData("current", "revoke", null)]
    [InlineData("suspended", "suspend", "SIG-0102")]
    [InlineData("suspended", "resume", null)]
    [InlineData("suspended", "resume by the same", "SIG-0105")]
    [InlineData("suspended", "revoke", null)]
    [InlineData("revoked", "suspend", "SIG-0106")]
    [InlineData("revoked", "resume", "SIG-0107")]
    [InlineData("revoked", "revoke", "SIG-0106")]
    [InlineData("closed", "suspend", "SIG-0106")]
    [InlineData("closed", "resume", "SIG-0107")]
    [InlineData("closed", "revoke", "SIG-0106")]
    [InlineData("superseded", "suspend", null)]
    [InlineData("superseded", "revoke", null)]
    public void A_seal_takes_the_steps_that_its_state_allows(string state, string step, string? code)
    {
        var seal = Seal(state);
        var (revokedAt, reason) = (seal.RevokedAt, seal.RevocationReason);
        var later = Now.AddDays(1);
        Assert.Equal(code, Code(step switch
        {
            "suspend" => seal.Suspend(Second, later),
            "resume" => seal.Resume(Second),
            "resume by the same" => seal.Resume(Manager),
            _ => seal.Revoke(RevocationReason.AffiliationChanged, later),
        }));
        if (code is not null)
            Assert.Equal((revokedAt, reason), (seal.RevokedAt, seal.RevocationReason));
        else if (step == "resume")
            Assert.Equal((null, null, null, true), (seal.RevokedAt, seal.RevocationReason, seal.SuspendedBy, seal.IsUsable(Now)));
        else
            Assert.False(seal.IsUsable(Now));
        // A suspended one that is revoked did not hold from the suspension on.
        if (step == "revoke" && code is null)
            Assert.Equal((revokedAt ?? later, RevocationReason.AffiliationChanged, null), (seal.RevokedAt, seal.RevocationReason, seal.SuspendedBy));
    }

    [Theory]
    [InlineData(nameof(RevocationReason.KeyCompromise), 1, true)]
    [InlineData(nameof(RevocationReason.AffiliationChanged), 3, true)]
    [InlineData(nameof(RevocationReason.Superseded), 4, true)]
    [InlineData(nameof(RevocationReason.CessationOfOperation), 5, false)]
    public void Reasons_have_the_numbers_of_the_standard_and_one_of_them_ends_sealing(string reason, int number, bool another)
    {
        var parsed = Enum.Parse<RevocationReason>(reason);
        Assert.Equal(number, (int)parsed);
        Assert.Equal(reason, ((System.Security.Cryptography.X509Certificates.X509RevocationReason)number).ToString());
        var seal = Seal("current");
        Assert.True(seal.Revoke(parsed, Now).IsSuccess);
        Assert.Equal((!another, another), (seal.IsClosed, seal.SupersededAt is not null));
        Assert.Equal(6, (int)RevocationReason.CertificateHold);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_seal_is_replaced_thirty_days_before_its_end(int seconds, bool usable) =>
        Assert.Equal(usable, Seal("current").IsUsable(Now.AddYears(3) - Credential.RenewBefore - TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Each_step_of_a_seal_is_written_down_with_who_and_why()
    {
        var seal = Seal("current");
        foreach (var move in Enum.GetValues<CredentialMove>())
        {
            var change = CredentialChange.Of(seal, move, move == CredentialMove.Resumed ? null : RevocationReason.KeyCompromise, "Ghi chú", Manager, Now);
            Assert.Equal((seal.Id, "06658", move, "Ghi chú", Manager, Now),
                (change.CredentialId, change.UnitCode, change.Move, change.Note, change.ActorId, change.OccurredAt));
            Assert.Equal(move == CredentialMove.Resumed, change.Reason is null);
        }

        Assert.Equal(["Suspended", "Resumed", "Revoked"], Enum.GetNames<CredentialMove>());
    }

    private static PersonCredential Person(CredentialState state, bool byManager = false)
    {
        var credential = PersonCredential.ForOfficer(new CredentialHolder(Owner, "Trần Văn Cán", 2), "06658", Roles.Officer, null, Now);
        if (state == CredentialState.Requested)
            return credential;
        Assert.True(credential.Approve(Manager).IsSuccess);
        credential.Issue(new IssuedCertificate(Guid.CreateVersion7(), "0A", "CN=x", [1], Now.AddDays(365)), new KeyEnvelope([2], [3], 1), Now);
        if (state == CredentialState.Suspended)
            Assert.True(credential.Suspend(byManager ? Manager : Owner, byManager, Now).IsSuccess);
        else if (state == CredentialState.Revoked)
            Assert.True(credential.Revoke(RevocationReason.KeyCompromise, Now).IsSuccess);
        else if (state != CredentialState.Active)
            credential.End(state);
        Assert.Equal(state, credential.State);
        return credential;
    }

    [Theory]
    [InlineData(nameof(CredentialState.Requested), null, "SIG-0206", "SIG-0210", "SIG-0211", null)]
    [InlineData(nameof(CredentialState.Active), "SIG-0216", null, null, "SIG-0211", null)]
    [InlineData(nameof(CredentialState.Suspended), "SIG-0216", "SIG-0209", "SIG-0209", null, null)]
    [InlineData(nameof(CredentialState.Revoked), "SIG-0216", "SIG-0210", "SIG-0210", "SIG-0211", "SIG-0210")]
    [InlineData(nameof(CredentialState.Expired), "SIG-0216", "SIG-0210", "SIG-0210", "SIG-0211", null)]
    [InlineData(nameof(CredentialState.Superseded), "SIG-0216", "SIG-0210", "SIG-0210", "SIG-0211", null)]
    public void A_personal_credential_takes_the_steps_that_its_state_allows(string state, string? approve, string? sign, string? suspend,
        string? resume, string? revoke)
    {
        var parsed = Enum.Parse<CredentialState>(state);
        Assert.Equal(approve, Code(Person(parsed).Approve(Manager)));
        Assert.Equal(sign, Person(parsed).WhyNotSign(Now)?.Code);
        Assert.Equal(suspend, Code(Person(parsed).Suspend(Owner, asManager: false, Now)));
        Assert.Equal(resume, Code(Person(parsed).Resume(Owner, asManager: false)));
        var revoked = Person(parsed);
        Assert.Equal(revoke, Code(revoked.Revoke(RevocationReason.Superseded, Now.AddDays(1))));
        Assert.Equal((CredentialState.Revoked, null, null), (revoked.State, revoked.SealedKey, revoked.SuspendedBy));
        Assert.Equal(parsed == CredentialState.Requested ? "SIG-0206" : "SIG-0210", Person(parsed).WhyNotIssue(Now)?.Code);
    }

    [Theory]
    [InlineData(false, false, false, null)]
    [InlineData(false, true, false, "SIG-0212")]
    [InlineData(true, false, false, "SIG-0212")]
    [InlineData(true, true, true, "SIG-0212")]
    [InlineData(true, true, false, null)]
    public void Who_may_end_a_suspension_depends_on_who_began_it(bool byManager, bool asManager, bool same, string? code)
    {
        var credential = Person(CredentialState.Suspended, byManager);
        Assert.Equal(code, Code(credential.Resume(same ? Manager : asManager ? Second : Owner, asManager)));
        Assert.Equal(code is null ? CredentialState.Active : CredentialState.Suspended, credential.State);
    }

    [Theory]
    [InlineData(364, null, false)]
    [InlineData(365, "SIG-0210", true)]
    [InlineData(400, "SIG-0210", true)]
    public void Past_its_end_it_neither_signs_nor_is_suspended_and_may_be_renewed(int days, string? code, bool ended)
    {
        var at = Now.AddDays(days);
        Assert.Equal(code, Person(CredentialState.Active).WhyNotSign(at)?.Code);
        Assert.Equal(code, Code(Person(CredentialState.Active).Suspend(Owner, asManager: false, at)));
        Assert.True(Person(CredentialState.Active).MayRenew(at));
        Assert.Equal(ended, Person(CredentialState.Active).NotAfter <= at);
    }

    [Theory]
    [InlineData("12345", false)]
    [InlineData("482917", true)]
    [InlineData("482917350628", true)]
    [InlineData("4829173506284", false)]
    [InlineData("901234", false)]
    [InlineData("210987", false)]
    [InlineData("121122", false)]
    [InlineData("123123", false)]
    [InlineData("123124", true)]
    [InlineData("19002099", false)]
    [InlineData("18991984", true)]
    [InlineData("19842100", true)]
    [InlineData("абвгдежзийкл", true)]
    [InlineData("abcdabcdabc", false)]
    [InlineData("abcdabcdabcd", false)]
    [InlineData("abcdeabcdeab", true)]
    [InlineData("１２３４５６", false)]
    [InlineData("mật khẩu\tdài", false)]
    public void What_may_be_a_PIN_has_ends(string pin, bool good) => Assert.Equal(good ? null : "SIG-0221", PinRules.WhyNot(pin)?.Code);

    [Fact]
    public void A_passphrase_has_at_most_128_characters()
    {
        var longest = string.Concat(Enumerable.Repeat("abcdefgh", 16));
        Assert.Null(PinRules.WhyNot(longest));
        Assert.True(PinRules.CouldBe(longest));
        Assert.False(PinRules.CouldBe(longest + "i"));
        // Not good enough to be chosen, but worth a look: it was chosen under other rules perhaps.
        Assert.True(PinRules.CouldBe("1"));
    }
}

using System.Security.Cryptography;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Tests.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Validation;

/// <summary>What remains true of a signature when its certificate has expired or was revoked, and when nobody can be asked.</summary>
public sealed class LongTermTests
{
    private static readonly TestPki Pki = TestPki.Default;
    private static readonly SigningKey Stamper = Pki.NewStamper();
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static Trust Live(CertificateStatus status) => new(Pki.Roots)
    {
        Status = c => c.SerialNumber == Pki.Seal.SerialNumber ? status : CertificateStatus.Good,
    };

    private static readonly Trust NobodyToAsk = new(Pki.Roots);

    private static async Task<byte[]> SignAsync(Func<byte[], byte[]?>? stamp = null, ValidationData? data = null, byte[]? pdf = null,
        SigningKey? signer = null)
    {
        var original = pdf ?? SamplePdfs.Table();
        var revision = await PadesSigner.SignAsync(original, signer ?? Pki.Signer, SignatureRevisionTests.Details, data ?? ValidationData.None,
            value => Task.FromResult(stamp?.Invoke(value) is { } token ? new ObtainedTimeStamp(token, Now, IsOwn: true) : null));
        return [.. original, .. revision.Bytes];
    }

    private static byte[] Stamp(byte[] value) => TestPki.Stamp(Stamper, value, Now);

    private static ValidationData Evidence(DateTimeOffset? revoked = null, ECDsa? key = null, bool purpose = true, TimeSpan age = default) => new(
        [Pki.Issuing.RawData],
        [Pki.Answer(Pki.Seal, Now - age, Now - age + TimeSpan.FromHours(1), revoked, key, purpose),
            Pki.Answer(Stamper.Certificate, Now - age, Now - age + TimeSpan.FromHours(1), null, key, purpose)],
        [Pki.List(ofRoot: true, Now - age, Now - age + TimeSpan.FromHours(24))]);

    private static SignatureFinding Find(byte[] pdf, Trust trust, DateTimeOffset? now = null) =>
        PdfValidator.Validate(pdf, trust, now ?? Now).Signatures.Single();

    private static void Is(SignatureFinding finding, Indication indication, params string[] reasons)
    {
        Assert.Equal(reasons, finding.Reasons);
        Assert.Equal(indication, finding.Indication);
    }

    [Fact]
    public async Task A_time_stamp_keeps_a_signature_valid_after_its_certificate_ended()
    {
        var stamped = Find(await SignAsync(Stamp), Pki.Trust, Now.AddYears(4));
        Is(stamped, Indication.Valid);
        Assert.Equal(Now.ToUnixTimeSeconds(), stamped.TimeStampedAt!.Value.ToUnixTimeSeconds());
        Assert.Empty(stamped.Notes);

        var bare = Find(await SignAsync(), Pki.Trust, Now.AddYears(4));
        Is(bare, Indication.Expired, Reasons.CertificateExpired);
        Assert.Equal([Reasons.NoTimeStamp], bare.Notes);
    }

    [Fact]
    public async Task A_signature_proven_to_be_older_than_the_revocation_stays_valid_and_says_that_it_was_revoked()
    {
        var revoked = new CertificateStatus(true, Now.AddHours(1), RevocationReason.KeyCompromise);
        var stamped = Find(await SignAsync(Stamp), Live(revoked), Now.AddDays(1));
        Is(stamped, Indication.Valid);
        Assert.Equal(Now.AddHours(1), stamped.RevokedAt);

        Is(Find(await SignAsync(), Live(revoked), Now.AddDays(1)), Indication.Revoked, Reasons.CertificateRevoked);
        Is(Find(await SignAsync(Stamp), Live(revoked with { RevokedAt = Now.AddHours(-1) })), Indication.Revoked, Reasons.CertificateRevoked);
        Is(Find(await SignAsync(Stamp), Live(revoked with { RevokedAt = Now.AddMinutes(-2), Reason = RevocationReason.CertificateHold })),
            Indication.Revoked, Reasons.CertificateSuspended);
    }

    [Fact]
    public async Task A_certificate_that_its_issuer_never_issued_is_unknown() =>
        Is(Find(await SignAsync(Stamp), Live(CertificateStatus.NotIssued)), Indication.Unknown, Reasons.CertificateNotIssued);

    [Fact]
    public async Task Where_nobody_can_be_asked_and_the_file_says_nothing_it_is_not_called_valid()
    {
        Is(Find(await SignAsync(), NobodyToAsk), Indication.Unknown, Reasons.RevocationUnavailable);
        Is(Find(await SignAsync(Stamp), NobodyToAsk), Indication.Unknown, Reasons.RevocationUnavailable);
    }

    [Fact]
    public async Task What_the_file_holds_is_enough_for_ever()
    {
        var finding = Find(await SignAsync(Stamp, Evidence()), NobodyToAsk, Now.AddYears(4));
        Is(finding, Indication.Valid);
        Assert.Equal("B-LT", finding.Level);

        // Without a time-stamp nothing says that the answer is of the time of signing, and it is too old for now.
        Is(Find(await SignAsync(data: Evidence()), NobodyToAsk, Now.AddDays(2)), Indication.Unknown, Reasons.RevocationUnavailable);
        Is(Find(await SignAsync(data: Evidence()), NobodyToAsk), Indication.Valid);
    }

    [Fact]
    public async Task A_list_does_instead_of_an_answer()
    {
        ValidationData With(System.Security.Cryptography.X509Certificates.X509Certificate2? revoked, ECDsa? key = null) => new([], [],
            [Pki.List(true, Now, Now.AddDays(1)), Pki.List(false, Now.AddMinutes(-1), Now.AddDays(1), revoked, key)]);

        var good = Find(await SignAsync(Stamp, With(null)), NobodyToAsk, Now.AddYears(4));
        Is(good, Indication.Valid);
        Assert.Equal("B-LT", good.Level);
        Is(Find(await SignAsync(Stamp, With(Pki.Seal)), NobodyToAsk), Indication.Revoked, Reasons.CertificateRevoked);
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Is(Find(await SignAsync(Stamp, With(null, strange)), NobodyToAsk), Indication.Unknown, Reasons.RevocationUnavailable);
    }

    [Fact]
    public async Task Answers_that_anybody_could_have_made_or_that_are_of_another_time_are_not_believed()
    {
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var data in new[] { Evidence(key: strange), Evidence(purpose: false), Evidence(age: TimeSpan.FromDays(3)), Evidence(age: TimeSpan.FromDays(-1)),
            new ValidationData([[1, 2, 3]], [[4, 5], [0x30, 0x00]], [[6]]) })
        {
            var finding = Find(await SignAsync(Stamp, data), NobodyToAsk);
            Is(finding, Indication.Unknown, Reasons.RevocationUnavailable);
            // With somebody to ask they do no harm, and give no level.
            finding = Find(await SignAsync(Stamp, data), Pki.Trust);
            Is(finding, Indication.Valid);
            Assert.Equal("B-T", finding.Level);
        }
    }

    [Fact]
    public async Task An_answer_that_says_revoked_counts_by_the_time_of_the_time_stamp()
    {
        Is(Find(await SignAsync(Stamp, Evidence(revoked: Now.AddMinutes(-5))), NobodyToAsk), Indication.Revoked, Reasons.CertificateRevoked);
        Is(Find(await SignAsync(Stamp, Evidence(revoked: Now.AddMinutes(5))), NobodyToAsk, Now.AddDays(1)), Indication.Valid);
    }

    [Fact]
    public async Task A_time_stamp_over_something_else_or_by_who_may_not_stamp_is_invalid()
    {
        using var seal = Pki.NewStamper(purpose: false);
        var good = Stamp([1]);
        var damaged = (byte[])good.Clone();
        damaged[^20] ^= 1;
        foreach (var stamp in new Func<byte[], byte[]>[]
        {
            _ => good, value => TestPki.Stamp(seal, value, Now), value => TestPki.Stamp(Stamper, value, Now.AddHours(1)), _ => damaged,
            value => { var token = Stamp(value); token[^20] ^= 1; return token; },
        })
            Is(Find(await SignAsync(stamp), Pki.Trust), Indication.Invalid, Reasons.TimeStampInvalid);
    }

    [Fact]
    public async Task A_stranger_s_time_stamp_counts_as_none_unless_his_root_is_trusted()
    {
        var stranger = new TestPki("HaLong test root");
        using var stamper = stranger.NewStamper();
        var pdf = await SignAsync(value => TestPki.Stamp(stamper, value, Now));

        var finding = Find(pdf, Pki.Trust);
        Is(finding, Indication.Valid);
        Assert.Equal([Reasons.TimeStampUntrusted], finding.Notes);
        Assert.Null(finding.TimeStampedAt);
        Is(Find(pdf, Pki.Trust, Now.AddYears(4)), Indication.Expired, Reasons.CertificateExpired);
        Is(Find(pdf, Pki.Trust with { TimeStampRoots = [Pki.Root, stranger.Root] }, Now.AddYears(4)), Indication.Valid);
    }

    [Fact]
    public async Task A_time_stamp_of_a_revoked_authority_proves_nothing()
    {
        var trust = new Trust(Pki.Roots)
        {
            Status = c => c.SerialNumber == Stamper.Certificate.SerialNumber
                ? new CertificateStatus(true, Now.AddHours(-1), RevocationReason.KeyCompromise) : CertificateStatus.Good,
        };
        Is(Find(await SignAsync(Stamp), trust, Now.AddYears(4)), Indication.Expired, Reasons.CertificateExpired);
    }

    [Fact]
    public async Task A_time_stamp_kept_elsewhere_proves_as_much_as_one_in_the_file()
    {
        var pdf = await SignAsync();
        var value = SignatureTimeStamp.ValueOf(SignedParts.Last(pdf).Cms);
        var kept = Pki.Trust with { TimeStamps = new Dictionary<string, byte[]> { [Convert.ToHexString(SHA256.HashData(value))] = Stamp(value) } };
        Is(Find(pdf, kept, Now.AddYears(4)), Indication.Valid);
        Assert.Equal(value, SignatureTimeStamp.ValueOf(PreparedRevision.CmsOf(pdf[SamplePdfs.Table().Length..])));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("form-of-its-own")]
    [InlineData("object-streams")]
    public async Task Stamps_and_evidence_leave_a_file_that_the_judges_accept_and_add_up(string sample)
    {
        using var other = Pki.NewSigner("06661");
        var once = await SignAsync(Stamp, Evidence(), SamplePdfs.Of(sample));
        var twice = await SignAsync(Stamp, Evidence(), once, other);

        using var judge = new Judge();
        var root = Pki.Root.ExportCertificatePem();
        judge.PdfSig(twice, root).SaysValid(signatures: 2);
        judge.OpenSsl(twice, root).Succeeded();
        judge.Qpdf(twice).Succeeded();
        var store = ValidationData.Of(PdfFile.Open(twice));
        // What is there already is not written again.
        Assert.Equal((1, 4, 2), (store.Certificates.Count, store.Answers.Count, store.Lists.Count));
        var report = PdfValidator.Validate(twice, Pki.Trust, Now, TestContext.Current.CancellationToken);
        Assert.All(report.Signatures, s => Is(s, Indication.Valid));
    }

    [Fact]
    public async Task One_byte_changed_in_the_evidence_is_noticed_because_the_signature_covers_it()
    {
        var signed = await SignAsync(Stamp, Evidence());
        var place = signed.AsSpan().LastIndexOf("/Type/DSS"u8) is var dss and > 0 ? dss : signed.AsSpan().LastIndexOf("/OCSPs"u8);
        signed[place - 200] ^= 1;
        Is(Find(signed, Pki.Trust), Indication.Invalid, Reasons.DigestMismatch);
    }

    [Fact]
    public async Task A_token_too_large_for_its_room_leaves_level_b()
    {
        var revision = await PadesSigner.SignAsync(SamplePdfs.Table(), Pki.Signer, SignatureRevisionTests.Details, ValidationData.None,
            _ => Task.FromResult<ObtainedTimeStamp?>(new ObtainedTimeStamp([0x04, 0x82, 0x40, 0x00, .. new byte[0x4000]], Now, IsOwn: false)));
        Assert.Equal("B-B", revision.Level);
    }
}

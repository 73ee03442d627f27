using System.Security.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Validation;

/// <summary>Signatures under other roots than ours: who is trusted, for what, and for which time.</summary>
public sealed class AnchorTests
{
    private static readonly ForeignPki Foreign = new("Foreign root");
    private static readonly byte[] Content = "giấy ủy quyền"u8.ToArray();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static DateOnly Day(int days) => DateOnly.FromDateTime(Now.AddDays(days).UtcDateTime);

    private static ValidationData Lists(HaLong.Signatures.Cryptography.SigningKey? revoked = null) =>
        new([], [], [Foreign.List(ofRoot: true), Foreign.List(ofRoot: false, revoked?.Certificate)]);

    private static Trust With(params TrustAnchor[] anchors) => new(TestPki.Default.Roots) { Anchors = anchors };

    private static SignatureFinding Find(byte[] der, Trust trust, DateTimeOffset? now = null) =>
        FileValidator.Validate(der, n => CryptographicOperations.HashData(n, Content), trust, now ?? Now).Signatures.Single();

    private static Task<byte[]> SignAsync(ValidationData? data = null, HaLong.Signatures.Cryptography.SigningKey? stamper = null) =>
        FileValidatorTests.SignAsync(Foreign.Signer, stamper, data ?? Lists(), Content);

    [Fact]
    public async Task A_root_on_the_list_is_trusted_and_its_list_is_heeded()
    {
        var found = Find(await SignAsync(), With(Foreign.Anchor()));
        Assert.Equal((Indication.Valid, "CN=Công ty Khác,O=Khác,C=VN"), (found.Indication, found.SignerSubject));
        Assert.Equal(["GOOD", "GOOD"], found.Detail.Statuses!.Select(s => s.Outcome));
        Assert.Equal([Reasons.CertificateRevoked], Find(await SignAsync(Lists(Foreign.Signer)), With(Foreign.Anchor())).Reasons);
    }

    [Fact]
    public async Task Without_a_word_about_revocation_it_is_unknown_and_what_is_missing_is_told()
    {
        var found = Find(await SignAsync(ValidationData.None), With(Foreign.Anchor()));
        Assert.Equal([Reasons.RevocationUnavailable], found.Reasons);
        Assert.Equal([Foreign.Signer.Certificate.RawData, Foreign.Issuing.RawData], found.Detail.Unknown.Select(u => u.Certificate));
    }

    [Fact]
    public async Task A_thumbprint_is_enough_when_the_signature_encloses_the_root()
    {
        Assert.Equal(Indication.Valid, Find(await SignAsync(), With(Foreign.Anchor(byThumbprint: true))).Indication);
        Assert.Equal([Reasons.UntrustedChain], Find(await SignAsync(), With(new ForeignPki("Foreign root").Anchor(byThumbprint: true))).Reasons);
    }

    [Fact]
    public async Task An_issuer_that_is_no_root_is_trusted_as_it_stands_on_the_list_and_nothing_above_is_asked()
    {
        var found = Find(await SignAsync(new([], [], [Foreign.List(ofRoot: false)])), With(Foreign.Anchor(Foreign.Issuing)));
        Assert.Equal(Indication.Valid, found.Indication);
        Assert.Equal(2, found.Detail.Chain.Count);
        Assert.Single(found.Detail.Statuses!);
        Assert.Equal([Reasons.CertificateExpired], Find(await SignAsync(), With(Foreign.Anchor(Foreign.Issuing)), Now.AddYears(4)).Reasons);

        var impostor = new ForeignPki("Foreign root");
        var forged = await FileValidatorTests.SignAsync(HaLong.Signatures.Cryptography.SigningKey.Of(ECDsa.Create(ECCurve.NamedCurves.nistP256),
            impostor.Signer.Certificate, Foreign.Issuing),
            null, Lists(), Content);
        Assert.NotEqual(Indication.Valid, Find(forged, With(Foreign.Anchor(Foreign.Issuing))).Indication);
        var renamed = await FileValidatorTests.SignAsync(impostor.Signer, null, Lists(), Content);
        Assert.Equal([Reasons.UntrustedChain], Find(renamed, With(Foreign.Anchor(Foreign.Issuing))).Reasons);
    }

    [Fact]
    public async Task A_root_for_time_stamps_does_not_vouch_for_signers()
    {
        Assert.Equal([Reasons.UntrustedChain], Find(await SignAsync(), With(Foreign.Anchor(uses: TrustUse.TimeStamps))).Reasons);
    }

    [Fact]
    public async Task A_root_that_was_withdrawn_still_counts_for_what_is_proven_to_be_older()
    {
        var (withdrawn, later) = (Foreign.Anchor(until: Day(10)), Now.AddDays(20));
        var bare = Find(await SignAsync(), With(withdrawn), later);
        Assert.Equal((Indication.Unknown, Reasons.IssuerWithdrawn), (bare.Indication, bare.Reasons.Single()));
        Assert.Contains("không còn được công nhận", Reasons.Summary(bare).Vi, StringComparison.Ordinal);

        var own = With(withdrawn) with { Status = c => c.Issuer.Contains("HaLong test", StringComparison.Ordinal) ? CertificateStatus.Good : null };
        var proven = Find(await SignAsync(stamper: TestPki.Default.NewStamper()), own, later);
        Assert.Equal(Indication.Valid, proven.Indication);
        Assert.Equal([Reasons.IssuerWithdrawn], Find(await SignAsync(), With(Foreign.Anchor(from: Day(10)))).Reasons);
    }

    [Fact]
    public async Task A_time_stamp_of_another_root_counts_when_its_status_is_known()
    {
        var stamper = Foreign.NewStamper();
        var trust = With(Foreign.Anchor(uses: [TrustUse.Signing, TrustUse.TimeStamps]));
        var found = Find(await SignAsync(stamper: stamper), trust);
        Assert.NotNull(found.TimeStampedAt);
        Assert.Equal(("TRUSTED", "CN=Dấu thời gian khác,O=Khác,C=VN"), (found.Detail.TimeStamps.Single().Outcome, found.Detail.TimeStamps.Single()
            .Authority));

        var unknown = Find(await SignAsync(ValidationData.None, stamper), trust);
        Assert.Null(unknown.TimeStampedAt);
        Assert.Equal([Reasons.TimeStampUntrusted], unknown.Notes);
        Assert.Contains(unknown.Detail.Unknown, u => u.Certificate.AsSpan().SequenceEqual(stamper.Certificate.RawData));
        Assert.Null(Find(await SignAsync(stamper: stamper), With(Foreign.Anchor())).TimeStampedAt);
    }
}

using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Tests.Domain;

public sealed class SignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 24, 3, 15, 0, TimeSpan.Zero);
    private static readonly Guid Document = Guid.CreateVersion7();
    private static readonly Guid Signer = Guid.CreateVersion7();

    private static SignatureRequest Request(
        byte[]? pdf = null, string unit = "06658", Guid? signer = null, string reason = "", string location = "", string by = "dossier") =>
        new(Document, pdf ?? [1, 2, 3], unit, signer ?? Signer, reason, location, by);

    private static Credential Seal(DateTimeOffset? until = null) =>
        Credential.Issue("06658", Guid.CreateVersion7(), "4A", "CN=x", [1], [2], until ?? Now.AddYears(3), Now);

    [Fact]
    public void A_request_is_the_same_when_bytes_unit_and_signer_are()
    {
        var signature = Signature.Create(Request(), Seal(), [4, 5], "ab", Now);

        Assert.True(signature.Answers(Request()));
        Assert.True(signature.Answers(Request(reason: "other", location: "other", by: "somebody")));
        Assert.False(signature.Answers(Request(pdf: [1, 2, 4])));
        Assert.False(signature.Answers(Request(pdf: [1, 2])));
        Assert.False(signature.Answers(Request(unit: "06659")));
        Assert.False(signature.Answers(Request(signer: Guid.CreateVersion7())));
    }

    [Fact]
    public void Bytes_cannot_pass_for_context()
    {
        var one = Request(pdf: [.. "x"u8], unit: "06658");
        var two = Request(pdf: [.. System.Text.Encoding.UTF8.GetBytes($"{Signer}\nx")], unit: "06658\n");
        Assert.NotEqual(one.Hash, two.Hash);
    }

    [Fact]
    public void A_signature_remembers_who_asked_and_what_came_out()
    {
        var seal = Seal();
        var signature = Signature.Create(Request(reason: "why", location: "where"), seal, [4, 5], "ab", Now);

        Assert.Equal((Document, Signer, "06658", "dossier"), (signature.DocumentId, signature.SignerId, signature.UnitCode,
            signature.RequestedBy));
        Assert.Equal((seal.Id, "CN=x", "why", "where"), (signature.CredentialId, signature.SignerSubject, signature.Reason,
            signature.Location));
        Assert.Equal((5L, "ab", Now), (signature.SignedSize, signature.SignedSha256, signature.SignedAt));
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(30, false)]
    [InlineData(1, false)]
    [InlineData(-1, false)]
    public void A_seal_is_used_until_thirty_days_before_its_end(int days, bool usable) =>
        Assert.Equal(usable, Seal(Now.AddDays(days)).IsUsable(Now));

    [Fact]
    public void A_superseded_seal_is_not_used_and_keeps_its_first_moment()
    {
        var seal = Seal();
        seal.Supersede(Now);
        seal.Supersede(Now.AddDays(1));

        Assert.False(seal.IsUsable(Now));
        Assert.Equal(Now, seal.SupersededAt);
    }
}

public sealed class ReportTests
{
    private static SignatureFinding Finding(params string[] reasons) =>
        new() { Field = "Signature1", Indication = Reasons.IndicationOf(reasons), Reasons = reasons };

    [Fact]
    public void The_worst_signature_decides()
    {
        Assert.Equal(Indication.Valid, ValidationReport.Of([Finding(), Finding()], removed: false).Indication);
        Assert.Equal(Indication.Unknown, ValidationReport.Of([Finding(), Finding(Reasons.UntrustedChain)], removed: false).Indication);
        Assert.Equal(
            Indication.Invalid,
            ValidationReport.Of([Finding(Reasons.UntrustedChain), Finding(Reasons.DigestMismatch), Finding()], removed: false).Indication);
    }

    [Fact]
    public void A_removed_signature_spoils_the_valid_ones_that_are_left() =>
        Assert.Equal(Indication.Invalid, ValidationReport.Of([Finding()], removed: true).Indication);

    [Fact]
    public void The_sentence_speaks_of_the_gravest_reason()
    {
        var report = ValidationReport.Of([Finding(Reasons.UntrustedChain, Reasons.DigestMismatch)], removed: false);
        Assert.Equal("The content of the file was altered after it was signed.", Reasons.Summary(report).En);
    }

    [Fact]
    public void The_sentence_counts_several_valid_signatures() =>
        Assert.StartsWith("All 2 signatures", Reasons.Summary(ValidationReport.Of([Finding(), Finding()], removed: false)).En,
            StringComparison.Ordinal);
}

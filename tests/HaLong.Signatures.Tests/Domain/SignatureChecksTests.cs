using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Tests.Domain;

public sealed class SignatureChecksTests
{
    private static readonly AlgorithmsSeen Algorithms = new("SHA256", "EC", 256, "ECDSA");
    private static readonly CertificateSeen Certificate = new("CN=a", "CN=b", "01", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "");

    private static SignatureFinding Finding(string format = "ETSI.CAdES.detached", bool read = true, bool chain = true, bool status = true,
        params string[] reasons) =>
        new SignatureFinding
        {
            Field = "",
            Format = format,
            Indication = Indication.Valid,
            Reasons = [],
            Detail = new FindingDetail
            {
                Algorithms = read ? Algorithms : null,
                Chain = chain ? [Certificate] : [],
                Statuses = status ? [] : null,
            },
        }.Concluding(reasons);

    private static Dictionary<string, CheckOutcome> Of(SignatureFinding finding) => SignatureChecks.Of(finding).ToDictionary(c => c.Name, c => c.Outcome);

    [Fact]
    public void What_holds_passed_everything_and_without_a_time_stamp_there_was_none_to_check()
    {
        var checks = Of(Finding());
        Assert.Equal(["COVERAGE", "STRUCTURE", "SIGNING_CERTIFICATE", "INTEGRITY", "SIGNATURE_VALUE", "LATER_CHANGES", "ALGORITHMS", "KEY_USAGE",
            "CHAIN", "VALIDITY", "REVOCATION", "TIME_STAMP"], checks.Keys);
        Assert.Equal(CheckOutcome.NotChecked, checks["TIME_STAMP"]);
        Assert.All(checks.Where(c => c.Key != "TIME_STAMP"), c => Assert.Equal(CheckOutcome.Passed, c.Value));
    }

    [Fact]
    public void A_file_beside_its_signature_has_no_later_changes_to_check() =>
        Assert.Equal(CheckOutcome.NotChecked, Of(Finding(SignatureFormats.Cades))["LATER_CHANGES"]);

    [Fact]
    public void What_comes_after_a_failure_is_not_checked()
    {
        var range = Of(Finding(read: false, chain: false, status: false, reasons: Reasons.ByteRangeInvalid));
        Assert.Equal(CheckOutcome.Failed, range["COVERAGE"]);
        Assert.All(range.Where(c => c.Key != "COVERAGE"), c => Assert.Equal(CheckOutcome.NotChecked, c.Value));

        var altered = Of(Finding(chain: false, status: false, reasons: Reasons.DigestMismatch));
        Assert.Equal((CheckOutcome.Failed, CheckOutcome.NotChecked, CheckOutcome.NotChecked), (altered["INTEGRITY"], altered["SIGNATURE_VALUE"],
            altered["CHAIN"]));
        var foreign = Of(Finding(status: false, reasons: Reasons.UntrustedChain));
        Assert.Equal((CheckOutcome.Failed, CheckOutcome.NotChecked, CheckOutcome.NotChecked), (foreign["CHAIN"], foreign["VALIDITY"], foreign["REVOCATION"]));
    }

    [Fact]
    public void A_note_fails_its_check_and_decides_nothing()
    {
        var finding = Finding() with { Notes = [Reasons.TimeStampUntrusted] };
        Assert.Equal(CheckOutcome.Failed, Of(finding)["TIME_STAMP"]);
        Assert.Equal(Indication.Valid, finding.Indication);
    }

    [Fact]
    public void Every_reason_of_a_signature_belongs_to_one_check()
    {
        string[] ofDocuments = [Reasons.NoSignature, Reasons.EncryptedDocument, Reasons.UnreadableDocument, Reasons.DamagedDocument,
            Reasons.SignatureRemoved, Reasons.NoTimeStamp];
        var words = typeof(Reasons).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Except(ofDocuments).ToList();
        Assert.Equal(words.Order(StringComparer.Ordinal), SignatureChecks.All.SelectMany(c => c.Reasons).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_reason_gives_one_signature_a_sentence_of_its_own()
    {
        Assert.Contains("đã hết hạn", Reasons.Summary(Finding(reasons: Reasons.CertificateExpired)).Vi, StringComparison.Ordinal);
        Assert.Contains("hợp lệ", Reasons.Summary(Finding()).Vi, StringComparison.Ordinal);
    }
}

using System.Text.Json.Serialization;
using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Features;

/// <summary>A sentence in both languages.</summary>
internal sealed record BilingualText(string Vi, string En);

/// <summary>One check: PASSED, FAILED or NOT_CHECKED, and the reasons it gave.</summary>
internal sealed record CheckView(string Name, string Outcome, IReadOnlyList<string> Reasons);

/// <summary>What was seen of a signature; only in the detailed report.</summary>
/// <param name="CheckedFor">The moment for which certificates were checked: a trusted time-stamp's, else now.</param>
/// <param name="Checks">Every check in its order.</param>
/// <param name="Algorithms">How it was made; null when it cannot be read.</param>
/// <param name="Chain">Certificates, signer first.</param>
/// <param name="Statuses">What was learnt about revocation, from whom, and as of when.</param>
/// <param name="TimeStamps">With the authority of each.</param>
internal sealed record SignatureDetailView(DateTimeOffset? CheckedFor, IReadOnlyList<CheckView> Checks, AlgorithmsSeen? Algorithms,
    IReadOnlyList<CertificateSeen> Chain, IReadOnlyList<StatusSeen> Statuses, IReadOnlyList<TimeStampSeen> TimeStamps)
{
    public static SignatureDetailView Of(SignatureFinding finding) => new(finding.Detail.CheckedFor,
        [.. SignatureChecks.Of(finding).Select(c => new CheckView(c.Name, Word(c.Outcome), c.Reasons))],
        finding.Detail.Algorithms, finding.Detail.Chain, finding.Detail.Statuses ?? [], finding.Detail.TimeStamps);

    private static string Word(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "PASSED",
        CheckOutcome.Failed => "FAILED",
        _ => "NOT_CHECKED",
    };
}

/// <summary>One signature of the file.</summary>
internal sealed record SignatureView(
    string Field, string Indication, string SignerSubject, string Issuer, string SerialNumber, DateTimeOffset? ClaimedAt, string Reason,
        string Location,
    bool CoversWholeFile, string Format, string DigestAlgorithm, string Level, DateTimeOffset? TimeStampedAt, DateTimeOffset? RevokedAt,
    IReadOnlyList<string> Reasons, BilingualText Summary)
{
    /// <summary>Only in the detailed report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SignatureDetailView? Detail { get; init; }

    public static SignatureView Of(SignatureFinding s, bool detailed)
    {
        var (vi, en) = Domain.Reasons.Summary(s);
        return new(s.Field, ValidationView.Word(s.Indication), s.SignerSubject, s.Issuer, s.SerialNumber, s.ClaimedAt, s.Reason, s.Location,
            s.CoversWholeFile, s.Format, s.DigestAlgorithm, s.Level, s.TimeStampedAt, s.RevokedAt, s.Reasons, new BilingualText(vi, en))
        {
            Detail = detailed ? SignatureDetailView.Of(s) : null,
        };
    }
}

/// <summary>A time-stamp over the whole document: when it existed, or why that is not proven.</summary>
internal sealed record DocumentTimeStampView(string Field, DateTimeOffset? TimeStampedAt, string Failure);

/// <summary>The report. Reasons stand with what they concern; notes decide nothing.</summary>
internal sealed record ValidationView(string Indication, BilingualText Summary, IReadOnlyList<string> Reasons, IReadOnlyList<string> Notes,
    IReadOnlyList<SignatureView> Signatures, IReadOnlyList<DocumentTimeStampView> DocumentTimeStamps)
{
    public static ValidationView Of(ValidationReport report, bool detailed = false)
    {
        var (vi, en) = Domain.Reasons.Summary(report);
        return new(Word(report.Indication), new BilingualText(vi, en), report.Reasons, [.. report.Signatures.SelectMany(s => s.Notes).Distinct()],
            [.. report.Signatures.Select(s => SignatureView.Of(s, detailed))],
            [.. report.TimeStamps.Select(t => new DocumentTimeStampView(t.Field, t.At, t.Failure))]);
    }

    public static string Word(Indication indication) => indication.ToString().ToUpperInvariant();
}

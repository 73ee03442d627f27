namespace HaLong.Signatures.Domain;

/// <summary>How a check ended.</summary>
internal enum CheckOutcome
{
    Passed,
    Failed,

    /// <summary>An earlier one failed, or there was nothing to check.</summary>
    NotChecked,
}

/// <summary>One check of one signature.</summary>
/// <param name="Name">Stable word.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reasons">The reasons it gave.</param>
internal sealed record SignatureCheck(string Name, CheckOutcome Outcome, IReadOnlyList<string> Reasons);

/// <summary>The checks of a signature in the order in which they are made: each reason belongs to one of them.</summary>
internal static class SignatureChecks
{
    /// <summary>The checks, and what each can find.</summary>
    public static readonly IReadOnlyList<(string Name, string[] Reasons)> All =
    [
        ("COVERAGE", [Reasons.ByteRangeInvalid]),
        ("STRUCTURE", [Reasons.MalformedSignature, Reasons.UnsupportedFormat]),
        ("SIGNING_CERTIFICATE", [Reasons.CertificateMissing, Reasons.SigningCertificateMismatch]),
        ("INTEGRITY", [Reasons.DigestMismatch]),
        ("SIGNATURE_VALUE", [Reasons.SignatureMismatch]),
        ("LATER_CHANGES", [Reasons.ChangedAfterSigning]),
        ("ALGORITHMS", [Reasons.WeakAlgorithm]),
        ("KEY_USAGE", [Reasons.KeyUsageForbidden]),
        ("CHAIN", [Reasons.UntrustedChain, Reasons.IssuerWithdrawn]),
        ("VALIDITY", [Reasons.CertificateExpired, Reasons.CertificateNotYetValid]),
        ("REVOCATION", [Reasons.CertificateRevoked, Reasons.CertificateSuspended, Reasons.CertificateNotIssued, Reasons.RevocationUnavailable]),
        ("TIME_STAMP", [Reasons.TimeStampInvalid, Reasons.TimeStampUntrusted]),
    ];

    public static IReadOnlyList<SignatureCheck> Of(SignatureFinding finding)
    {
        var found = finding.Reasons.Concat(finding.Notes).ToHashSet(StringComparer.Ordinal);
        return [.. All.Select(check =>
        {
            string[] given = [.. check.Reasons.Where(found.Contains)];
            return new SignatureCheck(check.Name, given.Length > 0 ? CheckOutcome.Failed
                : WasMade(check.Name, finding) ? CheckOutcome.Passed : CheckOutcome.NotChecked, given);
        })];
    }

    private static bool WasMade(string check, SignatureFinding finding)
    {
        var (seen, reasons) = (finding.Detail, finding.Reasons);
        return check switch
        {
            "COVERAGE" => true,
            "STRUCTURE" => !reasons.Contains(Reasons.ByteRangeInvalid),
            "SIGNING_CERTIFICATE" or "INTEGRITY" => seen.Algorithms is not null,
            "SIGNATURE_VALUE" => seen.Algorithms is not null && !reasons.Contains(Reasons.DigestMismatch),
            "LATER_CHANGES" => finding.IsPdf && !reasons.Contains(Reasons.ByteRangeInvalid),
            "ALGORITHMS" or "KEY_USAGE" or "CHAIN" => seen.Chain.Count > 0,
            // A chain that leads nowhere says nothing about when it was valid.
            "VALIDITY" => seen.Chain.Count > 0 && !reasons.Contains(Reasons.UntrustedChain),
            "REVOCATION" => seen.Statuses is not null,
            _ => seen.TimeStamps.Count > 0,
        };
    }
}

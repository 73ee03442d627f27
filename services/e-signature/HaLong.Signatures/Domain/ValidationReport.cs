namespace HaLong.Signatures.Domain;

/// <summary>What can be said of a signature.</summary>
internal enum Indication
{
    /// <summary>It holds.</summary>
    Valid,

    /// <summary>It does not hold: the document or the signature was altered or is malformed.</summary>
    Invalid,

    /// <summary>Neither can be said, for example because the issuer is not known.</summary>
    Unknown,

    /// <summary>It fits, but its certificate had expired, and nothing proves that it was made before.</summary>
    Expired,

    /// <summary>It fits, but its certificate was revoked or suspended, and nothing proves that it was made before.</summary>
    Revoked,
}

/// <summary>One signature of a document.</summary>
internal sealed record SignatureFinding
{
    public required string Field { get; init; }

    public required Indication Indication { get; init; }

    public string SignerSubject { get; init; } = "";

    public string Issuer { get; init; } = "";

    public string SerialNumber { get; init; } = "";

    public DateTimeOffset? ClaimedAt { get; init; }

    public string Reason { get; init; } = "";

    public string Location { get; init; } = "";

    public bool CoversWholeFile { get; init; }

    public string Format { get; init; } = "";

    public string DigestAlgorithm { get; init; } = "";

    /// <summary>When it existed, by the word of a trusted time-stamp; null without one.</summary>
    public DateTimeOffset? TimeStampedAt { get; init; }

    /// <summary>Since when the certificate does not hold; null while it does or when nobody can say.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Baseline level of PAdES, CAdES or JAdES as far as it was checked: B-B, B-T, B-LT or B-LTA; empty for other formats.</summary>
    public string Level { get; init; } = "";

    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Words that decide nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Under which name the file keeps evidence about it.</summary>
    public string EvidenceKey { get; init; } = "";

    /// <summary>Chains that were relied on: signer, then time-stamp. Empty when the signer's does not hold.</summary>
    public IReadOnlyList<ReliedChain> Relied { get; init; } = [];

    /// <summary>The time-stamp that came after the file had been handed out; null without one.</summary>
    public byte[]? LateTimeStamp { get; init; }

    /// <summary>What was seen; for the detailed report.</summary>
    public FindingDetail Detail { get; init; } = FindingDetail.Nothing;

    /// <summary>Whether it lies in a PDF, where later revisions may follow.</summary>
    public bool IsPdf => Format is not (SignatureFormats.Cades or SignatureFormats.Cms or SignatureFormats.Jades or SignatureFormats.Jws);

    /// <summary>The same with its reasons, which decide the indication.</summary>
    public SignatureFinding Concluding(IEnumerable<string> reasons)
    {
        string[] all = [.. reasons.Distinct(StringComparer.Ordinal)];
        return this with { Reasons = all, Indication = Domain.Reasons.IndicationOf(all) };
    }
}

/// <summary>Words for the formats of signatures outside PDF; inside, it is the file's own word (SubFilter).</summary>
internal static class SignatureFormats
{
    /// <summary>A CMS beside a file, with the attributes of CAdES.</summary>
    public const string Cades = "CAdES.detached";

    /// <summary>A CMS beside a file, without them.</summary>
    public const string Cms = "CMS.detached";

    /// <summary>A JWS with the header of JAdES.</summary>
    public const string Jades = "JAdES.compact";

    /// <summary>A JWS without it.</summary>
    public const string Jws = "JWS.compact";

    /// <summary>Whether there are baseline levels with time-stamps for it.</summary>
    public static bool HasLevels(string format) => format is "ETSI.CAdES.detached" or Cades;
}

/// <summary>A chain that was relied on.</summary>
/// <param name="Certificates">DER, signer first.</param>
/// <param name="At">When it had to hold.</param>
internal sealed record ReliedChain(IReadOnlyList<byte[]> Certificates, DateTimeOffset At);

/// <summary>A time-stamp over the whole document.</summary>
/// <param name="Field">Name of its field.</param>
/// <param name="At">What it proves; null when nothing.</param>
/// <param name="Failure">Why it proves nothing; empty when it holds.</param>
/// <param name="EvidenceKey">Under which name the file keeps evidence about it.</param>
/// <param name="Relied">The chain that was relied on.</param>
internal sealed record DocumentTimeStampFinding(string Field, DateTimeOffset? At, string Failure, string EvidenceKey, IReadOnlyList<ReliedChain> Relied);

/// <summary>The result for a whole document. Reasons here concern the document; those of a signature stand with it.</summary>
internal sealed record ValidationReport(Indication Indication, IReadOnlyList<string> Reasons, IReadOnlyList<SignatureFinding> Signatures)
{
    /// <summary>Time-stamps over the whole document, oldest first.</summary>
    public IReadOnlyList<DocumentTimeStampFinding> TimeStamps { get; init; } = [];

    public static ValidationReport Of(IReadOnlyList<SignatureFinding> signatures, bool removed, IReadOnlyList<DocumentTimeStampFinding>? stamps = null)
    {
        // An untrusted one counts as none; one that does not fit means that what it is over was altered.
        var broken = (stamps ?? []).Select(s => s.Failure).Where(f => f.Length > 0 && f != Domain.Reasons.TimeStampUntrusted).Distinct();
        string[] reasons = [.. removed ? [Domain.Reasons.SignatureRemoved] : signatures.Count == 0 ? new[] { Domain.Reasons.NoSignature } : [], .. broken];
        return new(Domain.Reasons.Worst([Domain.Reasons.IndicationOf(reasons), .. signatures.Select(s => s.Indication)]), reasons,
            signatures)
        { TimeStamps = stamps ?? [] };
    }

    public static ValidationReport OfDocument(string reason) => new(Domain.Reasons.IndicationOf([reason]), [reason], []);
}

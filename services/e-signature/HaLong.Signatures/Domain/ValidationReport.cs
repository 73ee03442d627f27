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

    /// <summary>Baseline level of PAdES, CAdES or JAdES as far as it was checked: B-B, B-T or B-LT; empty for other formats.</summary>
    public string Level { get; init; } = "";

    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Words that decide nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

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

/// <summary>The result for a whole document. Reasons here concern the document; those of a signature stand with it.</summary>
internal sealed record ValidationReport(Indication Indication, IReadOnlyList<string> Reasons, IReadOnlyList<SignatureFinding> Signatures)
{
    public static ValidationReport Of(IReadOnlyList<SignatureFinding> signatures, bool removed)
    {
        string[] reasons = removed ? [Domain.Reasons.SignatureRemoved] : signatures.Count == 0 ? [Domain.Reasons.NoSignature] : [];
        return new(Domain.Reasons.Worst([Domain.Reasons.IndicationOf(reasons), .. signatures.Select(s => s.Indication)]), reasons,
            signatures);
    }

    public static ValidationReport OfDocument(string reason) => new(Domain.Reasons.IndicationOf([reason]), [reason], []);
}

using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Validation;

/// <summary>A document time-stamp that was looked at.</summary>
/// <param name="Field">Name of its field.</param>
/// <param name="Range">What it covers; null when that is not right.</param>
/// <param name="Finding">What it proves.</param>
/// <param name="Contents">The string that holds it.</param>
internal sealed record DocumentTimeStamp(string Field, SignedRange? Range, TimeStampFinding Finding, byte[] Contents)
{
    /// <summary>Whether it proves that everything before <paramref name="end"/> existed.</summary>
    public bool Covers(int end) => Finding.At is not null && Range is not null && Range.Gap >= end;

    public DocumentTimeStampFinding Report(bool changed) => new(Field, Finding.At, changed ? Reasons.ChangedAfterSigning : Finding.Failure ?? "",
        Range is null ? "" : SignatureEvidence.KeyOf(Contents), Finding.At is { } at && Finding.Chain is { } chain ? [new ReliedChain(chain, at)] : []);
}

/// <summary>Checks the time-stamps over the whole document (ETSI EN 319 142-1 §5.4.3): each proves that all before it existed.</summary>
internal static class DocumentTimeStamps
{
    public const string Format = "ETSI.RFC3161";

    public static DocumentTimeStamp Inspect(PdfFile file, SignatureField field, Trust trust, RevocationInspector revocation, DateTimeOffset now)
    {
        var contents = field.Contents?.Bytes ?? [];
        var range = SignedRange.Of(file, field);
        var finding = range is null ? new TimeStampFinding(null, Reasons.ByteRangeInvalid)
            : SignedRange.Unpadded(contents) is not { } token ? new TimeStampFinding(null, Reasons.TimeStampInvalid)
            : revocation.Unrevoked(TimeStampInspector.Inspect(token, name => range.Digest(file, name), trust, now));
        return new DocumentTimeStamp(field.Name, range, finding, contents);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Validation;

/// <summary>Says whether the signatures of a PDF hold: coverage, integrity, later changes, certificate chain.</summary>
internal static class PdfValidator
{
    // Each signature costs a hash of the file; nobody has more on one paper.
    public const int MaxSignatures = 20;

    public static ValidationReport Validate(ReadOnlyMemory<byte> pdf, Trust trust, DateTimeOffset now,
        CancellationToken ct = default)
    {
        try
        {
            var file = PdfFile.Open(pdf);
            var fields = SignatureFields.Find(file);
            if (fields.Count > MaxSignatures)
                return ValidationReport.OfDocument(Reasons.UnsupportedFormat);
            return Inspect(file, fields, trust, now, ct);
        }
        catch (PdfException e)
        {
            return ValidationReport.OfDocument(
                e.Fault == PdfFault.Encrypted ? Reasons.EncryptedDocument
                // A damaged file that carries a signature is one whose signature does not hold.
                : LooksSigned(pdf.Span) ? Reasons.DamagedDocument
                : Reasons.UnreadableDocument);
        }
    }

    private static bool LooksSigned(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("/ByteRange"u8) >= 0 || bytes.IndexOf("/SigFlags"u8) >= 0 || bytes.IndexOf("/FT/Sig"u8) >= 0;

    private static ValidationReport Inspect(PdfFile file, List<SignatureField> fields, Trust trust, DateTimeOffset now, CancellationToken ct)
    {
        var data = ValidationData.Of(file);
        var revocation = new RevocationInspector(trust, data, now);
        var stamps = fields.Where(f => f.IsTimeStamp).Select(f =>
        {
            ct.ThrowIfCancellationRequested();
            return DocumentTimeStamps.Inspect(file, f, trust, revocation, now);
        }).ToList();
        var signers = new SignerInspector(trust, data, now, stamps, ArchiveProof.Of(file, stamps, trust, now));
        var signatures = fields.Where(f => !f.IsTimeStamp).Select(f => Inspect(file, f, signers, ct)).ToList();
        // What a later signature may show is judged by whether somebody stands for it.
        var shown = signatures.Where(s => s.End is not null && Reasons.IndicationOf(s.Reasons) != Indication.Invalid)
            .DistinctBy(s => s.Contents).ToDictionary(s => s.Contents, s => s.End.GetValueOrDefault());
        return ValidationReport.Of(
            signatures.ConvertAll(s => Conclude(s.Finding,
                s.End is { } end && ChangedSince(file, end, shown, ct) ? [.. s.Reasons, Reasons.ChangedAfterSigning] : s.Reasons)),
            removed: SignatureFields.HasDetached(file, fields),
            stamps.ConvertAll(s => s.Report(changed: s.Range is { } range && ChangedSince(file, range.End, shown, ct))));
    }

    private static Inspected Inspect(PdfFile file, SignatureField field, SignerInspector signers, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var format = field.Signature.Name("SubFilter") ?? "";
        var finding = new SignatureFinding
        {
            Field = field.Name,
            Indication = Indication.Unknown,
            Reasons = [],
            Format = format,
            ClaimedAt = ParseDate(SignatureFields.TextOf(field.Signature["M"])),
            Reason = SignatureFields.TextOf(field.Signature["Reason"]),
            Location = SignatureFields.TextOf(field.Signature["Location"]),
        };
        var supported = format is "ETSI.CAdES.detached" or "adbe.pkcs7.detached";
        if (SignedRange.Of(file, field) is not { } range || field.Contents is not { } contents)
            return new Inspected(finding, [Reasons.ByteRangeInvalid], null, field.Contents?.Start ?? -1);

        var cms = CmsInspector.Inspect(contents.Bytes, range.Before(file), range.After(file), cades: format == "ETSI.CAdES.detached");
        // Of a format we do not know, one thing can be said all the same: that the file was altered.
        var reasons = supported ? [.. cms.Reasons] : cms.Reasons.Where(r =>
            r is Reasons.DigestMismatch or Reasons.SignatureMismatch).Append(Reasons.UnsupportedFormat).ToList();
        finding = finding with
        {
            CoversWholeFile = range.End == file.Bytes.Length,
            DigestAlgorithm = cms.Digest,
            EvidenceKey = SignatureEvidence.KeyOf(contents.Bytes),
        };
        return new Inspected(cms.Signer is null ? finding : WithSigner(finding, cms, range.End, signers, reasons), reasons, range.End, contents.Start);
    }

    private static SignatureFinding WithSigner(SignatureFinding finding, CmsFinding cms, int end, SignerInspector signers, List<string> reasons)
    {
        try
        {
            return signers.Inspect(finding, cms, reasons, end);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException)
        {
            reasons.Add(Reasons.MalformedSignature);
            return finding;
        }
    }

    private static bool ChangedSince(PdfFile file, int end, Dictionary<int, int> shown, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (end == file.Bytes.Length)
            return false;
        // Bytes appended without a revision of their own, even blanks, are nobody's signature work.
        if (file.Start < end)
            return true;
        try
        {
            return !RevisionChanges.OnlySignaturesAdded(PdfFile.Open(file.Bytes[..end]), file, shown);
        }
        catch (PdfException)
        {
            return true;
        }
    }

    private static SignatureFinding Conclude(SignatureFinding finding, List<string> reasons) =>
        finding with { Reasons = [.. reasons.Distinct()], Indication = Reasons.IndicationOf(reasons) };

    /// <summary>D:YYYYMMDDHHmmSS and an offset; what is missing is the beginning of the period, a missing offset is UTC.</summary>
    private static DateTimeOffset? ParseDate(string text)
    {
        if (text.StartsWith("D:", StringComparison.Ordinal))
            text = text[2..];
        text = text.Replace("'", "", StringComparison.Ordinal);
        var zone = text.IndexOfAny(['+', '-', 'Z']);
        var (time, offset) = zone < 0 ? (text, "Z") : (text[..zone], text[zone..]);
        if (time.Length is < 4 or > 14)
            return null;
        time += "00000101000000"[time.Length..];
        offset = offset.StartsWith('Z') ? "+0000" : offset.PadRight(5, '0');
        return DateTimeOffset.TryParseExact(time + offset.Insert(3, ":"), "yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var at) ? at : null;
    }

    /// <param name="Finding">What is known of it.</param>
    /// <param name="Reasons">What speaks against it.</param>
    /// <param name="End">Where what it covers ends; null when that is not right.</param>
    /// <param name="Contents">Where the string that holds it begins.</param>
    private sealed record Inspected(SignatureFinding Finding, List<string> Reasons, int? End, int Contents);
}

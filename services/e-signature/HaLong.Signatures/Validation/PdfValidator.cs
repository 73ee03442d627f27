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
            var inspector = new SignerInspector(trust, ValidationData.Of(file), now);
            return ValidationReport.Of(fields.ConvertAll(field => Inspect(file, field, inspector, ct)),
                removed: SignatureFields.HasDetached(file, fields));
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

    private static SignatureFinding Inspect(PdfFile file, SignatureField field, SignerInspector signers, CancellationToken ct)
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
        var length = file.Bytes.Length;
        // The gap must be exactly the string that holds the signature: else unsigned bytes could hide beside it.
        if (field.ByteRange is not [0, var gap, var resume, var rest] || field.Contents is not { IsHex: true } contents
            || contents.Start != gap || contents.End != resume || rest > length - resume)
            return Conclude(finding, [Reasons.ByteRangeInvalid]);

        var end = (int)(resume + rest);
        var cms = CmsInspector.Inspect(contents.Bytes, file.Bytes[..(int)gap], file.Bytes[(int)resume..end],
            cades: format == "ETSI.CAdES.detached");
        // Of a format we do not know, one thing can be said all the same: that the file was altered.
        var reasons = supported ? [.. cms.Reasons] : cms.Reasons.Where(r =>
            r is Reasons.DigestMismatch or Reasons.SignatureMismatch).Append(Reasons.UnsupportedFormat).ToList();
        if (end != length && ChangedSince(file, end))
            reasons.Add(Reasons.ChangedAfterSigning);
        finding = finding with { CoversWholeFile = end == length, DigestAlgorithm = cms.Digest };
        return cms.Signer is null ? Conclude(finding, reasons) : WithSigner(finding, cms, signers, reasons);
    }

    private static SignatureFinding WithSigner(SignatureFinding finding, CmsFinding cms, SignerInspector signers, List<string> reasons)
    {
        try
        {
            return Conclude(signers.Inspect(finding, cms, reasons), reasons);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException)
        {
            return Conclude(finding, [.. reasons, Reasons.MalformedSignature]);
        }
    }

    private static bool ChangedSince(PdfFile file, int end)
    {
        // Bytes appended without a revision of their own, even blanks, are nobody's signature work.
        if (file.Start < end)
            return true;
        try
        {
            return !RevisionChanges.OnlySignaturesAdded(PdfFile.Open(file.Bytes[..end]), file);
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
}

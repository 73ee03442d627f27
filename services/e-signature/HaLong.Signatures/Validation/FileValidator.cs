using System.Formats.Asn1;
using System.Security.Cryptography;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Validation;

/// <summary>Says whether the signatures in a detached CMS hold for a file of which only the hashes are known.</summary>
internal static class FileValidator
{
    private const int MaxItems = 200;

    /// <param name="signature">The CMS: DER or PEM.</param>
    /// <param name="digest">Hash of the file by a function; null for one that was not computed.</param>
    /// <param name="trust">Whom to trust.</param>
    /// <param name="now">The moment of validation.</param>
    public static ValidationReport Validate(byte[] signature, Func<HashAlgorithmName, byte[]?> digest, Trust trust, DateTimeOffset now)
    {
        if (CmsFile.Read(signature) is not { } der)
            return Report([Blank.Concluding([Reasons.MalformedSignature])]);
        var signers = new SignerInspector(trust, DataOf(der), now);
        return Report([.. CmsInspector.InspectDetached(der, digest).Select(f => Judge(f, signers))]);
    }

    private static readonly SignatureFinding Blank = new() { Field = "", Indication = Indication.Unknown, Reasons = [], Format = SignatureFormats.Cms };

    private static ValidationReport Report(IReadOnlyList<SignatureFinding> findings) => ValidationReport.Of(findings, removed: false);

    private static SignatureFinding Judge(CmsFinding cms, SignerInspector signers)
    {
        var finding = Blank with
        {
            Format = cms.IsCades ? SignatureFormats.Cades : SignatureFormats.Cms,
            ClaimedAt = cms.ClaimedAt,
            DigestAlgorithm = cms.Digest,
            // A signature beside a file is over all of it, or over another file.
            CoversWholeFile = cms.Signer is not null && !cms.Reasons.Contains(Reasons.DigestMismatch),
        };
        var reasons = cms.Reasons.ToList();
        if (cms.Signer is null)
            return finding.Concluding(reasons);
        try
        {
            return signers.Inspect(finding, cms, reasons).Concluding(reasons);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException)
        {
            return finding.Concluding([.. reasons, Reasons.MalformedSignature]);
        }
    }

    /// <summary>Lists and status answers beside the certificates (RFC 5652 §10.2.1, RFC 5940). What cannot be read is left out: it is help.</summary>
    public static ValidationData DataOf(byte[] der)
    {
        var (answers, lists) = (new List<byte[]>(), new List<byte[]>());
        try
        {
            var data = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            data.ReadObjectIdentifier();
            var signed = data.ReadSequence(CmsParts.Zero).ReadSequence();
            signed.ReadInteger();
            signed.ReadEncodedValue();
            signed.ReadEncodedValue();
            if (signed.HasData && signed.PeekTag().HasSameClassAndValue(CmsParts.Zero))
                signed.ReadEncodedValue();
            if (!signed.HasData || !signed.PeekTag().HasSameClassAndValue(CmsParts.One))
                return ValidationData.None;
            for (var items = signed.ReadSetOf(CmsParts.One); items.HasData && answers.Count + lists.Count < MaxItems;)
                Add(items, answers, lists);
        }
        catch (AsnContentException)
        {
            // Whatever was read so far may help.
        }

        return new ValidationData([], answers, lists);
    }

    private static void Add(AsnReader items, List<byte[]> answers, List<byte[]> lists)
    {
        if (!items.PeekTag().HasSameClassAndValue(CmsParts.One))
        {
            lists.Add(items.ReadEncodedValue().ToArray());
            return;
        }

        var other = items.ReadSequence(CmsParts.One);
        if (other.ReadObjectIdentifier() == CmsParts.StatusAnswer)
            answers.Add(other.ReadEncodedValue().ToArray());
    }
}

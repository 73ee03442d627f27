using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.TimeStamping;
using Org.BouncyCastle.Cms;

namespace HaLong.Signatures.Validation;

/// <summary>What the signatures of a file refer to, so that all of it is asked for at once.</summary>
/// <param name="Numbers">Serial numbers of the certificates (upper-case hex).</param>
/// <param name="Imprints">SHA-256 of the signature values.</param>
internal sealed record SignatureParts(IReadOnlyList<string> Numbers, IReadOnlyList<byte[]> Imprints)
{
    private const int MaxNumbers = 500;

    public static SignatureParts OfPdf(ReadOnlyMemory<byte> pdf)
    {
        try
        {
            return OfCms(SignatureFields.Find(PdfFile.Open(pdf)).Take(PdfValidator.MaxSignatures)
                .Where(f => f.Contents is not null).Select(f => f.Contents!.Bytes));
        }
        catch (PdfException)
        {
            // The validator says why.
            return new([], []);
        }
    }

    public static SignatureParts OfCms(IEnumerable<byte[]> several)
    {
        var (numbers, imprints) = (new List<string>(), new List<byte[]>());
        foreach (var cms in several)
            Add(cms, numbers, imprints);
        return new([.. numbers.Take(MaxNumbers)], imprints);
    }

    public static SignatureParts OfCertificates(IEnumerable<byte[]> certificates)
    {
        var numbers = new List<string>();
        foreach (var der in certificates.Take(MaxNumbers))
        {
            try
            {
                using var certificate = X509CertificateLoader.LoadCertificate(der);
                numbers.Add(certificate.SerialNumber);
            }
            catch (CryptographicException)
            {
                // The validator calls it malformed.
            }
        }

        return new(numbers, []);
    }

    private static void Add(byte[] contents, List<string> numbers, List<byte[]> imprints)
    {
        try
        {
            // Behind the CMS may be room that it did not need.
            AsnDecoder.ReadEncodedValue(contents, AsnEncodingRules.BER, out _, out _, out var length);
            var cms = new CmsSignedData(contents[..length]);
            AddNumbers(cms, numbers);
            foreach (var signer in cms.GetSignerInfos().GetSigners().Take(PdfValidator.MaxSignatures))
            {
                imprints.Add(SHA256.HashData(signer.GetSignature()));
                foreach (var token in SignatureTimeStamp.Of(signer))
                    AddNumbers(new CmsSignedData(token), numbers);
            }
        }
        // Hostile input makes the parser fail in many ways; the validator calls it malformed.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
        }
    }

    private static void AddNumbers(CmsSignedData cms, List<string> numbers) =>
        numbers.AddRange(cms.GetCertificates().EnumerateMatches(null).Take(32).Select(c => Convert.ToHexString(c.SerialNumber.ToByteArray())));
}

using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.Signatures.Cryptography;

/// <summary>
/// A CMS (RFC 5652) with the signed attributes of CAdES and PAdES baseline B: content-type, message-digest,
/// signing-certificate-v2. There is no signing-time: in PDF the claimed time stands in the signature dictionary.
/// Written by hand because <c>SignedCms</c> wants the whole content in memory and a private key at hand.
/// </summary>
internal static class CmsWriter
{
    private const string Data = "1.2.840.113549.1.7.1";
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Sha256WithRsa = "1.2.840.113549.1.1.11";

    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>A detached signature over a document.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> contentSha256, SigningKey key) => Write(contentSha256, key, Data, content: null, key.Chain);

    /// <summary>A signature that encloses what it signs, as a time-stamp token does (RFC 3161 §2.4.2).</summary>
    /// <param name="type">OID of the content.</param>
    /// <param name="content">The content, DER.</param>
    /// <param name="key">Who signs.</param>
    /// <param name="withCertificates">Whether the certificates are enclosed.</param>
    public static byte[] Enclose(string type, byte[] content, SigningKey key, bool withCertificates) =>
        Write(SHA256.HashData(content), key, type, content, withCertificates ? key.Chain : []);

    private static byte[] Write(ReadOnlySpan<byte> contentSha256, SigningKey key, string type, byte[]? content,
        IEnumerable<X509Certificate2> certificates)
    {
        var attributes = SignedAttributes(contentSha256, key, type, Asn1Tag.SetOf);
        var signature = key.SignHash(SHA256.HashData(attributes));

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(SignedData);
            using (writer.PushSequence(Zero))
            using (writer.PushSequence())
            {
                // Content of another type than plain data makes it version 3 (RFC 5652 §5.1).
                writer.WriteInteger(type == Data ? 1 : 3);
                using (writer.PushSetOf())
                    WriteAlgorithm(writer, Sha256);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(type);
                    if (content is not null)
                        using (writer.PushSequence(Zero))
                            writer.WriteOctetString(content);
                }

                WriteCertificates(writer, [.. certificates]);
                using (writer.PushSetOf())
                    WriteSigner(writer, contentSha256, key, type, signature);
            }
        }

        return writer.Encode();
    }

    private static void WriteCertificates(AsnWriter writer, IReadOnlyList<X509Certificate2> certificates)
    {
        if (certificates.Count == 0)
            return;
        using (writer.PushSetOf(Zero))
            foreach (var certificate in certificates)
                writer.WriteEncodedValue(certificate.RawDataMemory.Span);
    }

    private static void WriteSigner(AsnWriter writer, ReadOnlySpan<byte> contentSha256, SigningKey key, string type, byte[] signature)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(key.Certificate.IssuerName.RawData);
                writer.WriteInteger(key.Certificate.SerialNumberBytes.Span);
            }

            WriteAlgorithm(writer, Sha256);
            // Signed as a SET, sent under tag [0]: RFC 5652 §5.4.
            writer.WriteEncodedValue(SignedAttributes(contentSha256, key, type, Zero));
            WriteAlgorithm(writer, key.SignatureAlgorithm);
            writer.WriteOctetString(signature);
        }
    }

    private static byte[] SignedAttributes(ReadOnlySpan<byte> contentSha256, SigningKey key, string type, Asn1Tag tag)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        var digest = contentSha256.ToArray();
        using (writer.PushSetOf(tag))
        {
            WriteAttribute(writer, ContentType, w => w.WriteObjectIdentifier(type));
            WriteAttribute(writer, MessageDigest, w => w.WriteOctetString(digest));
            WriteAttribute(writer, SigningCertificateV2, w =>
            {
                // SigningCertificateV2 → certs → ESSCertIDv2 → certHash; SHA-256 is the default and therefore left out in DER.
                using (w.PushSequence())
                using (w.PushSequence())
                using (w.PushSequence())
                    w.WriteOctetString(SHA256.HashData(key.Certificate.RawDataMemory.Span));
            });
        }

        return writer.Encode();
    }

    private static void WriteAttribute(AsnWriter writer, string type, Action<AsnWriter> value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            using (writer.PushSetOf())
                value(writer);
        }
    }

    private static void WriteAlgorithm(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (oid == Sha256WithRsa)
                writer.WriteNull();
        }
    }
}

using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.Signatures.Cryptography;

/// <summary>
/// A CMS (RFC 5652) that lacks nothing but the signature value, with the signed attributes of CAdES and PAdES baseline B: content-type,
/// message-digest, signing-certificate-v2. There is no signing-time: in PDF the claimed time stands in the signature dictionary.
/// Whoever holds the key signs <see cref="HashToSign"/>, here or elsewhere, now or later. Written by hand because <c>SignedCms</c> wants the
/// whole content in memory and a private key at hand.
/// </summary>
/// <param name="ContentHash">Hash of the content by the hash of <paramref name="Algorithm"/>.</param>
/// <param name="Chain">Certificates, signer first.</param>
/// <param name="Algorithm">How the signer signs.</param>
internal sealed record CmsDraft(byte[] ContentHash, IReadOnlyList<X509Certificate2> Chain, SignatureAlgorithm Algorithm)
{
    private const string Data = "1.2.840.113549.1.7.1";
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";

    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>OID of the content.</summary>
    public string Type { get; init; } = Data;

    /// <summary>The content, DER, when the signature is to enclose it (RFC 3161 §2.4.2).</summary>
    public byte[]? Content { get; init; }

    /// <summary>Whether the certificates are enclosed.</summary>
    public bool WithCertificates { get; init; } = true;

    /// <summary>What the signer signs.</summary>
    public byte[] HashToSign => CryptographicOperations.HashData(Algorithm.Hash, SignedAttributes(Asn1Tag.SetOf));

    /// <param name="signature">The signature value over <see cref="HashToSign"/>.</param>
    /// <returns>DER.</returns>
    public byte[] Assemble(ReadOnlySpan<byte> signature)
    {
        var value = signature.ToArray();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(SignedData);
            using (writer.PushSequence(Zero))
            using (writer.PushSequence())
            {
                // Content of another type than plain data makes it version 3 (RFC 5652 §5.1).
                writer.WriteInteger(Type == Data ? 1 : 3);
                using (writer.PushSetOf())
                    WriteAlgorithm(writer, Algorithm.HashOid);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Type);
                    if (Content is not null)
                        using (writer.PushSequence(Zero))
                            writer.WriteOctetString(Content);
                }

                if (WithCertificates)
                    WriteCertificates(writer);
                using (writer.PushSetOf())
                    WriteSigner(writer, value);
            }
        }

        return writer.Encode();
    }

    private void WriteCertificates(AsnWriter writer)
    {
        using (writer.PushSetOf(Zero))
            foreach (var certificate in Chain)
                writer.WriteEncodedValue(certificate.RawDataMemory.Span);
    }

    private void WriteSigner(AsnWriter writer, byte[] signature)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(Chain[0].IssuerName.RawData);
                writer.WriteInteger(Chain[0].SerialNumberBytes.Span);
            }

            WriteAlgorithm(writer, Algorithm.HashOid);
            // Signed as a SET, sent under tag [0]: RFC 5652 §5.4.
            writer.WriteEncodedValue(SignedAttributes(Zero));
            WriteAlgorithm(writer, Algorithm.Oid, withNull: Algorithm.IsRsa);
            writer.WriteOctetString(signature);
        }
    }

    private byte[] SignedAttributes(Asn1Tag tag)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf(tag))
        {
            WriteAttribute(writer, ContentType, w => w.WriteObjectIdentifier(Type));
            WriteAttribute(writer, MessageDigest, w => w.WriteOctetString(ContentHash));
            WriteAttribute(writer, SigningCertificateV2, w =>
            {
                // SigningCertificateV2 → certs → ESSCertIDv2 → certHash; SHA-256 is the default and therefore left out in DER.
                using (w.PushSequence())
                using (w.PushSequence())
                using (w.PushSequence())
                    w.WriteOctetString(SHA256.HashData(Chain[0].RawDataMemory.Span));
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

    private static void WriteAlgorithm(AsnWriter writer, string oid, bool withNull = false)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (withNull)
                writer.WriteNull();
        }
    }
}

using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Cryptography;

/// <summary>
/// A CMS (RFC 5652) that lacks nothing but the signature value, with the signed attributes of CAdES and PAdES baseline B: content-type,
/// message-digest, signing-certificate-v2. In PDF the claimed time stands in the signature dictionary, elsewhere it is the signing-time.
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
    private const string SigningTimeType = "1.2.840.113549.1.9.5";
    private const string MimeTypeType = "0.4.0.1733.2.1";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";

    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>OID of the content.</summary>
    public string Type { get; init; } = Data;

    /// <summary>The content, DER, when the signature is to enclose it (RFC 3161 §2.4.2).</summary>
    public byte[]? Content { get; init; }

    /// <summary>When the signer says that it was (RFC 5652 §11.3); null in PDF.</summary>
    public DateTimeOffset? SigningTime { get; init; }

    /// <summary>What kind of content is signed (ETSI EN 319 122-1 §5.2.5); null in PDF, which says so itself.</summary>
    public string? MimeType { get; init; }

    /// <summary>Whether the certificates are enclosed.</summary>
    public bool WithCertificates { get; init; } = true;

    /// <summary>What the signer signs.</summary>
    public byte[] HashToSign => CryptographicOperations.HashData(Algorithm.Hash, SignedAttributes(Asn1Tag.SetOf));

    /// <param name="signature">The signature value over <see cref="HashToSign"/>.</param>
    /// <param name="timeStamp">Token over the signature value (ETSI EN 319 122-1 §5.3), DER; null without one.</param>
    /// <param name="data">What is needed to check the signature later (ETSI EN 319 122-1 §6.3, level LT); null where it stands elsewhere.</param>
    /// <returns>DER.</returns>
    public byte[] Assemble(ReadOnlySpan<byte> signature, byte[]? timeStamp = null, ValidationData? data = null)
    {
        var value = signature.ToArray();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(SignedData);
            using (writer.PushSequence(Zero))
            using (writer.PushSequence())
            {
                // Status answers make it version 5, content of another type than plain data version 3 (RFC 5652 §5.1).
                writer.WriteInteger(data is { Answers.Count: > 0 } ? 5 : Type == Data ? 1 : 3);
                using (writer.PushSetOf())
                    CmsParts.WriteAlgorithm(writer, Algorithm.HashOid);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Type);
                    if (Content is not null)
                        using (writer.PushSequence(Zero))
                            writer.WriteOctetString(Content);
                }

                if (WithCertificates)
                    CmsParts.WriteCertificates(writer, [.. Chain.Select(c => c.RawData), .. data?.Certificates ?? []]);
                if (data is not null)
                    CmsParts.WriteRevocation(writer, data);
                using (writer.PushSetOf())
                    WriteSigner(writer, value, timeStamp);
            }
        }

        return writer.Encode();
    }

    private void WriteSigner(AsnWriter writer, byte[] signature, byte[]? timeStamp)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(Chain[0].IssuerName.RawData);
                writer.WriteInteger(Chain[0].SerialNumberBytes.Span);
            }

            CmsParts.WriteAlgorithm(writer, Algorithm.HashOid);
            // Signed as a SET, sent under tag [0]: RFC 5652 §5.4.
            writer.WriteEncodedValue(SignedAttributes(Zero));
            CmsParts.WriteAlgorithm(writer, Algorithm.Oid, withNull: Algorithm.IsRsa);
            writer.WriteOctetString(signature);
            if (timeStamp is not null)
                using (writer.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 1, isConstructed: true)))
                    CmsParts.WriteAttribute(writer, CmsParts.SignatureTimeStamp, w => w.WriteEncodedValue(timeStamp));
        }
    }

    private byte[] SignedAttributes(Asn1Tag tag)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf(tag))
        {
            CmsParts.WriteAttribute(writer, ContentType, w => w.WriteObjectIdentifier(Type));
            CmsParts.WriteAttribute(writer, MessageDigest, w => w.WriteOctetString(ContentHash));
            if (SigningTime is { } time)
                CmsParts.WriteAttribute(writer, SigningTimeType, w => CmsParts.WriteTime(w, time));
            if (MimeType is { } mime)
                CmsParts.WriteAttribute(writer, MimeTypeType, w => w.WriteCharacterString(UniversalTagNumber.UTF8String, mime));
            CmsParts.WriteAttribute(writer, SigningCertificateV2, w =>
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
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.TimeStamping;

namespace HaLong.Signatures.Cryptography;

/// <summary>
/// A signature that lacks its value. It may be kept (<see cref="Serialise"/>) and taken up again in another process (<see cref="Read"/>) when a
/// remote signer answers: it holds the revision and the hash, not the document.
/// </summary>
/// <param name="Revision">What is to be appended to the document.</param>
/// <param name="Draft">The CMS without its value.</param>
/// <param name="Stampers">Authorities for whose time-stamps the revision holds all evidence (<see cref="ValidationData.Stampers"/>).</param>
internal sealed record PreparedSignature(PreparedRevision Revision, CmsDraft Draft, IReadOnlyList<string> Stampers)
{
    private const byte Format = 1;

    // A chain, a revision with appearance and evidence: far below this, and what was stored is not to be inflated without end.
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>What the signer signs, by the hash of the draft's algorithm.</summary>
    public byte[] HashToSign => Draft.HashToSign;

    /// <summary>Whether this is a signature over <see cref="HashToSign"/> by the key of the certificate. Asked before a time-stamp is.</summary>
    /// <param name="value">PKCS #1 v1.5 for RSA, DER for elliptic curves.</param>
    public bool Fits(ReadOnlySpan<byte> value)
    {
        try
        {
            if (Draft.Algorithm.IsRsa)
            {
                using var rsa = Draft.Chain[0].GetRSAPublicKey();
                return rsa is not null && rsa.VerifyHash(HashToSign, value, Draft.Algorithm.Hash, RSASignaturePadding.Pkcs1);
            }

            using var elliptic = Draft.Chain[0].GetECDsaPublicKey();
            return elliptic is not null && elliptic.VerifyHash(HashToSign, value, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Puts the signature in its place.</summary>
    /// <param name="value">The signature value over <see cref="HashToSign"/>: PKCS #1 v1.5 for RSA, DER for elliptic curves.</param>
    /// <param name="stamp">A time-stamp over <paramref name="value"/>; null when there is none to be had, which leaves level B-B.</param>
    /// <returns>The bytes to append to the document; SIG-0501 when the value does not fit.</returns>
    public Result<SignedRevision> Complete(byte[] value, ObtainedTimeStamp? stamp)
    {
        if (!Fits(value))
            return PdfErrors.ValueMismatch;
        var cms = Draft.Assemble(value);
        // Room is kept for a token of ordinary size; an authority that sends a larger one has not stamped.
        return stamp is not null && SignatureTimeStamp.AddTo(cms, stamp.Token) is var stamped && Revision.HasRoomFor(stamped)
            ? new SignedRevision(Revision.Embed(stamped), value, PadesSigner.LevelWith(Stampers.Contains(stamp.Stamper)))
            : new SignedRevision(Revision.Embed(cms), value, Signature.BaselineB);
    }

    /// <summary>A compact form of all this, to be kept until the value comes. Holds no content of the document and no secret.</summary>
    public byte[] Serialise()
    {
        using var packed = new MemoryStream();
        packed.WriteByte(Format);
        using (var writer = new BinaryWriter(new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)))
        {
            writer.Write(string.Join(' ', Stampers));
            writer.Write(Draft.Algorithm.Oid);
            WriteBlock(writer, Draft.ContentHash);
            writer.Write(Draft.Chain.Count);
            foreach (var certificate in Draft.Chain)
                WriteBlock(writer, certificate.RawData);
            writer.Write(Revision.OriginalLength);
            writer.Write(Revision.GapStart);
            writer.Write(Revision.Room);
            WriteBlock(writer, Revision.Bytes);
        }

        return packed.ToArray();
    }

    /// <exception cref="InvalidDataException">It is not what <see cref="Serialise"/> gave.</exception>
    public static PreparedSignature Read(byte[] stored)
    {
        try
        {
            if (stored is not [Format, ..])
                throw new InvalidDataException("No prepared signature of a known format.");
            using var reader = new BinaryReader(new BrotliStream(new MemoryStream(stored, 1, stored.Length - 1), CompressionMode.Decompress));
            var stampers = reader.ReadString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var algorithm = SignatureAlgorithm.ByOid(reader.ReadString()) ?? throw new InvalidDataException("An unknown algorithm.");
            var hash = ReadBlock(reader);
            var chain = new X509Certificate2[Math.Min(reader.ReadInt32(), 16)];
            for (var i = 0; i < chain.Length; i++)
                chain[i] = X509CertificateLoader.LoadCertificate(ReadBlock(reader));
            var (length, gap, room) = (reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32());
            return new PreparedSignature(new PreparedRevision(ReadBlock(reader), gap, room, length), new CmsDraft(hash, chain, algorithm), stampers);
        }
        // What was not written by this fails in many ways; whichever it is, it is not a prepared signature.
        catch (Exception e) when (e is not (InvalidDataException or OutOfMemoryException))
        {
            throw new InvalidDataException("A stored signature cannot be read.", e);
        }
    }

    private static void WriteBlock(BinaryWriter writer, byte[] block)
    {
        writer.Write(block.Length);
        writer.Write(block);
    }

    private static byte[] ReadBlock(BinaryReader reader)
    {
        var length = reader.ReadInt32();
        if (length is < 0 or > MaxBytes)
            throw new InvalidDataException("A stored signature is too large.");
        var block = reader.ReadBytes(length);
        return block.Length == length ? block : throw new EndOfStreamException("A stored signature is cut off.");
    }
}

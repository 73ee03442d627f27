using System.Formats.Asn1;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Cryptography;

/// <summary>Parts of a CMS (RFC 5652) as they are written.</summary>
internal static class CmsParts
{
    public const string SignatureTimeStamp = "1.2.840.113549.1.9.16.2.14";

    /// <summary>Marks a status answer among the revocation information (RFC 5940).</summary>
    public const string StatusAnswer = "1.3.6.1.5.5.7.16.2";

    /// <summary>Tag of revocation information that is no list, and of all of it.</summary>
    public static readonly Asn1Tag One = new(TagClass.ContextSpecific, 1, isConstructed: true);

    public static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0, isConstructed: true);

    public static void WriteAttribute(AsnWriter writer, string type, Action<AsnWriter> value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            using (writer.PushSetOf())
                value(writer);
        }
    }

    public static void WriteAlgorithm(AsnWriter writer, string oid, bool withNull = false)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (withNull)
                writer.WriteNull();
        }
    }

    /// <summary>Each once, in the order of DER.</summary>
    public static void WriteCertificates(AsnWriter writer, IEnumerable<byte[]> certificates)
    {
        using (writer.PushSetOf(Zero))
            foreach (var certificate in certificates.DistinctBy(Convert.ToHexString))
                writer.WriteEncodedValue(certificate);
    }

    /// <summary>Lists as they are, status answers as other revocation information.</summary>
    public static void WriteRevocation(AsnWriter writer, ValidationData data)
    {
        if (data.Lists.Count + data.Answers.Count == 0)
            return;
        using (writer.PushSetOf(One))
        {
            foreach (var list in data.Lists)
                writer.WriteEncodedValue(list);
            foreach (var answer in data.Answers)
            {
                using (writer.PushSequence(One))
                {
                    writer.WriteObjectIdentifier(StatusAnswer);
                    writer.WriteEncodedValue(answer);
                }
            }
        }
    }

    /// <summary>Whole seconds; UTCTime until 2049 and GeneralizedTime after it (RFC 5652 §11.3).</summary>
    public static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.UtcDateTime.Year is >= 1950 and < 2050)
            writer.WriteUtcTime(time);
        else
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
    }
}

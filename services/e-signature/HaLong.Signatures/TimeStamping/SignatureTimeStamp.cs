using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Cms;

namespace HaLong.Signatures.TimeStamping;

/// <summary>The time-stamp of a signature: an unsigned attribute of its CMS (ETSI EN 319 122-1 §5.3), which makes level B into level T.</summary>
internal static class SignatureTimeStamp
{
    private static readonly DerObjectIdentifier Type = PkcsObjectIdentifiers.IdAASignatureTimeStampToken;

    /// <summary>What a time-stamp vouches for.</summary>
    public static byte[] ValueOf(byte[] cms) => Signer(new CmsSignedData(cms)).GetSignature();

    public static byte[] AddTo(byte[] cms, byte[] token)
    {
        var signed = new CmsSignedData(cms);
        var attributes = new AttributeTable(new Dictionary<DerObjectIdentifier, object>
        {
            [Type] = new Org.BouncyCastle.Asn1.Cms.Attribute(Type, new DerSet(Asn1Object.FromByteArray(token))),
        });
        var stamped = SignerInformation.ReplaceUnsignedAttributes(Signer(signed), attributes);
        return CmsSignedData.ReplaceSigners(signed, new SignerInformationStore(stamped)).GetEncoded(Asn1Encodable.Der);
    }

    /// <summary>The tokens that a signature carries; at most a few are looked at.</summary>
    public static List<byte[]> Of(SignerInformation signer) =>
        [.. (signer.UnsignedAttributes?.GetAll(Type).ToArray() ?? []).Select(a => Org.BouncyCastle.Asn1.Cms.Attribute.GetInstance(a))
            .SelectMany(a => a.AttrValues.ToArray()).Take(4).Select(t => t.GetEncoded())];

    private static SignerInformation Signer(CmsSignedData cms) => cms.GetSignerInfos().GetSigners().Single();
}

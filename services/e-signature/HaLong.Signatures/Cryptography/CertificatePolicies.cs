using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Cryptography;

/// <summary>
/// How a person was identified before the certificate was issued, as certificate policies (RFC 5280 §4.2.1.4) under an arc of our own:
/// <c>2.25.{UUID}</c> (ITU-T X.667), so that nobody has to give us a number.
/// </summary>
internal static class CertificatePolicies
{
    public const string Arc = "2.25.107074760094940419742808973042690966254";

    /// <summary>Citizen, identity verified, one year.</summary>
    public const string Citizen = Arc + ".1";

    /// <summary>Officer in a role of a unit, approved by a second person, one year.</summary>
    public const string Officer = Arc + ".2";

    /// <summary>Citizen, identity verified, one order within a quarter of an hour.</summary>
    public const string OneTime = Arc + ".3";

    /// <summary>One order within a quarter of an hour, of a person who only says who he is: low assurance.</summary>
    public const string OneTimeUnverified = Arc + ".4";

    public static string Of(PersonCredential credential) => credential switch
    {
        { Kind: CredentialKind.Officer } => Officer,
        { Term: CredentialTerm.Long } => Citizen,
        { Assurance: >= 2 } => OneTime,
        _ => OneTimeUnverified,
    };

    public static X509Extension Extension(string policy)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(policy);
        return new X509Extension("2.5.29.32", writer.Encode(), critical: false);
    }
}

using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1.X509;

namespace HaLong.Signatures.Cryptography;

/// <summary>Names of certificates as RFC 4514 writes them: most specific first, special characters escaped.</summary>
internal static class DistinguishedName
{
    public static string Write(X500DistinguishedName name) => X509Name.GetInstance(name.RawData).ToString(true, X509Name.RFC2253Symbols);
}

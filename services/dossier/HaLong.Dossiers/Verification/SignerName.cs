using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.Dossiers.Verification;

/// <summary>Of the name in a certificate what is shown to everybody: common name and organisation. Certificates of people also hold their personal numbers.</summary>
internal static class SignerName
{
    public const int MaxLength = 200;

    private const string CommonName = "2.5.4.3", Organisation = "2.5.4.10";

    /// <summary>Null when there is nothing to show.</summary>
    public static string? Of(string subject)
    {
        try
        {
            var parts = new X500DistinguishedName(subject).EnumerateRelativeDistinguishedNames(reversed: false).Where(r => !r.HasMultipleElements)
                .ToLookup(r => r.GetSingleElementType().Value, r => r.GetSingleElementValue());
            var shown = string.Join(", ", parts[CommonName].Concat(parts[Organisation]).OfType<string>().Where(p => p.Length > 0).Distinct(StringComparer.Ordinal));
            return shown.Length switch { 0 => null, > MaxLength => shown[..MaxLength], _ => shown };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

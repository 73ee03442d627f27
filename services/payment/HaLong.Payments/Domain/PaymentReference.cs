using System.Buffers;
using System.Security.Cryptography;

namespace HaLong.Payments.Domain;

/// <summary>
/// The short reference that travels in the remittance text: "HL" and ten characters of Crockford's base 32.
/// A dossier code has 25 characters with dots and hyphens; banks cut and rewrite those, twelve capitals survive.
/// </summary>
internal static class PaymentReference
{
    public const string Prefix = "HL";
    public const int Length = 12;

    // Without I, L, O, U: nobody mistakes one for 1 or 0. L missing also means that "HL" never starts inside a reference.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <summary>A new random reference (50 bits); the unique index decides the rare collision.</summary>
    public static string Create(string prefix = Prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, Length - prefix.Length);

    /// <summary>
    /// Every text of the right shape in a remittance text, whatever its case and spacing. Nothing is corrected:
    /// a reference that was cut or mistyped is not a reference.
    /// </summary>
    public static IReadOnlyList<string> FindIn(string remittance, string prefix = Prefix)
    {
        var text = string.Concat(remittance.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        var found = new List<string>();
        for (var at = text.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(prefix, at + 1, StringComparison.Ordinal))
        {
            if (text.Length - at < Length)
                break;
            var candidate = text.Substring(at, Length);
            if (!candidate.AsSpan(prefix.Length).ContainsAnyExcept(Letters) && !found.Contains(candidate))
                found.Add(candidate);
        }

        return found;
    }
}

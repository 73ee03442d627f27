using System.Security.Cryptography;
using System.Text;

namespace HaLong.Payments.NationalPortal;

/// <summary>
/// MaXacThuc: lower-case hexadecimal SHA-256 of the fields of a message joined by <c>|</c>, with the secret at the end. The platform's rule; for
/// messages of our own an HMAC is used.
/// </summary>
internal static class PortalCheckSum
{
    public const string TimeFormat = "yyyyMMddHHmmss";

    public static string Of(string secret, params IEnumerable<string?> fields) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', fields.Append(secret)))));

    /// <summary>Compared in constant time. A field with a bar in it holds with nobody: its text could have been moved from the next one.</summary>
    public static bool Holds(string secret, string? given, IReadOnlyList<string?> fields) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(secret, fields)), Encoding.UTF8.GetBytes(given ?? ""))
        && !fields.Any(f => f?.Contains('|', StringComparison.Ordinal) == true);
}

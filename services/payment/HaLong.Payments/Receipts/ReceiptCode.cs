using System.Security.Cryptography;

namespace HaLong.Payments.Receipts;

/// <summary>The code on a receipt by which anybody who holds it looks it up: nobody can guess one (80 bits).</summary>
internal static class ReceiptCode
{
    public const int Length = 16;

    // Crockford's: nothing that can be taken for something else.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string Create() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>In groups of four, for the eye.</summary>
    public static string Grouped(string code) => string.Join('-', code.Chunk(4).Select(c => new string(c)));

    /// <summary>As people type it: with or without hyphens and spaces, in small letters.</summary>
    public static string Read(string? typed) =>
        typed is null or { Length: > 64 } ? "" : string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}

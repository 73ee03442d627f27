namespace HaLong.Dossiers.Verification;

/// <summary>
/// The name of a paper in its link: the id of its document as 32 hexadecimal digits, which people can also type. Of a UUIDv7 74 bits are random,
/// so that nobody finds papers by trying; the other 48 tell when it was made, which the paper does too.
/// </summary>
internal static class PaperToken
{
    public const int Length = 32;

    public static string Of(Guid id) => id.ToString("N");

    /// <summary>The id, or null when it is none; case and dashes do not matter.</summary>
    public static Guid? Parse(string token) => token.Length is Length or 36 && Guid.TryParse(token, out var id) ? id : null;
}

using System.ComponentModel.DataAnnotations;

namespace HaLong.Signatures;

/// <summary>Section <c>Credentials</c>: credentials of persons.</summary>
internal sealed class CredentialOptions
{
    public const string Section = "Credentials";

    /// <summary>Fewest rounds outside of development: what a guess costs somebody who has database and password, not just one of them.</summary>
    public const int FewestPinIterations = 100_000;

    /// <summary>Rounds of PBKDF2-HMAC-SHA-512 for PINs from now on; each credential keeps the number that it was made with.</summary>
    [Range(1, 10_000_000, ErrorMessage = "Credentials:PinIterations must be from 1 to 10000000.")]
    public int PinIterations { get; set; } = 210_000;

    /// <summary>How often expired credentials, ended assignments and abandoned orders are looked for.</summary>
    [Range(1, 86_400, ErrorMessage = "Credentials:SweepSeconds must be from 1 to 86400.")]
    public int SweepSeconds { get; set; } = 60;
}

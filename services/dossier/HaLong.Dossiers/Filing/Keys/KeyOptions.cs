using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Filing.Keys;

/// <summary>Settings of the keys with which this service signs what it hands out, section <c>Keys</c>.</summary>
internal sealed class KeyOptions
{
    public const string Section = "Keys";

    /// <summary>Seals the private keys in the database. Losing it loses them; what they signed stays verifiable.</summary>
    [Required(ErrorMessage = "Keys:Password is missing: it protects the private keys in the database.")]
    [MinLength(12, ErrorMessage = "Keys:Password must have at least 12 characters.")]
    public string Password { get; set; } = "";

    /// <summary>Passwords of before: they still open, and the keeper seals anew what they sealed.</summary>
    public string[] PreviousPasswords { get; set; } = [];

    /// <summary>A key signs this long before the next one takes over.</summary>
    public TimeSpan RotateAfter { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How long a new key is only published, so that who checks off line has fetched it before the first signature.</summary>
    public TimeSpan ActivationDelay { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often a running replica looks for new keys; also how often rotation is considered.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);
}

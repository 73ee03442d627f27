using System.ComponentModel.DataAnnotations;

namespace HaLong.Identity;

/// <summary>Where the platform is seen from outside.</summary>
internal sealed class IdentityOptions
{
    /// <summary>The gateway's address without a trailing slash; tokens carry it as issuer.</summary>
    [Required(ErrorMessage = "PublicUrl is missing: the gateway's external address, for example https://dichvucong.example.")]
    [Url(ErrorMessage = "PublicUrl must be an absolute address, for example https://dichvucong.example.")]
    public string PublicUrl { get; set; } = "";

    public Uri Issuer() => new(PublicUrl.TrimEnd('/') + "/", UriKind.Absolute);
}

/// <summary>How signing and encryption keys are protected and replaced.</summary>
internal sealed class KeyOptions
{
    public const string Section = "Keys";

    /// <summary>Opens the private keys and personal numbers kept in the database. Losing it loses both.</summary>
    [Required(ErrorMessage = "Keys:Password is missing: it protects the private keys in the database.")]
    [MinLength(12, ErrorMessage = "Keys:Password must have at least 12 characters.")]
    public string Password { get; set; } = "";

    /// <summary>Passwords of before: they still open, and <c>migrate</c> seals anew what they sealed. Empty but for a change of password.</summary>
    public string[] PreviousPasswords { get; set; } = [];

    /// <summary>Data keys in memory older than this are read anew before anything is sealed with them.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after its retirement a data key is destroyed at the earliest; well above <see cref="StaleAfter"/>.</summary>
    public TimeSpan DestroyAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often the background job looks for something sealed under a retired data key.</summary>
    public TimeSpan ReencryptionInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a running server looks for new keys.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a new key is published before it signs, so that every validator has read it by then.</summary>
    public TimeSpan ActivationDelay { get; set; } = TimeSpan.FromMinutes(10);
}

/// <summary>Lifetimes; the short access token bounds how long a withdrawn right lives on.</summary>
internal static class TokenLifetimes
{
    public static readonly TimeSpan Access = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan Code = TimeSpan.FromMinutes(2);
    /// <summary>Long enough to find one's password in the meantime.</summary>
    public static readonly TimeSpan PushedRequest = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan Refresh = TimeSpan.FromDays(14);
    public static readonly TimeSpan Session = TimeSpan.FromHours(8);
}

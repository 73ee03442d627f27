using System.ComponentModel.DataAnnotations;

namespace HaLong.Notifications.Sending.Zalo;

/// <summary>The city's official account at Zalo and the app that sends for it. Without an address it is never chosen.</summary>
internal sealed class ZaloOptions : IValidatableObject
{
    public const string Section = "Zalo";

    /// <summary><c>https://business.openapi.zalo.me</c>; the path may be given apart, as <see cref="Path"/>.</summary>
    public string Url { get; init; } = "";

    /// <summary>What follows the address, before <c>/message/template</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary><c>https://oauth.zaloapp.com</c>.</summary>
    public string AuthUrl { get; init; } = "";

    /// <summary>What follows that address, before <c>/v4/oa/access_token</c>.</summary>
    public string AuthPath { get; init; } = "";

    public string AppId { get; init; } = "";

    /// <summary>What the app shows to get tokens.</summary>
    public string SecretKey { get; init; } = "";

    /// <summary>Key of the signature of events; empty: none is believed.</summary>
    public string OaSecretKey { get; init; } = "";

    /// <summary>The first refresh token, from the account's owner. Once used, the newest is in the database; another one here is tried when that is refused.</summary>
    public string RefreshToken { get; init; } = "";

    /// <summary>Seals the tokens in the database.</summary>
    public string KeyPassword { get; init; } = "";

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a refresh token holds; its answer does not say (assumed: three months).</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long before its end a refresh token is warned of.</summary>
    public TimeSpan WarnBefore { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often the tokens are looked at.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it is believed that a template is enabled, or that it is not.</summary>
    public TimeSpan TemplateCheckFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far the time of an event may be from ours. Wide, for a repeat may carry the first time, and changes nothing.</summary>
    public TimeSpan HookWindow { get; init; } = TimeSpan.FromMinutes(30);

    public bool IsOn => Url.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
            yield break;
        if (!IsAddress(Url))
            yield return new ValidationResult("Zalo:Url must be an http(s) address.", [nameof(Url)]);
        if (!IsAddress(AuthUrl))
            yield return new ValidationResult("Zalo:AuthUrl must be an http(s) address.", [nameof(AuthUrl)]);
        if (AppId.Length is 0 or > 40 || SecretKey.Length == 0)
            yield return new ValidationResult("Zalo knows the app by these.", [nameof(AppId), nameof(SecretKey)]);
        if (KeyPassword.Length < 16)
            yield return new ValidationResult("Zalo:KeyPassword has at least 16 characters: it seals the tokens.", [nameof(KeyPassword)]);
        if (Timeout <= TimeSpan.Zero || CheckInterval <= TimeSpan.Zero || HookWindow <= TimeSpan.Zero || RefreshTokenLifetime <= WarnBefore)
            yield return new ValidationResult(
                "Times must be longer than nothing, and a token's life longer than its warning.",
                [nameof(Timeout), nameof(CheckInterval), nameof(HookWindow), nameof(RefreshTokenLifetime)]);
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https");
}

namespace HaLong.PartnerLab.Zalo;

/// <summary>One app of one official account.</summary>
internal sealed class ZaloOptions
{
    public const string Section = "Zalo";

    public string AppId { get; init; } = "4100000000000000001";

    /// <summary>What the app shows to get tokens; empty: any will do.</summary>
    public string SecretKey { get; init; } = "";

    /// <summary>Key of the signature of events.</summary>
    public string OaSecretKey { get; init; } = "";

    /// <summary>The refresh token that the account's owner got by hand; good once.</summary>
    public string RefreshToken { get; init; } = "first-refresh-token";

    /// <summary>Where events are posted; empty: nobody is told.</summary>
    public string HookUrl { get; init; } = "";

    /// <summary>Wait before an event that was not taken is posted again; doubles.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);
}

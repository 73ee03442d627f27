using System.ComponentModel.DataAnnotations;

namespace HaLong.Gateway.Limits;

/// <summary>Requests per caller and window, by the name that routes give; section RateLimits changes any of them.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    public Limit SignIn { get; set; } = new() { Permits = 300 };

    public Limit Public { get; set; } = new() { Permits = 3_000 };

    public Limit Tracking { get; set; } = new() { Permits = 120 };

    public Limit Api { get; set; } = new() { Permits = 3_000 };

    public Limit Upload { get; set; } = new() { Permits = 600 };

    public Limit Hooks { get; set; } = new() { Permits = 6_000 };

    public Limit Partner { get; set; } = new() { Permits = 6_000 };

    public Limit Pages { get; set; } = new() { Permits = 3_000 };

    public Limit Of(string name) => name switch
    {
        LimitNames.SignIn => SignIn,
        LimitNames.Tracking => Tracking,
        LimitNames.Api => Api,
        LimitNames.Upload => Upload,
        LimitNames.Hooks => Hooks,
        LimitNames.Partner => Partner,
        LimitNames.Pages => Pages,
        _ => Public,
    };
}

/// <summary>So many requests in so many seconds.</summary>
internal sealed class Limit
{
    [Range(1, int.MaxValue)]
    public int Permits { get; set; }

    [Range(1, 86_400)]
    public int WindowSeconds { get; set; } = 60;
}

/// <summary>Names of limits in the route table.</summary>
internal static class LimitNames
{
    public const string SignIn = "sign-in", Public = "public", Tracking = "tracking", Api = "api", Upload = "upload", Hooks = "hooks", Partner = "partner", Pages = "pages";

    public static readonly IReadOnlyList<string> All = [SignIn, Public, Tracking, Api, Upload, Hooks, Partner, Pages];
}

using System.Threading.RateLimiting;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.RateLimiting;

namespace HaLong.Gateway.Limits;

/// <summary>Wires <see cref="CallerLimits" /> into the framework's rate limiting.</summary>
internal static class CallerLimitsExtensions
{
    public static void AddCallerLimits(this WebApplicationBuilder builder)
    {
        builder.AddOptions<RateLimitOptions>(RateLimitOptions.Section)
            .Validate(o => LimitNames.All.All(n => o.Of(n) is { Permits: > 0, WindowSeconds: > 0 }), "RateLimits: Permits and WindowSeconds must be positive.");
        builder.Services.AddSingleton<CallerLimits>();
        builder.Services.AddRateLimiter(options =>
        {
            // The names make a typing error in the route table a start-up error; the counting is CallerLimits'.
            foreach (var name in LimitNames.All)
            {
                options.AddPolicy(name, _ => RateLimitPartition.GetNoLimiter(""));
            }
        });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<CallerLimits>((options, limits) =>
        {
            options.GlobalLimiter = limits.Limiter;
            options.OnRejected = (context, _) => limits.RefuseAsync(context.HttpContext);
        });
    }

    public static void UseCallerLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<CallerLimits>();
        app.UseRateLimiter();
        app.Use((context, next) =>
        {
            limits.Describe(context);
            return next(context);
        });
    }
}

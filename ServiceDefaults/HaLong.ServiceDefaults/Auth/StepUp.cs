using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.ServiceDefaults;

/// <summary>What a sensitive operation asks of the sign-in behind the token.</summary>
/// <param name="MaxAge">How long ago the person may have proved who they are; null when age does not matter.</param>
public sealed record StrongSignIn(TimeSpan? MaxAge);

/// <summary>
/// Sensitive operations want a sign-in with two factors or a passkey, and sometimes a recent one. A token of a weaker sign-in is answered
/// 401 with what the client has to ask for at the authorization endpoint (RFC 9470): <c>acr_values</c> and <c>max_age</c>.
/// </summary>
public static class StepUp
{
    /// <summary>Demands a strong sign-in, after the endpoint's policy has let the caller in.</summary>
    /// <param name="endpoint">An endpoint or a group; its policy decides first, so a caller without the role still gets 403.</param>
    /// <param name="maxAge">How long ago the person may have proved who they are; null when age does not matter.</param>
    public static TBuilder RequireStrong<TBuilder>(this TBuilder endpoint, TimeSpan? maxAge = null)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(builder =>
        {
            builder.Metadata.Add(new StrongSignIn(maxAge));
            // First of the filters: an answer stored for an idempotency key is nothing for a weaker sign-in either.
            builder.FilterFactories.Insert(0, (_, next) => async context => Demand(context.HttpContext, maxAge) ?? await next(context));
        });
        return endpoint;
    }

    /// <summary>For operations that are sensitive only sometimes: the refusal when the sign-in is not strong or recent enough, else null.</summary>
    /// <param name="http">The request.</param>
    /// <param name="maxAge">How long ago the person may have proved who they are; null when age does not matter.</param>
    /// <param name="strong">False where a recent sign-in of any strength will do.</param>
    public static IResult? Demand(HttpContext http, TimeSpan? maxAge = null, bool strong = true)
    {
        var error = Check(http.User, maxAge, (http.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow(), strong);
        return error is null ? null : new Challenge(error, maxAge, strong);
    }

    /// <summary>The error when the principal's sign-in is not strong or recent enough, else null. Without <c>auth_time</c> nothing is recent.</summary>
    public static Error? Check(ClaimsPrincipal user, TimeSpan? maxAge, DateTimeOffset now, bool strong = true)
    {
        if (strong && !Caller.From(user).IsStrong)
            return StepUpErrors.NotStrong;
        return maxAge is not { } limit || now - AuthenticatedAt(user) <= limit ? null : StepUpErrors.NotRecent;
    }

    private static DateTimeOffset AuthenticatedAt(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue("auth_time"), CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.MinValue;

    private sealed class Challenge(Error error, TimeSpan? maxAge, bool strong) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status401Unauthorized;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var acr = strong ? $", acr_values=\"{Caller.StrongAcr}\"" : "";
            var age = maxAge is { } limit ? string.Create(CultureInfo.InvariantCulture, $", max_age={(long)limit.TotalSeconds}") : "";
            httpContext.Response.Headers.WWWAuthenticate =
                $"""Bearer error="insufficient_user_authentication", error_description="{error.En}"{acr}{age}""";
            return Problems.WriteAsync(httpContext, error);
        }
    }
}

/// <summary>Refusals of a sign-in that is good, but not good enough for this.</summary>
public static class StepUpErrors
{
    /// <summary>One factor where two are needed.</summary>
    public static readonly Error NotStrong = new(ErrorKind.Unauthenticated, "CMN-0470",
        "Việc này cần xác thực hai bước hoặc khóa truy cập. Hãy xác thực thêm rồi thử lại.",
        "This needs a second step or a passkey. Prove who you are once more and try again.");

    /// <summary>Strong, but too long ago.</summary>
    public static readonly Error NotRecent = new(ErrorKind.Unauthenticated, "CMN-0471",
        "Bạn đã đăng nhập khá lâu. Hãy xác thực lại rồi thử lại.",
        "You signed in some time ago. Prove who you are once more and try again.");
}

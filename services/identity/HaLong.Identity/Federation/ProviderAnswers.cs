using HaLong.Identity.Domain;
using HaLong.Identity.SignIn;
using Microsoft.AspNetCore.Authentication;

namespace HaLong.Identity.Federation;

/// <summary>What becomes of a provider's answer once the protocol's own checks are done, or have failed.</summary>
internal static partial class ProviderAnswers
{
    private const string Prefix = "federation.";

    public static async Task ReceivedAsync(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var provider = services.GetRequiredService<Providers>().Find(context.Scheme.Name[Prefix.Length..])
            ?? throw new InvalidOperationException("An answer of a provider that is not configured.");
        var person = context.Principal is null ? null : FederatedPerson.From(provider, context.Principal);
        var result = person is null
            ? ExternalSignIn.ToFailure(context.Properties, provider.Name, IdentityErrors.ProviderRefused)
            : await services.GetRequiredService<ExternalSignIn>().CompleteAsync(http, person, context.Properties, http.RequestAborted);
        context.HandleResponse();
        await result.ExecuteAsync(http);
    }

    public static async Task FailedAsync(RemoteFailureContext context)
    {
        var error = context.Failure is { } failure && IsOutage(failure) ? IdentityErrors.ProviderUnavailable : IdentityErrors.ProviderRefused;
        var provider = context.Scheme.Name[Prefix.Length..];
        var services = context.HttpContext.RequestServices;
        LogFailed(services.GetRequiredService<ILogger<ExternalSignIn>>(), provider, error.Code, context.Failure?.GetType().Name);
        await services.GetRequiredService<ExternalSignIn>().RecordRefusalAsync(context.HttpContext.RequestAborted);
        context.HandleResponse();
        await ExternalSignIn.ToFailure(context.Properties, provider, error).ExecuteAsync(context.HttpContext);
    }

    /// <summary>The person changed their mind at the provider.</summary>
    public static Task DeniedAsync(AccessDeniedContext context)
    {
        context.HandleResponse();
        return TypedResults.LocalRedirect(SignInPage.Path).ExecuteAsync(context.HttpContext);
    }

    /// <summary>True when the provider could not be reached, as opposed to having said something wrong.</summary>
    public static bool IsOutage(Exception? failure) => failure switch
    {
        null => false,
        HttpRequestException or TaskCanceledException or TimeoutException or IOException => true,
        AggregateException many => many.InnerExceptions.Any(IsOutage),
        _ => IsOutage(failure.InnerException),
    };

    [LoggerMessage(210, LogLevel.Warning, "Signing in through {Provider} failed with {Code} ({Reason})")]
    private static partial void LogFailed(ILogger logger, string provider, string code, string? reason);
}

using System.Globalization;
using System.Text.Json.Serialization;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace HaLong.Signatures.Csc;

/// <summary>An error as the Cloud Signature Consortium API writes it (§10.1); our own code stands in the description.</summary>
/// <param name="Error">Word of the standard.</param>
/// <param name="Description">For people.</param>
internal sealed record CscError([property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("error_description")] string Description)
{
    private static readonly HashSet<string> Pins =
        [ActivationErrors.PinWrong.Code, ActivationErrors.PinTooSoon.Code, ActivationErrors.PinLocked.Code];

    private static readonly HashSet<string> Codes =
        [ActivationErrors.CodeWrong.Code, ActivationErrors.CodeUsedUp.Code, ActivationErrors.NoChallenge.Code];

    public static IResult Of(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        TypedResults.Json(new CscError(error, description), statusCode: status);

    /// <summary>An answer of the standard.</summary>
    public static IResult Json<T>(T answer) => TypedResults.Json(answer);

    public static IResult Missing(string parameter) => Of("invalid_request", $"Missing (or invalid type) string parameter {parameter}");

    public static IResult Invalid(string parameter) => Of("invalid_request", $"Invalid parameter {parameter}");

    /// <summary>A refusal of ours in the words of the standard.</summary>
    public static IResult Of(Error error, HttpContext http)
    {
        if (error.RetryAfterSeconds is { } wait)
            http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        var word = Pins.Contains(error.Code) ? "invalid_pin" : Codes.Contains(error.Code) ? "invalid_otp" : error.Kind switch
        {
            ErrorKind.Unavailable or ErrorKind.Timeout => "server_error",
            ErrorKind.TooMany => "too_many_requests",
            _ => "invalid_request",
        };
        var status = error.Kind switch
        {
            ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            ErrorKind.Timeout => StatusCodes.Status504GatewayTimeout,
            ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status400BadRequest,
        };
        return Of(word, $"{error.En} ({error.Code})", status);
    }
}

/// <summary>Marks endpoints whose refusals have the shape of the standard.</summary>
internal sealed class CscMarker;

/// <summary>Tokens that are missing or not good enough are answered in the shape of the standard where it is asked for; elsewhere as ever.</summary>
internal sealed class CscRefusals : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded || context.GetEndpoint()?.Metadata.GetMetadata<CscMarker>() is null)
            return usual.HandleAsync(next, context, policy, authorizeResult);
        if (authorizeResult.Forbidden)
            return CscError.Of("insufficient_scope", "The token is not good for signing: scope halong.sign, and in one's own name.",
                StatusCodes.Status403Forbidden)
                .ExecuteAsync(context);
        context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return CscError.Of("invalid_token", "The access token is missing, not valid or has expired.", StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }
}

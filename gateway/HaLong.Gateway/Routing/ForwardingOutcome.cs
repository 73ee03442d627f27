using HaLong.ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;

namespace HaLong.Gateway.Routing;

/// <summary>Says what went wrong between gateway and service in the words of the platform: a problem, never an empty 502.</summary>
internal static class ForwardingOutcome
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.HasStarted)
        {
            return;
        }

        if (context.Features.Get<IForwarderErrorFeature>() is { } failure)
        {
            if (Explain(failure.Error, context) is { } error)
            {
                await error.ToProblem().ExecuteAsync(context);
            }

            return;
        }

        // A service that refused without a word gets the words of its status.
        if (context.Response is { StatusCode: >= 400, ContentLength: 0 })
        {
            context.Response.ContentLength = null;
        }
    }

    private static Error? Explain(ForwarderError error, HttpContext context) => error switch
    {
        // Also the route's time limit, which YARP cannot tell from a caller who hung up.
        _ when context.RequestAborted.IsCancellationRequested => null,
        ForwarderError.RequestTimedOut or ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled => CommonErrors.Timeout,
        ForwarderError.RequestBodyClient when context.Response.StatusCode == StatusCodes.Status413PayloadTooLarge => CommonErrors.TooLarge,
        ForwarderError.RequestBodyClient => CommonErrors.BadRequest,
        _ => CommonErrors.Unavailable,
    };
}

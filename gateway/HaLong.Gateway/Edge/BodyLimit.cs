using HaLong.ServiceDefaults;
using Yarp.ReverseProxy.Model;

namespace HaLong.Gateway.Edge;

/// <summary>Refuses a body that says itself that it is too large before a byte of it goes on; Kestrel cuts off the others at the limit.</summary>
internal static class BodyLimit
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var limit = context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.MaxRequestBodySize;
        if (limit is null || !(context.Request.ContentLength > limit))
        {
            return next(context);
        }

        // The rest of the body is not worth reading.
        context.Response.Headers.Connection = "close";
        return CommonErrors.TooLarge.ToProblem().ExecuteAsync(context);
    }
}

using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace HaLong.Messaging;

/// <summary>Keeps small bodies of requests with an Idempotency-Key readable twice: once to bind, once to hash.</summary>
internal sealed class BodyBuffering : IStartupFilter
{
    public const int MaxBytes = 1024 * 1024;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, continuation) =>
        {
            if (context.Request.Headers.ContainsKey(Idempotency.Header) && IsBuffered(context.Request))
            {
                if (context.Request.ContentLength > MaxBytes)
                {
                    await CommonErrors.TooLarge.ToProblem().ExecuteAsync(context);
                    return;
                }

                // The length of a chunked body is not known yet; the server refuses what grows beyond this.
                if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                {
                    limit.MaxRequestBodySize = MaxBytes;
                }

                context.Request.EnableBuffering(bufferThreshold: 64 * 1024);
            }

            await continuation(context);
        });
        next(app);
    };

    // Uploads hash their content while they stream; see Idempotency.RunAsync.
    private static bool IsBuffered(HttpRequest request) =>
        request.HasJsonContentType() || request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace HaLong.Messaging;

/// <summary>Keeps small bodies of requests with an Idempotency-Key readable twice: once to bind, once to hash.</summary>
internal sealed class BodyBuffering : IStartupFilter
{
    private const int MaxBytes = 1024 * 1024;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, continuation) =>
        {
            // Uploads hash their content while they stream; see Idempotency.RunAsync.
            var multipart = context.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;
            if (context.Request.Headers.ContainsKey(Idempotency.Header) && !multipart && context.Request.ContentLength is null or <= MaxBytes)
            {
                context.Request.EnableBuffering(bufferThreshold: 64 * 1024, bufferLimit: MaxBytes);
            }

            return continuation(context);
        });
        next(app);
    };
}

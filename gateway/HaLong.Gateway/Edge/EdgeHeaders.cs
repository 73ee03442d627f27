using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace HaLong.Gateway.Edge;

/// <summary>Takes off what only we may say about a caller, and puts on what every answer carries.</summary>
internal static class EdgeHeaders
{
    /// <summary>Header of every answer: the trace to quote to whoever helps.</summary>
    public const string TraceId = "Trace-Id";

    // A service behind must be able to believe these, whoever sent the request.
    private static readonly string[] Reserved = ["X-User", "X-Account", "X-Auth", "X-Remote", "X-Forwarded", "X-Original", "X-Real-IP", "X-Client-Cert", "X-Internal", "Forwarded"];

    public static void UseEdgeHeaders(this WebApplication app)
    {
        var secure = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Site().Scheme == Uri.UriSchemeHttps;
        app.Use((context, next) =>
        {
            Strip(context.Request.Headers);
            var trace = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[TraceId] = trace;
                Secure(context.Response, secure);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    private static void Strip(IHeaderDictionary headers)
    {
        List<string>? found = null;
        foreach (var (name, _) in headers)
        {
            if (Array.Exists(Reserved, r => name.StartsWith(r, StringComparison.OrdinalIgnoreCase)))
            {
                (found ??= []).Add(name);
            }
        }

        found?.ForEach(name => headers.Remove(name));
    }

    private static void Secure(HttpResponse response, bool secure)
    {
        var headers = response.Headers;
        headers.Remove("Server");
        headers.Remove("X-Powered-By");
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("X-Frame-Options", "DENY");
        headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

        // A page that knows what it needs says so itself; data needs nothing.
        headers.TryAdd("Content-Security-Policy", response.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true
            ? "default-src 'none'; frame-ancestors 'none'"
            : "base-uri 'self'; object-src 'none'; frame-ancestors 'none'");
        if (secure)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }
    }
}

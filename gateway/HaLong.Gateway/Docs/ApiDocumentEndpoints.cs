using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace HaLong.Gateway.Docs;

/// <summary><c>/openapi/v1.json</c> and, to read it, <c>/docs</c>.</summary>
internal static class ApiDocumentEndpoints
{
    public static void AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ApiDocument>();
        builder.Services.AddHttpClient(ApiDocument.HttpClientName, c =>
        {
            c.Timeout = TimeSpan.FromSeconds(5);
            c.MaxResponseContentBufferSize = 8 << 20;
        }).AddServiceDiscovery();
    }

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapMethods("/openapi/v1.json", [HttpMethods.Get, HttpMethods.Head], async (ApiDocument document, HttpContext context, CancellationToken ct) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=60";
            return TypedResults.Bytes(await document.GetAsync(ct), "application/json; charset=utf-8");
        }).OpenToAnyone();

        app.MapScalarApiReference("/docs", (options, context) =>
        {
            options.Title = "HaLongServices API";
            options.OpenApiRoutePattern = "/openapi/{documentName}.json";
            options.AddDocument("v1");

            // Everything comes from here: no fonts, proxy, assistant or telemetry of others; the policy makes sure of it.
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.Nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            context.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' 'nonce-{options.Nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
                + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        }).OpenToAnyone();
    }
}

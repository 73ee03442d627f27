namespace HaLong.Gateway.Edge;

/// <summary>Scripts of other sites may call the API only from the origins that Cors:AllowedOrigins names; by default none.</summary>
internal static class CrossOrigin
{
    private static readonly string[] Readable =
    [
        "ETag", "Location", "Retry-After", EdgeHeaders.TraceId, "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Content-Disposition",
        "Tus-Resumable", "Tus-Version", "Tus-Extension", "Tus-Max-Size", "Tus-Checksum-Algorithm", "Upload-Offset", "Upload-Length", "Upload-Expires", "Upload-Metadata",
    ];

    public static void AddCrossOrigin(this WebApplicationBuilder builder) => builder.Services.AddCors(o => o.AddDefaultPolicy(policy => policy
        .WithOrigins(Origins(builder.Configuration)).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(Readable).SetPreflightMaxAge(TimeSpan.FromHours(1))));

    public static void UseCrossOrigin(this WebApplication app)
    {
        if (Origins(app.Configuration).Length > 0)
        {
            app.UseCors();
        }
    }

    private static string[] Origins(IConfiguration configuration) => configuration.GetSection("Cors:AllowedOrigins").Get<string[]>() ?? [];
}

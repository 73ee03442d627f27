using System.Collections.Frozen;
using System.Text.Json;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaLong.Portal.Offline;

/// <summary>What makes the portal an app that can be installed and that says something sensible without a network: manifest, service worker, off-line page.</summary>
internal static class OfflinePages
{
    /// <summary>Changes with everything that is kept on devices.</summary>
    public static readonly string Version = typeof(OfflinePages).Module.ModuleVersionId.ToString("N")[..12];

    // Their names are fixed, since they import each other; their address has the version.
    private static readonly string[] Scripts = ["crypto.js", "store.js", "form.js", "sync.js", "view.js", "visits.js"];

    private static readonly FrozenDictionary<string, string> Texts =
        Scripts.Append("sw.js").ToFrozenDictionary(n => n, Read, StringComparer.Ordinal);

    // Pages that are kept: as a stranger sees them, so that they hold nothing of anybody.
    private static readonly string[] Pages = ["/offline?culture=vi", "/offline?culture=en", "/helping/visits?culture=vi", "/helping/visits?culture=en"];

    private static readonly string[] Assets = ["site.css", "install.js", "icon.svg", "icon-192.png"];

    private static readonly string[] Typeface =
        [.. new[] { "latin-400", "latin-600", "vietnamese-400", "vietnamese-600" }.Select(f => $"/assets/be-vietnam-pro-{f}-normal.woff2")];

    private static readonly string Worker = Texts["sw.js"].Replace("__VERSION__", Version, StringComparison.Ordinal)
        .Replace("'__FILES__'", JsonSerializer.Serialize<string[]>([.. Pages, .. Assets.Select(AssetFiles.Of), .. Typeface, .. Scripts.Select(Script)]), StringComparison.Ordinal);

    public static void MapOffline(this IEndpointRouteBuilder app)
    {
        app.MapGet("/offline", () => Design.Pages.Of<OfflinePage>()).AllowAnonymous();
        app.MapGet("/offline/{version}/{name}", GetScript).AllowAnonymous();
        app.MapGet("/sw.js", GetWorker).AllowAnonymous();
        app.MapGet("/manifest.webmanifest", () => TypedResults.Json(Manifest(), contentType: "application/manifest+json")).AllowAnonymous();
    }

    /// <summary>The address of a script of the visits.</summary>
    public static string Script(string name) => $"/offline/{Version}/{name}";

    private static IResult GetScript(string version, string name, HttpContext context)
    {
        // A page of before the last release asks for its own scripts: it gets none rather than some that do not fit.
        if (version != Version || !Scripts.Contains(name))
            return CommonErrors.NotFound.ToProblem();
        (context.Response.Headers.CacheControl, context.Response.Headers.Vary) = ("public, max-age=31536000, immutable", "Accept-Encoding");
        return TypedResults.Text(Texts[name], "text/javascript; charset=utf-8");
    }

    private static ContentHttpResult GetWorker(HttpContext context)
    {
        // Browsers look for a new one with each visit.
        (context.Response.Headers.CacheControl, context.Response.Headers.Vary) = ("no-cache", "Accept-Encoding");
        context.Response.Headers["Service-Worker-Allowed"] = "/";
        return TypedResults.Text(Worker, "text/javascript; charset=utf-8");
    }

    private static object Manifest() => new
    {
        id = "/",
        name = Text.Bilingual("Dịch vụ công trực tuyến Hạ Long", "Ha Long public services"),
        short_name = Text.Bilingual("Dịch vụ công", "Ha Long"),
        lang = Text.Bilingual("vi", "en"),
        dir = "ltr",
        start_url = "/",
        scope = "/",
        display = "standalone",
        background_color = "#ffffff",
        theme_color = "#0a5c8a",
        icons = new object[]
        {
            new { src = AssetFiles.Of("icon.svg"), type = "image/svg+xml", sizes = "any" },
            new { src = AssetFiles.Of("icon-192.png"), type = "image/png", sizes = "192x192" },
            new { src = AssetFiles.Of("icon-512.png"), type = "image/png", sizes = "512x512" },
            new { src = AssetFiles.Of("icon-512.png"), type = "image/png", sizes = "512x512", purpose = "maskable" },
        },
        shortcuts = new object[]
        {
            new { name = Text.Bilingual("Hồ sơ của tôi", "My dossiers"), url = "/dossiers" },
            new { name = Text.Bilingual("Tra cứu hồ sơ", "Track a dossier"), url = "/tracking" },
            new { name = Text.Bilingual("Đến nhà (người hỗ trợ)", "Home visits (helpers)"), url = "/helping/visits" },
        },
    };

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(OfflinePages).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

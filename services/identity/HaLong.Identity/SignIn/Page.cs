using System.Security.Cryptography;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.SignIn;

/// <summary>
/// The frame of the service's own pages: one style sheet named by its hash and, where passkeys are used, one script named by its address,
/// so a strict content policy holds.
/// </summary>
internal static class Page
{
    private const string Style = """
        *{box-sizing:border-box}
        body{margin:0;font:1.0625rem/1.5 system-ui,sans-serif;color:#1b2733;background:#eef3f7}
        a{color:#0b5cad}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}
        header{background:#0a4a8a;color:#fff;padding:1rem}
        header p{margin:0 auto;max-width:26rem;font-weight:600}
        main{max-width:26rem;margin:2rem auto;padding:1.5rem;background:#fff;border-radius:.5rem;box-shadow:0 1px 4px #0002}
        h1{font-size:1.5rem;margin:0 0 1rem}
        label{display:block;font-weight:600;margin-top:1rem}
        input{width:100%;font:inherit;padding:.6rem;border:1px solid #5b6b7a;border-radius:.25rem}
        select{width:100%;font:inherit;padding:.6rem;border:1px solid #5b6b7a;border-radius:.25rem;background:#fff}
        .tick{display:flex;gap:.5rem;align-items:flex-start;font-weight:400}.tick input{width:auto;margin-top:.35rem}
        input[aria-invalid=true]{border:2px solid #b3261e}
        .error{color:#b3261e;margin:.25rem 0 0}
        .summary{border-left:.3rem solid #b3261e;background:#fdecea;padding:.75rem;margin:0 0 1rem}
        button{width:100%;margin-top:1.5rem;padding:.75rem;font:inherit;font-weight:600;color:#fff;background:#0a4a8a;border:0;border-radius:.25rem;cursor:pointer}
        :focus-visible{outline:3px solid #f5a623;outline-offset:2px}
        footer{text-align:center;padding:1rem}
        h2{font-size:1.125rem;margin:1.5rem 0 .5rem}
        .quiet{margin-top:.75rem;color:#0a4a8a;background:#fff;border:1px solid #0a4a8a}
        .notice{border-left:.3rem solid #0a4a8a;background:#e8f1fb;padding:.75rem;margin:0 0 1rem}
        .plain{list-style:none;margin:0;padding:0}.plain li{border-top:1px solid #c9d3dc;padding:.75rem 0}
        .codes{columns:2;font:1.0625rem/1.8 ui-monospace,monospace}
        .key{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
        .hint{margin:.25rem 0;color:#44525f}
        svg{display:block;width:14rem;max-width:100%;margin:1rem auto}
        [hidden]{display:none}
        """;

    // No form-action: browsers apply it to the redirects that follow the form too, and those end at the client's own address.
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; frame-ancestors 'none'";

    public static string Language => Text.IsEnglish ? "en" : "vi";

    /// <param name="http">The request.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="title">Title and heading.</param>
    /// <param name="body">What stands below the heading.</param>
    /// <param name="script">Address of the one script this page needs; null for none.</param>
    public static IResult Render(HttpContext http, int status, string title, Html body, string? script = null)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = script is null ? Policy : $"{Policy}; script-src {http.Request.Scheme}://{http.Request.Host}{script}";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        headers.ContentLanguage = Language;
        var page = Html.Of($"""
            <!DOCTYPE html>
            <html lang="{Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} – {Text.Bilingual("Dịch vụ công Hạ Long", "Hạ Long public services")}</title>
            <style>{new Html(Style)}</style>{(script is null ? Html.Empty : Html.Of($"<script src=\"{script}\" defer></script>"))}
            </head>
            <body>
            <a class="skip" href="#content">{Text.Bilingual("Đến nội dung chính", "Skip to content")}</a>
            <header><p>{Text.Bilingual("Dịch vụ công Hạ Long", "Hạ Long public services")}</p></header>
            <main id="content">
            <h1>{title}</h1>
            {body}
            </main>
            <footer>{OtherLanguage(http)}</footer>
            </body>
            </html>

            """);
        return TypedResults.Text(page.Text, "text/html; charset=utf-8", System.Text.Encoding.UTF8, status);
    }

    private static Html OtherLanguage(HttpContext http)
    {
        var (code, name) = Language == "vi" ? ("en", "English") : ("vi", "Tiếng Việt");
        var query = QueryString.Create(http.Request.Query.Where(q => q.Key != "culture")).Add("culture", code);
        return Html.Of($"""<a href="{http.Request.Path.Value}{query.Value}" hreflang="{code}" lang="{code}">{name}</a>""");
    }
}

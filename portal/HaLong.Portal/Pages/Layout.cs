using HaLong.ServiceDefaults;

namespace HaLong.Portal.Pages;

/// <summary>What all pages share: language, title, skip link, header with the language switch, footer. What comes from elsewhere is encoded by the page.</summary>
internal static class Layout
{
    public static IResult Page(HttpContext context, string title, string main, int status = StatusCodes.Status200OK)
    {
        var language = Text.Bilingual("vi", "en");
        var (other, otherName) = Text.IsEnglish ? ("vi", "Tiếng Việt") : ("en", "English");

        // One address, two languages: a cache must not mix them.
        context.Response.Headers.Vary = "Accept-Language, Cookie";
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Content(
            $"""
            <!doctype html>
            <html lang="{language}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{title}</title>
              <link rel="stylesheet" href="{Stylesheet.Path}">
            </head>
            <body>
              <a class="skip" href="#main">{Text.Bilingual("Đến nội dung chính", "Skip to the main content")}</a>
              <header>
                <a class="name" href="/">HaLongServices</a>
                <nav aria-label="{Text.Bilingual("Ngôn ngữ", "Language")}"><a href="/language/{other}" lang="{other}" hreflang="{other}">{otherName}</a></nav>
              </header>
              <main id="main" tabindex="-1">
            {main}
              </main>
              <footer><p>{Text.Bilingual("Phần mềm nguồn mở, giấy phép Apache-2.0.", "Open source, Apache-2.0 licence.")}</p></footer>
            </body>
            </html>
            """,
            "text/html; charset=utf-8", System.Text.Encoding.UTF8, status);
    }
}

using System.Collections.Frozen;
using System.Net;
using System.Text.RegularExpressions;
using HaLong.ServiceDefaults;

namespace HaLong.Gateway.Docs;

/// <summary><c>/errors/{code}</c>: what the <c>type</c> of a problem leads to; its section of docs/errors.md.</summary>
internal static partial class ErrorPages
{
    public static void MapErrorPages(this WebApplication app)
    {
        var pages = Load();
        app.MapGet("/errors/{code}", (string code) => pages.TryGetValue(code, out var section)
            ? TypedResults.Content(Page(code.ToUpperInvariant(), section), "text/html; charset=utf-8")
            : CommonErrors.NotFound.ToProblem()).OpenToAnyone();
    }

    /// <summary>Sections by code: from a heading <c>### DOS-0007</c> (words may follow) to the next heading of its level or above.</summary>
    internal static FrozenDictionary<string, string> Sections(string markdown)
    {
        var sections = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var headings = Heading().Matches(markdown);
        for (var i = 0; i < headings.Count; i++)
        {
            if (Code().Match(headings[i].Groups[1].Value) is { Success: true } code)
            {
                var start = headings[i].Index;
                var end = i + 1 < headings.Count ? headings[i + 1].Index : markdown.Length;
                sections[code.Value] = markdown[start..end];
            }
        }

        return sections.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static FrozenDictionary<string, string> Load()
    {
        using var resource = typeof(ErrorPages).Assembly.GetManifestResourceStream("errors.md");
        if (resource is null)
        {
            return FrozenDictionary<string, string>.Empty;
        }

        using var reader = new StreamReader(resource);
        return Sections(reader.ReadToEnd());
    }

    private static string Page(string code, string section) => $$"""
        <!doctype html>
        <html lang="{{Text.Bilingual("vi", "en")}}">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{WebUtility.HtmlEncode(code)}} · HaLongServices</title>
        <style>body{font:1rem/1.6 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
        code{background:#eef1f5;padding:.1em .3em}td,th{border:1px solid #c8ced6;padding:.3rem .6rem;text-align:left}table{border-collapse:collapse}a{color:#0b5394}</style>
        </head>
        <body><main>{{Markdown.ToHtml(section)}}</main></body>
        </html>
        """;

    [GeneratedRegex(@"^#{1,3}[ \t]+(.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\b[A-Z]{3}-\d{4}\b")]
    private static partial Regex Code();
}

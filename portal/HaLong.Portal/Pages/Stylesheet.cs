using System.Security.Cryptography;

namespace HaLong.Portal.Pages;

/// <summary>The one style sheet. Its address changes with its content, so browsers may keep it for good.</summary>
internal static class Stylesheet
{
    private static readonly byte[] Css = Read();

    public static readonly string Path = $"/assets/site.{Convert.ToHexStringLower(SHA256.HashData(Css))[..12]}.css";

    public static IResult Get(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(Css, "text/css; charset=utf-8");
    }

    private static byte[] Read()
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("site.css") ?? throw new InvalidOperationException("site.css is missing from the assembly.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

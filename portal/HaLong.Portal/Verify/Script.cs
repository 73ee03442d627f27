using System.Security.Cryptography;

namespace HaLong.Portal.Verify;

/// <summary>The one script. Its address changes with its content, so browsers may keep it for good.</summary>
internal static class Script
{
    private static readonly byte[] Code = Read();

    public static readonly string Path = $"/assets/verify.{Convert.ToHexStringLower(SHA256.HashData(Code))[..12]}.js";

    public static IResult Get(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(Code, "text/javascript; charset=utf-8");
    }

    private static byte[] Read()
    {
        using var stream = typeof(Script).Assembly.GetManifestResourceStream("verify.js") ?? throw new InvalidOperationException("verify.js is missing from the assembly.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace HaLong.Portal.Design;

/// <summary>Style sheet, scripts and typeface, out of the assembly. Their addresses change with their content, so browsers may keep them for good.</summary>
internal static class AssetFiles
{
    private static readonly FrozenDictionary<string, Asset> ByName = Read();

    private static readonly FrozenDictionary<string, Asset> ByPath = ByName.Values.ToFrozenDictionary(a => a.Path, StringComparer.Ordinal);

    /// <summary>The address of a file.</summary>
    public static string Of(string name) => ByName[name].Path;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/assets/{name}", Get).AllowAnonymous();

    private static IResult Get(string name, HttpContext context)
    {
        // The typeface is named by the style sheet without a hash: its name has the version of the design in it already.
        if (!ByPath.TryGetValue("/assets/" + name, out var asset) && !(name.EndsWith(".woff2", StringComparison.Ordinal) && ByName.TryGetValue(name, out asset)))
            return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal) || asset.Small.Length >= asset.Content.Length)
            return TypedResults.Bytes(asset.Content, asset.Type);
        context.Response.Headers.ContentEncoding = "br";
        return TypedResults.Bytes(asset.Small, asset.Type);
    }

    private static FrozenDictionary<string, Asset> Read()
    {
        var types = new FileExtensionContentTypeProvider();
        var assembly = typeof(AssetFiles).Assembly;
        var read = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains('.', StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var type = types.TryGetContentType(name, out var known) ? known : "application/octet-stream";
            var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..12];
            read[name] = new Asset($"/assets/{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}", content, Compressed(content),
                type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type);
        }

        return read.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // Once, at the start, and as small as it gets.
    private static byte[] Compressed(byte[] content)
    {
        var small = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, small, out var length, quality: 11, window: 22) ? small[..length] : content;
    }

    private sealed record Asset(string Path, byte[] Content, byte[] Small, string Type);
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace HaLong.Portal.Design;

/// <summary>A file that a page of ours shows in a frame. Only kinds that browsers show and that carry no page with them; everything else is for downloading, as it came.</summary>
internal static class InlineFile
{
    // A viewer of PDFs is a plug-in to browsers, and lays out with styles of its own.
    private const string Policy = "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static readonly string[] Shown = ["application/pdf", "image/png", "image/jpeg", "image/webp"];

    public static bool Shows(string? mediaType) => mediaType is not null && Shown.Contains(mediaType.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase);

    /// <param name="file">As the API client gives it.</param>
    /// <param name="context">Of the request.</param>
    public static IResult Of(IResult file, HttpContext context)
    {
        if (file is not FileStreamHttpResult found || !Shows(found.ContentType))
            return file;
        var disposition = new ContentDispositionHeaderValue("inline");
        if (found.FileDownloadName is { Length: > 0 } name)
            disposition.SetHttpFileName(name);
        var headers = context.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "SAMEORIGIN";
        headers.CacheControl = "private, no-store";
        return TypedResults.Stream(found.FileStream, found.ContentType);
    }
}

using HaLong.Portal.Api;
using Microsoft.Net.Http.Headers;

namespace HaLong.Portal.Design;

/// <summary>Files of the API that are kept rather than looked at.</summary>
internal static class Files
{
    /// <param name="path">Below /api/v1/.</param>
    /// <param name="name">As it is saved.</param>
    /// <param name="api">Whom to ask.</param>
    /// <param name="context">Of the request.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IResult> AttachedAsync(string path, string name, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var file = await api.FileAsync(path, ct);
        if (file is IStatusCodeHttpResult { StatusCode: { } status and >= 400 })
            return status == StatusCodes.Status404NotFound ? Pages.Of<NotFound>(status) : Refused(status, context);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        context.Response.Headers.ContentDisposition = disposition.ToString();
        return file;
    }

    private static IResult Refused(int status, HttpContext context) => status switch
    {
        StatusCodes.Status401Unauthorized => Session.SignInNeeded.From(context),
        StatusCodes.Status403Forbidden => Pages.Of<NotYours>((object?)null, status),
        StatusCodes.Status410Gone => Pages.Of<Gone>(status),
        _ => Pages.Of<NoFile>(status),
    };
}

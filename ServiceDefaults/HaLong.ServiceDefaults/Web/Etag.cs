using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace HaLong.ServiceDefaults;

/// <summary>Revisions of aggregates as strong entity tags.</summary>
public static class Etag
{
    /// <summary>The tag of a revision, with its quotes.</summary>
    public static string Of(uint version) => "\"" + version.ToString(CultureInfo.InvariantCulture) + "\"";

    /// <summary>Sets the ETag of the answer.</summary>
    public static void Set(HttpResponse response, uint version) => response.Headers.ETag = Of(version);

    /// <summary><see cref="CommonErrors.StaleRevision"/> when the request carries If-Match and none of its tags fits; else null.</summary>
    public static Error? Check(HttpRequest request, uint version)
    {
        if (!IsConditional(request))
        {
            return null;
        }

        return EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var tags) && tags.Any(t => t.Tag == "*" || (!t.IsWeak && t.Tag == Of(version)))
            ? null
            : CommonErrors.StaleRevision;
    }

    /// <summary>True when the request carries If-Match: a lost race is then 412, otherwise 409.</summary>
    public static bool IsConditional(HttpRequest request) => request.Headers.IfMatch.Count > 0;
}

using System.Globalization;
using System.Reflection;
using HaLong.ServiceDefaults;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Catalogue;

/// <summary>
/// What anybody may read may be kept a minute and is then asked for by its tag. The tag changes with the catalogue, the day, the language and
/// the build (which carries names and life events).
/// </summary>
internal static class CatalogueCaching
{
    private const string Cached = "public, max-age=60";
    private static readonly string Build = Assembly.GetExecutingAssembly().ManifestModule.ModuleVersionId.ToString("N")[..8];

    /// <summary>304 when the caller has it already; else null, and the answer carries the tag.</summary>
    public static IResult? Check(HttpContext http, long revision, DateOnly day)
    {
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{Build}-{revision}-{day.DayNumber}-{(Text.IsEnglish ? "en" : "vi")}\"");
        var headers = http.Response.Headers;
        (headers.ETag, headers.CacheControl) = (tag, Cached);
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var known) && known.Any(t => t.Tag == tag || t.Tag == "*")
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : null;
    }

    /// <summary>The day asked for, today where none is; null for what is not a day.</summary>
    public static DateOnly? Day(string? at, TimeProvider time)
    {
        if (string.IsNullOrEmpty(at))
            return LocalTime.Date(time.GetUtcNow());
        return DateOnly.TryParseExact(at, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Statistics.Reports.Open;

/// <summary>The totals of the city, for anybody.</summary>
internal static class GetPublicTotals
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/public", HandleAsync)
        .AllowAnonymous()
        .WithSummary("Totals of the city, by level and by field (anyone)")
        .WithDescription(
            "`period` is 2026-03, 2026-Q1 or 2026, this month where nothing is said; `level` is province, district or commune. " +
            "Counts from 1 to 4 are hidden, and with them those from which they could be computed. May be kept a minute; ask again with If-None-Match.")
        .Answers<PublicTotals>(200, 304, 400);

    private static async Task<IResult> HandleAsync(
        string? period, string? level, PublicFigures figures, TimeProvider time, IOptions<JsonOptions> json, HttpContext http, CancellationToken ct)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        period = period is { Length: > 0 } ? period.ToUpperInvariant() : $"{today:yyyy-MM}";
        var request = new ReportQuery { Period = period, Level = level is { Length: > 0 } ? level : null }.Read("intake", today);
        if (!request.IsSuccess)
            return request.Error.ToProblem();
        var totals = await figures.ReadAsync(period, (request.Value.From, request.Value.To), request.Value.Level, today, ct);
        var body = JsonSerializer.SerializeToUtf8Bytes(totals, json.Value.SerializerOptions);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\"";
        (http.Response.Headers.ETag, http.Response.Headers.CacheControl) = (tag, "public, max-age=60");
        return EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var known) && known.Any(t => t.Tag == tag || t.Tag == "*")
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(body, "application/json; charset=utf-8");
    }
}

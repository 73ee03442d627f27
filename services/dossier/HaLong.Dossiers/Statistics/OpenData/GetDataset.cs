using HaLong.Dossiers.Features;
using HaLong.Dossiers.Statistics.Files;
using HaLong.ServiceDefaults;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Statistics.OpenData;

/// <summary>A dataset as a file, for anybody.</summary>
internal static class GetDataset
{
    private const string JsonFormat = "json";

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var format in new[] { ReportFile.Csv, JsonFormat })
            app.MapGet($"/api/v1/open-data/{{dataset}}.{format}", (string dataset, string? period, OpenDataFiles files, HttpContext http,
                CancellationToken ct) =>
                    HandleAsync(dataset, period, format, files, http, ct))
                .AllowAnonymous()
                .WithTags("Open data")
                .WithSummary($"A dataset as {format.ToUpperInvariant()}: months or quarters that are over; counts from 1 to 4 are not shown")
                .WithDescription("period is a year, quarter or month (2026, 2026-Q1, 2026-03); the year of the last period that is over unless named. Made anew at most once an hour.")
                .Answers(200, 304, 400, 404);
    }

    private static async Task<IResult> HandleAsync(string id, string? period, string format, OpenDataFiles files, HttpContext http, CancellationToken ct)
    {
        if (DatasetBook.Find(id) is not { } dataset)
            return ReportFileErrors.NoDataset.ToProblem();
        if (files.PeriodsOf(dataset, period) is not { } periods)
            return ReportFileErrors.NoOpenPeriod.WithField(
                "period", dataset.Quarterly ? "Kỳ là năm hoặc quý đã kết thúc (2026, 2026-Q1)."
                    : "Kỳ là năm, quý hoặc tháng đã kết thúc (2026, 2026-Q1, 2026-03).",
                dataset.Quarterly ? "A period is a year or quarter that is over (2026, 2026-Q1)."
                    : "A period is a year, quarter or month that is over (2026, 2026-Q1, 2026-03).").ToProblem();
        var file = await files.GetAsync(dataset, periods, format, ct);
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Bytes(
            file.Content, format == ReportFile.Csv ? ReportFile.MediaTypeOf(format) : "application/json; charset=utf-8", format == ReportFile.Csv
                ? $"{id}.csv" : null, false, file.MadeAt,
            new EntityTagHeaderValue($"\"{file.Tag}\""));
    }
}

using HaLong.Dossiers.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.OpenData;

/// <summary>The catalogue of open data, in the words of DCAT.</summary>
internal static class ListDatasets
{
    /// <param name="Format">CSV or JSON.</param>
    /// <param name="DownloadUrl">Where it is fetched; period=yyyy, yyyy-Qn or yyyy-MM chooses.</param>
    internal sealed record Distribution(string Format, string MediaType, string DownloadUrl);

    /// <param name="AccrualPeriodicity">monthly or quarterly.</param>
    /// <param name="From">First day of which figures are given.</param>
    /// <param name="To">Last day of which figures are given now.</param>
    internal sealed record Entry(
        string Identifier, string TitleVi, string TitleEn, string DescriptionVi, string DescriptionEn, string PublisherVi, string PublisherEn, string Licence,
        string AccrualPeriodicity, DateOnly From, DateOnly? To, string SuppressionVi, string SuppressionEn, IReadOnlyList<DatasetColumn> Columns,
        IReadOnlyList<Distribution> Distributions);

    internal sealed record Catalogue(string TitleVi, string TitleEn, string PublisherVi, string PublisherEn, string Licence, IReadOnlyList<Entry> Datasets);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/v1/open-data", Handle)
        .AllowAnonymous()
        .WithTags("Open data")
        .WithSummary("The datasets that anybody may use: what they hold, how figures are reckoned, where they are fetched")
        .Answers<Catalogue>(200);

    private static Ok<Catalogue> Handle(OpenDataFiles files, IOptions<OpenDataOptions> options, IOptions<DossierOptions> platform, HttpContext http)
    {
        var o = options.Value;
        http.Response.Headers.CacheControl = "public, max-age=3600";
        var root = $"{platform.Value.PublicUrl.TrimEnd('/')}/api/v1/open-data/";
        return TypedResults.Ok(new Catalogue(
            "Dữ liệu mở về giải quyết thủ tục hành chính", "Open data of administrative procedures", o.PublisherVi, o.PublisherEn, o.Licence,
            [.. DatasetBook.All.Select(d => new Entry(
                d.Id, d.TitleVi, d.TitleEn, d.DescriptionVi, d.DescriptionEn, o.PublisherVi, o.PublisherEn, o.Licence, d.Quarterly ? "quarterly"
                    : "monthly", o.First,
                files.PeriodsOf(d, null)?[^1].To, $"Số lượng từ 1 đến {SmallNumbers.Threshold - 1} và những số có thể suy ra chúng không được hiển thị (*).",
                $"Counts from 1 to {SmallNumbers.Threshold - 1}, and those from which they could be reckoned, are not shown (*).", d.Columns,
                [new("CSV", "text/csv", $"{root}{d.Id}.csv"), new("JSON", "application/json", $"{root}{d.Id}.json")]))]));
    }
}

using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>The datasets that anybody may use.</summary>
public sealed record Catalogue(string TitleVi, string TitleEn, string PublisherVi, string PublisherEn, string Licence, IReadOnlyList<Dataset> Datasets);

/// <summary>A dataset.</summary>
/// <param name="AccrualPeriodicity">monthly or quarterly.</param>
public sealed record Dataset(
    string Identifier, string TitleVi, string TitleEn, string DescriptionVi, string DescriptionEn, string AccrualPeriodicity, DateOnly From, DateOnly? To, string SuppressionVi,
    string SuppressionEn, IReadOnlyList<DatasetColumn> Columns);

public sealed record DatasetColumn(string Key, string Type, string Vi, string En, string? Numerator, string? Denominator);

/// <summary>Totals of the city; what is hidden is null.</summary>
public sealed record PublicTotals(string Period, DateOnly From, DateOnly To, PublicRow Total, IReadOnlyList<PublicRow> Levels, IReadOnlyList<PublicRow> Fields, string NoteVi, string NoteEn);

public sealed record PublicRow(
    string Code, string NameVi, string NameEn, long? Received, long? Online, decimal? OnlineShare, long? Resolved, long? InTime, decimal? InTimeShare, IReadOnlyList<string> Hidden);

public sealed record OpenDataModel(Answer<Catalogue> Catalogue, PublicTotals? Totals, string? Period, IReadOnlyList<(string Value, string Words)> Periods);

/// <summary><c>/open-data</c>: figures for everybody, with what every column means.</summary>
internal static class OpenDataPage
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/open-data", ShowAsync).AllowAnonymous();

    private static async Task<IResult> ShowAsync(string? period, ApiClient api, TimeProvider time, CancellationToken ct)
    {
        var totals = api.GetAsync<PublicTotals>(Query.Of("statistics/public", ("period", period)), ct);
        var catalogue = await api.GetAsync<Catalogue>("open-data", ct);
        var asked = new Asked(null, period, [], LocalTime.Date(time.GetUtcNow()));
        return Pages.Of<OpenData>(new OpenDataModel(catalogue, (await totals).Value, period, asked.Periods(withMonths: true)), (int)catalogue.Status);
    }

    public static Chart Fields(PublicTotals totals)
    {
        var fields = totals.Fields.Where(f => f.Received is not null).OrderByDescending(f => f.Received).Take(12).ToList();
        return new Chart("fields", Text.Bilingual("Hồ sơ theo lĩnh vực", "Dossiers by field"), Text.Bilingual("Lĩnh vực", "Field"), [.. fields.Select(f => Text.Bilingual(f.NameVi, f.NameEn))],
            [new(Text.Bilingual("Tiếp nhận", "Received"), [.. fields.Select(f => (decimal?)f.Received)]), new(Text.Bilingual("Trực tuyến", "Online"), [.. fields.Select(f => (decimal?)f.Online)])]);
    }

    /// <summary>Small counts are not shown.</summary>
    public static string Said(PublicRow row, string name, long? count) => row.Hidden.Contains(name) ? "<5" : Numbers.Of(count);
}

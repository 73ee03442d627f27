using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>How well what people were told held.</summary>
/// <param name="AsOf">Null: no week has been looked at.</param>
/// <param name="HalfPercent">Should be near 50.</param>
/// <param name="MostPercent">Should be near 90.</param>
public sealed record WaitAccuracy(
    DateOnly From, DateOnly To, DateTimeOffset? AsOf, int Count, decimal? HalfPercent, decimal? MostPercent, decimal? MeanErrorDays, decimal? MeanAbsoluteErrorDays, int Unsaid,
    int Open, IReadOnlyList<WaitWeek> Weeks);

public sealed record WaitWeek(DateOnly From, int Count, int WithinHalf, int WithinMost);

public sealed record WaitsModel(Asked Asked, string? Procedure, Answer<WaitAccuracy> Accuracy);

/// <summary><c>/figures/waits</c>: can people rely on the expected wait that they are told?</summary>
internal static class WaitsPage
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/waits", ShowAsync);

    private static async Task<IResult> ShowAsync(string? unit, string? period, string? procedure, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var asking = Asked.ReadAsync(unit, period, api, context, ct);
        var accuracy = await api.GetAsync<WaitAccuracy>(Query.Of("statistics/expected-wait/accuracy", ("unit", unit), ("procedure", procedure), ("period", period)), ct);
        return Otherwise.Of(accuracy, context) ?? Pages.Of<ShowWaits>(new WaitsModel(await asking, procedure, accuracy), (int)accuracy.Status);
    }

    public static Chart Weeks(WaitAccuracy accuracy) => new(
        "weeks", Text.Bilingual("Theo tuần nộp: hồ sơ có kết quả trong thời gian đã báo", "By the week of filing: ready within what was said"), Text.Bilingual("Tuần từ", "Week from"),
        [.. accuracy.Weeks.Select(w => Days.Of(w.From))],
        [
            new(Text.Bilingual("Trong “chín phần mười” (mong đợi 90 %)", "Within “nine of ten” (90 % expected)"), [.. accuracy.Weeks.Select(w => Share(w.WithinMost, w.Count))]),
            new(Text.Bilingual("Trong “một nửa” (mong đợi 50 %)", "Within “half” (50 % expected)"), [.. accuracy.Weeks.Select(w => Share(w.WithinHalf, w.Count))]),
        ], Percent: true);

    private static decimal? Share(int part, int of) => of == 0 ? null : Math.Round(100m * part / of, 2);
}

using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>The index of a unit in a period.</summary>
/// <param name="Live">The period is not over.</param>
/// <param name="Unknown">Indicators of which nothing is known: they count nothing.</param>
/// <param name="Chances">What would raise it most, first.</param>
/// <param name="Recount">Of a closed month: what it would be today.</param>
public sealed record Index766(
    string Unit, string Period, DateOnly From, DateOnly To, bool Live, bool Closed, Closing? Closing, string LegalBasis, decimal Total, decimal ApplicableMax,
    decimal? TotalOfApplicablePercent, string Rating, string RatingVi, IReadOnlyList<IndexGroup> Groups, IReadOnlyList<Indicator> Components, IReadOnlyList<string> Unknown,
    IReadOnlyList<Chance> Chances, IReadOnlyDictionary<string, decimal> Counts, Recount? Recount)
{
    public string RatingName => IndexWords.Rating(Rating, RatingVi);

    public string NameOf(string code) => Components.FirstOrDefault(c => c.Code == code) is { } found ? $"{code} {found.Name}" : code;
}

/// <summary>The closing that an answer is from.</summary>
public sealed record Closing(int Revision, DateTimeOffset ClosedAt, string By, string? Reason);

/// <summary>One of the six groups.</summary>
public sealed record IndexGroup(string Code, string NameVi, string NameEn, decimal Score, decimal Max, decimal ApplicableMax)
{
    public string Name => Text.Bilingual(NameVi, NameEn);
}

/// <summary>An indicator; not applicable where there was nothing to count.</summary>
public sealed record Indicator(
    string Code, string Group, string NameVi, string NameEn, bool Applicable, decimal Numerator, decimal Denominator, decimal? RatioPercent, decimal Score, decimal MaxPoints,
    decimal? Threshold)
{
    public string Name => Text.Bilingual(NameVi, NameEn);
}

/// <summary>What more of an indicator would bring.</summary>
public sealed record Chance(string Code, decimal Lost, decimal UnitsMissing, decimal PointsPerUnit);

/// <summary>A closed month counted again.</summary>
public sealed record Recount(decimal Total, decimal Change, IReadOnlyList<IndexDifference> Differences);

public sealed record IndexDifference(string Code, IndicatorScore? Closed, IndicatorScore? Now);

public sealed record IndicatorScore(string Code, bool Applicable, decimal Numerator, decimal Denominator, decimal? RatioPercent, decimal Score, decimal MaxPoints);

/// <summary>A month of the last ones.</summary>
public sealed record IndexMonth(string Month, bool Live, bool Closed, decimal Total, decimal ApplicableMax, decimal? TotalOfApplicablePercent, string Rating);

/// <summary>Something behind a figure: a dossier, a procedure, feedback or a rating.</summary>
public sealed record BehindItem(
    string Kind, string Id, string? Code, string? Procedure, string? Name, string? Unit, DateOnly? On, DateOnly? EndedOn, DateOnly? Due, int? Days, bool Counts, string Why);

/// <summary>What is behind a part of an indicator.</summary>
public sealed record Behind(string Component, string Part, long Total, IReadOnlyList<BehindItem> Items, string? After);

/// <summary>A month that was closed, once or again.</summary>
public sealed record MonthClosing(string Month, int Revision, decimal Total, DateTimeOffset ClosedAt, string By, string? Reason);

public sealed record IndexModel(Asked Asked, Answer<Index766> Index, IReadOnlyList<IndexMonth> Months, IReadOnlyList<MonthClosing> Closings, bool MayClose, DateTimeOffset AsOf, Tried Tried);

public sealed record BehindModel(Asked Asked, string Component, string Part, Answer<Behind> Behind);

/// <summary>Charts of the index.</summary>
internal static class IndexCharts
{
    /// <summary>Each group by what it has of what it can have; the points stand beside it.</summary>
    public static Chart Groups(Index766 index) => new(
        "groups", Text.Bilingual("Sáu nhóm chỉ số", "The six groups"), Text.Bilingual("Nhóm", "Group"), [.. index.Groups.Select(g => g.Name)],
        [new(Text.Bilingual("Phần điểm đạt được", "Share of the points"), [.. index.Groups.Select(g => g.ApplicableMax == 0 ? (decimal?)null : Math.Round(100 * g.Score / g.ApplicableMax, 2))])], Percent: true)
    {
        Said = [.. index.Groups.Select(g => g.ApplicableMax == 0 ? "–" : $"{Numbers.Of(g.Score)} / {Numbers.Of(g.Max)}")],
    };

    public static Chart History(Asked asked, IReadOnlyList<IndexMonth> months) => new(
        "history", Text.Bilingual("Bộ chỉ số 766 theo tháng", "Index 766 by month"), Text.Bilingual("Tháng", "Month"), [.. months.Select(m => m.Month)],
        [
            new(Text.Bilingual("Phần trăm điểm áp dụng được", "Per cent of the applicable points"), [.. months.Select(m => m.TotalOfApplicablePercent)]),
            new(Text.Bilingual("Tổng điểm (trên 100)", "Total points (of 100)"), [.. months.Select(m => (decimal?)m.Total)]),
        ])
    {
        Most = 100,
        Links = [.. months.Select(m => (string?)Query.Of("/figures/index", ("unit", asked.Unit), ("period", m.Month)))],
    };
}

/// <summary>Words of the index.</summary>
internal static class IndexWords
{
    public static string Rating(string rating, string? vi) => Text.Bilingual(vi ?? rating, rating switch
    {
        "excellent" => "Excellent",
        "good" => "Good",
        "fair" => "Fair",
        "average" => "Average",
        "weak" => "Weak",
        _ => rating,
    });

    public static string Part(string part) => part switch
    {
        "numerator" => Text.Bilingual("Được tính", "What counts"),
        "missing" => Text.Bilingual("Còn thiếu", "What is missing"),
        _ => Text.Bilingual("Tất cả", "All"),
    };

    /// <summary>Counts of the formulas.</summary>
    public static string Count(string name) => name switch
    {
        "announced" => Text.Bilingual("Thủ tục được công bố trong kỳ", "Procedures announced"),
        "announcedOnTime" => Text.Bilingual("Thủ tục công bố đúng hạn", "Procedures announced on time"),
        "published" => Text.Bilingual("Thủ tục được công khai trong kỳ", "Procedures published"),
        "publishedOnTime" => Text.Bilingual("Thủ tục công khai đúng hạn", "Procedures published on time"),
        "fullContent" => Text.Bilingual("Thủ tục công khai đầy đủ", "Procedures with full content"),
        "procedures" => Text.Bilingual("Thủ tục hành chính", "Procedures"),
        "synchronised" => Text.Bilingual("Hồ sơ Cổng quốc gia đã xác nhận", "Dossiers the national portal acknowledged"),
        "resolvedOnTime" => Text.Bilingual("Hồ sơ giải quyết đúng hạn", "Dossiers resolved on time"),
        "inProgressWithinLimit" => Text.Bilingual("Hồ sơ đang giải quyết, trong hạn", "Dossiers in progress, in time"),
        "receivedAndProcessed" => Text.Bilingual("Hồ sơ giải quyết và đang giải quyết", "Dossiers resolved or in progress"),
        "onlineServices" => Text.Bilingual("Dịch vụ công trực tuyến", "Online services"),
        "onlineServicesWithDossiers" => Text.Bilingual("Dịch vụ có hồ sơ trực tuyến", "Online services with dossiers"),
        "onlineReceived" => Text.Bilingual("Hồ sơ nộp trực tuyến", "Dossiers filed online"),
        "received" => Text.Bilingual("Hồ sơ tiếp nhận", "Dossiers received"),
        "feeProcedures" => Text.Bilingual("Thủ tục có phí", "Procedures with fees"),
        "feeProceduresEnabled" => Text.Bilingual("Thủ tục thanh toán được trực tuyến", "Procedures that can be paid online"),
        "feeProceduresWithPayment" => Text.Bilingual("Thủ tục có thanh toán trực tuyến", "Procedures paid online"),
        "paidOnline" => Text.Bilingual("Hồ sơ thanh toán trực tuyến", "Dossiers paid online"),
        "feeDossiers" => Text.Bilingual("Hồ sơ có phí", "Dossiers with fees"),
        "zeroFeeDossiers" => Text.Bilingual("Hồ sơ có phí bằng 0", "Dossiers with fees of 0"),
        "electronicResults" => Text.Bilingual("Kết quả điện tử", "Electronic results"),
        "resolvedWithDocumentResult" => Text.Bilingual("Hồ sơ phải trả giấy tờ", "Dossiers where a document is due"),
        "componentsAndResultDigitised" => Text.Bilingual("Hồ sơ số hóa cả thành phần và kết quả", "Components and result digital"),
        "resolved" => Text.Bilingual("Hồ sơ đã giải quyết", "Dossiers resolved"),
        "reused" => Text.Bilingual("Hồ sơ tái sử dụng giấy tờ", "Dossiers with reused papers"),
        "sharedWithStore" => Text.Bilingual("Kết quả chia sẻ với kho dữ liệu", "Results shared with the store"),
        "eligibleForStore" => Text.Bilingual("Kết quả có thể chia sẻ", "Results that could be shared"),
        "feedback" => Text.Bilingual("Phản ánh, kiến nghị", "Feedback"),
        "feedbackOnTime" => Text.Bilingual("Phản ánh xử lý đúng hạn", "Feedback handled on time"),
        "answered" => Text.Bilingual("Phản ánh đã trả lời", "Feedback answered"),
        "dissatisfied" => Text.Bilingual("Trả lời không được hài lòng", "Answers people were dissatisfied with"),
        "repeated" => Text.Bilingual("Kiến nghị lặp lại", "Feedback repeated"),
        "lateAnswers" => Text.Bilingual("Trả lời quá hạn", "Answers too late"),
        "late" => Text.Bilingual("Hồ sơ quá hạn", "Late dossiers"),
        "complaints" => Text.Bilingual("Phàn nàn có cơ sở", "Complaints"),
        _ => name,
    };
}

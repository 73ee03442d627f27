namespace HaLong.Dossiers.Statistics.Evaluation;

/// <summary>One indicator of an evaluation.</summary>
/// <param name="Number">Of article 13.</param>
/// <param name="Points">Of at most 2; null: not known.</param>
internal sealed record IndicatorView(int Number, string NameVi, string NameEn, decimal? Points)
{
    private static readonly (string Vi, string En)[] Names =
    [
        ("Thời gian giải quyết so với quy định", "Time taken against the limit"),
        ("Thời gian của từng cơ quan so với quy định", "Time of each agency against its limit"),
        ("Số lần phải liên hệ để hoàn thiện hồ sơ", "Contacts to complete the dossier"),
        ("Số cơ quan phải liên hệ", "Agencies to go to"),
        ("Thực hiện tại Bộ phận Một cửa", "What is done at the one-stop unit"),
        ("Công khai thủ tục hành chính", "Publicity of procedures"),
        ("Thái độ phục vụ", "How people are treated"),
        ("Tiếp thu, giải trình phản ánh, kiến nghị", "How feedback is dealt with"),
        ("Cung cấp dịch vụ công trực tuyến", "Online services"),
    ];

    public static IndicatorView Of(int number, decimal? points) => new(number, Names[number - 1].Vi, Names[number - 1].En, points);
}

/// <summary>How an officer did in a period.</summary>
/// <param name="Officer">The account.</param>
/// <param name="Dossiers">Resolved in the period.</param>
/// <param name="Total">Of at most 10; null without dossiers.</param>
/// <param name="Duty">full, most or part; null without dossiers.</param>
internal sealed record OfficerView(Guid Officer, long Dossiers, IReadOnlyList<IndicatorView> Indicators, decimal? Total, string? Duty, string? DutyVi)
{
    public static OfficerView Of(Guid officer, PointSums sums)
    {
        var means = sums.Means;
        var result = means is null ? null : OfficerEvaluation.Of(means);
        return new OfficerView(officer, sums.Dossiers, OfMeans(means), result?.Total, result?.Duty, Words(result?.Duty));
    }

    /// <summary>Indicators 1, 2, 3, 4 and 7.</summary>
    public static IReadOnlyList<IndicatorView> OfMeans(MeanPoints? m) =>
    [
        IndicatorView.Of(1, m?.Time), IndicatorView.Of(2, m?.AgencyTime), IndicatorView.Of(3, m?.Contacts), IndicatorView.Of(4, m?.Agencies),
            IndicatorView.Of(7, m?.Attitude),
    ];

    private static string? Words(string? duty) => duty switch
    {
        "full" => "Hoàn thành 100 % nhiệm vụ",
        "most" => "Hoàn thành từ 70 % đến dưới 100 % nhiệm vụ",
        "part" => "Hoàn thành dưới 70 % nhiệm vụ",
        _ => null,
    };
}

/// <summary>How an agency did in a period.</summary>
/// <param name="Total">Of the indicators that are known; null without dossiers.</param>
/// <param name="OfAtMost">What those indicators can give: two points each.</param>
/// <param name="Unknown">Numbers of the indicators of which nothing is known.</param>
/// <param name="Class">excellent, good, fair, average or weak; null where what is not known decides, or without dossiers.</param>
/// <param name="LowestClass">If what is not known gave nothing.</param>
/// <param name="HighestClass">If it gave everything.</param>
internal sealed record AgencyView(
    string Unit, string Period, DateOnly From, DateOnly To, bool Live, long Dossiers, IReadOnlyList<IndicatorView> Indicators, decimal? Total, int OfAtMost,
    IReadOnlyList<int> Unknown, string? Class, string? LowestClass, string? HighestClass);

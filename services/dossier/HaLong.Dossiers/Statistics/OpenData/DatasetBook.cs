namespace HaLong.Dossiers.Statistics.OpenData;

/// <summary>The datasets there are. Each figure is given for one kind of period only, so that none can be reckoned from two that overlap.</summary>
internal static class DatasetBook
{
    public const string Intake = "intake-by-month-and-level", Punctuality = "punctuality-by-procedure", Digitisation = "digitisation-by-month",
        Waits = "waits-by-procedure", Index = "index766-by-month";

    private static readonly DatasetColumn
        Month = new("month", "text", "Tháng (năm-tháng)", "Month (yyyy-MM)"),
        Quarter = new("quarter", "text", "Quý (năm-Qn)", "Quarter (yyyy-Qn)"),
        Procedure = new("procedure", "text", "Mã thủ tục hành chính", "Code of the procedure");

    public static readonly IReadOnlyList<Dataset> All =
    [
        new(Intake, "Tiếp nhận hồ sơ theo tháng và cấp", "Intake of dossiers by month and level",
            "Số hồ sơ tiếp nhận trong tháng theo cấp của đơn vị giải quyết, trong đó nộp trực tuyến.",
            "Dossiers received in the month, by the level of the unit that decides; how many of them online.", false,
            [
                Month, new("level", "text", "Cấp: province, district, commune", "Level: province, district, commune"),
                new("received", "count", "Hồ sơ tiếp nhận", "Dossiers received"), new("online", "count", "Nộp trực tuyến", "Filed online"),
                new("direct", "count", "Nộp trực tiếp hoặc qua bưu chính", "Filed at a counter or by post"),
                new("onlineShare", "percent", "Tỷ lệ nộp trực tuyến", "Share filed online", "online", "received"),
            ]),
        new(Punctuality, "Giải quyết đúng hạn theo thủ tục", "Punctuality by procedure",
            "Số hồ sơ có kết quả trong quý theo thủ tục, đúng hạn hoặc quá hạn theo thời hạn pháp luật.",
            "Dossiers resolved in the quarter by procedure, in time or late by the legal limit.", true,
            [
                Quarter, Procedure, new("resolved", "count", "Hồ sơ có kết quả", "Dossiers resolved"),
                new("inTime", "count", "Trước hạn hoặc đúng hạn", "Early or on time"), new("late", "count", "Quá hạn", "Late"),
                new("inTimeShare", "percent", "Tỷ lệ đúng hạn", "Share in time", "inTime", "resolved"),
            ]),
        new(Digitisation, "Số hóa hồ sơ, kết quả theo tháng", "Digitisation by month",
            "Hồ sơ tiếp nhận có thành phần được số hóa, và kết quả được cấp bản điện tử.",
            "Dossiers received whose components are there as files, and results given as electronic documents.", false,
            [
                Month, new("withComponents", "count", "Hồ sơ tiếp nhận có thành phần hồ sơ", "Dossiers received with components"),
                new("digitised", "count", "Đã số hóa khi tiếp nhận", "Digitised at reception"), new("notDigitised", "count", "Chưa số hóa", "Not digitised"),
                new("digitisedShare", "percent", "Tỷ lệ số hóa hồ sơ", "Share digitised", "digitised", "withComponents"),
                new("results", "count", "Kết quả phải cấp", "Results due"), new("electronic", "count", "Kết quả điện tử", "Electronic results"),
                new("onPaper", "count", "Kết quả bản giấy", "Results on paper"),
                new("electronicShare", "percent", "Tỷ lệ kết quả điện tử", "Share electronic", "electronic", "results"),
            ]),
        new(Waits, "Thời gian từng bước theo thủ tục", "Waiting times by procedure",
            "Thời gian làm việc của từng bước kết thúc trong quý: một nửa số hồ sơ, và chín phần mười số hồ sơ, không lâu hơn.",
            "Working time of each step that ended in the quarter: half of the dossiers, and nine of ten, took no longer.", true,
            [
                Quarter, Procedure, new("step", "text", "Bước: check, assignment, processing, … whole (toàn bộ)",
                    "Step: check, assignment, processing, … whole (all in all)"),
                new("p50Minutes", "minutes", "Trung vị, phút làm việc", "Median, minutes of working time"),
                new("p90Minutes", "minutes", "Phân vị 90, phút làm việc", "Ninetieth percentile, minutes of working time"),
            ]),
        new(Index, "Bộ chỉ số 766 theo tháng, toàn thành phố", "Index 766 by month, whole city",
            "Các chỉ số phục vụ người dân, doanh nghiệp (Quyết định 766/QĐ-TTg) tính được từ hồ sơ.",
            "Indicators of the index that serves people and business (Decision 766/QĐ-TTg) that follow from dossiers.", false,
            [
                Month, new("indicator", "text", "Mã chỉ số", "Code of the indicator"),
                    new("name", "text", "Tên chỉ số", "Name of the indicator, in Vietnamese"),
                new("numerator", "count", "Tử số của chỉ số", "Numerator of the indicator"),
                    new("denominator", "count", "Mẫu số của chỉ số", "Denominator of the indicator"),
                new("ratio", "percent", "Tỷ lệ", "Ratio", "numerator", "denominator"), new("score", "points", "Điểm", "Points"),
                    new("maxPoints", "points", "Điểm tối đa", "Points at best"),
            ]),
    ];

    public static Dataset? Find(string id) => All.FirstOrDefault(d => d.Id == id);
}

using System.Text.Json.Nodes;
using HaLong.Portal.Design.Desk;
using HaLong.Portal.Find;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Procedures;

/// <summary>The content of a draft as questions of a form, and as citizens would see it. What the form does not ask stays as it is.</summary>
internal static class DraftContent
{
    public static IReadOnlyList<Ask> Asks(JsonObject content) =>
    [
        new("content.nameVi", Bilingual("Tên tiếng Việt", "Vietnamese name"), AskKind.Area, Text(content, "nameVi")),
        new("content.shortNameVi", Bilingual("Tên ngắn", "Short name"), AskKind.Text, Text(content, "shortNameVi")) { IsOptional = true },
        new("content.nameEn", Bilingual("Tên tiếng Anh", "English name"), AskKind.Area, Text(content, "nameEn")),
        new("content.field.code", Bilingual("Mã lĩnh vực", "Code of the field"), AskKind.Text, Text(content["field"], "code")) { Longest = 32 },
        new("content.field.vi", Bilingual("Lĩnh vực", "Field, in Vietnamese"), AskKind.Text, Text(content["field"], "vi")),
        new("content.field.en", Bilingual("Lĩnh vực, tiếng Anh", "Field, in English"), AskKind.Text, Text(content["field"], "en")),
        new("content.level.since20250701", Bilingual("Cấp giải quyết", "Level"), AskKind.Choice,
            Text(content["level"], "since20250701")) { Choices = Labels.Choices("commune", "province", "school") },
        new("content.level.y2023", Bilingual("Cấp giải quyết đến 30/6/2025", "Level until 30 June 2025"), AskKind.Choice,
            Text(content["level"], "y2023")) { Choices = Labels.Choices("commune", "district", "province", "school") },
        new("content.competentAgency.since20250701", Bilingual("Cơ quan giải quyết (mã)", "Competent agency (code)"), AskKind.Text,
            Text(content["competentAgency"], "since20250701")) { Hint = "communePeoplesCommittee, landRegistryBranch, departmentOfJustice…" },
        new("content.competentAgency.y2023", Bilingual("Cơ quan giải quyết đến 30/6/2025 (mã)", "Competent agency until 30 June 2025 (code)"), AskKind.Text,
            Text(content["competentAgency"], "y2023")),
        new("content.subjects", Bilingual("Đối tượng", "Who may ask"), AskKind.Choices, Lines(content["subjects"]))
        {
            Choices = Names(("citizen", "Công dân", "Citizens"), ("household", "Hộ gia đình", "Households"), ("organisation", "Tổ chức", "Organisations"),
                ("enterprise", "Doanh nghiệp", "Enterprises"), ("foreigner", "Người nước ngoài", "Foreigners")),
        },
        new("content.timeLimit.value", Bilingual("Thời hạn giải quyết", "Time limit"), AskKind.Number, Text(content["timeLimit"], "value")) { IsOptional = true },
        new("content.timeLimit.unit", Bilingual("Đơn vị thời hạn", "Unit of the limit"), AskKind.Choice, Text(content["timeLimit"], "unit"))
        {
            IsOptional = true,
            Choices = Names(("workingDay", "ngày làm việc", "working days"), ("calendarDay", "ngày", "days"), ("sameDay", "trong ngày", "the same day"),
                ("workingHour", "giờ làm việc", "working hours"), ("halfDay", "nửa ngày làm việc", "half working days"), ("month", "tháng", "months"),
                ("year", "năm", "years")),
        },
        new("content.channels", Bilingual("Kênh nộp", "Channels"), AskKind.Choices, Lines(content["channels"])) { Choices = Channels },
        new("content.onlineLevel", Bilingual("Mức độ trực tuyến", "Online level"), AskKind.Choice, Text(content, "onlineLevel"))
        {
            Choices = Names(("full", "Toàn trình", "Full"), ("none", "Không trực tuyến", "Not online"), ("unknown", "Chưa công bố mức độ", "Level not published")),
            Hint = Bilingual("“Một phần” ghi trong onlinePeriods ở phần JSON, kèm lý do và căn cứ.",
                "“Partial” goes into onlinePeriods in the JSON, with reason and legal basis."),
        },
        new("content.components", Bilingual("Thành phần hồ sơ", "Papers"), AskKind.Rows)
        {
            Rows = Rows(content["components"]),
            Columns = [new("nameVi", Bilingual("Tên giấy tờ", "Vietnamese name"), AskKind.Area),
                new("nameEn", Bilingual("Tên tiếng Anh", "English name"), AskKind.Area), new("required", Bilingual("Bắt buộc", "Required"), AskKind.Flag),
                new("originals", Bilingual("Bản chính", "Originals"), AskKind.Number), new("copies", Bilingual("Bản sao", "Copies"), AskKind.Number),
                new("form", Bilingual("Mẫu số", "Form")), new("condition", Bilingual("Khi nào cần", "When it is needed"))],
        },
        new("content.fees", Bilingual("Phí, lệ phí", "Fees"), AskKind.Rows)
        {
            Rows = Rows(content["fees"]),
            Columns = [new("kind", Bilingual("Loại", "Kind"), AskKind.Choice) { Choices = Names(("phi", "Phí", "Fee"), ("lePhi", "Lệ phí", "Charge")) },
                new("nameVi", Bilingual("Tên", "Vietnamese name"), AskKind.Area), new("amountVnd", Bilingual("Số tiền (đồng)", "Amount (đồng)"), AskKind.Number),
                new("rule", Bilingual("Quy định", "Rule"), AskKind.Area),
                new("channel", Bilingual("Kênh", "Channel"), AskKind.Choice) { Choices = [new("any", Bilingual("Mọi kênh", "Any")), .. Channels] },
                new("moment", Bilingual("Thu khi", "Due"), AskKind.Choice) { Choices = Names(("atFiling", "Khi nộp hồ sơ", "At filing"),
                    ("atSupplement", "Khi bổ sung hồ sơ", "At the supplement"), ("atResult", "Khi nhận kết quả", "At the result")) }],
        },
        new("content.results", Bilingual("Kết quả", "Results"), AskKind.Rows)
        {
            Rows = Rows(content["results"]),
            Columns = [new("nameVi", Bilingual("Tên kết quả", "Vietnamese name"), AskKind.Area), new("nameEn", Bilingual("Tên tiếng Anh", "English name")),
                new("code", Bilingual("Mã", "Code"))],
        },
        new("content.legalBasis", Bilingual("Căn cứ pháp lý (mỗi dòng một văn bản)", "Legal basis (one a line)"), AskKind.Lines,
            Lines(content["legalBasis"])) { IsOptional = true },
        new("content.keywords", Bilingual("Từ khóa tìm kiếm (mỗi dòng một từ)", "Words to be found by (one a line)"), AskKind.Lines,
            Lines(content["keywords"])) { IsOptional = true },
        new("content.decision", Bilingual("Quyết định công bố", "Decision"), AskKind.Text, Text(content, "decision")) { IsOptional = true, Longest = 100 },
    ];

    /// <summary>What citizens would see.</summary>
    public static Procedure AsProcedure(JsonObject c, string code) => new(
        code, Bilingual(Text(c, "nameVi") ?? code, Text(c, "nameEn") ?? Text(c, "nameVi") ?? code),
        new Named(Text(c["field"], "code") ?? "", Text(c["field"], "vi") ?? "", Text(c["field"], "en") ?? ""),
        Agency(Text(c["competentAgency"], "since20250701") ?? ""), [],
        [.. Items(c["components"]).Select((x, i) => new Component(i + 1, Bilingual(Text(x, "nameVi") ?? "", Text(x, "nameEn") ?? Text(x, "nameVi") ?? ""),
            Text(x, "required") == "true", 0, 0, Text(x, "condition")))],
        [.. Items(c["fees"]).Select(x => new Fee(Text(x, "nameVi") ?? "", Text(x, "nameEn"), long.TryParse(Text(x, "amountVnd"), out var dong) ? dong : null,
            Text(x, "rule"), Text(x, "optional") == "true"))],
        Text(c, "onlineLevel") == "full", [.. Items(c["results"]).Select(x => new Result(Text(x, "nameVi") ?? "", Text(x, "nameEn")))],
        [.. (c["legalBasis"] as JsonArray ?? []).Select(x => x?.ToString() ?? "")], null);

    private static IReadOnlyList<Choice> Channels =>
        Names(("online", "Trực tuyến", "Online"), ("direct", "Trực tiếp", "Over the counter"), ("post", "Dịch vụ bưu chính", "By post"));

    private static Named Agency(string code) => new(code, code, code);

    private static IReadOnlyList<Choice> Names(params IEnumerable<(string Code, string Vi, string En)> all) =>
        [.. all.Select(a => new Choice(a.Code, Bilingual(a.Vi, a.En)))];

    private static string? Text(JsonNode? node, string name) =>
        (node as JsonObject)?[name] switch { null => null, JsonValue v => v.ToString(), var other => other.ToJsonString() };

    private static string Lines(JsonNode? node) => string.Join('\n', (node as JsonArray ?? []).Select(x => x?.ToString()));

    private static IEnumerable<JsonObject> Items(JsonNode? node) => (node as JsonArray ?? []).OfType<JsonObject>();

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(JsonNode? node) =>
        [.. Items(node).Select(row => row.Where(p => p.Value is JsonValue).ToDictionary(p => p.Key, p => p.Value!.ToString(), StringComparer.Ordinal))];
}

using System.Text.Json;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Catalogue.Checking;

/// <summary>What an item of the catalogue must look like. Everything that is wrong is told at once.</summary>
internal static class ProcedureRules
{
    private const int MaxName = 2000;

    /// <param name="item">An item in the format of the catalogue file.</param>
    /// <param name="path">Where it stands in its file; empty for an item of its own.</param>
    public static List<Defect> Check(JsonElement item, string path = "")
    {
        var defects = new List<Defect>();
        JsonProbe.Check(item, path, defects, Item);
        if (defects.Count > 0)
            return defects;
        try
        {
            CatalogueLoader.Parse(item.GetRawText());
        }
        catch (JsonException e)
        {
            defects.Add(new Defect(e.Path ?? path, "không đọc được", "cannot be read"));
        }
        return defects;
    }

    private static void Item(JsonProbe item)
    {
        if (item.Text("code", required: true, max: 32) is { } code && !ProcedureCatalogue.IsCode(code))
            item.Add("code", "chỉ gồm chữ, số, dấu chấm và gạch nối", "has only letters, digits, dots and hyphens");
        item.Text("nameVi", required: true, max: MaxName);
        item.Text("shortNameVi", max: MaxName);
        item.Text("nameEn", required: true, max: MaxName);
        item.Object("field", Field, required: true);
        item.Object("level", d => Dated(d, CatalogueCodes.Levels), required: true);
        item.Object("competentAgency", d => Dated(d, CatalogueCodes.Agencies), required: true);
        item.Flag("codeIntroducedAfter2023");
        item.Texts("predecessorCodes", max: 32);
        item.Texts("subjects", CatalogueCodes.Subjects, required: true);
        item.Each("components", ComponentRules.Check);
        item.Flag("componentsAssumed");
        item.Object("timeLimit", TimeLimit, required: true);
        item.Each("fees", FeeRules.Check);
        Online(item, item.Texts("channels", CatalogueCodes.Channels));
        item.Each("results", Result);
        item.Texts("legalBasis", max: 300);
        item.Text("decision", max: 100);
        item.Flag("codeConfirmed");
        item.Text("sourceNote", max: 4000);
        item.Texts("keywords", max: 100);
        item.Texts("lifeEvents", LifeEvents.Codes);
    }

    private static void Field(JsonProbe field)
    {
        if (field.Text("code", required: true, max: 32) is { } code && !code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'))
            field.Add("code", "chỉ gồm chữ hoa, số và gạch dưới", "has only capitals, digits and underscores");
        field.Text("vi", required: true, max: 200);
        field.Text("en", required: true, max: 200);
    }

    private static void Dated(JsonProbe dated, CodeList allowed)
    {
        dated.OneOf("y2023", allowed, required: true);
        dated.OneOf("since20250701", allowed, required: true);
    }

    private static void TimeLimit(JsonProbe limit)
    {
        var value = limit.Number("value", 1, 2000);
        limit.OneOf("unit", CatalogueCodes.TimeUnits);
        if (value is not null && !limit.IsGiven("unit"))
            limit.Add("unit", "còn thiếu đơn vị của thời hạn", "is missing: a limit has a unit");
        limit.Text("note", max: 2000);
        limit.Flag("assumed");
        limit.Object("shownByChannel", shown =>
        {
            foreach (var channel in CatalogueCodes.Channels.Codes)
            {
                shown.Object(channel, s =>
                {
                    s.Number("value", 1, 2000, required: true);
                    s.OneOf("unit", CatalogueCodes.TimeUnits);
                });
            }
        });
        limit.Each("variants", variant =>
        {
            if (variant.Text("code", max: 32) is null && !variant.IsGiven("channel"))
                variant.Add("code", "thời hạn riêng cần mã trường hợp hoặc kênh", "is missing: a variant names a case or a channel");
            variant.Text("nameVi");
            variant.Text("nameEn");
            variant.OneOf("channel", CatalogueCodes.Channels);
            variant.Number("value", 1, 2000, required: true);
            variant.OneOf("unit", CatalogueCodes.TimeUnits, required: true);
            variant.Flag("assumed");
        });
    }

    private static void Online(JsonProbe item, IReadOnlyList<string> channels)
    {
        var level = item.OneOf("onlineLevel", CatalogueCodes.OnlineLevels);
        if (level == OnlineLevel.Partial)
            item.Add("onlineLevel", "mức “một phần” phải ghi trong onlinePeriods, kèm lý do và căn cứ", "“partial” belongs into onlinePeriods, with its reason and legal basis");
        var days = new HashSet<DateOnly>();
        item.Each("onlinePeriods", period =>
        {
            var from = period.Day("from", required: true);
            if (from is { } first && !days.Add(first))
                period.Add("from", "trùng ngày bắt đầu", "begins on the same day as another");
            var (reason, basis) = (period.OneOf("reasonCode", CatalogueCodes.PartialReasons), period.Text("legalBasis"));
            var grade = period.OneOf("level", CatalogueCodes.OnlineLevels, required: true);
            period.Flag("assumed");
            if (grade == OnlineLevel.Partial && from >= OnlinePeriod.ReasonDuty && (reason is null || basis is null))
                period.Add("reasonCode", "từ 01/7/2026, dịch vụ một phần phải nêu lý do và căn cứ (Nghị định 224/2026/NĐ-CP, Điều 14)",
                    "since 1 July 2026 a partial service names its reason and legal basis (Decree 224/2026/NĐ-CP, article 14)");
            if (grade is OnlineLevel.Full or OnlineLevel.Partial && !channels.Contains("online"))
                period.Add("level", "thủ tục chưa có kênh trực tuyến", "the procedure has no online channel");
        });
        if (level == OnlineLevel.Full && !channels.Contains("online"))
            item.Add("onlineLevel", "thủ tục chưa có kênh trực tuyến", "the procedure has no online channel");
    }

    private static void Result(JsonProbe result)
    {
        result.Text("code", max: 40);
        result.Text("nameVi", required: true, max: 1000);
        result.Text("nameEn", max: 1000);
        result.Number("validityMonths", 1, 1200);
        result.Text("validityNote");
        result.Flag("electronic");
        result.Flag("assumed");
    }
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests.Browser;

/// <summary>What the API of a believable city says: public pages and the pages of a citizen. Each area has a file of its own beside this one.</summary>
internal static partial class SampleCity
{
    public const string Birth = "1.001193", Code = "H49.31-261130-0042", Paper = "01936f1c8a5b7c3d9e2f1a2b3c4d5e6f";

    public static readonly Guid Draft = Guid.Parse("0198e000-0000-7000-8000-000000000042"), Filed = Guid.Parse("0198e000-0000-7000-8000-000000000043"),
        Done = Guid.Parse("0198e000-0000-7000-8000-000000000044"), Payment = Guid.Parse("0198e000-0000-7000-8000-000000000077");

    /// <summary>All is as on a good day.</summary>
    public static void Tell(City city)
    {
        Public(city);
        city.Answers($"procedures/{Birth}/form", _ => Results.Json(new { definition = Form("birth-registration") }));
        new SampleDraft(city).Tell();
        Dossiers(city);
        city.Says($"payments/{Payment}", PaymentOf("pending"));
        city.Answers($"payments/{Payment}/qr.svg", _ => Results.Text(Qr, "image/svg+xml"));
    }

    /// <summary>A form as the dossier service has it.</summary>
    public static JsonNode Form(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Forms", name + ".json")))!;

    /// <summary>The same words in one list.</summary>
    public static object Listed(params object[] items) => new { items, after = (string?)null };

    private static void Public(City city)
    {
        city.Says("procedures/life-events", new[]
        {
            Event("BIRTH", "Sinh con", 6), Event("MARRIAGE", "Kết hôn", 3), Event("DEATH", "Người thân qua đời", 6), Event("BUY_LAND", "Mua bán nhà, đất", 6),
            Event("LAND_CERTIFICATE", "Làm sổ đỏ", 5), Event("BUILD", "Xây, sửa nhà", 4), Event("BUSINESS", "Mở hộ kinh doanh", 5), Event("COPY", "Sao y, chứng thực", 4),
        });
        city.Says("procedures", FoundOf(
            Line(Birth, "Đăng ký khai sinh", "Hộ tịch", "Civil status", true),
            Line("2.000986", "Liên thông thủ tục hành chính về đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi", "Hộ tịch", "Civil status", true),
            Line("1.013978", "Đăng ký đất đai, cấp Giấy chứng nhận lần đầu (hộ gia đình, cá nhân)", "Đất đai", "Land", false)));
        city.Says($"procedures/{Birth}", Procedure);
        city.Says("units", Listed(Unit("06688", "Phường Hạ Long", "Ha Long Ward"), Unit("06685", "Phường Bãi Cháy", "Bai Chay Ward"), Unit("06673", "Phường Hồng Gai", "Hong Gai Ward"), Unit("07006", "Đặc khu Vân Đồn", "Van Don Special Zone")));
        city.Says("tracking/" + Code, new { code = Code, status = "PROCESSING", statusName = "Đang xử lý", step = 3, steps = 6, details = Details });
        city.Says("verification/" + Paper, PaperOf("VALID"));
    }

    public static object FoundOf(params object[] items) => new
    {
        items,
        after = items.Length > 0 ? "x+y" : null,
        total = items.Length == 0 ? 0 : 27,
        matching = "exact",
        facets = new
        {
            field = new[] { Facet("CIVIL", "Hộ tịch", 12), Facet("LAND", "Đất đai", 9), Facet("CONSTRUCTION", "Hoạt động xây dựng", 4), Facet("BUSINESS", "Thành lập và hoạt động của hộ kinh doanh", 2) },
            level = Array.Empty<object>(),
        },
        suggestions = items.Length > 0 ? Array.Empty<string>() : ["khai sinh", "khai tử"],
    };

    public static object PaperOf(string status) => new
    {
        token = Paper,
        status,
        kindName = "Kết quả giải quyết thủ tục hành chính",
        code = Code,
        procedureCode = Birth,
        procedureNameVi = "Đăng ký khai sinh",
        procedureNameEn = "Birth registration",
        unitNameVi = "Ủy ban nhân dân phường Hạ Long",
        unitNameEn = "People’s Committee of Ha Long Ward",
        outcome = "APPROVED",
        issuedAt = "2026-11-30T09:05:00Z",
        sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        replacedBy = status == "REPLACED" ? "01936f1c8a5b7c3d9e2f1a2b3c4d5e70" : null,
        replacedAt = status == "REPLACED" ? "2026-12-01T02:00:00Z" : null,
        signedBy = "Phạm Văn Duyệt",
    };

    private static object Procedure => new
    {
        code = Birth,
        name = "Đăng ký khai sinh",
        field = new { code = "CIVIL", vi = "Hộ tịch", en = "Civil status" },
        competentAgency = new { code = "x", vi = "Ủy ban nhân dân cấp xã", en = "Commune People’s Committee" },
        subjects = new[] { "citizen" },
        components = new[]
        {
            Component(1, "Giấy chứng sinh", true), Component(2, "Giấy chứng nhận kết hôn của cha, mẹ", false),
            Component(3, "Văn bản ủy quyền được chứng thực, nếu ủy quyền thực hiện việc đăng ký khai sinh", false),
        },
        fees = new object[] { Fee("Lệ phí đăng ký khai sinh đúng hạn", "Registration in time", 0), Fee("Phí cấp bản sao Giấy khai sinh", "Copy of the birth certificate", 8000) },
        online = true,
        results = new[] { new { nameVi = "Giấy khai sinh (bản chính và bản điện tử)", nameEn = "Birth certificate, on paper and electronic" } },
        legalBasis = new[] { "Luật Hộ tịch 60/2014/QH13", "Nghị định 123/2015/NĐ-CP", "Thông tư 04/2020/TT-BTP" },
        expectedWait = new
        {
            basis = "unit",
            limit = new { words = new { text = "Ngay trong ngày làm việc; nhận sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo." } },
            words = new { text = "Trong 90 ngày qua, một nửa số hồ sơ tại Phường Hạ Long có kết quả trong 1 ngày làm việc, chín phần mười trong 2 ngày." },
        },
    };

    private static object Details => new
    {
        procedureName = "Đăng ký khai sinh",
        unitName = "Phường Hạ Long",
        submittedAt = "2026-11-30T01:12:00Z",
        acceptedAt = "2026-11-30T02:40:00Z",
        dueAt = "2026-12-02T10:00:00Z",
        timeline = Steps,
    };

    public static object[] Steps =>
    [
        Step(1, "2026-11-30T01:12:00Z", "Người nộp đã nộp hồ sơ trực tuyến."), Step(2, "2026-11-30T02:40:00Z", "Bộ phận một cửa Phường Hạ Long đã tiếp nhận, hẹn trả kết quả 17:00 02/12/2026."),
        Step(3, "2026-11-30T03:05:00Z", "Hồ sơ được chuyển cho công chức tư pháp - hộ tịch."),
    ];

    private static object Event(string code, string name, int count) =>
        new { code, name, procedures = Enumerable.Range(1, count).Select(n => new { code = $"1.{n:D6}", name = "Thủ tục", online = true }) };

    private static object Line(string code, string name, string vi, string en, bool online) =>
        new { code, name, field = new { code = "X", vi, en }, level = "commune", online };

    private static object Facet(string code, string name, int count) => new { code, name, count };

    private static object Component(int number, string name, bool required) => new { number, name, required, originals = 1, copies = 0, condition = (string?)null };

    private static object Fee(string nameVi, string nameEn, long? amountVnd) => new { nameVi, nameEn, amountVnd, rule = (string?)null, optional = false };

    private static object Unit(string code, string nameVi, string nameEn) => new { code, nameVi, nameEn };

    private static object Step(int step, string at, string note) => new { step, at, note };
}

using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>What officials' pages ask of the API, answered in a believable way, and forms sent as a browser sends them.</summary>
internal static class WorkDesk
{
    public static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000101"), Other = Guid.Parse("0198e000-0000-7000-8000-000000000102"),
        Third = Guid.Parse("0198e000-0000-7000-8000-000000000103"), File = Guid.Parse("0198e000-0000-7000-8000-000000000104");

    private static readonly string[] Officers = ["requestSupplement", "requestOpinion", "requireFee", "reviewClaim", "closeOpinion", "release", "reassign", "note"];

    public static object Line(Guid id, string code, int? daysLeft, string? waitingFor, params string[] flags) => new
    {
        id,
        code,
        status = "PROCESSING",
        statusName = "Đang xử lý",
        waitingFor,
        procedureCode = "1.001193",
        procedureName = "Đăng ký khai sinh",
        unitCode = "06688",
        subject = "Bé Na",
        ownerName = "Trần Văn Bình",
        channel = "online",
        dueAt = "2026-12-04T10:00:00Z",
        daysLeft,
        flags,
        version = 7,
        submittedAt = "2026-11-30T03:00:00Z",
    };

    public static void Queue(City city, params object[] lines)
    {
        city.Says("inbox", new { items = lines, after = (string?)null });
        city.Says("inbox/counts", new
        {
            unit = 42,
            mine = 3,
            unassigned = 2,
            expiring = 1,
            overdue = 5,
            applicant = 4,
            reception = 6,
            officer = 7,
            agency = 8,
            payment = 9,
            signature = 10,
            handover = 11,
            receiving = 12,
            opinions = 13,
        });
    }

    /// <summary>A dossier with everything around it.</summary>
    public static void Case(City city, string status = "PROCESSING", string[]? possible = null, bool assigned = true)
    {
        city.Says($"dossiers/{Id}", View(status, possible ?? Officers, assigned));
        city.Says("procedures/1.001193", Procedure());
        city.Says($"dossiers/{Id}/form", new { formUrl = "/api/v1/procedures/1.001193/form?version=a", warnings = Array.Empty<object>() });
        city.Says("procedures/1.001193/form", new
        {
            definition = new
            {
                title = new { vi = "Tờ khai", en = "Form" },
                schema = new { type = "object" },
                sections = new[] { new { id = "child", title = new { vi = "Trẻ", en = "Child" }, fields = new[] { new { field = "/name", widget = "text", label = new { vi = "Tên", en = "Name" } } } } },
            },
        });
        city.Says($"dossiers/{Id}/timeline", new[] { new { step = 1, at = "2026-11-30T03:00:00Z", action = "assign", role = "officer", unit = "06688", note = "Đã phân công thụ lý" } });
        city.Says($"dossiers/{Id}/deadline", new
        {
            state = "running",
            limit = new { words = new { text = "5 ngày làm việc" }, assumed = true },
            dueAt = "2026-12-04T10:00:00Z",
            remaining = new { workingDays = -2 },
            steps = new[] { new { at = "2026-11-27T03:00:00Z", words = new { text = "Bắt đầu tính hạn" }, dueAt = "2026-12-04T10:00:00Z" } },
            outlook = new[] { new { text = "Yêu cầu bổ sung làm đồng hồ dừng" } },
            assumptions = new[] { new { words = new { text = "Giờ làm việc giả định" } } },
        });
        city.Says($"dossiers/{Id}/notes", new { items = new[] { new { text = "Đã gọi điện", visible = false, role = "officer", author = "Lê Thị Mai", createdAt = "2026-11-30T04:00:00Z" } }, after = (string?)null });
        city.Says($"dossiers/{Id}/opinions", new[] { new { id = Third, unitName = "Công an phường", question = "Đúng nơi cư trú?", deadline = "2026-12-03T10:00:00Z", late = false } });
        city.Says($"dossiers/{Id}/supplement-requests", Array.Empty<object>());
        city.Says($"dossiers/{Id}/forms", new[] { new { serial = 1, kind = "RECEIPT", number = "01", issuedAt = "2026-11-27T03:00:00Z", paper = new { status = "SIGNED" } } });
        city.Says($"dossiers/{Id}/duplicates", new { items = new[] { new { dossierId = Other, code = "H49.1-261101-0007", submittedAt = "2026-11-01T03:00:00Z" } }, decision = new { reason = "Con thứ hai" } });
        city.Says("units", new { items = new[] { new { code = "06689", nameVi = "Phường Bãi Cháy", nameEn = "Bai Chay Ward" } }, after = (string?)null });
    }

    public static object View(string status, string[] possible, bool assigned = true) => new
    {
        id = Id,
        code = "H49.1-261127-0042",
        status,
        statusName = "Đang xử lý",
        waitingFor = new { who = "officer", reason = "APPRAISAL", text = "Cán bộ thẩm định", latest = "2026-12-04T10:00:00Z", assumed = false },
        procedureCode = "1.001193",
        procedureName = "Đăng ký khai sinh",
        unitCode = "06688",
        unitName = "Phường Hạ Long",
        subject = "Khai sinh cho bé Na",
        ownerId = Other,
        channel = "online",
        data = new { name = "Trần Thị Na" },
        documents = new object[]
        {
            new { id = File, component = 1, fileName = "to-khai.pdf", mediaType = "application/pdf", size = 2000, kind = "component", preflight = new { state = "checked", blocks = false, checks = new[] { new { outcome = "warn", message = "Trang 1 bị mờ." } } } },
            new { id = Third, fileName = "ho-ngheo.jpg", mediaType = "image/jpeg", size = 900, kind = "feeEvidence" },
        },
        feeTotal = 8000,
        payment = new { id = Other, status = "settled", amount = 8000 },
        officerId = assigned ? Other : (Guid?)null,
        feeClaims = new[] { new { category = "poorHousehold", documents = new[] { Third } } },
        lifecycle = new { askedTwice = true, originalsHeld = 1, demands = new[] { new { number = 1, amount = 50000, reason = "Trích lục", deadline = "2026-12-05T10:00:00Z", state = "open" } }, possible },
        filing = new { receivingUnit = new { code = "06688", name = "Phường Hạ Long" }, counter = new { submitterName = "Phạm Thị Lan", relation = "family", evidence = "Bà ngoại" } },
    };

    public static object Procedure() => new
    {
        code = "1.001193",
        name = "Đăng ký khai sinh",
        field = new { code = "C", vi = "Hộ tịch", en = "Civil" },
        competentAgency = new { code = "x", vi = "UBND", en = "PC" },
        subjects = new[] { "citizen" },
        components = new[] { new { number = 1, name = "Tờ khai đăng ký", required = true, originals = 1, copies = 0 }, new { number = 2, name = "Giấy chứng sinh", required = true, originals = 1, copies = 0 } },
        fees = Array.Empty<object>(),
        online = true,
        results = Array.Empty<object>(),
        legalBasis = Array.Empty<string>(),
    };

    public static async Task<HttpResponseMessage> SendAsync(this HttpClient browser, string path, string page, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", Html.FormToken(page))));
        return await browser.PostAsync(path, form, City.Ct);
    }

    public static async Task<string> TextAsync(this HttpResponseMessage response) => await response.Content.ReadAsStringAsync(City.Ct);

    /// <summary>A hidden field of the first form that has it.</summary>
    public static string Hidden(string page, string name) => HiddenField(name).Match(page).Groups[1].Value.Replace("&quot;", "\"", StringComparison.Ordinal);

    /// <summary>The API refuses until a stronger sign-in.</summary>
    public static IResult StrongerSignIn() => new Challenge();

    private static Regex HiddenField(string name) => new($"name=\"{name}\" value=\"([^\"]*)\"");

    private sealed class Challenge : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status401Unauthorized;
            httpContext.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_user_authentication\", acr_values=\"urn:halong:acr:strong\"";
            return Task.CompletedTask;
        }
    }
}

using System.Net;

namespace HaLong.Portal.Tests;

/// <summary>The pages of administrators: what they show, to whom, and when something is down.</summary>
public sealed class AdminPageTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = AdminSamples.Id, Other = AdminSamples.Other;

    private HttpClient _browser = null!;
    private Office _office = null!;

    public async ValueTask InitializeAsync()
    {
        _browser = await city.SignedInAsync("administrator");
        _office = new Office(_browser);
        AdminSamples.Everything(city);
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string, string, string> EveryPage => new()
    {
        { "/admin", "Đang chờ quyết định", "Waiting for a decision" },
        { "/admin/procedures", "1.013831", "In review" },
        { "/admin/procedures?q=dat", "Đăng ký biến động", "Procedures found" },
        { "/admin/procedures/audit", "draft.opened", "Trần Thị Hoa" },
        { "/admin/procedures/1.013831", "So sánh", "In force" },
        { "/admin/procedures/1.013831/comparison?from=1&to=2", "Mới", "Before" },
        { $"/admin/procedures/drafts/{Id}", "fees[0].rule: còn thiếu", "Save the draft" },
        { $"/admin/procedures/drafts/{Id}/json", "sourceNote", "All of it" },
        { $"/admin/procedures/drafts/{Id}/preview", "Đăng ký biến động", "Registration of change" },
        { "/admin/templates", "dossier-accepted", "In review" },
        { "/admin/templates/dossier-accepted", "{{deadline}}", "In force" },
        { "/admin/templates/dossier-accepted/versions/3", "maHoSo: {{code}}", "Take it out of force" },
        { "/admin/templates/dossier-accepted/comparison?from=2&to=3", "vi.sms", "Before" },
        { $"/admin/templates/drafts/{Id}", "Hạ Long: {{code}}", "Send to review" },
        { $"/admin/templates/drafts/{Id}/preview", "gsm7, 9 ký tự, 1 tin", "Worth a second look" },
        { "/admin/calendar?year=2026", "Quốc khánh", "National Day" },
        { "/admin/units", "Phường Hồng Gai", "Hong Gai ward" },
        { "/admin/units/06658@2025-07-01", "Sáp nhập (một phần)", "Receiving places" },
        { "/admin/reorganisations", "Nghị quyết 1", "Units from that day on" },
        { $"/admin/reorganisations/{Id}", "Thiếu nơi kế thừa", "No successor" },
        { "/admin/staff", "Trần Thị Hoa", "Case officer" },
        { $"/admin/staff/{Other}", "Chưa kích hoạt", "Close the account" },
        { $"/admin/staff/{Other}/assignments/{Id}", "Kết thúc ngay", "End it now" },
        { "/admin/grants?state=pending", "Phê duyệt", "Approver" },
        { $"/admin/grants/{Id}", "Phó Chủ tịch", "Confirm" },
        { "/admin/clients", "Bưu điện tỉnh", "Enabled" },
        { "/admin/clients/acme", "it@example.vn", "New secret" },
        { "/admin/archive", "Mã danh mục tiêu hủy", "Export dossiers for the archive" },
        { $"/admin/archive/exports/{Id}", "1/2", "Archive export of unit 06658" },
        { $"/admin/archive/destruction/{Id}", "H49-1", "Approve the destruction" },
        { "/admin/operations", "ngắt mạch", "circuit open" },
        { "/admin/operations/providers/sms-main", "Đổi chế độ", "Change the mode" },
        { "/admin/operations/evidence/dossier", "1 chỗ không khớp.", "1 problems." },
        { "/admin/operations/messages?state=failed", "có thể trùng", "may be twice" },
        { $"/admin/operations/messages/{Id}", "Gửi lại", "Send again" },
        { "/admin/operations/waits?late=true", "Chờ tiếp nhận", "Whose move" },
        { "/admin/units/06658@2025-07-01/places/p1", "Trung tâm", "Ways to receive" },
        { "/admin/data-requests?overdue=true", "quá hạn", "Complete by" },
        { $"/admin/data-requests/{Id}", "01/02/1990", "New birth date" },
        { "/admin/operations/national", "Tên mới", "Another name" },
        { "/admin/audit", "staff.created", "Target" },
    };

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task Every_page_is_well_made_in_both_languages(string path, string vi, string en)
    {
        Assert.Contains(vi, Decoded(await _office.ReadAsync(path)), StringComparison.Ordinal);
        Assert.Contains(en, Decoded(await _office.ReadAsync(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "culture=en")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_signed_in_signs_in_first()
    {
        using var nobody = city.Browser();
        foreach (var path in new[] { "/admin", "/admin/staff", $"/admin/grants/{Id}" })
        {
            using var response = await nobody.GetAsync(path, City.Ct);
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/admin", "admin/procedures/drafts")]
    [InlineData("/admin/procedures", "admin/procedures/drafts")]
    [InlineData("/admin/clients", "admin/clients")]
    [InlineData("/admin/operations", "admin/message-providers")]
    public async Task Who_may_not_see_a_page_is_told_in_the_words_of_the_api(string path, string asked)
    {
        city.Refuses(asked, 403, "CMN-0403", "Bạn không có quyền này");
        using var response = await _browser.GetAsync(path, City.Ct);
        var html = await response.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Bạn không có quyền này", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form method=\"post\" action=\"/admin", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        foreach (var path in new[] { $"/admin/grants/{AdminSamples.Second}", "/admin/clients/nobody", "/admin/operations/evidence/other", "/admin/units/99999" })
        {
            using var response = await _browser.GetAsync(path, City.Ct);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task The_start_shows_what_can_be_read_and_says_what_cannot()
    {
        city.Refuses("admin/messages", 503, "CMN-0503", "Tạm gián đoạn");
        var text = Html.Text(Decoded(await _office.ReadAsync("/admin")));
        Assert.Contains("Tin nhắn không gửi được không đọc được", text, StringComparison.Ordinal);
        Assert.Contains("Đề nghị cấp vai trò 1+", text, StringComparison.Ordinal);
        Assert.Contains("Hồ sơ quá hạn bước 2", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_service_that_is_down_does_not_hide_the_operations_of_the_others()
    {
        city.Refuses("admin/seals", 503, "CMN-0503", "Ký số tạm gián đoạn");
        city.Refuses("admin/portal/overview", 503, "CMN-0503", "Cổng tạm gián đoạn");
        var text = Decoded(await _office.ReadAsync("/admin/operations"));
        foreach (var word in new[] { "sms-main", "Ký số tạm gián đoạn", "Cổng tạm gián đoạn", "Trần Thị Hoa" })
            Assert.Contains(word, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_go_on_with_what_was_asked_for()
    {
        var html = Decoded(await _office.ReadAsync("/admin/operations/messages?state=failed&channel=sms"));
        Assert.Contains("href=\"/admin/operations/messages?state=failed&channel=sms&after=next\"", html, StringComparison.Ordinal);
        await _office.ReadAsync("/admin/operations/messages?state=failed&channel=sms&after=next");
        Assert.Equal("admin/messages?limit=50&state=failed&channel=sms&after=next",
            city.Requests.Last(r => r.Path.StartsWith("admin/messages", StringComparison.Ordinal)).Path);
    }

    [Fact]
    public async Task An_empty_list_says_so()
    {
        city.Says("admin/grants", new { items = Array.Empty<object>(), after = (string?)null });
        Assert.Contains("Không có mục nào.", await _office.ReadAsync("/admin/grants"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wrote_something_reads_that_somebody_else_decides_and_the_other_reads_that_he_can()
    {
        Assert.Contains("bạn có thể quyết định", await _office.ReadAsync($"/admin/grants/{Id}"), StringComparison.Ordinal);
        city.Subject = Other.ToString();
        using var author = await city.SignedInAsync("administrator");
        city.Subject = "1";
        city.Says($"admin/procedures/drafts/{Id}", AdminSamples.Draft("review"));
        city.Says($"admin/notice-templates/drafts/{Id}", AdminSamples.Template("inReview"));
        foreach (var path in new[] { $"/admin/grants/{Id}", $"/admin/procedures/drafts/{Id}", $"/admin/templates/drafts/{Id}", $"/admin/reorganisations/{Id}",
            $"/admin/archive/destruction/{Id}" })
            Assert.Contains("cần một quản trị viên khác", await new Office(author).ReadAsync(path), StringComparison.Ordinal);
        var grant = await new Office(author).ReadAsync($"/admin/grants/{Id}");
        Assert.Contains($"action=\"/admin/grants/{Id}/withdrawal\"", grant, StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"/admin/grants/{Id}/confirmation\"", grant, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_minutes_of_a_destruction_come_through()
    {
        city.Says($"admin/destruction-lists/{Id}", AdminSamples.Destruction("executed"));
        city.Answers($"admin/destruction-lists/{Id}/minutes", _ => Microsoft.AspNetCore.Http.Results.Bytes("%PDF-"u8.ToArray(), "application/pdf", "bien-ban.pdf"));
        var html = await _office.ReadAsync($"/admin/archive/destruction/{Id}");
        Assert.Contains($"href=\"/admin/archive/destruction/{Id}/minutes.pdf\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("approval", html, StringComparison.Ordinal);
        Assert.Equal("%PDF-", await _browser.GetStringAsync($"/admin/archive/destruction/{Id}/minutes.pdf", City.Ct));
    }

    private static string Decoded(string html) => WebUtility.HtmlDecode(html);
}

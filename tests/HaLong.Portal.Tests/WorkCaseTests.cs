using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>A dossier before an official: form and papers beside each other, and the moves.</summary>
public sealed class WorkCaseTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly string Path = $"/work/{WorkDesk.Id}?queue=mine";

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        WorkDesk.Case(city);
        _browser = await city.SignedInAsync("officer");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Everything_for_a_decision_is_on_one_page()
    {
        using var response = await _browser.GetAsync(Path, City.Ct);
        var html = await response.TextAsync();
        Html.IsWellMade(html, "vi");
        foreach (var word in new[]
        {
            "H49.1-261127-0042", "Cán bộ thẩm định", "Trần Thị Na", $"<iframe src=\"/work/{WorkDesk.Id}/documents/{WorkDesk.File}\"", "Cần xem kỹ", "Trang 1 bị mờ.", "Thiếu</span> 2. Giấy chứng sinh",
            "Quá hạn 2 ngày làm việc", "5 ngày làm việc", "Yêu cầu bổ sung làm đồng hồ dừng", "Đã gọi điện", "Lê Thị Mai", "Công an phường", "Mẫu 01: Giấy tiếp nhận và hẹn trả kết quả",
            "H49.1-261101-0007", "Con thứ hai", "Đã phân công thụ lý", "Phạm Thị Lan (người thân: Bà ngoại)", "8.000 đ – đã nộp", "50.000 đ", $"href=\"/work/next?queue=mine&amp;after={WorkDesk.Id}\"",
        })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.EndsWith("; frame-src 'self'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_page_is_there_in_english()
    {
        var html = await _browser.GetStringAsync(Path + "&culture=en", City.Ct);
        Html.IsWellMade(html, "en");
        foreach (var word in new[] { "2 working days late", "Ask for completion, one complete list", "Receipt and appointment", "What you can do", "another officer of the unit" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_open_to_the_caller_is_offered()
    {
        var html = await _browser.GetStringAsync(Path, City.Ct);
        foreach (var open in new[] { "supplement", "opinion", "fee", "claim", "closeOpinion", "release", "reassign", "note", "propose" })
            Assert.Contains($"action=\"/work/{WorkDesk.Id}/{open}\"", html, StringComparison.Ordinal);
        foreach (var closed in new[] { "accept", "approve", "stop", "return", "takeUp", "extend" })
            Assert.DoesNotContain($"action=\"/work/{WorkDesk.Id}/{closed}\"", html, StringComparison.Ordinal);
        WorkDesk.Case(city, "RETURNED", []);
        Assert.Contains("Hiện không có việc nào thuộc vai trò của bạn.", await _browser.GetStringAsync(Path, City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Supervisors_assign_and_officers_take_up()
    {
        WorkDesk.Case(city, "ACCEPTED", ["assign"], assigned: false);
        var officers = await _browser.GetStringAsync(Path, City.Ct);
        Assert.Contains($"action=\"/work/{WorkDesk.Id}/takeUp\"", officers, StringComparison.Ordinal);
        using var chief = await city.SignedInAsync("chief");
        var chiefs = await chief.GetStringAsync(Path, City.Ct);
        Assert.DoesNotContain("/takeUp\"", chiefs, StringComparison.Ordinal);
        Assert.Contains($"action=\"/work/{WorkDesk.Id}/assign\"", chiefs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_move_wrote_can_be_printed_at_once()
    {
        Assert.Contains($"href=\"/work/{WorkDesk.Id}/forms/1\">In Mẫu 01: Giấy tiếp nhận", await _browser.GetStringAsync(Path + "&done=accept", City.Ct), StringComparison.Ordinal);
        Assert.DoesNotContain(">In Mẫu", await _browser.GetStringAsync(Path + "&done=note", City.Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accept", "SUBMITTED", "acceptance", "originals=2", """{"originals":2}""")]
    [InlineData("reject", "SUBMITTED", "refusal", "legalBasis=Điều 17;reason=Sai nơi", """{"legalBasis":"Điều 17","reason":"Sai nơi"}""")]
    [InlineData("permitSupplement", "PROCESSING", "supplement-permission", "reason=Mới phát sinh", """{"reason":"Mới phát sinh"}""")]
    [InlineData("forward", "ACCEPTED", "forwarding", "note=", """{"note":null}""")]
    [InlineData("takeUp", "ACCEPTED", "assignment", "", "{}")]
    [InlineData("assign", "ACCEPTED", "assignment", "officerId=0198e000-0000-7000-8000-000000000102", """{"officerId":"0198e000-0000-7000-8000-000000000102"}""")]
    [InlineData("reassign", "PROCESSING", "assignment", "officerId=x;reason=Nghỉ", """{"officerId":"x","reason":"Nghỉ"}""")]
    [InlineData("release", "PROCESSING", "release", "reason=Nhầm", """{"reason":"Nhầm"}""")]
    [InlineData("opinion", "PROCESSING", "opinions", "unitCode=06689;question=Có không?;deadline=2026-12-10", """{"unitCode":"06689","question":"Có không?","deadline":"2026-12-10"}""")]
    [InlineData("closeOpinion", "WAIT_OPINION", "opinions/abc/closure", "target=abc;reason=Quá hạn", """{"reason":"Quá hạn"}""")]
    [InlineData("claim", "PROCESSING", "fee-claims/poorHousehold/review", "target=poorHousehold;accepted=yes", """{"accepted":true,"reason":null,"legalBasis":null,"deadline":null}""")]
    [InlineData("propose", "PROCESSING", "notes", "text=Đủ điều kiện", """{"text":"Đề xuất: Đủ điều kiện"}""")]
    [InlineData("extend", "PROCESSING", "extension", "dueDate=2026-12-09;reason=Mất điện", """{"dueDate":"2026-12-09","reason":"Mất điện"}""")]
    [InlineData("approve", "PROCESSING", "approval", "decision=Đồng ý;sign=true", """{"decision":"Đồng ý","sign":true}""")]
    [InlineData("refuse", "PROCESSING", "refusal", "legalBasis=Điều 1;reason=Không đủ", """{"legalBasis":"Điều 1","reason":"Không đủ","sign":false}""")]
    [InlineData("askSignature", "PROCESSING", "result-signature", "", """{"decision":null}""")]
    [InlineData("stop", "PROCESSING", "stop", "legalBasis=Điều 9;reason=Không bổ sung", """{"legalBasis":"Điều 9","reason":"Không bổ sung"}""")]
    [InlineData("return", "RESOLVED", "return", "method=POST;carrier=VNPost;trackingNumber=EA1;originalsReturned=true", """{"method":"POST","receivedBy":null,"idCheck":null,"carrier":"VNPost","trackingNumber":"EA1","originalsReturned":true}""")]
    [InlineData("returnOriginals", "RESOLVED", "originals-return", "", "{}")]
    [InlineData("correct", "RETURNED", "result", "decision=Sửa tên;reason=Sai tên", """{"decision":"Sửa tên","reason":"Sai tên","sign":false}""")]
    [InlineData("chooseUnit", "SUBMITTED", "competent-unit", "unitCode=06689;reason=Theo địa bàn", """{"unitCode":"06689","reason":"Theo địa bàn"}""")]
    [InlineData("note", "PROCESSING", "notes", "text=Gọi lại;visible=true", """{"text":"Gọi lại","visible":true}""")]
    [InlineData("fee", "PROCESSING", "fee-request", "what=items;fee-0=phi;fee-0-name=Trích lục;fee-0-amount=50.000;reason=Đo đạc", """{"reason":"Đo đạc","legalBasis":null,"deadline":null,"fees":[{"kind":"phi","name":"Trích lục","amount":50000}]}""")]
    [InlineData("fee", "PROCESSING", "fee-request", "what=atResult;reason=Kết quả", """{"reason":"Kết quả","legalBasis":null,"deadline":null,"moment":"atResult"}""")]
    public async Task Every_move_is_asked_as_the_api_wants_it_once_and_against_what_was_shown(string move, string status, string path, string typed, string body)
    {
        WorkDesk.Case(city, status);
        var page = await _browser.GetStringAsync(Path, City.Ct);
        city.Says($"POST dossiers/{WorkDesk.Id}/{path}", new { code = "H49.1-261127-0042" });
        var once = WorkDesk.Hidden(page, "once");
        using var done = await _browser.SendAsync($"/work/{WorkDesk.Id}/{move}", page, [("once", once), ("version", "\"7\""), ("queue", "mine"), .. Fields(typed)]);
        Assert.Equal((HttpStatusCode.SeeOther, $"/work/{WorkDesk.Id}?queue=mine&done={move}"), (done.StatusCode, done.Headers.Location!.ToString()));
        var sent = city.Requests.Last(r => r.Path == $"dossiers/{WorkDesk.Id}/{path}");
        Assert.Equal((once, "\"7\""), (sent.Once, sent.Version));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(sent.Body)), sent.Body);
        var after = await _browser.GetStringAsync(done.Headers.Location, City.Ct);
        Assert.Contains("Sang hồ sơ tiếp theo (phím n)", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_defects_go_in_one_list_with_ready_made_reasons_and_fields_of_the_form()
    {
        var page = await _browser.GetStringAsync(Path, City.Ct);
        city.Says($"POST dossiers/{WorkDesk.Id}/supplement-requests", new { code = "x" });
        using var done = await _browser.SendAsync($"/work/{WorkDesk.Id}/supplement", page, ("c-1", "true"), ("c-1-why", "Bản chụp mờ, không đọc được"), ("c-1-words", "Trang 1"),
            ("c-2-why", "Thiếu giấy tờ này"), ("f-0", "/name|Tên"), ("f-0-words", "Thiếu chữ đệm"), ("f-1", ""), ("deadline", "2026-12-20"));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var body = JsonNode.Parse(city.Requests.Last(r => r is { Method: "POST" } && r.Path.EndsWith("/supplement-requests", StringComparison.Ordinal)).Body)!;
        Assert.Equal(3, body["items"]!.AsArray().Count);
        Assert.Equal((1, "Bản chụp mờ, không đọc được. Trang 1"), (body["items"]![0]!["component"]!.GetValue<int>(), body["items"]![0]!["reason"]!.GetValue<string>()));
        Assert.Equal(("/name", "Tên", "Thiếu chữ đệm"), (body["items"]![2]!["field"]!.GetValue<string>(), body["items"]![2]!["name"]!.GetValue<string>(), body["items"]![2]!["reason"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_refused_move_keeps_what_was_typed_opens_its_form_and_leads_to_the_input()
    {
        var page = await _browser.GetStringAsync(Path, City.Ct);
        city.Refuses($"POST dossiers/{WorkDesk.Id}/opinions", 400, "DOS-0002", "Chưa hợp lệ", new { question = new[] { "Có từ 1 đến 4000 ký tự." } });
        using var refused = await _browser.SendAsync($"/work/{WorkDesk.Id}/opinion", page, ("unitCode", "06689"), ("deadline", "2026-12-10"), ("queue", "mine"));
        var html = await refused.TextAsync();
        Html.IsWellMade(html, "vi");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("href=\"#opinion-question\">Có từ 1 đến 4000 ký tự.</a>", html, StringComparison.Ordinal);
        Assert.Contains("value=\"2026-12-10\"", html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"06689\" selected", html, StringComparison.Ordinal);
        Assert.Contains("<details class=\"ds-details\" open", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_refused_keeps_its_reasons_and_points_at_the_paper()
    {
        var page = await _browser.GetStringAsync(Path, City.Ct);
        city.Refuses($"POST dossiers/{WorkDesk.Id}/supplement-requests", 400, "DOS-0002", "Chưa hợp lệ", new Dictionary<string, string[]> { ["items[1].reason"] = ["Nêu lý do."], ["deadline"] = ["Sau hôm nay."] });
        using var refused = await _browser.SendAsync($"/work/{WorkDesk.Id}/supplement", page, ("c-1-words", "Mờ quá"), ("c-2", "true"));
        var html = await refused.TextAsync();
        foreach (var kept in new[] { "href=\"#supplement-c-2\">Nêu lý do.", "href=\"#supplement-deadline\">Sau hôm nay.", "value=\"Mờ quá\"", "id=\"supplement-c-2\" name=\"c-2\" value=\"true\" checked" })
            Assert.Contains(kept, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_officials_at_once_the_second_is_told_and_loses_nothing()
    {
        var page = await _browser.GetStringAsync(Path, City.Ct);
        city.Refuses($"POST dossiers/{WorkDesk.Id}/release", 412, "CMN-0412", "Đã thay đổi");
        using var stale = await _browser.SendAsync($"/work/{WorkDesk.Id}/release", page, ("version", "\"6\""), ("reason", "Không thuộc lĩnh vực của tôi"));
        var html = await stale.TextAsync();
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Contains("Người khác vừa làm việc với hồ sơ này.", html, StringComparison.Ordinal);
        Assert.Contains(">Không thuộc lĩnh vực của tôi</textarea>", html, StringComparison.Ordinal);
        Assert.Equal("\"7\"", WorkDesk.Hidden(html, "version"));
    }

    [Fact]
    public async Task Without_an_answer_the_same_key_is_kept_and_otherwise_a_new_one_is_given()
    {
        var page = await _browser.GetStringAsync(Path, City.Ct);
        var once = WorkDesk.Hidden(page, "once");
        city.Refuses($"POST dossiers/{WorkDesk.Id}/release", 503, "CMN-0503", "Đang bận");
        using var busy = await _browser.SendAsync($"/work/{WorkDesk.Id}/release", page, ("once", once), ("reason", "Nhầm"));
        Assert.Equal(once, WorkDesk.Hidden(await busy.TextAsync(), "once"));
        city.Refuses($"POST dossiers/{WorkDesk.Id}/release", 409, "DOS-0009", "Không được");
        using var refused = await _browser.SendAsync($"/work/{WorkDesk.Id}/release", page, ("once", once), ("reason", "Nhầm"));
        Assert.NotEqual(once, WorkDesk.Hidden(await refused.TextAsync(), "once"));
    }

    [Fact]
    public async Task What_is_no_number_or_no_day_is_told_before_anything_is_done()
    {
        WorkDesk.Case(city, "SUBMITTED", ["accept", "requestOpinion"]);
        var page = await _browser.GetStringAsync(Path, City.Ct);
        var before = city.Requests.Count(r => r.Method == "POST");
        using var words = await _browser.SendAsync($"/work/{WorkDesk.Id}/accept", page, ("originals", "hai bản"));
        Assert.Contains("href=\"#accept-originals\">Hãy nhập một số, không kèm chữ.", await words.TextAsync(), StringComparison.Ordinal);
        using var day = await _browser.SendAsync($"/work/{WorkDesk.Id}/opinion", page, ("deadline", "mai"));
        Assert.Contains("href=\"#opinion-deadline\">Hãy chọn một ngày.", await day.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(before, city.Requests.Count(r => r.Method == "POST"));
    }

    [Fact]
    public async Task Papers_are_shown_in_a_frame_of_our_own_and_only_kinds_that_carry_no_page()
    {
        city.Answers($"dossiers/{WorkDesk.Id}/documents/{WorkDesk.File}", _ => Results.Bytes("%PDF-"u8.ToArray(), "application/pdf", "tờ khai.pdf"));
        using var pdf = await _browser.GetAsync($"/work/{WorkDesk.Id}/documents/{WorkDesk.File}", City.Ct);
        Assert.Equal(("SAMEORIGIN", "inline"), (Assert.Single(pdf.Headers.GetValues("X-Frame-Options")), pdf.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Contains("frame-ancestors 'self'", Assert.Single(pdf.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("tờ khai.pdf", pdf.Content.Headers.ContentDisposition.FileNameStar);
        city.Answers($"dossiers/{WorkDesk.Id}/documents/{WorkDesk.File}", _ => Results.Bytes(Encoding.UTF8.GetBytes("<script>"), "text/html", "x.html"));
        using var page = await _browser.GetAsync($"/work/{WorkDesk.Id}/documents/{WorkDesk.File}", City.Ct);
        Assert.Equal(("DENY", "attachment"), (Assert.Single(page.Headers.GetValues("X-Frame-Options")), page.Content.Headers.ContentDisposition!.DispositionType));
        city.Refuses($"dossiers/{WorkDesk.Id}/forms/1", 409, "DOS-0602", "Chưa ký");
        using var early = await _browser.GetAsync($"/work/{WorkDesk.Id}/forms/1", City.Ct);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
    }

    [Fact]
    public async Task Another_paper_can_be_chosen_and_a_picture_is_shown_as_one()
    {
        var html = await _browser.GetStringAsync($"{Path}&paper={WorkDesk.Third}", City.Ct);
        Assert.Contains($"<img src=\"/work/{WorkDesk.Id}/documents/{WorkDesk.Third}\" alt=\"Ảnh của ho-ngheo.jpg\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<iframe", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_cannot_be_read_is_said_and_the_rest_stands()
    {
        city.Refuses($"dossiers/{WorkDesk.Id}/deadline", 503, "CMN-0503", "Đang bận");
        var html = await _browser.GetStringAsync(Path, City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Một phần thông tin chưa đọc được.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_only_asked_for_an_opinion_reads_it_and_is_offered_no_move()
    {
        city.Unit = "06689";
        using var asked = await city.SignedInAsync("officer");
        city.Unit = null;
        city.Refuses($"dossiers/{WorkDesk.Id}/opinions", 404, "DOS-0003", "Không tìm thấy");
        var html = await asked.GetStringAsync(Path, City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Hiện không có việc nào thuộc vai trò của bạn.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Một phần thông tin chưa đọc được.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_is_chosen_only_where_one_was_divided_and_before_anything_else()
    {
        WorkDesk.Case(city, "SUBMITTED", ["chooseUnit", "note", "askSignature"]);
        var html = await _browser.GetStringAsync(Path, City.Ct);
        Assert.DoesNotContain("/chooseUnit\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/askSignature\"", html, StringComparison.Ordinal);
        var divided = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(WorkDesk.View("SUBMITTED", ["chooseUnit", "note"])))!;
        divided["filing"]!["unitChoices"] = new JsonArray("06689", "06690");
        city.Says($"dossiers/{WorkDesk.Id}", divided);
        html = await _browser.GetStringAsync(Path, City.Ct);
        Assert.Contains($"action=\"/work/{WorkDesk.Id}/chooseUnit\"", html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"06689\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"/work/{WorkDesk.Id}/note\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_see_it_does_not_and_a_move_leads_through_the_sign_in_back_to_the_dossier()
    {
        using var none = await _browser.GetAsync($"/work/{Guid.Empty}", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        city.Refuses($"dossiers/{WorkDesk.Third}", 403, "CMN-0403", "Không được");
        using var denied = await _browser.GetAsync($"/work/{WorkDesk.Third}", City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        var page = await _browser.GetStringAsync(Path, City.Ct);
        city.Answers($"POST dossiers/{WorkDesk.Id}/notes", _ => WorkDesk.StrongerSignIn());
        using var stronger = await _browser.SendAsync($"/work/{WorkDesk.Id}/note", page, ("text", "x"));
        Assert.Contains("acr_values=urn%3Ahalong%3Aacr%3Astrong", stronger.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var unknown = await _browser.SendAsync($"/work/{WorkDesk.Id}/destroy", page);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static IEnumerable<(string Name, string Value)> Fields(string typed) =>
        typed.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=', 2)).Select(f => (f[0], f[1]));
}

using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Reception at the counter: who stands there, what is filed for him, what goes on paper.</summary>
public sealed class CounterTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly string Person = $"/counter/people/{WorkDesk.Other}", Filing = $"/counter/filings/{WorkDesk.Id}";

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        WorkDesk.Case(city, "DRAFT", []);
        city.Unit = "06688";
        _browser = await city.SignedInAsync("reception");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        city.Unit = null;
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_person_is_found_by_a_whole_number_that_stands_in_no_address()
    {
        var page = await _browser.GetStringAsync("/counter", City.Ct);
        Html.IsWellMade(page, "vi");
        city.Says("POST admin/account-searches", new { items = new[] { Found(1), Found(2) }, after = (string?)null });
        using var found = await _browser.SendAsync("/counter/search", page, ("kind", "personalNumber"), ("what", " 022099000001 "), ("note", "Tiếp nhận hồ sơ tại quầy"));
        var html = await found.TextAsync();
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "N. V. Bình", "Chưa xác minh", "Đã xác minh", $"href=\"{Person}/filing\"", $"href=\"{Person}/verification?version=4\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        var body = JsonNode.Parse(city.Requests.Last(r => r.Path == "admin/account-searches").Body)!;
        Assert.Equal(("022099000001", null, "counter-verification"), (body["personalNumber"]!.GetValue<string>(), body["phone"], body["purpose"]!.GetValue<string>()));
        city.Says("POST admin/account-searches", new { items = Array.Empty<object>(), after = (string?)null });
        using var none = await _browser.SendAsync("/counter/search?culture=en", page, ("kind", "taxCode"), ("what", "5700000001"), ("note", "Filing at the counter"));
        Assert.Contains("There is no account.", await none.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("organisation-verification", JsonNode.Parse(city.Requests.Last(r => r.Path == "admin/account-searches").Body)!["purpose"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_search_that_is_refused_points_at_its_input_and_a_stronger_sign_in_leads_back()
    {
        var page = await _browser.GetStringAsync("/counter", City.Ct);
        city.Refuses("POST admin/account-searches", 400, "IDN-0301", "Chưa hợp lệ", new { personalNumber = new[] { "Số định danh có 12 chữ số." } });
        using var refused = await _browser.SendAsync("/counter/search", page, ("kind", "personalNumber"), ("what", "123"), ("note", "x"));
        var html = await refused.TextAsync();
        Assert.Contains("href=\"#what\">Số định danh có 12 chữ số.</a>", html, StringComparison.Ordinal);
        Assert.Contains("value=\"123\"", html, StringComparison.Ordinal);
        city.Answers("POST admin/account-searches", _ => WorkDesk.StrongerSignIn());
        using var stronger = await _browser.SendAsync("/counter/search", page, ("what", "123"));
        Assert.Contains("acr_values=urn%3Ahalong%3Aacr%3Astrong", stronger.Headers.Location!.ToString(), StringComparison.Ordinal);
        city.Refuses("POST admin/account-searches", 403, "CMN-0403", "Không được");
        using var denied = await _browser.SendAsync("/counter/search", page, ("what", "123"));
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
    }

    [Fact]
    public async Task A_person_is_verified_from_the_paper_and_everything_that_does_not_hold_is_told_at_once()
    {
        var page = await _browser.GetStringAsync(Person + "/verification?version=4", City.Ct);
        Html.IsWellMade(page, "vi");
        var path = $"POST admin/accounts/{WorkDesk.Other}/verification";
        city.Refuses(path, 422, "IDN-0310", "Chưa xác minh được", new { fullName = new[] { "Hãy nhập họ tên." }, faceCompared = new[] { "Phải đối chiếu khuôn mặt." } });
        (string, string)[] typed = [("version", "\"4\""), ("documentKind", "passport"), ("personalNumber", "022099000001"), ("birthDate", "1985-04-12"), ("expiresOn", ""), ("documentSeen", "true")];
        using var refused = await _browser.SendAsync(Person + "/verification", page, typed);
        var html = await refused.TextAsync();
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "href=\"#fullName\">Hãy nhập họ tên.", "href=\"#faceCompared\">", "value=\"1985-04-12\"", "value=\"passport\" selected" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        var sent = city.Requests.Last(r => r.Path.EndsWith("/verification", StringComparison.Ordinal));
        var body = JsonNode.Parse(sent.Body)!;
        Assert.Equal(("\"4\"", true, false, null), (sent.Version, body["documentSeen"]!.GetValue<bool>(), body["faceCompared"]!.GetValue<bool>(), body["expiresOn"]));
        city.Says(path, new { level = 2, corrected = new[] { "name" }, takenOver = true, warnings = new[] { new { code = "x", field = "birthDate", message = "Ngày sinh khác thường." } } });
        using var done = await _browser.SendAsync(Person + "/verification", page, typed);
        html = await done.TextAsync();
        foreach (var word in new[] { "đã sửa theo giấy tờ", "không còn dùng được", "Ngày sinh khác thường.", $"href=\"{Person}/filing\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_procedure_is_looked_for_and_a_draft_is_opened_once_with_the_papers_that_were_handed_over()
    {
        city.Says("procedures", new { items = new[] { new { code = "1.001193", name = "Đăng ký khai sinh", field = new { code = "C", vi = "Hộ tịch", en = "Civil" }, level = "commune", online = true } }, total = 1, matching = "exact", facets = new { field = Array.Empty<object>(), level = Array.Empty<object>() }, suggestions = Array.Empty<string>() });
        var search = await _browser.GetStringAsync(Person + "/filing?q=khai+sinh", City.Ct);
        Html.IsWellMade(search, "vi");
        Assert.Contains($"href=\"{Person}/filing?procedure=1.001193\"", search, StringComparison.Ordinal);
        var page = await _browser.GetStringAsync(Person + "/filing?procedure=1.001193", City.Ct);
        Html.IsWellMade(page, "vi");
        city.Says("POST dossiers/counter", WorkDesk.View("DRAFT", []), 201);
        var once = WorkDesk.Hidden(page, "once");
        (string, string)[] typed =
        [
            ("once", once), ("procedure", "1.001193"), ("channel", "counter"), ("relation", "family"), ("submitterName", "Phạm Thị Lan"), ("evidence", "Bà ngoại"), ("ownerCheck", ""), ("subject", "Bé Na"),
            ("place", "06689"), ("paper-1-originals", "1"), ("paper-1-certified", ""), ("paper-1-copies", "2"), ("paper-2-originals", ""), ("paper-2-certified", ""), ("paper-2-copies", ""),
        ];
        using var opened = await _browser.SendAsync(Person + "/filing", page, typed);
        Assert.Equal(Filing, opened.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r.Path == "dossiers/counter");
        Assert.Equal(once, sent.Once);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""
            {"ownerId":"{{WorkDesk.Other}}","ownerCheck":null,"procedureCode":"1.001193","place":{"unitCode":"06689"},"channel":"counter","submitterName":"Phạm Thị Lan","relation":"family",
             "evidence":"Bà ngoại","papers":[{"component":1,"originals":1,"certifiedCopies":0,"copies":2}],"subject":"Bé Na"}
            """), JsonNode.Parse(sent.Body)), sent.Body);
        using var silent = await _browser.SendAsync(Person + "/filing", page, [.. typed.Where(t => t.Item1 != "subject")]);
        Assert.Equal("Đăng ký khai sinh", JsonNode.Parse(city.Requests.Last(r => r.Path == "dossiers/counter").Body)!["subject"]!.GetValue<string>());
        city.Refuses("POST dossiers/counter", 400, "DOS-0002", "Chưa hợp lệ", new Dictionary<string, string[]> { ["papers[0]"] = ["Số lượng không hợp lệ."], ["evidence"] = ["Nêu giấy ủy quyền."] });
        using var refused = await _browser.SendAsync(Person + "/filing", page, [.. typed.Where(t => t.Item1 != "paper-1-originals"), ("paper-1-originals", "một")]);
        var html = await refused.TextAsync();
        foreach (var word in new[] { "href=\"#paper-1-originals\">Số lượng không hợp lệ.", "href=\"#evidence\">", "value=\"một\"", "value=\"Phạm Thị Lan\"", "value=\"family\" selected", "value=\"06689\" selected" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_scans_goes_to_the_papers_that_the_names_say()
    {
        var page = await _browser.GetStringAsync(Filing, City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.Contains("webkitdirectory", page, StringComparison.Ordinal);
        city.Says($"POST dossiers/{WorkDesk.Id}/documents", new { id = WorkDesk.File, component = 1, fileName = "x", size = 5 }, 201);
        using var sent = await UploadAsync(page, "", ("quet/01.pdf", "application/pdf"), ("quet/giay-chung-sinh.jpg", "image/jpeg"), ("quet/Thumbs.db", "application/octet-stream"));
        Assert.Equal(Filing, sent.Headers.Location!.ToString());
        var uploads = city.Requests.Where(r => r.Path == $"dossiers/{WorkDesk.Id}/documents").Select(r => r.Body).ToList();
        Assert.Equal(2, uploads.Count);
        Assert.Contains(uploads, u => u.Contains("filename=01.pdf", StringComparison.Ordinal) && u.Contains("\r\n\r\n1\r\n", StringComparison.Ordinal));
        Assert.Contains(uploads, u => u.Contains("giay-chung-sinh.jpg", StringComparison.Ordinal) && u.Contains("\r\n\r\n2\r\n", StringComparison.Ordinal));
        using var unknown = await UploadAsync(page, "", ("anh.jpg", "image/jpeg"));
        Assert.Contains("<li>anh.jpg</li>", await unknown.TextAsync(), StringComparison.Ordinal);
        using var rest = await UploadAsync(page, "2", ("anh.jpg", "image/jpeg"));
        Assert.Equal(HttpStatusCode.SeeOther, rest.StatusCode);
        city.Refuses($"POST dossiers/{WorkDesk.Id}/documents", 413, "DOS-0100", "Tệp quá lớn");
        using var refused = await UploadAsync(page, "", ("1.pdf", "application/pdf"), ("2.pdf", "application/pdf"));
        var html = await refused.TextAsync();
        Assert.Contains("1.pdf: Tệp quá lớn", html, StringComparison.Ordinal);
        Assert.Contains("2.pdf: Tệp quá lớn", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_handed_over_on_paper_or_filled_in_is_not_missing()
    {
        var procedure = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(WorkDesk.Procedure()))!;
        procedure["components"]![0]!["ownForm"] = "birth";
        city.Says("procedures/1.001193", procedure);
        var draft = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(WorkDesk.View("DRAFT", [])))!;
        draft["documents"] = new JsonArray();
        draft["filing"]!["counter"]!["originals"] = new JsonArray(new JsonObject { ["component"] = 2, ["originals"] = 1, ["certifiedCopies"] = 0, ["copies"] = 0 });
        city.Says($"dossiers/{WorkDesk.Id}", draft);
        var page = await _browser.GetStringAsync(Filing, City.Ct);
        Html.IsWellMade(page, "vi");
        foreach (var word in new[] { "Tờ khai điện tử</span> 1.", "Bản giấy</span> 2." })
            Assert.Contains(word, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_is_taken_away_also_by_a_second_click()
    {
        var page = await _browser.GetStringAsync(Filing, City.Ct);
        city.Refuses($"DELETE dossiers/{WorkDesk.Id}/documents/{WorkDesk.File}", 404, "DOS-0004", "Không có tệp");
        using var again = await _browser.SendAsync($"{Filing}/scans/{WorkDesk.File}/removal", page);
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        city.Refuses($"DELETE dossiers/{WorkDesk.Id}/documents/{WorkDesk.File}", 409, "DOS-0005", "Đã nộp");
        using var late = await _browser.SendAsync($"{Filing}/scans/{WorkDesk.File}/removal", page);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    [Fact]
    public async Task It_is_filed_once_against_what_was_shown_and_leads_to_acceptance_and_paper()
    {
        var page = await _browser.GetStringAsync(Filing, City.Ct);
        city.Refuses($"POST dossiers/{WorkDesk.Id}/submission", 409, "DOS-0505", "Đã có hồ sơ về việc này", new { duplicates = new[] { "H49-7" } });
        using var duplicate = await _browser.SendAsync(Filing + "/submission", page, ("version", "\"7\""));
        Assert.Contains("name=\"confirm\"", await duplicate.TextAsync(), StringComparison.Ordinal);
        city.Refuses($"POST dossiers/{WorkDesk.Id}/submission", 400, "DOS-0007", "Thiếu giấy tờ", new { component2 = new[] { "Thiếu giấy chứng sinh." } });
        using var missing = await _browser.SendAsync(Filing + "/submission", page, ("version", "\"7\""));
        Assert.Contains("href=\"#c-2\">Thiếu giấy chứng sinh.", await missing.TextAsync(), StringComparison.Ordinal);
        city.Says($"POST dossiers/{WorkDesk.Id}/submission", new { code = "H49-42" });
        using var filed = await _browser.SendAsync(Filing + "/submission", page, ("version", "\"7\""), ("confirm", "true"), ("reason", "Con thứ hai"));
        Assert.Equal(Filing, filed.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r.Path.EndsWith("/submission", StringComparison.Ordinal));
        Assert.Equal(($"file-{WorkDesk.Id}-7", "\"7\""), (sent.Once, sent.Version));
        WorkDesk.Case(city, "SUBMITTED", ["accept"]);
        var after = await _browser.GetStringAsync(Filing, City.Ct);
        Html.IsWellMade(after, "vi");
        Assert.Contains($"action=\"/work/{WorkDesk.Id}/accept\"", after, StringComparison.Ordinal);
        Assert.DoesNotContain("webkitdirectory", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_slip_has_the_codes_for_tracking_and_for_paying_as_long_as_something_is_due()
    {
        using var draft = await _browser.GetAsync(Filing + "/print", City.Ct);
        Assert.Equal(Filing, draft.Headers.Location!.ToString());
        var view = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(WorkDesk.View("SUBMITTED", [])))!;
        view["payment"]!["status"] = "requested";
        city.Says($"dossiers/{WorkDesk.Id}", view);
        city.Says($"payments/{WorkDesk.Other}", new
        {
            id = WorkDesk.Other,
            dossierId = WorkDesk.Id,
            dossierCode = "H49-42",
            status = "pending",
            reference = "HL123",
            amount = 8000,
            remaining = 8000,
            amountInWords = "Tám nghìn đồng",
            items = Array.Empty<object>(),
            beneficiary = new { bank = "VCB", account = "010", name = "KHO BAC" },
            expiresAt = "2026-12-10T10:00:00Z",
            attempts = Array.Empty<object>(),
        });
        var html = await _browser.GetStringAsync(Filing + "/print?culture=en", City.Ct);
        Html.IsWellMade(html, "en");
        foreach (var word in new[] { $"src=\"{Filing}/qr.png\"", $"src=\"/counter/payments/{WorkDesk.Other}/qr.svg\"", "8.000 đ", "HL123", $"href=\"{Filing}/receipt.pdf\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        city.Answers($"payments/{WorkDesk.Other}/qr.svg", _ => Results.Bytes("<svg/>"u8.ToArray(), "image/svg+xml"));
        Assert.Equal("<svg/>", await _browser.GetStringAsync($"/counter/payments/{WorkDesk.Other}/qr.svg", City.Ct));
        city.Says($"dossiers/{WorkDesk.Id}", WorkDesk.View("ACCEPTED", []));
        Assert.DoesNotContain("qr.svg", await _browser.GetStringAsync(Filing + "/print", City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_poster_is_that_of_the_officials_unit()
    {
        city.Answers("beneficiaries/06688/poster.pdf", _ => Results.Bytes("%PDF-"u8.ToArray(), "application/pdf", "ma.pdf"));
        Assert.Equal("%PDF-", await _browser.GetStringAsync("/counter/poster.pdf", City.Ct));
        city.Unit = null;
        using var citizen = await city.SignedInAsync();
        using var none = await citizen.GetAsync("/counter/poster.pdf", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Theory]
    [InlineData("01.pdf", 1)]
    [InlineData("2 - trang 3.JPG", 2)]
    [InlineData("tp02_scan.pdf", 2)]
    [InlineData("quét/Giấy chứng sinh bé Na.pdf", 2)]
    [InlineData("to-khai.pdf", 1)]
    [InlineData("12.pdf", null)]
    [InlineData("20261201_0930.pdf", null)]
    [InlineData("anh.jpg", null)]
    [InlineData("tờ khai, chứng.pdf", null)]
    public void A_name_says_which_paper_a_scan_is_or_nothing_is_guessed(string name, int? component)
    {
        Find.Component[] components = [new(1, "Tờ khai đăng ký", true, 1, 0, null), new(2, "Giấy chứng sinh trẻ", true, 1, 0, null)];
        Assert.Equal(component, Counter.ScanNames.ComponentOf(name, components));
    }

    private static object Found(int level) => new { id = WorkDesk.Other, kind = "citizen", name = "N. V. Bình", personalNumber = "022*******01", phone = "*** 789", level, version = 4 };

    private async Task<HttpResponseMessage> UploadAsync(string page, string rest, params (string Name, string Type)[] files)
    {
        using var form = new MultipartFormDataContent { { new StringContent(Html.FormToken(page)), "__RequestVerificationToken" }, { new StringContent(rest), "rest" } };
        foreach (var (name, type) in files)
        {
            var file = new ByteArrayContent("%PDF-1.7"u8.ToArray());
            file.Headers.ContentType = new(type);
            form.Add(file, "folder", name);
        }

        return await _browser.PostAsync($"/counter/{WorkDesk.Id}/papers", form, City.Ct);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>What administrators do: what the API is asked for, and what the page says when it refuses.</summary>
public sealed class AdminStepTests(City city) : IClassFixture<City>, IAsyncLifetime
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

    [Theory]
    [InlineData("admin/procedures/drafts", "review", "approval", "POST admin/procedures/drafts/{0}/approval")]
    [InlineData("admin/procedures/drafts", "draft", "review", "POST admin/procedures/drafts/{0}/review")]
    [InlineData("admin/templates/drafts", "inReview", "approve", "POST admin/notice-templates/drafts/{0}/approve")]
    [InlineData("admin/templates/drafts", "draft", "deletion", "DELETE admin/notice-templates/drafts/{0}")]
    [InlineData("admin/grants", "pending", "confirmation", "POST admin/grants/{0}/confirmation")]
    [InlineData("admin/reorganisations", "draft", "application", "POST admin/reorganisations/{0}/application")]
    [InlineData("admin/data-requests", "received", "acknowledgement", "POST data-requests/{0}/acknowledgement")]
    [InlineData("admin/archive/destruction", "proposed", "approval", "POST admin/destruction-lists/{0}/approval")]
    public async Task A_decision_is_taken_once_against_what_was_shown(string area, string state, string step, string operation)
    {
        city.Says($"admin/procedures/drafts/{Id}", AdminSamples.Draft(state));
        city.Says($"admin/notice-templates/drafts/{Id}", AdminSamples.Template(state));
        var asked = string.Format(System.Globalization.CultureInfo.InvariantCulture, operation, Id);
        city.Says(asked, new { id = Id });
        var page = await _office.ReadAsync($"/{area}/{Id}");
        using var done = await _office.SendAsync(page, $"/{area}/{Id}/{step}");
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var first = city.Requests.Last(r => $"{r.Method} {r.Path}" == asked);
        Assert.Equal("\"7\"", first.Version);
        using var twice = await _office.SendAsync(page, $"/{area}/{Id}/{step}");
        Assert.Equal(first.Once, city.Requests.Last(r => $"{r.Method} {r.Path}" == asked).Once);
        Assert.True(Guid.TryParse(first.Once, out _));
    }

    [Fact]
    public async Task A_refusal_gives_the_reason_to_the_api_and_a_missing_one_comes_back_in_its_words()
    {
        city.Refuses($"POST admin/grants/{Id}/refusal", 400, "IDN-1", "Chưa hợp lệ", new { reason = new[] { "Hãy nêu lý do" } });
        var page = await _office.ReadAsync($"/admin/grants/{Id}");
        using var refused = await _office.SendAsync(page, $"/admin/grants/{Id}/refusal", ("reason", "Thiếu quyết định"));
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("<a class=\"ds-link\" href=\"#reason\">Hãy nêu lý do</a>", html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"reason-error\"", html, StringComparison.Ordinal);
        Assert.Contains(">Thiếu quyết định</textarea>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Equal("Thiếu quyết định", JsonNode.Parse(city.Requests.Last(r => r.Path.EndsWith("refusal", StringComparison.Ordinal)).Body)!["reason"]!.ToString());
    }

    [Fact]
    public async Task Of_two_tabs_the_second_is_told_and_keeps_what_was_typed()
    {
        city.Refuses($"PUT admin/procedures/drafts/{Id}", 412, "CMN-0412", "Dữ liệu đã thay đổi");
        var page = await _office.ReadAsync($"/admin/procedures/drafts/{Id}");
        using var stale = await _office.SendAsync(page, $"/admin/procedures/drafts/{Id}/edit", ("content.nameVi", "Tên tôi vừa gõ"),
            ("content.components.1.nameVi", "Giấy mới"));
        var html = WebUtility.HtmlDecode(await stale.Content.ReadAsStringAsync(City.Ct));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        foreach (var word in new[] { "Dữ liệu đã thay đổi", "Nội dung bạn nhập vẫn còn", ">Tên tôi vừa gõ</textarea>", ">Giấy mới</textarea>" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_keeps_what_the_form_does_not_ask()
    {
        city.Says($"PUT admin/procedures/drafts/{Id}", new { id = Id });
        var page = await _office.ReadAsync($"/admin/procedures/drafts/{Id}");
        using var saved = await _office.SendAsync(page, $"/admin/procedures/drafts/{Id}/edit",
            ("content.components.1", "1"), ("content.components.1.nameVi", "Bản sao giấy khai sinh"), ("content.components.1.nameEn", "Copy"),
            ("content.components.1.originals", "0"), ("content.components.1.copies", "1"),
            ("content.fees.0.gone", "true"), ("content.timeLimit.value", "15"), ("content.legalBasis", "31/2024/QH15\n\n 101/2024/NĐ-CP "),
            ("content.shortNameVi", ""));
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        var content = JsonNode.Parse(city.Requests.Last(r => r.Method == "PUT").Body)!["content"]!;
        Assert.Equal("giữ nguyên", content["sourceNote"]!.ToString());
        Assert.True(content["components"]![0]!["reuse"]!["fromStore"]!.GetValue<bool>());
        Assert.True(content["components"]![0]!["required"]!.GetValue<bool>());
        Assert.Equal(("Bản sao giấy khai sinh", 1L), (content["components"]![1]!["nameVi"]!.ToString(), content["components"]![1]!["copies"]!.GetValue<long>()));
        Assert.Equal(2, content["components"]!.AsArray().Count);
        Assert.Empty(content["fees"]!.AsArray());
        Assert.Equal((15L, "workingDay", "Theo cổng"),
            (content["timeLimit"]!["value"]!.GetValue<long>(), content["timeLimit"]!["unit"]!.ToString(), content["timeLimit"]!["note"]!.ToString()));
        Assert.Equal(["31/2024/QH15", "101/2024/NĐ-CP"], content["legalBasis"]!.AsArray().Select(x => x!.ToString()));
        Assert.Equal(("district", "commune"), (content["level"]!["y2023"]!.ToString(), content["level"]!["since20250701"]!.ToString()));
        Assert.False(content.AsObject().ContainsKey("shortNameVi"));
        Assert.False(content.AsObject().ContainsKey("keywords"));
    }

    [Fact]
    public async Task What_is_not_among_the_choices_stays_chosen()
    {
        city.Says($"PUT admin/procedures/drafts/{Id}", new { id = Id });
        var draft = System.Text.Json.JsonSerializer.SerializeToNode(AdminSamples.Draft("draft"))!;
        (draft["content"]!["onlineLevel"], draft["content"]!["subjects"]) = ("partial", new JsonArray("citizen", "newKind"));
        city.Says($"admin/procedures/drafts/{Id}", draft);
        var page = await _office.ReadAsync($"/admin/procedures/drafts/{Id}");
        using var saved = await _office.SendAsync(page, $"/admin/procedures/drafts/{Id}/edit");
        var content = JsonNode.Parse(city.Requests.Last(r => r.Method == "PUT").Body)!["content"]!;
        Assert.Equal("partial", content["onlineLevel"]!.ToString());
        Assert.Equal(["citizen", "newKind"], content["subjects"]!.AsArray().Select(x => x!.ToString()));
        Assert.Equal(draft["content"]!.ToJsonString().Length, content.ToJsonString().Length);
    }

    [Fact]
    public async Task Broken_json_is_told_with_its_line_and_not_sent()
    {
        var page = await _office.ReadAsync($"/admin/procedures/drafts/{Id}/json");
        using var refused = await _office.SendAsync(page, $"/admin/procedures/drafts/{Id}/json", ("content", "{\n\"nameVi\": }"));
        var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(City.Ct));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Không phải JSON hợp lệ (dòng 2)", html, StringComparison.Ordinal);
        Assert.Contains("\"nameVi\": }</textarea>", html.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_of_a_template_are_saved_in_both_languages_and_all_channels()
    {
        city.Says($"PUT admin/notice-templates/drafts/{Id}", new { id = Id });
        var page = await _office.ReadAsync($"/admin/templates/drafts/{Id}");
        using var saved = await _office.SendAsync(page, $"/admin/templates/drafts/{Id}/edit", ("content.vi.email.text", "Một\r\nHai\r\nBa"),
            ("content.en.sms", "Ha Long: {{code}} done"), ("content.vi.zalo.parameters", "MaHoSo: {{code}}\nNgay: {{deadline}}"));
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        var content = JsonNode.Parse(city.Requests.Last(r => r.Method == "PUT").Body)!["content"]!;
        Assert.Equal(["Một", "Hai", "Ba"], content["vi"]!["email"]!["text"]!.AsArray().Select(x => x!.ToString()));
        Assert.Equal("Ha Long: {{code}} done", content["en"]!["sms"]!.ToString());
        Assert.Equal("{{deadline}}", content["vi"]!["zalo"]!["parameters"]!["Ngay"]!.ToString());
        Assert.Equal("Accepted", content["en"]!["push"]!["body"]!.ToString());
    }

    [Fact]
    public async Task Days_of_the_calendar_are_sent_as_rows_with_the_reason()
    {
        city.Says("PATCH admin/calendar/2026", new { year = 2026 });
        var page = await _office.ReadAsync("/admin/calendar?year=2026");
        using var saved = await _office.SendAsync(page, "/admin/calendar/2026/change",
            ("set.0.date", "2026-08-31"), ("set.0.kind", "SWAP_OFF"), ("set.0.nameVi", "Nghỉ hoán đổi"), ("set.0.nameEn", "Swapped off"), ("set.0.source", "TB 1"),
            ("reason", "Thông báo 1"));
        Assert.Equal("/admin/calendar?year=2026", saved.Headers.Location!.ToString());
        var body = JsonNode.Parse(city.Requests.Last(r => r.Method == "PATCH").Body)!;
        Assert.Equal("2026-08-31", Assert.Single(body["set"]!.AsArray())!["date"]!.ToString());
        Assert.Equal("Thông báo 1", body["reason"]!.ToString());
    }

    [Fact]
    public async Task What_is_in_review_is_given_back_before_it_is_deleted()
    {
        city.Says($"admin/notice-templates/drafts/{Id}", AdminSamples.Template("inReview"));
        var page = await _office.ReadAsync($"/admin/templates/drafts/{Id}");
        Assert.Contains($"action=\"/admin/templates/drafts/{Id}/return\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"/admin/templates/drafts/{Id}/deletion\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_wants_a_stronger_sign_in_leads_to_it_and_back_to_the_page()
    {
        city.Answers($"POST admin/grants/{Id}/confirmation", _ => new Demand());
        var page = await _office.ReadAsync($"/admin/grants/{Id}");
        using var sent = await _office.SendAsync(page, $"/admin/grants/{Id}/confirmation");
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var back = await outside.GetAsync(sent.Headers.Location, City.Ct);
        using var done = await _browser.GetAsync(back.Headers.Location!.PathAndQuery, City.Ct);
        Assert.Equal(("urn:halong:acr:strong", $"/admin/grants/{Id}"), (city.Demanded.Acr, done.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task The_secret_of_a_new_client_is_shown_once_and_kept_nowhere()
    {
        city.Says("POST admin/clients", new { client = new { clientId = "acme" }, clientSecret = "s3cr3t" }, 201);
        var page = await _office.ReadAsync("/admin/clients");
        using var made = await _office.SendAsync(page, "/admin/clients/partner", ("clientId", "acme"), ("name", "Bưu điện"), ("contactEmail", "it@example.vn"));
        var html = await made.Content.ReadAsStringAsync(City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("s3cr3t", html, StringComparison.Ordinal);
        Assert.Contains("no-store", made.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var body = JsonNode.Parse(city.Requests.Last(r => r.Path == "admin/clients" && r.Method == "POST").Body)!;
        Assert.Equal(("confidential", "clientCredentials", "secret", "halong.events"),
            (body["type"]!.ToString(), body["grant"]!.ToString(), body["authentication"]!.ToString(), body["scopes"]![0]!.ToString()));
        Assert.Null(body["jwks"]);
        Assert.DoesNotContain("s3cr3t", await _office.ReadAsync("/admin/clients/acme"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_is_added_with_the_first_appointment()
    {
        city.Says("POST admin/staff", new { id = Other }, 201);
        var page = await _office.ReadAsync("/admin/staff");
        using var made = await _office.SendAsync(page, "/admin/staff/new", ("userName", "hoa"), ("displayName", "Trần Thị Hoa"), ("phone", "0912345678"),
            ("appointment.unit", "06658"), ("appointment.title", "Chuyên viên"), ("appointment.roles", "officer"));
        Assert.Equal($"/admin/staff/{Other}", made.Headers.Location!.ToString());
        var body = JsonNode.Parse(city.Requests.Last(r => r.Path == "admin/staff" && r.Method == "POST").Body)!;
        Assert.Equal(("official", "06658", "officer"),
            (body["kind"]!.ToString(), body["appointment"]!["unit"]!.ToString(), body["appointment"]!["roles"]![0]!.ToString()));
        Assert.Null(body["appointment"]!["validFrom"]);
    }

    [Fact]
    public async Task Work_is_ended_under_the_decision_against_the_version_of_the_assignment()
    {
        city.Answers($"DELETE admin/staff/{Other}/assignments/{Id}", _ => Results.NoContent());
        var page = await _office.ReadAsync($"/admin/staff/{Other}/assignments/{Id}");
        using var ended = await _office.SendAsync(page, $"/admin/staff/{Other}/assignments/{Id}/end", ("decision", "12/QĐ"));
        Assert.Equal($"/admin/staff/{Other}", ended.Headers.Location!.ToString());
        var asked = city.Requests.Last(r => r.Method == "DELETE");
        Assert.Equal(($"admin/staff/{Other}/assignments/{Id}?decision=12%2FQ%C4%90", "\"5\"", ""), (asked.Path, asked.Version, asked.Body));
    }

    [Fact]
    public async Task A_merger_is_written_up_by_rows_and_leads_to_its_report()
    {
        city.Says("POST admin/reorganisations", new { id = Id }, 201);
        var page = await _office.ReadAsync("/admin/reorganisations");
        using var made = await _office.SendAsync(page, "/admin/reorganisations/submit", ("effective", "2027-07-01"), ("legalBasis", "NQ 1"),
            ("units.0.code", "06700"), ("units.0.nameVi", "Phường Mới"), ("units.0.kind", "ward"), ("units.0.level", "commune"),
            ("transitions.0.from", "06658@2025-07-01"), ("transitions.0.to", "06700"), ("transitions.0.kind", "merge"));
        Assert.Equal($"/admin/reorganisations/{Id}", made.Headers.Location!.ToString());
        var body = JsonNode.Parse(city.Requests.Last(r => r.Path == "admin/reorganisations" && r.Method == "POST").Body)!;
        Assert.Equal("Phường Mới", Assert.Single(body["units"]!.AsArray())!["nameVi"]!.ToString());
        Assert.False(Assert.Single(body["transitions"]!.AsArray())!["part"]!.GetValue<bool>());
        Assert.Empty(body["splitChoices"]!.AsArray());
    }

    [Fact]
    public async Task More_rows_come_with_all_that_was_typed_and_nothing_is_sent_on()
    {
        var page = await _office.ReadAsync("/admin/reorganisations");
        Assert.DoesNotContain("name=\"units.3\"", page, StringComparison.Ordinal);
        var before = city.Requests.Count(r => r.Method == "POST");
        using var more = await _office.SendAsync(page, "/admin/reorganisations/submit", ("legalBasis", "Nghị quyết 5"), ("units.2.code", "06702"), ("more", "units"));
        var html = await more.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal((HttpStatusCode.OK, before), (more.StatusCode, city.Requests.Count(r => r.Method == "POST")));
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "name=\"units.8\"", "value=\"06702\"", ">Nghị quyết 5</textarea>" })
            Assert.Contains(word, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"transitions.3\"", html, StringComparison.Ordinal);
        city.Says("POST admin/reorganisations", new { id = Id }, 201);
        using var made = await _office.SendAsync(html, "/admin/reorganisations/submit", ("units.7.code", "06707"));
        Assert.Equal(["06702", "06707"], JsonNode.Parse(city.Requests.Last(r => r.Method == "POST").Body)!["units"]!.AsArray().Select(u => u!["code"]!.ToString()));
    }

    [Fact]
    public async Task A_form_that_comes_back_goes_against_the_version_it_was_shown_with()
    {
        city.Refuses($"PUT admin/procedures/drafts/{Id}", 400, "DOS-1", "Chưa hợp lệ");
        var page = (await _office.ReadAsync($"/admin/procedures/drafts/{Id}")).Replace("value=\"&quot;7&quot;\"", "value=\"&quot;6&quot;\"", StringComparison.Ordinal);
        using var refused = await _office.SendAsync(page, $"/admin/procedures/drafts/{Id}/edit");
        var again = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Contains("name=\"version\" value=\"&quot;6&quot;\"", Office.Form(again, $"/admin/procedures/drafts/{Id}/edit"), StringComparison.Ordinal);
        city.Refuses($"PUT admin/procedures/drafts/{Id}", 412, "CMN-0412", "Đã đổi");
        using var stale = await _office.SendAsync(again, $"/admin/procedures/drafts/{Id}/edit");
        var anew = Office.Form(await stale.Content.ReadAsStringAsync(City.Ct), $"/admin/procedures/drafts/{Id}/edit");
        Assert.Contains("name=\"version\" value=\"&quot;7&quot;\"", anew, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_are_counted_first_and_then_sent_again()
    {
        city.Answers("POST admin/messages/redrive", asked =>
            Results.Json(JsonNode.Parse(asked.Body)!["dryRun"]!.GetValue<bool>() ? new { count = 12, order = (Guid?)null } : new { count = 12, order = (Guid?)Id },
            statusCode: 202));
        var page = await _office.ReadAsync("/admin/operations/messages");
        using var counted = await _office.SendAsync(page, "/admin/operations/messages/count", ("channel", "sms"), ("createdBefore", "2026-12-01T08:30"));
        Assert.Contains("12 tin sẽ được gửi lại", WebUtility.HtmlDecode(await counted.Content.ReadAsStringAsync(City.Ct)), StringComparison.Ordinal);
        Assert.Equal("2026-12-01T01:30:00+00:00", JsonNode.Parse(city.Requests.Last(r => r.Path == "admin/messages/redrive").Body)!["createdBefore"]!.ToString());
        using var driven = await _office.SendAsync(page, "/admin/operations/messages/redrive");
        Assert.Contains("Đang gửi lại 12 tin", WebUtility.HtmlDecode(await driven.Content.ReadAsStringAsync(City.Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nobody_knows_whether_it_had_its_effect_the_same_key_is_sent_again()
    {
        city.Refuses("PATCH admin/message-providers/sms-main", 503, "CMN-0503", "Tạm gián đoạn");
        var page = await _office.ReadAsync("/admin/operations/providers/sms-main");
        using var first = await _office.SendAsync(page, "/admin/operations/providers/sms-main/mode", ("mode", "disabled"), ("reason", "Đối tác báo lỗi"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        var again = await first.Content.ReadAsStringAsync(City.Ct);
        Assert.Contains("Đối tác báo lỗi", WebUtility.HtmlDecode(again), StringComparison.Ordinal);
        city.Says("PATCH admin/message-providers/sms-main", new { name = "sms-main" });
        using var second = await _office.SendAsync(again, "/admin/operations/providers/sms-main/mode");
        Assert.Equal("/admin/operations", second.Headers.Location!.ToString());
        var keys = city.Requests.Where(r => r.Method == "PATCH" && r.Path == "admin/message-providers/sms-main").Select(r => r.Once).ToList();
        Assert.Equal(keys[^2], keys[^1]);
    }

    [Fact]
    public async Task What_is_no_step_of_the_page_is_not_asked_and_a_form_from_elsewhere_is_refused()
    {
        var page = await _office.ReadAsync($"/admin/grants/{Id}");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = Html.FormToken(page) });
        using var unknown = await _browser.PostAsync($"/admin/grants/{Id}/anything", form, City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var foreign = new FormUrlEncodedContent(new Dictionary<string, string> { ["once"] = Id.ToString() });
        using var refused = await _browser.PostAsync($"/admin/grants/{Id}/confirmation", foreign, City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.DoesNotContain(city.Requests, r => r.Once == Id.ToString());
    }

    private sealed class Demand : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            httpContext.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_user_authentication\", acr_values=\"urn:halong:acr:strong\", max_age=600";
            return Task.CompletedTask;
        }
    }
}

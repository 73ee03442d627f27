using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>A helper and a citizen: consent, working in the citizen's name, and the end of it.</summary>
public sealed class HelpingTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000061"), Dossier = Guid.Parse("0198e000-0000-7000-8000-000000000062");

    private HttpClient _browser = null!;
    private string _state = "awaitingConsent";
    private Guid? _dossier;

    public async ValueTask InitializeAsync()
    {
        city.Exchanging = 200;
        city.Says("assisted-sessions", new { items = new[] { Session() }, after = "next" });
        city.Says("assisted-sessions/statistics", new { from = "2026-12-01", to = "2026-12-01", items = new[] { new { key = "home", sessions = 12, consented = 11, revoked = 1, deeds = 40 } } });
        city.Answers($"assisted-sessions/{Id}", _ => Results.Json(Session()));
        city.Answers($"POST assisted-sessions/{Id}/consent", asked => asked.Body.Contains("123456", StringComparison.Ordinal)
            ? Now("active") : Problem(422, "IDN-0507", "Mã đồng ý không đúng hoặc đã hết hạn."));
        city.Answers($"DELETE assisted-sessions/{Id}", _ =>
        {
            _state = "ended";
            return Results.NoContent();
        });
        city.Answers($"dossiers/{Dossier}", asked => City.Session(asked) == Id.ToString() ? Results.Json(Filed()) : Problem(404, "DOS-0001", "Không có"));
        _browser = await city.SignedInAsync("helper");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("vi", "Theo nơi hỗ trợ")]
    [InlineData("en", "By place")]
    public async Task The_helper_sees_sessions_and_own_figures(string language, string words)
    {
        _browser.DefaultRequestHeaders.Add("Accept-Language", language);
        var html = await _browser.GetStringAsync("/helping", City.Ct);
        Html.IsWellMade(html, language);
        foreach (var word in new[] { words, "Trần Văn Bình", "<td>12</td><td>11</td><td>1</td>", $"/helping/{Id}", "/helping?after=next", "aria-current=\"page\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.Contains(city.Requests, r => r.Path.StartsWith("assisted-sessions/statistics?from=", StringComparison.Ordinal) && r.Path.EndsWith("groupBy=place", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_no_helper_is_told_and_reception_is_led_to_the_counter()
    {
        using var reception = await city.SignedInAsync("reception");
        city.Refuses("assisted-sessions", 403, "CMN-0403", "Bạn không có quyền");
        using var response = await reception.GetAsync("/helping", City.Ct);
        var html = await response.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("href=\"/counter\"", html, StringComparison.Ordinal);
        using var nobody = city.Browser();
        using var sent = await nobody.GetAsync("/helping", City.Ct);
        Assert.Contains("/connect/authorize", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_named_in_the_body_and_never_in_an_address()
    {
        var page = await _browser.GetStringAsync("/helping/new", City.Ct);
        Html.IsWellMade(page, "vi");
        city.Answers("POST assisted-sessions", _ => Results.Json(Session(), statusCode: 201));
        using var opened = await SendAsync("/helping/new", page, [.. Typed("022 099 000 123"), ("acts", "dossier.fill"), ("acts", "dossier.sign")]);
        Assert.Equal((HttpStatusCode.SeeOther, $"/helping/{Id}"), (opened.StatusCode, opened.Headers.Location!.ToString()));
        var sent = JsonNode.Parse(city.Requests.Last(r => r is { Method: "POST", Path: "assisted-sessions" }).Body)!;
        Assert.Equal("022099000123", sent["citizen"]!["personalNumber"]!.GetValue<string>());
        Assert.Equal("""["dossier.fill"]""", sent["acts"]!.ToJsonString());
        Assert.Null(sent["citizen"]!["phone"]);
        Assert.DoesNotContain(city.Requests, r => r.Path.Contains("022099", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_the_person_stands_at_each_field_with_what_was_typed()
    {
        var page = await _browser.GetStringAsync("/helping/new", City.Ct);
        city.Refuses("POST assisted-sessions", 400, "IDN-0501", "Yêu cầu hỗ trợ chưa hợp lệ.", new Dictionary<string, string[]> { ["citizen.personalNumber"] = ["Số định danh có 12 chữ số."] });
        using var refused = await SendAsync("/helping/new", page, [.. Typed("0220"), ("acts", "account.open"), ("phone", "0912 345 678")]);
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "href=\"#citizen.personalNumber\"", "id=\"citizen.personalNumber-note\"", "value=\"0220\"", "value=\"0912 345 678\"", "value=\"Trần Văn Bình\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.Contains("0912 345 678", city.Requests.Last(r => r.Method == "POST").Body, StringComparison.Ordinal);
        city.Refuses("POST assisted-sessions", 429, "IDN-0510", "Bạn đã mở quá nhiều phiên hỗ trợ trong một giờ.");
        using var often = await SendAsync("/helping/new", html, Typed("022099000123"));
        Assert.Equal(HttpStatusCode.TooManyRequests, often.StatusCode);
    }

    [Fact]
    public async Task A_wrong_code_is_asked_again_and_the_right_one_begins_in_the_citizens_name()
    {
        var page = await _browser.GetStringAsync($"/helping/{Id}", City.Ct);
        Html.IsWellMade(page, "vi");
        using var wrong = await SendAsync($"/helping/{Id}/consent", page, ("code", "000000"), ("version", "\"7\""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Mã đồng ý không đúng", await wrong.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        await ConsentAsync();
        Assert.Equal("\"7\"", city.Requests.Last(r => r.Path.EndsWith("/consent", StringComparison.Ordinal)).Version);
        var active = await _browser.GetStringAsync($"/helping/{Id}", City.Ct);
        Html.IsWellMade(active, "vi");
        Assert.Contains("Bạn đang làm thay cho Trần Văn Bình.", Html.Text(active), StringComparison.Ordinal);
        Assert.Contains("Trang này là của chính bạn.", active, StringComparison.Ordinal);
        Assert.Null(City.Session(city.Requests.Last(r => r.Path == $"assisted-sessions/{Id}")));
    }

    [Fact]
    public async Task Filing_pages_ask_in_the_citizens_name_with_one_exchange_and_the_rest_in_the_own()
    {
        await ConsentAsync();
        city.Says("dossiers", new { items = Array.Empty<object>(), after = (string?)null });
        var before = city.Exchanged;
        for (var i = 0; i < 2; i++)
        {
            var html = await _browser.GetStringAsync("/dossiers", City.Ct);
            Html.IsWellMade(html, "vi");
            Assert.Contains("Bạn đang làm thay cho Trần Văn Bình.", Html.Text(html), StringComparison.Ordinal);
            Assert.DoesNotContain("Trang này là của chính bạn.", html, StringComparison.Ordinal);
        }

        Assert.Equal(before + 1, city.Exchanged);
        Assert.Equal(Id.ToString(), City.Session(city.Requests.Last(r => r.Path.StartsWith("dossiers", StringComparison.Ordinal))));
        await _browser.GetStringAsync("/helping", City.Ct);
        Assert.Null(City.Session(city.Requests.Last()));
    }

    [Fact]
    public async Task A_session_that_is_over_never_goes_on_in_the_own_name()
    {
        await ConsentAsync();
        city.Exchanging = 400;
        var asked = city.Requests.Count;
        using var over = await _browser.GetAsync("/dossiers", City.Ct);
        Assert.Equal((HttpStatusCode.SeeOther, "/helping/over"), (over.StatusCode, over.Headers.Location!.ToString()));
        Assert.Equal(asked, city.Requests.Count);
        var told = await _browser.GetStringAsync("/helping/over", City.Ct);
        Html.IsWellMade(told, "vi");
        Assert.DoesNotContain("Bạn đang làm thay", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, 303)]
    [InlineData(403, 403)]
    public async Task A_right_that_the_api_refuses_is_asked_for_anew(int refused, int shown)
    {
        await ConsentAsync();
        city.Refuses("dossiers", refused, "CMN-1401", "Không còn hiệu lực");
        using var first = await _browser.GetAsync("/dossiers", City.Ct);
        Assert.Equal(shown, (int)first.StatusCode);
        if (shown == 303)
            Assert.Equal("/helping", first.Headers.Location!.ToString());
        city.Exchanging = 400;
        using var next = await _browser.GetAsync("/dossiers", City.Ct);
        Assert.Equal("/helping/over", next.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Nobody_is_made_to_act_by_a_page_of_others()
    {
        _state = "active";
        using var empty = new FormUrlEncodedContent([]);
        using var forged = await _browser.PostAsync($"/helping/{Id}/start", empty, City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.DoesNotContain("Bạn đang làm thay", await _browser.GetStringAsync("/helping", City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identity_down_is_said_and_the_session_is_kept()
    {
        await ConsentAsync();
        city.Exchanging = 503;
        using var busy = await _browser.GetAsync("/dossiers", City.Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
        city.Exchanging = 200;
        city.Says("dossiers", new { items = Array.Empty<object>(), after = (string?)null });
        Assert.Contains("Trần Văn Bình", await _browser.GetStringAsync("/dossiers", City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_a_tab_left_open_is_not_sent_in_another_name()
    {
        city.Says("procedures/1.001193", new { code = "1.001193", name = "Khai sinh", components = Array.Empty<object>() });
        city.Says("units", new { items = Array.Empty<object>(), after = (string?)null });
        city.Answers("POST dossiers", _ => Results.Json(Filed(), statusCode: 201));
        await ConsentAsync();
        var tab = await _browser.GetStringAsync("/filing/new/1.001193", City.Ct);
        using var ended = await SendAsync($"/helping/{Id}/end", tab);
        Assert.Equal($"/helping/{Id}", ended.Headers.Location!.ToString());
        var asked = city.Requests.Count;
        using var refused = await SendAsync("/filing/new/1.001193", tab, ("place", "06688"));
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Trang này đã cũ", html, StringComparison.Ordinal);
        Assert.Equal(asked, city.Requests.Count);
        // The way out stays open to every tab.
        using var left = await SendAsync("/sign-out", tab);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
    }

    [Fact]
    public async Task Ending_is_for_good_and_a_second_click_says_nothing_else()
    {
        await ConsentAsync();
        var page = await _browser.GetStringAsync($"/helping/{Id}", City.Ct);
        using var ended = await SendAsync($"/helping/{Id}/end", page, ("version", "\"7\""));
        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        Assert.DoesNotContain("Bạn đang làm thay", await _browser.GetStringAsync($"/helping/{Id}", City.Ct), StringComparison.Ordinal);
        city.Refuses($"DELETE assisted-sessions/{Id}", 409, "IDN-0505", "Phiên hỗ trợ đã kết thúc.");
        using var again = await SendAsync($"/helping/{Id}/end", page, ("version", "\"7\""));
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Fact]
    public async Task Two_tabs_collide_with_a_clear_message()
    {
        await ConsentAsync();
        var page = await _browser.GetStringAsync($"/helping/{Id}", City.Ct);
        city.Refuses($"DELETE assisted-sessions/{Id}", 412, "CMN-0412", "Dữ liệu đã thay đổi.");
        using var stale = await SendAsync($"/helping/{Id}/end", page, ("version", "\"6\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        var html = await stale.Content.ReadAsStringAsync(City.Ct);
        Assert.Contains("Dữ liệu đã thay đổi.", html, StringComparison.Ordinal);
        Assert.Contains("Bạn đang làm thay", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_telephone_a_signed_paper_and_a_witness_do()
    {
        var page = await _browser.GetStringAsync($"/helping/{Id}", City.Ct);
        Html.IsWellMade(await _browser.GetStringAsync($"/helping/{Id}/paper", City.Ct), "vi");
        city.Answers($"POST assisted-sessions/{Id}/paper-consent", _ => Now("awaitingWitness"));
        using var file = new ByteArrayContent("%PDF-1.7 %%EOF"u8.ToArray());
        file.Headers.ContentType = new("application/pdf");
        using var form = new MultipartFormDataContent { { new StringContent(Html.FormToken(page)), "__RequestVerificationToken" }, { file, "scan", "nguyen-van-a.pdf" } };
        using var sent = await _browser.PostAsync($"/helping/{Id}/paper", form, City.Ct);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var upload = city.Requests.Last(r => r.Path.EndsWith("/paper-consent", StringComparison.Ordinal)).Body;
        Assert.Contains("%PDF-1.7", upload, StringComparison.Ordinal);
        Assert.DoesNotContain("nguyen-van-a", upload, StringComparison.Ordinal);
        var waits = await _browser.GetStringAsync($"/helping/{Id}", City.Ct);
        Html.IsWellMade(waits, "vi");
        Assert.Contains($"/helping/witness/{Id}", waits, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_helper_witnesses_on_the_own_device()
    {
        var page = await _browser.GetStringAsync($"/helping/witness/{Id}", City.Ct);
        Html.IsWellMade(page, "vi");
        city.Refuses($"POST assisted-sessions/{Id}/witness", 403, "IDN-0508", "Người làm chứng phải là một người hỗ trợ khác của cùng đơn vị.");
        using var same = await SendAsync($"/helping/witness/{Id}", page);
        Assert.Contains("một người hỗ trợ khác", await same.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        city.Answers($"POST assisted-sessions/{Id}/witness", _ => Now("active"));
        using var seen = await SendAsync($"/helping/witness/{Id}", page);
        Assert.Contains("Đã xác nhận", await seen.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_gone_on_with_and_ends_in_a_receipt_for_the_citizen()
    {
        (_state, _dossier) = ("active", Dossier);
        var page = await _browser.GetStringAsync($"/helping/{Id}", City.Ct);
        using var started = await SendAsync($"/helping/{Id}/start", page);
        Assert.Equal($"/filing/{Dossier}/form", started.Headers.Location!.ToString());
        Assert.Contains($"/helping/receipt/{Dossier}", await _browser.GetStringAsync($"/helping/{Id}", City.Ct), StringComparison.Ordinal);
        var receipt = await _browser.GetStringAsync($"/helping/receipt/{Dossier}", City.Ct);
        Html.IsWellMade(receipt, "vi");
        foreach (var word in new[] { "H49-61", "Trần Văn Bình", "Nguyễn Thị Hạnh", "120.000 đ", "qr.png" })
            Assert.Contains(word, receipt, StringComparison.Ordinal);
        city.Answers($"dossiers/{Dossier}/submission-receipt/qr.png", _ => Results.Bytes([1, 2], "image/png"));
        Assert.Equal(2, (await _browser.GetByteArrayAsync($"/helping/receipt/{Dossier}/qr.png", City.Ct)).Length);
        using var stranger = await city.SignedInAsync("helper");
        using var none = await stranger.GetAsync($"/helping/receipt/{Dossier}", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static (string, string)[] Typed(string number) =>
        [("number", number), ("name", "Trần Văn Bình"), ("purpose", "Đăng ký khai sinh"), ("placeKind", "home"), ("placeText", "Tổ 5"), ("once", Guid.Empty.ToString())];

    private static object Filed() => new
    {
        id = Dossier,
        code = "H49-61",
        status = "SUBMITTED",
        statusName = "Đã nộp",
        procedureCode = "1.001193",
        procedureName = "Đăng ký khai sinh",
        unitName = "Phường Hạ Long",
        subject = "",
        documents = Array.Empty<object>(),
        submittedAt = "2026-12-01T08:00:00Z",
        feeTotal = 120000,
    };

    private object Session() => new
    {
        id = Id,
        reference = "00000061",
        state = _state,
        helperName = "Nguyễn Thị Hạnh",
        helperUnit = "06688",
        citizenName = "Trần Văn Bình",
        purpose = "Đăng ký khai sinh",
        place = new { kind = "home", text = (string?)null, unit = "06688" },
        acts = new[] { "dossier.fill", "dossier.submit" },
        dossierId = _dossier,
        consent = _state == "active" ? "code" : null,
        deeds = new Dictionary<string, int> { ["dossier.fill"] = 2 },
        openedAt = "2026-12-01T08:00:00Z",
        expiresAt = "2026-12-01T09:00:00Z",
    };

    private IResult Now(string state)
    {
        _state = state;
        return Results.Json(Session());
    }

    private static IResult Problem(int status, string code, string title) =>
        Results.Json(new { status, code, title }, contentType: "application/problem+json", statusCode: status);

    private async Task ConsentAsync()
    {
        var page = await _browser.GetStringAsync($"/helping/{Id}", City.Ct);
        using var given = await SendAsync($"/helping/{Id}/consent", page, ("code", "123 456"), ("once", Guid.CreateVersion7().ToString()), ("version", "\"7\""));
        Assert.Equal((HttpStatusCode.SeeOther, $"/helping/{Id}"), (given.StatusCode, given.Headers.Location!.ToString()));
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string page, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", Html.FormToken(page))));
        return await _browser.PostAsync(path, form, City.Ct);
    }
}

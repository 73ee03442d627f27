using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Signing: look, agree, PIN and code, or refuse.</summary>
public sealed class SigningTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000201"), Document = Guid.Parse("0198e000-0000-7000-8000-000000000202"),
        Certificate = Guid.Parse("0198e000-0000-7000-8000-000000000203");

    private readonly Uri _page = new($"/signing/{Id}", UriKind.Relative);
    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says($"signing-sessions/{Id}", Session());
        city.Refuses($"signing-sessions/{Id}/signing", 409, "SIG-0313", "Chưa có lần ký nào");
        city.Says("me/credentials", new { items = new[] { Credential() }, after = (string?)null });
        _browser = await city.SignedInAsync();
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_waits_for_the_visitor_is_listed_with_its_deadline_and_the_way_on()
    {
        city.Says("me/signing-sessions", new { items = new object[] { Session(), Session("completed", false) }, after = "next" });
        var html = await _browser.GetStringAsync("/signing", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "Chờ bạn ký", "Đã ký xong", "Đơn đăng ký đất đai", "don.pdf", "17:00 05/12/2026", "href=\"/signing?after=next\"", "aria-current=\"page\">Đang chờ ký" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.EndsWith("state=open", city.Requests.Last(r => r.Path.StartsWith("me/signing", StringComparison.Ordinal)).Path, StringComparison.Ordinal);
        var all = await _browser.GetStringAsync("/signing?state=all&after=x&culture=en", City.Ct);
        Html.IsWellMade(all, "en");
        Assert.EndsWith("limit=20&after=x", city.Requests.Last(r => r.Path.StartsWith("me/signing", StringComparison.Ordinal)).Path, StringComparison.Ordinal);
        city.Says("me/signing-sessions", new { items = Array.Empty<object>(), after = (string?)null });
        Assert.Contains("Không có tài liệu nào đang chờ bạn ký.", await _browser.GetStringAsync("/signing", City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_shows_what_is_signed_and_asks_for_a_certificate_and_an_agreement()
    {
        var html = await _browser.GetStringAsync(_page, City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { $"href=\"/signing/{Id}/documents/{Document}\" target=\"_blank\" rel=\"noopener\"", $"value=\"{Certificate}\"", "name=\"consent\" value=\"2026-12-01\"", "Tôi đồng ý" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        city.Answers($"signing-sessions/{Id}/documents/{Document}/content", _ => Results.Bytes("%PDF-"u8.ToArray(), "application/pdf"));
        Assert.Equal("%PDF-", await _browser.GetStringAsync($"/signing/{Id}/documents/{Document}", City.Ct));
    }

    [Fact]
    public async Task Starting_sends_the_code_and_the_page_asks_for_pin_and_code()
    {
        city.Says($"POST signing-sessions/{Id}/signing", Order());
        using var started = await SendAsync("start", ("credential", Certificate.ToString()), ("consent", "2026-12-01"));
        Assert.Equal((HttpStatusCode.SeeOther, $"/signing/{Id}"), (started.StatusCode, started.Headers.Location!.ToString()));
        var sent = JsonNode.Parse(city.Requests.Last(r => r is { Method: "POST" }).Body)!;
        Assert.Equal(("built-in", $"{Certificate}", "2026-12-01"), ((string?)sent["provider"], (string?)sent["credentialId"], (string?)sent["consent"]));
        city.Says($"signing-sessions/{Id}/signing", Order());
        var html = await _browser.GetStringAsync(_page, City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "09•••123", "type=\"password\" id=\"pin\"", "autocomplete=\"one-time-code\"", "17:10 01/12/2026" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_certificate_one_for_this_time_is_made_and_used()
    {
        city.Says("me/credentials", new { items = Array.Empty<object>(), after = (string?)null });
        var html = await _browser.GetStringAsync(_page, City.Ct);
        Assert.Contains("value=\"once\" checked", html, StringComparison.Ordinal);
        city.Says("POST me/credentials", Credential(), 201);
        city.Says($"POST signing-sessions/{Id}/signing", Order());
        var once = Guid.CreateVersion7().ToString();
        using var started = await SendAsync("start", ("credential", "once"), ("consent", "2026-12-01"), ("once", once));
        Assert.Equal(HttpStatusCode.SeeOther, started.StatusCode);
        var made = city.Requests.Last(r => r is { Method: "POST", Path: "me/credentials" });
        Assert.Equal(("{\"term\":\"oneTime\"}", once), (made.Body, made.Once));
        Assert.Contains(Certificate.ToString(), city.Requests.Last(r => r.Path.EndsWith("/signing", StringComparison.Ordinal) && r.Method == "POST").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_official_without_a_certificate_is_shown_where_to_get_one()
    {
        city.Says("me/credentials", new { items = Array.Empty<object>(), after = (string?)null });
        using var approver = await city.SignedInAsync("approver");
        var html = await approver.GetStringAsync(_page, City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.DoesNotContain("value=\"once\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/me/signature\">Xin cấp", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SIG-0222", "Mã PIN không đúng. Còn 3 lần thử.", "pin-note")]
    [InlineData("SIG-0225", "Mã ký số không đúng.", "code-note")]
    public async Task A_wrong_pin_or_code_is_said_beside_it_with_the_tries_left_and_never_shown_again(string code, string title, string note)
    {
        city.Says($"signing-sessions/{Id}/signing", Order());
        city.Refuses($"POST signing-sessions/{Id}/signing/authorisation", 400, code, title);
        using var refused = await SendAsync("authorisation", ("pin", "739215"), ("code", "445566 "));
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains($"id=\"{note}\">{title}", html, StringComparison.Ordinal);
        Assert.Contains($"aria-describedby=\"{note}\" aria-invalid=\"true\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("739215", html, StringComparison.Ordinal);
        Assert.DoesNotContain("445566", html, StringComparison.Ordinal);
        var sent = city.Requests.Last(r => r.Path.EndsWith("/authorisation", StringComparison.Ordinal));
        Assert.Equal(("{\"pin\":\"739215\",\"oneTimeCode\":\"445566\"}", ""), (sent.Body, sent.Once));
    }

    [Fact]
    public async Task What_lapsed_is_begun_again_and_what_was_signed_leads_on()
    {
        city.Says($"signing-sessions/{Id}/signing", Order("expired", "LAPSED"));
        var lapsed = await _browser.GetStringAsync(_page, City.Ct);
        Assert.Contains("Chưa có gì được ký; hãy bắt đầu lại. (LAPSED)", Html.Text(lapsed), StringComparison.Ordinal);
        Assert.Contains("name=\"consent\"", lapsed, StringComparison.Ordinal);
        city.Says($"signing-sessions/{Id}", Session("completed", false));
        var done = await _browser.GetStringAsync($"/signing/{Id}?to=%2Ffiling%2F1", City.Ct);
        Html.IsWellMade(done, "vi");
        Assert.Contains("Tài liệu đã ký", done, StringComparison.Ordinal);
        Assert.Contains("<a class=\"ds-button\" href=\"/filing/1\">", done, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"reason\"", done, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("begun", true)]
    [InlineData("answered", true)]
    [InlineData("failed", false)]
    public async Task While_a_provider_answers_the_page_looks_again(string state, bool looks)
    {
        city.Says($"signing-sessions/{Id}/signing", new { state, needs = Array.Empty<string>(), until = "2026-12-01T10:10:00Z" });
        Assert.Equal(looks, (await _browser.GetStringAsync(_page, City.Ct)).Contains("http-equiv=\"refresh\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_to_go_on_is_kept_and_leads_nowhere_else()
    {
        var html = await _browser.GetStringAsync($"/signing/{Id}?to=%2Ffiling%2F1%3Fa%3Db", City.Ct);
        Assert.Contains($"action=\"/signing/{Id}/start?to=%2Ffiling%2F1%3Fa%3Db\"", html, StringComparison.Ordinal);
        city.Says($"POST signing-sessions/{Id}/signing", Order());
        using var started = await SendAsync("start?to=%2F%2Fevil.example", ("credential", Certificate.ToString()), ("consent", "2026-12-01"));
        Assert.Equal($"/signing/{Id}?to=%2F", started.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Refusing_needs_a_reason_and_counts_once_against_what_was_shown()
    {
        city.Says($"POST signing-sessions/{Id}/refusal", Session("refused", false));
        var once = Guid.CreateVersion7().ToString();
        using var refused = await SendAsync("refusal", ("reason", "Sai tên"), ("once", once), ("version", "\"7\""));
        Assert.Equal($"/signing/{Id}", refused.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r.Path.EndsWith("/refusal", StringComparison.Ordinal));
        Assert.Equal((once, "\"7\"", "{\"reason\":\"Sai tên\"}"), (sent.Once, sent.Version, System.Text.RegularExpressions.Regex.Unescape(sent.Body)));
        city.Refuses($"POST signing-sessions/{Id}/refusal", 400, "SIG-0328", "Cần nêu lý do");
        using var wordless = await SendAsync("refusal", ("reason", ""));
        var html = await wordless.Content.ReadAsStringAsync(City.Ct);
        Assert.Contains("Cần nêu lý do", html, StringComparison.Ordinal);
        Assert.Contains("<details class=\"ds-details\" open", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(409, "SIG-0306", "Bạn chưa xem đúng nội dung hiện tại")]
    [InlineData(412, "CMN-0412", "Đã có thay đổi")]
    [InlineData(503, "SIG-0217", "Tạm thời gián đoạn")]
    public async Task What_the_api_refuses_is_shown_on_the_page(int status, string code, string title)
    {
        city.Refuses($"POST signing-sessions/{Id}/signing", status, code, title);
        using var refused = await SendAsync("start", ("credential", Certificate.ToString()), ("consent", "2026-12-01"));
        Assert.Equal(status, (int)refused.StatusCode);
        Assert.Contains(title, await refused.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_sessions_are_not_there_and_a_sign_in_that_ended_leads_back()
    {
        using var none = await _browser.GetAsync($"/signing/{Guid.Empty}", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        city.Refuses($"signing-sessions/{Guid.AllBitsSet}", 503, "CMN-0503", "Đang bận");
        using var busy = await _browser.GetAsync($"/signing/{Guid.AllBitsSet}", City.Ct);
        Html.IsWellMade(await busy.Content.ReadAsStringAsync(City.Ct), "vi");
        city.Refuses("me/signing-sessions", 403, "SIG-0000", "Không được");
        using var delegated = await _browser.GetAsync("/signing", City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, delegated.StatusCode);
        city.Refuses($"POST signing-sessions/{Id}/signing", 401, "CMN-0401", "Hãy đăng nhập");
        using var over = await SendAsync("start", ("credential", "x"), ("consent", "y"));
        Assert.Equal(HttpStatusCode.Redirect, over.StatusCode);
        using var nobody = city.Browser();
        using var stranger = await nobody.GetAsync(_page, City.Ct);
        Assert.Contains("/connect/authorize", stranger.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private static object Session(string state = "open", bool myTurn = true) => new
    {
        id = Id,
        purpose = "Đơn đăng ký đất đai",
        subject = "",
        state,
        createdAt = "2026-12-01T10:00:00Z",
        deadline = "2026-12-05T10:00:00Z",
        closedAt = state == "open" ? null : "2026-12-02T10:00:00Z",
        myTurn,
        documents = new[] { new { id = Document, number = 1, name = "don.pdf", size = 2000, signatures = myTurn ? 0 : 1, signedByMe = !myTurn } },
        signers = new[] { new { accountId = Id, turn = 1, role = "", state = "viewing", reason = (string?)null } },
        consent = new { version = "2026-12-01", vi = "Tôi đồng ý", en = "I agree" },
    };

    private static object Order(string state = "begun", string? code = null) =>
        new { id = Id, state, needs = state == "begun" ? new[] { "pin", "oneTimeCode" } : [], codeSentTo = "09•••123", until = "2026-12-01T10:10:00Z", code };

    private static object Credential() => new
    {
        id = Certificate,
        kind = "citizen",
        term = "long",
        state = "active",
        name = "Nguyễn Thị Hạnh",
        isApproved = false,
        createdAt = "2026-11-01T00:00:00Z",
        notAfter = "2027-11-01T00:00:00Z",
        mayRenew = false,
    };

    private async Task<HttpResponseMessage> SendAsync(string step, params (string Name, string Value)[] fields)
    {
        var page = await _browser.GetStringAsync(_page, City.Ct);
        using var form = new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", Html.FormToken(page))));
        return await _browser.PostAsync($"/signing/{Id}/{step}", form, City.Ct);
    }
}

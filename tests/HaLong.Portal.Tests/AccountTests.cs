using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>The account: profile, where one is reached and how, who looked, where one is signed in.</summary>
public sealed class AccountTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-0000000000b1");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says("me", Me(1));
        city.Says("me/contact-points", DossierSamples.List(new { kind = "phone", value = "+84912345678", isVerified = true }));
        city.Says("me/preferences", new { language = "vi", channels = new[] { "email", "inApp" }, quietHours = false, digest = "none", optionalMessages = true });
        _browser = await city.SignedInAsync();
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task The_account_leads_to_all_its_pages_and_says_who_waits_for_an_answer(string language)
    {
        city.Says("me/delegations", DossierSamples.List(DelegationTests.Delegation("received", "offered")));
        var html = await _browser.GetStringAsync("/me?culture=" + language, City.Ct);
        Html.IsWellMade(html, language);
        foreach (var word in new[] { "Nguyễn Thị Hạnh", "022*******23", "/account/security", "/me/access-log", "/me/data", "ds-alert" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_works_for_an_agency_is_not_led_to_what_is_the_applicants()
    {
        city.Says("me", Me(2, "official"));
        var html = await _browser.GetStringAsync("/me", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("href=\"/me/profile\"", html, StringComparison.Ordinal);
        foreach (var page in new[] { "/me/delegations", "/me/help", "/documents" })
            Assert.DoesNotContain($"<a class=\"ds-card\" href=\"{page}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_verified_is_changed_against_what_was_shown()
    {
        city.Says("PATCH me", Me(1));
        var page = await _browser.GetStringAsync("/me/profile", City.Ct);
        Html.IsWellMade(page, "vi");
        (await _browser.SendFormAsync(page, "/me/profile", ("displayName", "Nguyễn Thị Hạnh Mới"), ("birthDate", "1990-05-06"), ("sex", "female"))).LeadsTo("/me");
        var sent = city.Requests.Last(r => r.Method == "PATCH");
        Assert.Equal("\"7\"", sent.Version);
        Assert.Equal("Nguyễn Thị Hạnh Mới", JsonNode.Parse(sent.Body)!["displayName"]!.GetValue<string>());
        city.Refuses("PATCH me", 412, "CMN-0412", "Đã có người thay đổi");
        var (answer, html) = await _browser.SendFormAsync(page, "/me/profile", ("displayName", "Tên Khác"), ("sex", ""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("value=\"Tên Khác\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verified_name_is_shown_and_leads_to_a_request_to_correct_it()
    {
        city.Says("me", Me(2));
        var html = await _browser.GetStringAsync("/me/profile", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.DoesNotContain("name=\"displayName\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/me/data\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_number_needs_the_code_that_came_there_and_stands_in_no_address()
    {
        city.Says("PATCH me/contact-points/phone", new { id = Id, expiresAt = "2026-12-01T05:05:00Z", resendAfter = "2026-12-01T05:01:00Z" }, 202);
        city.Says($"me/contact-points/changes/{Id}/resend", new { id = Id, expiresAt = "2026-12-01T05:05:00Z", resendAfter = "2026-12-01T05:01:00Z" }, 202);
        var page = await _browser.GetStringAsync("/me/contact", City.Ct);
        Html.IsWellMade(page, "vi");
        var started = await _browser.SendFormAsync(page, "/me/contact", ("value", "0987654321"));
        started.LeadsTo($"/me/contact/changes/{Id}");
        var asked = city.Requests.Last(r => r.Path == "me/contact-points/phone");
        Assert.Equal(("{\"value\":\"0987654321\"}", "", "\"7\""), (asked.Body, asked.Once, asked.Version));
        var code = await _browser.GetStringAsync($"/me/contact/changes/{Id}", City.Ct);
        Html.IsWellMade(code, "vi");
        (await _browser.SendFormAsync(code, $"/me/contact/changes/{Id}/resend")).LeadsTo($"/me/contact/changes/{Id}");
        city.Refuses($"me/contact-points/changes/{Id}/confirmation", 400, "IDN-0104", "Mã không đúng", new { code = new[] { "Còn 4 lần thử." } });
        var (wrong, html) = await _browser.SendFormAsync(code, $"/me/contact/changes/{Id}", ("code", "000000"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Còn 4 lần thử.", html, StringComparison.Ordinal);
        city.Says($"me/contact-points/changes/{Id}/confirmation", DossierSamples.List());
        (await _browser.SendFormAsync(code, $"/me/contact/changes/{Id}", ("code", " 123456 "))).LeadsTo("/me/contact");
        Assert.Equal("{\"code\":\"123456\"}", city.Requests.Last(r => r.Path.EndsWith("confirmation", StringComparison.Ordinal)).Body);
    }

    [Fact]
    public async Task A_change_that_needs_a_fresh_sign_in_asks_for_it_and_leads_back_to_the_form()
    {
        city.Answers("POST me/contact-points", _ => new Challenge());
        var page = await _browser.GetStringAsync("/me/contact", City.Ct);
        var email = page[page.IndexOf("email-h", StringComparison.Ordinal)..];
        var (answer, _) = await _browser.SendFormAsync(email, "/me/contact", ("value", "hanh@example.vn"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("max_age=600", answer.Headers.Location!.Query, StringComparison.Ordinal);
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var back = await outside.GetAsync(answer.Headers.Location, City.Ct);
        using var done = await _browser.GetAsync(back.Headers.Location!.PathAndQuery, City.Ct);
        Assert.Equal("/me/contact", done.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_value_that_is_refused_stays_in_its_form_and_a_mailbox_can_be_removed()
    {
        city.Says("me/contact-points", DossierSamples.List(new { kind = "email", value = "cu@example.vn", isVerified = false }));
        city.Refuses("POST me/contact-points", 400, "IDN-0120", "Chưa đúng", new { value = new[] { "Hãy nhập số điện thoại di động Việt Nam." } });
        var (answer, html) = await _browser.SendFromAsync("/me/contact", "/me/contact", ("value", "12"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("id=\"value\" name=\"value\" type=\"tel\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"12\"", html, StringComparison.Ordinal);
        city.Answers("DELETE me/contact-points/email", _ => Results.NoContent());
        (await _browser.SendFromAsync("/me/contact", "/me/contact/removal")).LeadsTo("/me/contact");
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Preferences_are_shown_in_their_order(string language)
    {
        var html = await _browser.GetStringAsync("/me/preferences?culture=" + language, City.Ct);
        Html.IsWellMade(html, language);
        Assert.Matches("id=\"rank-email\"[^§]*?<option value=\"1\" selected", html);
    }

    [Fact]
    public async Task Preferences_are_saved_against_what_was_shown_and_the_inbox_is_always_among_them()
    {
        city.Says("PATCH me/preferences", new { language = "en", channels = new[] { "zalo" }, quietHours = true, digest = "daily", optionalMessages = false });
        var page = await _browser.GetStringAsync("/me/preferences", City.Ct);
        (await _browser.SendFormAsync(page, "/me/preferences", ("rank-inApp", "x"), ("rank-sms", "2"), ("rank-zalo", "1"), ("rank-email", "0"), ("language", "en"), ("digest", "daily"), ("quietHours", "true")))
            .LeadsTo("/me/preferences?saved=true");
        var sent = city.Requests.Last(r => r.Method == "PATCH");
        Assert.Equal("\"7\"", sent.Version);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"language":"en","channels":["zalo","sms","inApp"],"quietHours":true,"digest":"daily","optionalMessages":false}"""), JsonNode.Parse(sent.Body)));
        city.Refuses("PATCH me/preferences", 412, "CMN-0412", "Đã có người thay đổi");
        var (answer, html) = await _browser.SendFormAsync(page, "/me/preferences", ("rank-push", "1"), ("digest", "weekly"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Matches("id=\"rank-push\"[^§]*?<option value=\"1\" selected", html);
        Assert.Matches("value=\"weekly\" checked", html);
    }

    [Theory]
    [InlineData("vi", "Cán bộ thụ lý, Phường Hạ Long")]
    [InlineData("en", "Case officer, Phường Hạ Long")]
    public async Task Who_looked_when_at_what_and_why_is_listed(string language, string who)
    {
        city.Says("me/access-log", new
        {
            items = new[] { new { at = "2026-12-01T01:00:00Z", actor = new { name = "Trần Văn Minh", role = "officer", unitName = "Phường Hạ Long" }, what = "dossier", whatName = "Hồ sơ", objectId = DossierSamples.Id, purposeName = "Giải quyết hồ sơ", note = (string?)null } },
            after = "z",
        });
        var html = await _browser.GetStringAsync("/me/access-log?culture=" + language, City.Ct);
        Html.IsWellMade(html, language);
        foreach (var word in new[] { "Trần Văn Minh", who, $"/dossiers/{DossierSamples.Id}", "Giải quyết hồ sơ", "/me/access-log?after=z" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        city.Says("me/access-log", DossierSamples.List());
        Html.IsWellMade(await _browser.GetStringAsync("/me/access-log", City.Ct), "vi");
    }

    [Fact]
    public async Task A_session_is_ended_from_afar_and_ending_the_own_one_signs_out()
    {
        var (own, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        city.Says("me/sessions", DossierSamples.List(Session(other, false, "Firefox"), Session(own, true, "Điện thoại")));
        city.Answers($"DELETE me/sessions/{own}", _ => Results.NoContent());
        city.Refuses($"DELETE me/sessions/{other}", 404, "IDN-0201", "Không có");
        city.Says("DELETE me/sessions", new { count = 1 });
        var page = await _browser.GetStringAsync("/me/sessions", City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.Contains("Thiết bị này", page, StringComparison.Ordinal);
        (await _browser.SendFormAsync(page, $"/me/sessions/{other}")).LeadsTo("/me/sessions");
        (await _browser.SendFormAsync(page, "/me/sessions/others")).LeadsTo("/me/sessions");
        city.Refuses("DELETE me/sessions", 503, "CMN-0503", "Tạm thời gián đoạn");
        var (down, html) = await _browser.SendFormAsync(page, "/me/sessions/others");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Html.IsWellMade(html, "vi");
        var (ended, _) = await _browser.SendFormAsync(page, $"/me/sessions/{own}");
        Assert.Equal("/", ended.Headers.Location?.ToString());
        using var after = await _browser.GetAsync("/me", City.Ct);
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    private static object Session(Guid id, bool current, string device) => new
    {
        id,
        current,
        startedAt = "2026-11-30T01:00:00Z",
        lastSeenAt = "2026-12-01T01:00:00Z",
        device,
        address = "113.160.1.x",
        methods = new[] { "pwd", "otp" },
    };

    private static object Me(int assurance, string kind = "citizen") => new
    {
        kind,
        userName = "hanh",
        displayName = "Nguyễn Thị Hạnh",
        personalNumber = "022*******23",
        assurance,
        birthDate = "1990-05-06",
        sex = "female",
    };

    private sealed class Challenge : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status401Unauthorized;
            httpContext.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_user_authentication\", max_age=600";
            return Task.CompletedTask;
        }
    }
}

using System.Net;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>The visitor's certificates.</summary>
public sealed class CredentialTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000301");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        city.Says("me/credentials", Listed());
        city.Says($"me/credentials/{Id}", Credential("active"));
        city.Says($"me/credentials/{Id}/changes", new { items = new[] { new { move = "issued", note = "", occurredAt = "2026-11-01T00:00:00Z" } }, after = (string?)null });
        _browser = await city.SignedInAsync();
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_citizen_without_a_certificate_asks_for_one_once()
    {
        var html = await _browser.GetStringAsync("/me/signature", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Bạn chưa có chứng thư số nào.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"role\"", html, StringComparison.Ordinal);
        city.Says("POST me/credentials", Credential("requested"), 201);
        var once = Guid.CreateVersion7().ToString();
        using var asked = await SendAsync("/me/signature", ("once", once));
        Assert.Equal($"/me/signature/{Id}", asked.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r is { Method: "POST", Path: "me/credentials" });
        Assert.Equal(("{\"term\":\"long\",\"role\":null}", once), (sent.Body, sent.Once));
    }

    [Fact]
    public async Task An_official_names_the_role_and_waits_for_approval()
    {
        using var officer = await city.SignedInAsync("officer", "approver");
        var html = await officer.GetStringAsync("/me/signature?culture=en", City.Ct);
        Html.IsWellMade(html, "en");
        Assert.Contains("<option value=\"approver\">Approver</option>", html, StringComparison.Ordinal);
        city.Says($"me/credentials/{Id}", Credential("requested", "approver"));
        var waiting = await officer.GetStringAsync($"/me/signature/{Id}", City.Ct);
        Assert.Contains("Chờ phê duyệt", waiting, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"newPin\"", waiting, StringComparison.Ordinal);
        Assert.Contains("Rút yêu cầu", waiting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_one_is_not_offered_another_and_those_for_one_time_are_not_listed()
    {
        city.Says("me/credentials", Listed(Credential("active"), Credential("active", term: "oneTime")));
        var html = await _browser.GetStringAsync("/me/signature", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(html, "<th scope=\"row\">"));
        Assert.DoesNotContain("name=\"once\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_pin_is_typed_twice_and_goes_on_without_a_key()
    {
        city.Says($"me/credentials/{Id}", Credential("requested"));
        var html = await _browser.GetStringAsync($"/me/signature/{Id}", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.DoesNotContain("name=\"pin\"", html, StringComparison.Ordinal);
        using var unlike = await SendAsync($"/me/signature/{Id}/pin", ("newPin", "739215"), ("again", "739216"));
        var refused = await unlike.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, unlike.StatusCode);
        Assert.Contains("href=\"#again\">Hai lần nhập mã PIN mới không giống nhau.", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("739215", refused, StringComparison.Ordinal);
        city.Says($"POST me/credentials/{Id}/pin", Credential("active"));
        using var chosen = await SendAsync($"/me/signature/{Id}/pin", ("newPin", "739215"), ("again", "739215"), ("version", "\"7\""));
        Assert.Equal($"/me/signature/{Id}", chosen.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r.Path.EndsWith("/pin", StringComparison.Ordinal));
        Assert.Equal(("{\"pin\":null,\"newPin\":\"739215\"}", "", "\"7\""), (sent.Body, sent.Once, sent.Version));
    }

    [Theory]
    [InlineData("suspension", "", "{\"note\":null}")]
    [InlineData("resumption", "", "{\"note\":null}")]
    [InlineData("revocation", "keyCompromise", "{\"reason\":\"keyCompromise\",\"note\":null}")]
    [InlineData("renewal", "forgotten", "{\"forgotten\":true}")]
    public async Task Every_step_counts_once_against_what_was_shown(string step, string reason, string body)
    {
        city.Says($"POST me/credentials/{Id}/{step}", Credential("suspended"));
        var once = Guid.CreateVersion7().ToString();
        using var done = await SendAsync($"/me/signature/{Id}/{step}", ("reason", reason), ("once", once), ("version", "\"7\""));
        Assert.Equal($"/me/signature/{Id}", done.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r.Path.EndsWith(step, StringComparison.Ordinal));
        Assert.Equal((body, once, "\"7\""), (sent.Body, sent.Once, sent.Version));
    }

    [Theory]
    [InlineData("active", "Đổi mã PIN", "Dùng trở lại")]
    [InlineData("suspended", "Dùng trở lại", "Đổi mã PIN")]
    [InlineData("revoked", "Đã thu hồi", "Thu hồi vĩnh viễn")]
    [InlineData("expired", "Đã hết hạn", "Đổi mã PIN")]
    public async Task What_can_be_done_follows_the_state(string state, string has, string hasNot)
    {
        city.Says($"me/credentials/{Id}", Credential(state));
        var html = await _browser.GetStringAsync($"/me/signature/{Id}", City.Ct);
        Html.IsWellMade(html, "vi");
        Assert.Contains(has, html, StringComparison.Ordinal);
        Assert.DoesNotContain(hasNot, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demand_for_a_stronger_sign_in_is_passed_on_and_leads_back_to_the_certificate()
    {
        city.Answers($"POST me/credentials/{Id}/renewal", _ => new StrongerSignIn());
        using var asked = await SendAsync($"/me/signature/{Id}/renewal", ("reason", "forgotten"));
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var back = await outside.GetAsync(asked.Headers.Location, City.Ct);
        Assert.Equal("urn:halong:acr:strong", city.Demanded.Acr);
        using var done = await _browser.GetAsync(back.Headers.Location!.PathAndQuery, City.Ct);
        Assert.Equal($"/me/signature/{Id}", done.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData(400, "SIG-0222", "Mã PIN không đúng. Còn 2 lần thử.")]
    [InlineData(412, "CMN-0412", "Đã thay đổi ở nơi khác")]
    [InlineData(429, "SIG-0223", "Hãy chờ rồi thử lại")]
    [InlineData(503, "CMN-0503", "Đang bận")]
    public async Task What_the_api_refuses_is_shown_and_no_pin_with_it(int status, string code, string title)
    {
        city.Refuses($"POST me/credentials/{Id}/pin", status, code, title);
        using var refused = await SendAsync($"/me/signature/{Id}/pin", ("pin", "114477"), ("newPin", "739215"), ("again", "739215"));
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(status, (int)refused.StatusCode);
        Assert.Contains(title, html, StringComparison.Ordinal);
        Assert.DoesNotContain("114477", html, StringComparison.Ordinal);
        Assert.DoesNotContain("739215", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_certificates_are_not_there()
    {
        using var none = await _browser.GetAsync($"/me/signature/{Guid.Empty}", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var unknown = await SendAsync($"/me/signature/{Id}/approval");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var nobody = city.Browser();
        using var stranger = await nobody.GetAsync("/me/signature", City.Ct);
        Assert.Contains("/connect/authorize", stranger.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private static object Listed(params object[] items) => new { items, after = (string?)null };

    private static object Credential(string state, string? role = null, string term = "long") => new
    {
        id = Id,
        kind = role is null ? "citizen" : "officer",
        term,
        state,
        name = "Nguyễn Thị Hạnh",
        role,
        isApproved = false,
        createdAt = "2026-11-01T00:00:00Z",
        notAfter = "2027-11-01T00:00:00Z",
        mayRenew = false,
    };

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        var page = await _browser.GetStringAsync("/me/signature", City.Ct);
        using var form = new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", Html.FormToken(page))));
        return await _browser.PostAsync(path, form, City.Ct);
    }

    private sealed class StrongerSignIn : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            httpContext.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_user_authentication\", acr_values=\"urn:halong:acr:strong\"";
            return Task.CompletedTask;
        }
    }
}

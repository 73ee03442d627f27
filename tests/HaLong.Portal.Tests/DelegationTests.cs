using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Delegations, requests about one's data, closing the account.</summary>
public sealed class DelegationTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-0000000000b2");

    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync() => _browser = await city.SignedInAsync();

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static object Delegation(string side, string state, bool active = false) => new
    {
        id = Id,
        side,
        state,
        active,
        version = 12,
        principal = new { name = "Nguyễn Thị Hạnh" },
        @delegate = new { name = "Trần Văn Minh" },
        acts = new[] { "dossier.read", "payment.pay" },
        procedures = new[] { "1.001193" },
        from = "2026-12-01",
        to = "2027-11-30",
        note = "Mẹ đi xa",
    };

    [Theory]
    [InlineData("received", "offered", "acceptance", "end")]
    [InlineData("given", "offered", "end", "acceptance")]
    [InlineData("given", "accepted", "end", "refusal")]
    [InlineData("received", "accepted", "end", "refusal")]
    [InlineData("given", "expired", null, "end")]
    public async Task Each_side_can_do_what_its_state_allows(string side, string state, string? can, string cannot)
    {
        city.Says("me/delegations", DossierSamples.List(Delegation(side, state)));
        foreach (var language in new[] { "vi", "en" })
        {
            var html = await _browser.GetStringAsync("/me/delegations?culture=" + language, City.Ct);
            Html.IsWellMade(html, language);
            Assert.DoesNotContain($"/me/delegations/{Id}/{cannot}", html, StringComparison.Ordinal);
            if (can is not null)
                Assert.Contains($"/me/delegations/{Id}/{can}", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_is_accepted_once_and_ended_against_what_was_shown()
    {
        city.Says("me/delegations", DossierSamples.List(Delegation("received", "offered")));
        city.Says($"POST me/delegations/{Id}/acceptance", Delegation("received", "accepted", true));
        var page = await _browser.GetStringAsync("/me/delegations", City.Ct);
        for (var click = 0; click < 2; click++)
            (await _browser.SendFormAsync(page, $"/me/delegations/{Id}/acceptance")).LeadsTo("/me/delegations");
        var sent = city.Requests.Where(r => r.Path.EndsWith("acceptance", StringComparison.Ordinal)).ToList();
        Assert.Equal((sent[0].Once, "\"12\""), (sent[1].Once, sent[1].Version));
        city.Says("me/delegations", DossierSamples.List(Delegation("given", "accepted", true)));
        city.Refuses($"DELETE me/delegations/{Id}", 412, "CMN-0412", "Đã có người thay đổi");
        var (answer, html) = await _browser.SendFromAsync("/me/delegations", $"/me/delegations/{Id}/end");
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Đã có người thay đổi", html, StringComparison.Ordinal);
        city.Answers($"DELETE me/delegations/{Id}", _ => Results.NoContent());
        (await _browser.SendFromAsync("/me/delegations", $"/me/delegations/{Id}/end")).LeadsTo("/me/delegations");
    }

    [Fact]
    public async Task An_offer_is_sent_with_its_limits_and_keeps_what_was_typed_but_for_the_number()
    {
        city.Refuses("POST me/delegations", 400, "IDN-0301", "Chưa đúng", new Dictionary<string, string[]> { ["delegate.personalNumber"] = ["Số định danh có 12 chữ số."], ["to"] = ["Quá hai năm."] });
        var page = await _browser.GetStringAsync("/me/delegations/new", City.Ct);
        Html.IsWellMade(page, "vi");
        (string, string)[] fields = [("personalNumber", "022 085 000 001"), ("name", "Trần Văn Minh"), ("acts", "dossier.read"), ("acts", "result.read"), ("procedures", "1.001193, 2.000635"), ("from", ""), ("to", "2030-01-01"), ("note", " ")];
        var (answer, html) = await _browser.SendFormAsync(page, "/me/delegations/new", fields);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "Số định danh có 12 chữ số.", "Quá hai năm.", "value=\"Trần Văn Minh\"", "value=\"result.read\" checked", "value=\"2030-01-01\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.DoesNotContain("022085000001", html.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        city.Says("POST me/delegations", Delegation("given", "offered"), 201);
        (await _browser.SendFormAsync(html, "/me/delegations/new", fields)).LeadsTo("/me/delegations");
        var sent = JsonNode.Parse(city.Requests.Last(r => r.Method == "POST" && r.Path == "me/delegations").Body)!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"delegate":{"personalNumber":"022085000001","name":"Trần Văn Minh"},"acts":["dossier.read","result.read"],"procedures":["1.001193","2.000635"],"from":null,"to":"2030-01-01","note":null}
            """), sent));
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Requests_about_data_are_listed_with_what_became_of_them(string language)
    {
        city.Says("me/data-requests", DossierSamples.List(
            new { id = Id, kind = "access", state = "completed", receivedAt = "2026-12-01T01:00:00Z", completeBy = "2026-12-15T01:00:00Z", decidedAt = "2026-12-01T01:00:00Z", outcome = new { done = new[] { new { what = "export", vi = "Đã lập bản sao", en = "A copy was made", count = 1 } }, kept = Array.Empty<object>() }, export = "/x" },
            new { id = Guid.CreateVersion7(), kind = "restrict", state = "completed", receivedAt = "2026-11-01T01:00:00Z", completeBy = "2026-12-15T01:00:00Z", decidedAt = "2026-11-02T01:00:00Z" }));
        var html = await _browser.GetStringAsync("/me/data?culture=" + language, City.Ct);
        Html.IsWellMade(html, language);
        foreach (var word in new[] { language == "vi" ? "Đã lập bản sao" : "A copy was made", $"/me/data/{Id}/copy.pdf", "/me/data/restriction/end" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        city.Answers("DELETE me/restriction", _ => Results.NoContent());
        (await _browser.SendFromAsync("/me/data", "/me/data/restriction/end")).LeadsTo("/me/data");
    }

    [Fact]
    public async Task The_copy_needs_a_strong_sign_in_and_comes_as_a_file()
    {
        city.Says("me/data-requests", DossierSamples.List());
        city.Refuses($"me/data-requests/{Id}/export", 401, "CMN-0401", "Đăng nhập lại");
        using var weak = await _browser.GetAsync($"/me/data/{Id}/copy.json", City.Ct);
        Assert.Equal(HttpStatusCode.Redirect, weak.StatusCode);
        city.Answers($"me/data-requests/{Id}/export", _ => Results.Bytes("{}"u8.ToArray(), "application/json", "a.json"));
        Assert.Equal("{}", await _browser.GetStringAsync($"/me/data/{Id}/copy.json", City.Ct));
    }

    [Fact]
    public async Task A_request_is_sent_once_and_a_refused_one_keeps_its_words()
    {
        city.Says("me/data-requests", DossierSamples.List());
        city.Refuses("POST me/data-requests", 400, "IDN-0801", "Chưa đủ", new { note = new[] { "Hãy nêu việc xử lý mà bạn phản đối." } });
        var page = await _browser.GetStringAsync("/me/data", City.Ct);
        var (answer, html) = await _browser.SendFormAsync(page, "/me/data", ("kind", "object"), ("note", "ngắn"), ("displayName", ""), ("birthDate", ""));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("ngắn</textarea>", html, StringComparison.Ordinal);
        city.Says("POST me/data-requests", new { id = Id, kind = "correct", state = "received" }, 201);
        for (var click = 0; click < 2; click++)
            (await _browser.SendFormAsync(html, "/me/data", ("kind", "correct"), ("displayName", "Nguyễn Thị Hạnh"))).LeadsTo("/me/data");
        var sent = city.Requests.Where(r => r.Method == "POST" && r.Path == "me/data-requests").TakeLast(2).ToList();
        Assert.Equal(sent[0].Once, sent[1].Once);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"kind":"correct","note":null,"changes":{"displayName":"Nguyễn Thị Hạnh","birthDate":null}}"""), JsonNode.Parse(sent[0].Body)));
    }

    [Fact]
    public async Task Closing_says_what_stands_in_the_way_then_asks_for_the_code_and_signs_out()
    {
        Html.IsWellMade(await _browser.GetStringAsync("/me/closure?culture=en", City.Ct), "en");
        city.Refuses("POST me/closure", 409, "IDN-1107", "Chưa đóng được", new { delegations = new[] { "Còn 1 ủy quyền đang mở: hãy chấm dứt." } });
        var (blocked, html) = await _browser.SendFromAsync("/me/closure", "/me/closure");
        Assert.Equal(HttpStatusCode.Conflict, blocked.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Còn 1 ủy quyền đang mở", html, StringComparison.Ordinal);
        city.Says("POST me/closure", new { id = Id, expiresAt = "2026-12-01T05:05:00Z", resendAfter = "2026-12-01T05:01:00Z" }, 202);
        (await _browser.SendFromAsync("/me/closure", "/me/closure")).LeadsTo($"/me/closure/{Id}");
        city.Says($"POST me/closure/{Id}/resend", new { id = Id, expiresAt = "2026-12-01T05:05:00Z", resendAfter = "2026-12-01T05:01:00Z" }, 202);
        (await _browser.SendFromAsync($"/me/closure/{Id}", $"/me/closure/{Id}/resend")).LeadsTo($"/me/closure/{Id}");
        city.Refuses($"POST me/closure/{Id}/confirmation", 400, "IDN-0104", "Mã không đúng", new { code = new[] { "Sai mã." } });
        var (wrong, again) = await _browser.SendFromAsync($"/me/closure/{Id}", $"/me/closure/{Id}", ("code", "1"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Html.IsWellMade(again, "vi");
        city.Answers($"POST me/closure/{Id}/confirmation", _ => Results.NoContent());
        var (closed, _) = await _browser.SendFromAsync($"/me/closure/{Id}", $"/me/closure/{Id}", ("code", "123456"));
        Assert.Equal("/", closed.Headers.Location?.ToString());
        using var after = await _browser.GetAsync("/me", City.Ct);
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }
}

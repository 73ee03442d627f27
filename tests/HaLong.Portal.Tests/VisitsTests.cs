using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>What the device sends when the network is back: in the citizen's name, each step once.</summary>
public sealed class VisitsTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private const string Visits = "/helping/visits";
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000071"), Dossier = Guid.Parse("0198e000-0000-7000-8000-000000000072");

    private HttpClient _browser = null!;
    private string _state = "active";

    public async ValueTask InitializeAsync()
    {
        city.Answers("POST assisted-sessions", _ => Results.Json(Session(), statusCode: 201));
        city.Answers($"assisted-sessions/{Id}", _ => Results.Json(Session()));
        city.Answers("POST dossiers", _ => Results.Json(new { id = Dossier, status = "DRAFT" }, statusCode: 201));
        _browser = await city.SignedInAsync("helper");
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Drafts_of_a_person_are_found_by_a_name_that_says_nothing()
    {
        var html = await _browser.GetStringAsync(Visits, City.Ct);
        Html.IsWellMade(html, "vi");
        var owner = Regex.Match(html, "data-owner=\"([0-9a-f]{32})\"").Groups[1].Value;
        Assert.NotEqual("", owner);
        var given = await _browser.GetFromJsonAsync<JsonObject>(Visits + "/token", City.Ct);
        Assert.Equal(owner, given!["owner"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_citizen_is_asked_once_under_the_key_of_the_draft()
    {
        using var asked = await PostAsync("/session", new { number = "022 099 000 123", name = "Trần Văn Bình", purpose = "Khai sinh", address = "Tổ 5", once = "0198e000-aaaa-ask" });
        Assert.Equal(HttpStatusCode.Created, asked.StatusCode);
        Assert.Equal(Id.ToString(), (await BodyAsync(asked))["value"]!["id"]!.GetValue<string>());
        var sent = city.Requests.Last(r => r is { Method: "POST", Path: "assisted-sessions" });
        Assert.Equal("0198e000-aaaa-ask", sent.Once);
        var body = JsonNode.Parse(sent.Body)!;
        Assert.Equal(("022099000123", "home", "Tổ 5"), (body["citizen"]!["personalNumber"]!.GetValue<string>(), body["place"]!["kind"]!.GetValue<string>(), body["place"]!["text"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("x")]
    [InlineData("a b c d e f g h")]
    public async Task Without_a_proper_key_nothing_is_asked(string? once)
    {
        var before = city.Requests.Count(r => r.Method == "POST");
        using var refused = await PostAsync("/session", new { number = "022099000123", once });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(before, city.Requests.Count(r => r.Method == "POST"));
    }

    [Fact]
    public async Task Nothing_is_sent_without_the_token_of_a_form_and_strangers_are_sent_to_sign_in()
    {
        using var forged = await _browser.PostAsJsonAsync(Visits + "/session", new { once = "0198e000-bbbb-ask" }, City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        using var nobody = city.Browser();
        using var sent = await nobody.GetAsync(Visits + "/token", City.Ct);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.DoesNotContain("data-owner", await nobody.GetStringAsync(Visits, City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_opened_in_the_citizens_name_and_only_there()
    {
        using var entered = await PostAsync($"/session/{Id}/enter", new { });
        Assert.Equal("active", (await BodyAsync(entered))["value"]!["state"]!.GetValue<string>());
        using var opened = await PostAsync("/draft", new { code = "1.001193", unit = "06688", subject = "Bé Na", data = new { child = new { name = "Na" } }, once = "0198e000-cccc-open" });
        Assert.Equal("\"7\"", (await BodyAsync(opened))["version"]!.GetValue<string>());
        var sent = city.Requests.Last(r => r is { Method: "POST", Path: "dossiers" });
        Assert.Equal((Id.ToString(), "0198e000-cccc-open"), (City.Session(sent), sent.Once));
        Assert.Equal("Na", JsonNode.Parse(sent.Body)!["data"]!["child"]!["name"]!.GetValue<string>());
        // Somebody whose citizen has not agreed files for nobody.
        _state = "awaitingConsent";
        using var other = await city.SignedInAsync("helper");
        using var waits = await PostAsync($"/session/{Id}/enter", new { }, other);
        Assert.Equal("awaitingConsent", (await BodyAsync(waits))["value"]!["state"]!.GetValue<string>());
        Assert.DoesNotContain("class=\"acting\"", await other.GetStringAsync(Visits, City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Photos_go_on_under_their_own_key()
    {
        using var entered = await PostAsync($"/session/{Id}/enter", new { });
        city.Answers($"POST dossiers/{Dossier}/documents", _ => Results.Json(new { id = Dossier }, statusCode: 201));
        using var sent = await UploadAsync($"/draft/{Dossier}/photos", "0198e000-dddd");
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var upload = city.Requests.Last(r => r.Path == $"dossiers/{Dossier}/documents");
        Assert.Equal((Id.ToString(), "0198e000-dddd"), (City.Session(upload), upload.Once));
        Assert.Contains("name=component", upload.Body, StringComparison.Ordinal);
        city.Answers($"POST assisted-sessions/{Id}/paper-consent", _ => Results.Json(Session()));
        using var paper = await UploadAsync($"/session/{Id}/paper", null);
        Assert.Equal(HttpStatusCode.OK, paper.StatusCode);
        Assert.Null(City.Session(city.Requests.Last(r => r.Path.EndsWith("/paper-consent", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_conflict_comes_field_by_field_with_the_version_to_choose_against()
    {
        using var entered = await PostAsync($"/session/{Id}/enter", new { });
        city.Answers($"PATCH dossiers/{Dossier}", _ => Results.Json(
            new { status = 412, code = "CMN-0412", title = "Đã thay đổi", conflicts = new[] { new { pointer = "/data/child/name", mine = "Na", theirs = "Nana" } } },
            contentType: "application/problem+json", statusCode: 412));
        city.Answers($"dossiers/{Dossier}", _ => Results.Json(new { id = Dossier, status = "DRAFT" }));
        using var refused = await PostAsync($"/draft/{Dossier}", new { data = new { child = new { name = "Na" } }, version = "\"3\"" }, method: HttpMethod.Patch);
        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        var body = await BodyAsync(refused);
        Assert.Equal(("/data/child/name", "Nana", "\"7\""), (
            body["conflicts"]![0]!["pointer"]!.GetValue<string>(), body["conflicts"]![0]!["theirs"]!.GetValue<string>(), body["version"]!.GetValue<string>()));
        var sent = city.Requests.Last(r => r.Method == "PATCH");
        Assert.Equal(($"dossiers/{Dossier}?merge=true", "\"3\""), (sent.Path, sent.Version));
    }

    [Fact]
    public async Task What_may_be_a_duplicate_and_what_is_refused_is_passed_on()
    {
        using var entered = await PostAsync($"/session/{Id}/enter", new { });
        city.Says($"dossiers/{Dossier}/duplicates", new { items = new[] { new { code = "H49-1" } } });
        var others = await _browser.GetFromJsonAsync<JsonObject>($"{Visits}/draft/{Dossier}/duplicates", City.Ct);
        Assert.Equal("H49-1", others!["value"]!["items"]![0]!["code"]!.GetValue<string>());
        city.Refuses("POST dossiers", 400, "DOS-0502", "Chưa chọn nơi", new { place = new[] { "Hãy chọn nơi." } });
        using var refused = await PostAsync("/draft", new { code = "1.001193", once = "0198e000-eeee-open" });
        Assert.Equal("Hãy chọn nơi.", (await BodyAsync(refused))["trouble"]!["errors"]!["place"]![0]!.GetValue<string>());
        city.Refuses("POST assisted-sessions", 503, "CMN-0503", "Đang bận");
        using var busy = await PostAsync("/session", new { number = "022099000123", name = "Bình", once = "0198e000-ffff-ask" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
    }

    [Fact]
    public async Task Forms_are_found_and_fetched_whole_before_the_visit()
    {
        city.Says("procedures", new { items = new[] { new { code = "1.001193", name = "Đăng ký khai sinh" } }, total = 1, matching = "exact" });
        city.Says("procedures/1.001193", new { code = "1.001193", name = "Đăng ký khai sinh", components = new[] { new { number = 1, name = "Tờ khai", required = true } } });
        city.Says("procedures/1.001193/form", new { definition = new { title = new { vi = "Tờ khai", en = "Form" }, sections = Array.Empty<object>() } });
        city.Says("units", new { items = new[] { new { code = "06688", nameVi = "Phường Hạ Long", nameEn = "Ha Long Ward" } }, after = (string?)null });
        var found = await _browser.GetFromJsonAsync<JsonArray>(Visits + "/procedures?q=khai", City.Ct);
        Assert.Equal("1.001193", found![0]!["code"]!.GetValue<string>());
        Assert.Contains("online=true", city.Requests.Last(r => r.Path.StartsWith("procedures?", StringComparison.Ordinal)).Path, StringComparison.Ordinal);
        var form = (await _browser.GetFromJsonAsync<JsonObject>(Visits + "/forms/1.001193", City.Ct))!["value"]!;
        Assert.Equal(("Tờ khai", "Tờ khai", "Phường Hạ Long"), (
            form["components"]![0]!["name"]!.GetValue<string>(), form["form"]!["title"]!["vi"]!.GetValue<string>(), form["units"]![0]!["name"]!.GetValue<string>()));
        using var none = await _browser.GetAsync(Visits + "/forms/9.9", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private object Session() => new
    {
        id = Id,
        reference = "71",
        state = _state,
        helperUnit = "06688",
        citizenName = "Trần Văn Bình",
        purpose = "Khai sinh",
        place = new { kind = "home", unit = "06688" },
        acts = Array.Empty<string>(),
        deeds = new Dictionary<string, int>(),
        openedAt = "2026-12-01T08:00:00Z",
        expiresAt = "2026-12-01T09:00:00Z",
    };

    private async Task<HttpResponseMessage> PostAsync(string path, object body, HttpClient? browser = null, HttpMethod? method = null)
    {
        browser ??= _browser;
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, Visits + path) { Content = JsonContent.Create(body) };
        request.Headers.Add("RequestVerificationToken", await TokenAsync(browser));
        return await browser.SendAsync(request, City.Ct);
    }

    private async Task<HttpResponseMessage> UploadAsync(string path, string? once)
    {
        using var file = new ByteArrayContent([0xFF, 0xD8, 0xFF, 0xD9]);
        file.Headers.ContentType = new("image/jpeg");
        using var form = new MultipartFormDataContent { { file, "file", "1-1.jpg" } };
        if (once is not null)
        {
            form.Add(new StringContent("1"), "component");
            form.Add(new StringContent(once), "once");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, Visits + path) { Content = form };
        request.Headers.Add("RequestVerificationToken", await TokenAsync(_browser));
        return await _browser.SendAsync(request, City.Ct);
    }

    private static async Task<string> TokenAsync(HttpClient browser) =>
        (await browser.GetFromJsonAsync<JsonObject>(Visits + "/token", City.Ct))!["token"]!.GetValue<string>();

    private static async Task<JsonNode> BodyAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync(City.Ct))!;
}

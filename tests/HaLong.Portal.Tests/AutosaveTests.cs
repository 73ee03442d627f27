using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Saving while somebody types: the address that the script uses.</summary>
public sealed class AutosaveTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000142");

    private readonly JsonObject _data = new() { ["name"] = "Na", ["twin"] = true };
    private HttpClient _browser = null!;
    private string _page = "", _status = "DRAFT";

    public async ValueTask InitializeAsync()
    {
        city.Answers($"dossiers/{Id}", _ => Draft());
        city.Says($"dossiers/{Id}/form", new { formUrl = "/api/v1/procedures/1/form?version=a", warnings = Array.Empty<object>() });
        city.Says("procedures/1/form", new { definition = JsonNode.Parse(Form) });
        city.Answers($"PATCH dossiers/{Id}", asked =>
        {
            foreach (var (name, value) in JsonNode.Parse(asked.Body)!["data"]!.AsObject())
                _data[name] = value?.DeepClone();
            return Draft();
        });
        _browser = await city.SignedInAsync();
        _page = await _browser.GetStringAsync($"/filing/{Id}/form/1", City.Ct);
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void The_page_has_what_the_script_needs_and_says_nothing_of_saving_without_it()
    {
        Html.IsWellMade(_page, "vi");
        Assert.Contains($"data-autosave=\"/filing/{Id}/form/1/saved\" data-version=\"&quot;7&quot;\" data-asked=\"3\"", _page, StringComparison.Ordinal);
        Assert.Matches("<p class=\"muted\" role=\"status\" id=\"saving\" hidden", _page);
        Assert.Matches("id=\"collision\" hidden", _page);
        Assert.Contains(Design.AssetFiles.Of("autosave.js"), _page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_was_touched_is_saved()
    {
        using var saved = await SaveAsync(("changed", "/name"), ("/name", "Bé Na"), ("/sex", "male"));
        var body = JsonNode.Parse(await saved.Content.ReadAsStringAsync(City.Ct))!;
        Assert.Equal("{\"data\":{\"name\":\"Bé Na\"}}", JsonNode.Parse(Patch().Body)!.ToJsonString(Plain));
        Assert.Equal(($"dossiers/{Id}?merge=true", "\"7\""), (Patch().Path, Patch().Version));
        Assert.Equal(("\"7\"", 3), (body["version"]!.GetValue<string>(), body["asked"]!.GetValue<int>()));
        Assert.Matches("^[0-2][0-9]:[0-5][0-9]$", body["at"]!.GetValue<string>());
        // An untouched box that is not sent is not unticked.
        Assert.Equal(("Bé Na", "true"), (body["fields"]!["/name"]!.GetValue<string>(), body["fields"]!["/twin"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_box_that_was_unticked_and_a_list_of_which_an_item_was_touched_are_saved()
    {
        using var saved = await SaveAsync(("changed", "/twin"), ("changed", "/rows/0/name"), ("/rows/0/name", "A"), ("/rows/1/name", "B"), ("/name", "Khác"));
        Assert.Equal("{\"data\":{\"twin\":null,\"rows\":[{\"name\":\"A\"},{\"name\":\"B\"}]}}", JsonNode.Parse(Patch().Body)!.ToJsonString(Plain));
    }

    [Fact]
    public async Task The_button_after_all_was_saved_changes_nothing_and_leads_on()
    {
        var before = city.Requests.Count(r => r.Method == "PATCH");
        using var sent = await SendAsync($"/filing/{Id}/form/1", ("scripted", "true"), ("version", "\"7\""), ("/name", "Cũ"), ("do", "on"));
        Assert.Equal($"/filing/{Id}/papers", sent.Headers.Location!.ToString());
        Assert.Equal(before, city.Requests.Count(r => r.Method == "PATCH"));
    }

    [Fact]
    public async Task A_question_that_saving_brought_is_asked_before_it_goes_on()
    {
        using var saved = await SaveAsync(("changed", "/sex"), ("/sex", "female"));
        Assert.Equal(4, JsonNode.Parse(await saved.Content.ReadAsStringAsync(City.Ct))!["asked"]!.GetValue<int>());
        // The page still asks three things.
        using var sent = await SendAsync($"/filing/{Id}/form/1", ("scripted", "true"), ("asked", "3"), ("/sex", "female"), ("do", "on"));
        Assert.Equal($"/filing/{Id}/form/1", sent.Headers.Location!.ToString());
        using var again = await SendAsync($"/filing/{Id}/form/1", ("scripted", "true"), ("asked", "4"), ("/sex", "female"), ("do", "on"));
        Assert.Equal($"/filing/{Id}/papers", again.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Two_tabs_that_change_one_field_are_told_what_the_other_says()
    {
        city.Answers($"PATCH dossiers/{Id}", _ => Stale());
        using var refused = await SaveAsync(("changed", "/name"), ("/name", "Bé Na"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        var body = JsonNode.Parse(await refused.Content.ReadAsStringAsync(City.Ct))!;
        Assert.Equal("[{\"name\":\"/name\",\"label\":\"Tên\",\"theirs\":\"Bé Mi\"},{\"name\":\"/rows\",\"label\":\"Người thân\",\"theirs\":null}]", body["conflicts"]!.ToJsonString(Plain));
    }

    [Fact]
    public async Task Without_scripts_the_field_says_so_and_pressing_again_keeps_ones_own()
    {
        city.Answers($"PATCH dossiers/{Id}", _ => Stale());
        using var refused = await SendAsync($"/filing/{Id}/form/1", ("version", "\"6\""), ("/name", "Bé Na"), ("do", "on"));
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("Nơi khác vừa sửa thành “Bé Mi”.", html, StringComparison.Ordinal);
        Assert.Contains("value=\"Bé Na\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"version\" value=\"&quot;7&quot;\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task What_the_api_refuses_is_told_in_its_words(int status)
    {
        city.Refuses($"PATCH dossiers/{Id}", status, "X", "Chưa lưu được");
        using var refused = await SaveAsync(("changed", "/name"), ("/name", "A"));
        Assert.Equal((status, "{\"title\":\"Chưa lưu được\"}"), ((int)refused.StatusCode, JsonNode.Parse(await refused.Content.ReadAsStringAsync(City.Ct))!.ToJsonString(Plain)));
    }

    [Fact]
    public async Task What_was_filed_meanwhile_is_not_changed_and_strangers_and_forgeries_are_turned_away()
    {
        _status = "SUBMITTED";
        using var filed = await SaveAsync(("changed", "/name"), ("/name", "A"));
        Assert.Equal(HttpStatusCode.Conflict, filed.StatusCode);
        using var none = await SendAsync($"/filing/{Guid.Empty}/form/1/saved", ("changed", "/name"));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var nothing = new FormUrlEncodedContent([KeyValuePair.Create("/name", "A")]);
        using var forged = await _browser.PostAsync($"/filing/{Id}/form/1/saved", nothing, City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var nobody = city.Browser();
        using var stranger = await nobody.PostAsync($"/filing/{Id}/form/1/saved", nothing, City.Ct);
        Assert.Equal(HttpStatusCode.Redirect, stranger.StatusCode);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Asked Patch() => city.Requests.Last(r => r.Method == "PATCH");

    private IResult Draft() => Results.Json(new
    {
        id = Id,
        status = _status,
        procedureCode = "1",
        procedureName = "Đăng ký",
        unitName = "Phường",
        subject = "",
        data = _data,
        documents = Array.Empty<object>(),
    });

    private static IResult Stale() => Results.Json(new
    {
        title = "Đã có người sửa",
        code = "CMN-0412",
        conflicts = new object[] { new { pointer = "/data/name", theirs = "Bé Mi" }, new { pointer = "/data/rows", theirs = new[] { 1 } }, new { pointer = "/subject", theirs = "x" } },
    }, contentType: "application/problem+json", statusCode: 412);

    private Task<HttpResponseMessage> SaveAsync(params (string Name, string Value)[] fields) =>
        SendAsync($"/filing/{Id}/form/1/saved", [("scripted", "true"), ("version", "\"7\""), .. fields]);

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", Html.FormToken(_page))));
        return await _browser.PostAsync(path, form, City.Ct);
    }

    private const string Form = """
        {"title":{"vi":"Tờ khai","en":"Declaration"},
         "schema":{"type":"object","properties":{"name":{"type":"string"},"sex":{"type":"string"},"twin":{"type":"boolean"}}},
         "sections":[{"id":"child","title":{"vi":"Trẻ","en":"Child"},"fields":[
            {"field":"/name","widget":"text","label":{"vi":"Tên","en":"Name"}},
            {"field":"/sex","widget":"radio","label":{"vi":"Giới tính","en":"Sex"},"options":{"male":{"vi":"Nam","en":"Male"},"female":{"vi":"Nữ","en":"Female"}}},
            {"field":"/twin","widget":"checkbox","label":{"vi":"Sinh đôi","en":"Twin"}},
            {"field":"/maiden","widget":"text","label":{"vi":"Họ","en":"Maiden name"},"when":{"field":"/sex","in":["female"]}},
            {"field":"/rows","widget":"list","label":{"vi":"Người thân","en":"Relatives"},"when":{"field":"/name","in":["never","Khác"]},"item":[{"field":"/rows/*/name","widget":"text","label":{"vi":"Tên","en":"Name"}}]}]}]}
        """;
}

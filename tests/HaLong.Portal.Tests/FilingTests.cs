using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Filing step by step, without scripts.</summary>
public sealed class FilingTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000042");

    private readonly JsonObject _data = [];
    private HttpClient _browser = null!;
    private string _status = "DRAFT";
    private bool _hasFile;

    public async ValueTask InitializeAsync()
    {
        city.Says("procedures/1.001193", new
        {
            code = "1.001193",
            name = "Đăng ký khai sinh",
            field = new { code = "C", vi = "Hộ tịch", en = "Civil" },
            competentAgency = new { code = "x", vi = "UBND", en = "PC" },
            subjects = new[] { "citizen" },
            components = new[] { Paper(1, "Tờ khai", true), Paper(2, "Giấy ủy quyền", false), Paper(3, "Tờ khai điện tử", true, "declaration") },
            fees = Array.Empty<object>(),
            online = true,
            results = Array.Empty<object>(),
            legalBasis = Array.Empty<string>(),
        });
        city.Says("units", new { items = new[] { new { code = "06688", nameVi = "Phường Hạ Long", nameEn = "Ha Long Ward" } }, after = (string?)null });
        city.Says("procedures/1.001193/form", new { definition = JsonNode.Parse(Form) });
        city.Answers($"dossiers/{Id}", _ => Draft());
        city.Answers($"dossiers/{Id}/form", _ => Results.Json(new
        {
            formUrl = "/api/v1/procedures/1.001193/form?version=abc",
            warnings = new[] { new { pointer = "/data/child/name", kind = _data.Count == 0 ? "missing" : "invalid", message = "Tên phải có dấu." } },
        }));
        city.Says($"dossiers/{Id}/fee-quote", new { total = 8000, lines = new[] { new { name = "Phí bản sao", amount = 8000 } } });
        city.Answers($"PATCH dossiers/{Id}", asked =>
        {
            foreach (var (name, value) in JsonNode.Parse(asked.Body)!["data"]!.AsObject())
                _data[name] = value?.DeepClone();
            return Draft();
        });
        _browser = await city.SignedInAsync();
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_page_of_a_procedure_leads_to_filing_and_the_place_opens_a_draft_once()
    {
        Assert.Contains("href=\"/filing/new/1.001193\"", await _browser.GetStringAsync("/procedures/1.001193", City.Ct), StringComparison.Ordinal);
        var start = await _browser.GetStringAsync("/filing/new/1.001193", City.Ct);
        Html.IsWellMade(start, "vi");
        Assert.Contains("<option value=\"06688\">Phường Hạ Long</option>", start, StringComparison.Ordinal);
        city.Answers("POST dossiers", _ => Draft());
        var once = System.Text.RegularExpressions.Regex.Match(start, "name=\"once\" value=\"([^\"]+)\"").Groups[1].Value;
        for (var click = 0; click < 2; click++)
        {
            using var opened = await SendAsync("/filing/new/1.001193", start, ("place", "06688"), ("subject", "Bé Na"), ("once", once));
            Assert.Equal((HttpStatusCode.SeeOther, $"/filing/{Id}/form"), (opened.StatusCode, opened.Headers.Location!.ToString()));
        }

        var posts = city.Requests.Where(r => r is { Method: "POST", Path: "dossiers" }).TakeLast(2).ToList();
        Assert.All(posts, p => Assert.Equal(once, p.Once));
        Assert.Equal("06688", JsonNode.Parse(posts[0].Body)!["place"]!["unitCode"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_place_that_the_api_refuses_is_asked_again_with_what_was_chosen()
    {
        var start = await _browser.GetStringAsync("/filing/new/1.001193", City.Ct);
        city.Refuses("POST dossiers", 400, "DOS-0502", "Chưa chọn nơi", new { place = new[] { "Hãy chọn nơi." } });
        using var refused = await SendAsync("/filing/new/1.001193", start, ("place", "06688"), ("subject", ""), ("once", "x"));
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("<a class=\"ds-link\" href=\"#place\">Hãy chọn nơi.</a>", html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"06688\" selected", html, StringComparison.Ordinal);
        // Nothing is opened without a subject.
        Assert.Equal("Đăng ký khai sinh", JsonNode.Parse(city.Requests.Last(r => r is { Method: "POST", Path: "dossiers" }).Body)!["subject"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_part_of_the_form_is_asked_saved_against_what_was_shown_and_leads_on()
    {
        var page = await _browser.GetStringAsync($"/filing/{Id}/form/1", City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.Contains("Phần 1/2", page, StringComparison.Ordinal);
        // Somebody who has not typed yet is not told what is missing.
        Assert.DoesNotContain("Tên phải có dấu.", page, StringComparison.Ordinal);
        Assert.Contains("name=\"/child/sex\" value=\"male\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/child/twin", page, StringComparison.Ordinal);
        using var saved = await SendAsync($"/filing/{Id}/form/1", page, ("version", "\"7\""), ("/child/name", "Na"), ("/child/sex", "male"), ("/child/unit", "06688"));
        Assert.Equal($"/filing/{Id}/form/2", saved.Headers.Location!.ToString());
        var patch = city.Requests.Last(r => r.Method == "PATCH");
        Assert.Equal(($"dossiers/{Id}?merge=true", "\"7\""), (patch.Path, patch.Version));
        Assert.Equal("Na", JsonNode.Parse(patch.Body)!["data"]!["child"]!["name"]!.GetValue<string>());
        var again = await _browser.GetStringAsync($"/filing/{Id}/form/1", City.Ct);
        Assert.Contains("value=\"Na\"", again, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", again, StringComparison.Ordinal);
        Assert.Contains("Tên phải có dấu.", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_brings_another_question_shows_the_part_again()
    {
        var page = await _browser.GetStringAsync($"/filing/{Id}/form/1", City.Ct);
        using var saved = await SendAsync($"/filing/{Id}/form/1", page, ("/child/sex", "female"));
        Assert.Equal($"/filing/{Id}/form/1", saved.Headers.Location!.ToString());
        Assert.Contains("name=\"/child/twin\"", await _browser.GetStringAsync($"/filing/{Id}/form/1", City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_saved_is_still_on_the_page()
    {
        var page = await _browser.GetStringAsync($"/filing/{Id}/form/1", City.Ct);
        city.Refuses($"PATCH dossiers/{Id}", 503, "CMN-0503", "Đang bận");
        using var refused = await SendAsync($"/filing/{Id}/form/1", page, ("/child/name", "Nguyễn Thị Na"));
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("value=\"Nguyễn Thị Na\"", html, StringComparison.Ordinal);
        Assert.Contains("Đang bận", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_grows_item_by_item()
    {
        var page = await _browser.GetStringAsync($"/filing/{Id}/form/2", City.Ct);
        Assert.Contains("name=\"/rows/0/name\"", page, StringComparison.Ordinal);
        using var more = await SendAsync($"/filing/{Id}/form/2", page, ("/rows/0/name", "A"), ("do", "more"));
        Assert.Equal($"/filing/{Id}/form/2", more.Headers.Location!.ToString());
        var grown = await _browser.GetStringAsync($"/filing/{Id}/form/2", City.Ct);
        Assert.Contains("name=\"/rows/1/name\"", grown, StringComparison.Ordinal);
        using var on = await SendAsync($"/filing/{Id}/form/2", grown, ("/rows/0/name", "A"), ("do", "on"));
        Assert.Equal($"/filing/{Id}/papers", on.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Papers_are_sent_on_and_what_is_wrong_with_one_is_said()
    {
        var page = await _browser.GetStringAsync($"/filing/{Id}/papers", City.Ct);
        Html.IsWellMade(page, "vi");
        city.Answers($"POST dossiers/{Id}/documents", _ =>
        {
            _hasFile = true;
            return Results.Json(new { id = Id, component = 1, fileName = "to-khai.pdf", size = 5 }, statusCode: 201);
        });
        using var added = await UploadAsync(page);
        Assert.Equal($"/filing/{Id}/papers", added.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r.Path == $"dossiers/{Id}/documents");
        Assert.Contains("%PDF-", sent.Body, StringComparison.Ordinal);
        Assert.Contains("application/pdf", sent.Body, StringComparison.Ordinal);
        var shown = await _browser.GetStringAsync($"/filing/{Id}/papers", City.Ct);
        Assert.Contains("Trang 1 bị mờ.", shown, StringComparison.Ordinal);
        city.Refuses($"POST dossiers/{Id}/documents", 413, "DOS-0100", "Tệp quá lớn");
        using var refused = await UploadAsync(shown);
        Assert.Contains("to-khai.pdf: Tệp quá lớn", await refused.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paper_of_the_own_store_is_offered_and_used_again()
    {
        var stored = Guid.Parse("0198e000-0000-7000-8000-000000000043");
        var document = new
        {
            id = stored,
            dossierId = Id,
            code = "H49-41",
            kind = "component",
            name = "Giấy ủy quyền",
            procedureName = "Chứng thực",
            fileName = "uy-quyen.pdf",
            issuedAt = "2026-11-20T02:00:00Z",
            state = "valid",
            reuseCount = 0,
        };
        city.Says($"dossiers/{Id}/documents/reusable", new[] { new { component = 2, name = "Giấy ủy quyền", required = false, documents = new[] { document } } });
        city.Says($"POST dossiers/{Id}/documents/reuse", new { id = Guid.CreateVersion7(), component = 2, fileName = "uy-quyen.pdf", size = 5 }, 201);
        var page = await _browser.GetStringAsync($"/filing/{Id}/papers", City.Ct);
        Html.IsWellMade(page, "vi");
        Assert.Contains("H49-41", page, StringComparison.Ordinal);
        using var used = await SendAsync($"/filing/{Id}/papers/reuse", page, ("component", "2"), ("document", stored.ToString()));
        Assert.Equal($"/filing/{Id}/papers", used.Headers.Location!.ToString());
        var sent = JsonNode.Parse(city.Requests.Last(r => r.Path == $"dossiers/{Id}/documents/reuse").Body)!;
        Assert.Equal((2, stored), (sent["component"]!.GetValue<int>(), sent["documentId"]!.GetValue<Guid>()));
        city.Refuses($"POST dossiers/{Id}/documents/reuse", 409, "DOS-0701", "Đã có giấy này");
        using var twice = await SendAsync($"/filing/{Id}/papers/reuse", page, ("component", "2"), ("document", stored.ToString()));
        Assert.Contains("Đã có giấy này", await twice.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paper_is_taken_away_also_by_a_second_click()
    {
        _hasFile = true;
        var page = await _browser.GetStringAsync($"/filing/{Id}/papers", City.Ct);
        city.Answers($"DELETE dossiers/{Id}/documents/{Id}", _ => Results.StatusCode(204));
        using var removed = await SendAsync($"/filing/{Id}/papers/{Id}/removal", page);
        Assert.Equal(HttpStatusCode.SeeOther, removed.StatusCode);
        city.Refuses($"DELETE dossiers/{Id}/documents/{Id}", 404, "DOS-0004", "Không có tệp");
        using var again = await SendAsync($"/filing/{Id}/papers/{Id}/removal", page);
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Fact]
    public async Task The_review_shows_all_that_was_filled_in_what_is_missing_and_what_it_costs()
    {
        _data["child"] = new JsonObject { ["name"] = "Bé Na", ["sex"] = "male" };
        var html = await _browser.GetStringAsync($"/filing/{Id}/review", City.Ct);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { "Bé Na", "Nam", "8.000 đ", "Phí bản sao", "Tên phải có dấu.", "<li>Tờ khai</li>", $"/filing/{Id}/form/1" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        // The form that was filled in is the paper itself.
        Assert.DoesNotContain("<li>Tờ khai điện tử</li>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filing_has_one_key_and_ends_on_a_page_with_the_code()
    {
        var page = await _browser.GetStringAsync($"/filing/{Id}/review", City.Ct);
        city.Answers($"POST dossiers/{Id}/submission", _ =>
        {
            _status = "SUBMITTED";
            return Draft();
        });
        using var filed = await SendAsync($"/filing/{Id}/review", page, ("version", "\"7\""));
        Assert.Equal($"/filing/{Id}/done", filed.Headers.Location!.ToString());
        var sent = city.Requests.Last(r => r.Path == $"dossiers/{Id}/submission");
        Assert.Equal(($"file-{Id}-\"7\"", "\"7\""), (sent.Once, sent.Version));
        var done = await _browser.GetStringAsync($"/filing/{Id}/done", City.Ct);
        Html.IsWellMade(done, "vi");
        Assert.Contains("H49-42", done, StringComparison.Ordinal);
        // The form in another tab, or the way back, leads to the dossier.
        using var back = await _browser.GetAsync($"/filing/{Id}/form/1", City.Ct);
        Assert.Equal($"/dossiers/{Id}", back.Headers.Location!.ToString());
        using var twice = await SendAsync($"/filing/{Id}/review", page, ("version", "\"7\""));
        Assert.Equal($"/dossiers/{Id}", twice.Headers.Location!.ToString());
    }

    [Fact]
    public async Task All_defects_are_shown_at_once_and_a_duplicate_may_be_confirmed()
    {
        var page = await _browser.GetStringAsync($"/filing/{Id}/review", City.Ct);
        city.Refuses($"POST dossiers/{Id}/submission", 400, "DOS-0501", "Chưa nộp được", new { component1 = new[] { "Thiếu tờ khai." }, unitCode = new[] { "Sai đơn vị." } });
        using var refused = await SendAsync($"/filing/{Id}/review", page);
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Contains("Thiếu tờ khai.", html, StringComparison.Ordinal);
        Assert.Contains("Sai đơn vị.", html, StringComparison.Ordinal);
        city.Refuses($"POST dossiers/{Id}/submission", 409, "DOS-0505", "Đã có hồ sơ về việc này");
        using var duplicate = await SendAsync($"/filing/{Id}/review", page);
        var asked = await duplicate.Content.ReadAsStringAsync(City.Ct);
        Assert.Contains("name=\"confirm\"", asked, StringComparison.Ordinal);
        using var confirmed = await SendAsync($"/filing/{Id}/review", asked, ("confirm", "true"), ("reason", "Con thứ hai"));
        Assert.Contains("\"confirmDuplicate\":true", city.Requests.Last(r => r.Path.EndsWith("/submission", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("duplicates")]
    [InlineData("duplicateReason")]
    public async Task A_duplicate_beside_other_defects_may_be_confirmed_too(string field)
    {
        var page = await _browser.GetStringAsync($"/filing/{Id}/review", City.Ct);
        city.Refuses($"POST dossiers/{Id}/submission", 400, "DOS-0501", "Chưa nộp được", new Dictionary<string, string[]> { ["component1"] = ["Thiếu tờ khai."], [field] = ["Hồ sơ trùng."] });
        using var refused = await SendAsync($"/filing/{Id}/review", page);
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Contains("name=\"confirm\"", html, StringComparison.Ordinal);
        Assert.Contains($"id=\"{field}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_and_other_peoples_drafts_are_turned_away()
    {
        using var nobody = city.Browser();
        using var sent = await nobody.GetAsync($"/filing/{Id}/form/1", City.Ct);
        Assert.Contains("/connect/authorize", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var none = await _browser.GetAsync($"/filing/{Guid.Empty}/review", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        city.Refuses($"dossiers/{Guid.AllBitsSet}", 503, "CMN-0503", "Đang bận");
        using var busy = await _browser.GetAsync($"/filing/{Guid.AllBitsSet}/papers", City.Ct);
        Assert.Contains("Những gì bạn đã nhập vẫn được giữ.", await busy.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
    }

    private IResult Draft() => Results.Json(new
    {
        id = Id,
        status = _status,
        code = _status == "DRAFT" ? null : "H49-42",
        procedureCode = "1.001193",
        procedureName = "Đăng ký khai sinh",
        unitName = "Phường Hạ Long",
        subject = "",
        data = _data,
        documents = _hasFile ? new[] { new { id = Id, component = 1, fileName = "to-khai.pdf", size = 2000, preflight = Preflight() } } : [],
    });

    private static object Preflight() => new { state = "checked", blocks = false, checks = new[] { new { outcome = "warn", message = "Trang 1 bị mờ." } } };

    private static object Paper(int number, string name, bool required, string? ownForm = null) => new { number, name, required, originals = 1, copies = 0, condition = (string?)null, ownForm };

    private async Task<HttpResponseMessage> SendAsync(string path, string page, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", Html.FormToken(page))));
        return await _browser.PostAsync(path, form, City.Ct);
    }

    private async Task<HttpResponseMessage> UploadAsync(string page)
    {
        using var file = new ByteArrayContent("%PDF-1.7"u8.ToArray());
        file.Headers.ContentType = new("application/pdf");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Html.FormToken(page)), "__RequestVerificationToken" }, { file, "component-1", "to-khai.pdf" }, { new StringContent("stay"), "do" },
        };
        return await _browser.PostAsync($"/filing/{Id}/papers", form, City.Ct);
    }

    private const string Form = """
        {"form":"declaration","title":{"vi":"Tờ khai","en":"Declaration"},
         "schema":{"type":"object","properties":{"child":{"type":"object","properties":{"name":{"type":"string","maxLength":60},"sex":{"type":"string"}}},"rows":{"type":"array","items":{"type":"object"}}}},
         "sections":[
          {"id":"child","title":{"vi":"Trẻ","en":"Child"},"fields":[
            {"field":"/child/name","widget":"text","label":{"vi":"Tên","en":"Name"},"help":{"vi":"Có dấu","en":"With diacritics"}},
            {"field":"/child/sex","widget":"radio","label":{"vi":"Giới tính","en":"Sex"},"options":{"male":{"vi":"Nam","en":"Male"},"female":{"vi":"Nữ","en":"Female"}}},
            {"field":"/child/unit","widget":"unit","label":{"vi":"Nơi sinh","en":"Place"}},
            {"field":"/child/twin","widget":"text","label":{"vi":"Chị em sinh đôi","en":"Twin"},"when":{"field":"/child/sex","in":["female"]}}]},
          {"id":"rows","title":{"vi":"Người thân","en":"Relatives"},"fields":[
            {"field":"/rows","widget":"list","label":{"vi":"Danh sách","en":"List"},"item":[{"field":"/rows/*/name","widget":"text","label":{"vi":"Tên","en":"Name"}}]}]},
          {"id":"never","title":{"vi":"Không hỏi","en":"Never"},"when":{"field":"/child/name","in":["nobody"]},"fields":[]}]}
        """;
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Papers piece by piece, through the portal, for the script of the papers' page.</summary>
public sealed class UploadTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0198e000-0000-7000-8000-000000000401"), Upload = Guid.Parse("0198e000-0000-7000-8000-000000000402"),
        Paper = Guid.Parse("0198e000-0000-7000-8000-000000000403");

    private HttpClient _browser = null!;
    private string _page = "", _outcome = "warn", _check = "legible", _state = "checked";

    public async ValueTask InitializeAsync()
    {
        city.Says("procedures/1", new
        {
            code = "1",
            name = "Đăng ký",
            field = new { code = "C", vi = "Hộ tịch", en = "Civil" },
            competentAgency = new { code = "x", vi = "UBND", en = "PC" },
            subjects = Array.Empty<string>(),
            components = new[] { new { number = 1, name = "Tờ khai", required = true, originals = 1, copies = 0 } },
            fees = Array.Empty<object>(),
            online = true,
            results = Array.Empty<object>(),
            legalBasis = Array.Empty<string>(),
        });
        city.Answers($"dossiers/{Id}", _ => Results.Json(new
        {
            id = Id,
            status = "DRAFT",
            procedureCode = "1",
            procedureName = "Đăng ký",
            unitName = "Phường",
            subject = "",
            documents = new[]
            {
                new { id = Paper, component = 1, fileName = "to-khai.pdf", mediaType = "application/pdf", size = 2000,
                    preflight = new { state = _state, blocks = false, checks = new[] { new { code = _check, outcome = _outcome, message = "Trang 1 bị mờ." } } } },
            },
        }));
        _browser = await city.SignedInAsync();
        _page = await _browser.GetStringAsync($"/filing/{Id}/papers", City.Ct);
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void The_page_takes_several_files_for_a_paper_without_scripts_and_a_camera_with_them()
    {
        Html.IsWellMade(_page, "vi");
        Assert.Contains("form=\"papers\" id=\"component-1\" name=\"component-1\" accept=\"application/pdf,image/jpeg,image/png\" multiple", _page, StringComparison.Ordinal);
        Assert.Contains("capture=\"environment\"", _page, StringComparison.Ordinal);
        Assert.Contains("<p class=\"row\" data-scripted hidden>", _page, StringComparison.Ordinal);
        Assert.Contains("Lưu ý:</strong> Trang 1 bị mờ.", _page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_is_begun_at_the_api_with_the_visitors_token_and_goes_on_here()
    {
        city.Answers("POST uploads", asked =>
        {
            Assert.Equal(("1.0.0", "10", "filename YS5wZGY="), (asked.Headers["Tus-Resumable"], asked.Headers["Upload-Length"], asked.Headers["Upload-Metadata"]));
            return Results.Created($"/api/v1/uploads/{Upload}", null);
        });
        using var begun = await SendAsync(HttpMethod.Post, "", null, ("Upload-Length", "10"), ("Upload-Metadata", "filename YS5wZGY="), ("Idempotency-Key", "k1"));
        Assert.Equal((HttpStatusCode.Created, $"/filing/{Id}/uploads/{Upload}"), (begun.StatusCode, begun.Headers.Location!.ToString()));
        var sent = city.Requests.Last(r => r is { Method: "POST", Path: "uploads" });
        Assert.Equal("k1", sent.Once);
        Assert.StartsWith("Bearer ", sent.Token, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_says_no_place_is_tried_again()
    {
        city.Answers("POST uploads", _ => Results.StatusCode(201));
        using var begun = await SendAsync(HttpMethod.Post, "", null, ("Upload-Length", "10"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, begun.StatusCode);
    }

    [Fact]
    public async Task Pieces_pass_through_and_the_offset_comes_back()
    {
        city.Answers($"PATCH uploads/{Upload}", asked => new WithHeader(204, "Upload-Offset", $"{int.Parse(asked.Headers["Upload-Offset"], System.Globalization.CultureInfo.InvariantCulture) + asked.Body.Length}"));
        city.Answers($"HEAD uploads/{Upload}", _ => new WithHeader(200, "Upload-Offset", "4"));
        using var piece = await SendAsync(HttpMethod.Patch, $"/{Upload}", "56789", ("Upload-Offset", "4"));
        Assert.Equal((HttpStatusCode.NoContent, "9"), (piece.StatusCode, piece.Headers.GetValues("Upload-Offset").Single()));
        var sent = city.Requests.Last(r => r.Method == "PATCH");
        Assert.Equal(("56789", "application/offset+octet-stream", "5"), (sent.Body, sent.Headers["Content-Type"], sent.Headers["Content-Length"]));
        using var seen = await SendAsync(HttpMethod.Head, $"/{Upload}", null);
        Assert.Equal((HttpStatusCode.OK, "4"), (seen.StatusCode, seen.Headers.GetValues("Upload-Offset").Single()));
        city.Answers($"DELETE uploads/{Upload}", _ => Results.NoContent());
        using var givenUp = await SendAsync(HttpMethod.Delete, $"/{Upload}", null);
        Assert.Equal(HttpStatusCode.NoContent, givenUp.StatusCode);
    }

    [Theory]
    [InlineData(409, "DOS-0406", "Vị trí không khớp")]
    [InlineData(413, "DOS-0102", "Tệp quá lớn, tối đa 20 MB")]
    [InlineData(429, "DOS-0410", "Quá nhiều lượt tải lên")]
    [InlineData(503, "DOS-0009", "Kho lưu trữ đang bận")]
    public async Task A_refusal_comes_with_its_status_and_its_words(int status, string code, string title)
    {
        city.Refuses($"PATCH uploads/{Upload}", status, code, title);
        using var refused = await SendAsync(HttpMethod.Patch, $"/{Upload}", "1", ("Upload-Offset", "0"));
        Assert.Equal((status, title), ((int)refused.StatusCode, JsonNode.Parse(await refused.Content.ReadAsStringAsync(City.Ct))!["title"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Finished_uploads_become_one_paper_once_and_the_paper_is_shown_with_what_was_found()
    {
        city.Says($"POST dossiers/{Id}/documents", new { id = Paper, component = 1, fileName = "to-khai.pdf", size = 2000 }, 201);
        var once = Guid.CreateVersion7().ToString();
        using var attached = await AttachAsync(("component", "1"), ("upload", $"{Upload}"), ("upload", $"{Paper}"), ("join", "true"), ("once", once));
        Assert.Equal((HttpStatusCode.Created, $"{{\"id\":\"{Paper}\"}}"), (attached.StatusCode, await attached.Content.ReadAsStringAsync(City.Ct)));
        var sent = city.Requests.Last(r => r.Path == $"dossiers/{Id}/documents");
        Assert.Equal(($"{{\"component\":1,\"uploadIds\":[\"{Upload}\",\"{Paper}\"],\"join\":true}}", once), (sent.Body, sent.Once));
        var item = await _browser.GetStringAsync($"/filing/{Id}/papers/{Paper}", City.Ct);
        Assert.StartsWith($"<li class=\"stack\" data-paper=\"{Paper}\" data-state=\"checked\">", item.Trim(), StringComparison.Ordinal);
        Assert.Contains("Trang 1 bị mờ.", item, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", item, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_makes_no_paper_is_said()
    {
        city.Refuses($"POST dossiers/{Id}/documents", 415, "DOS-0103", "Chỉ nhận PDF, JPG, PNG");
        using var refused = await AttachAsync(("component", "x"), ("upload", "y"));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "{\"title\":\"Chỉ nhận PDF, JPG, PNG\"}"),
            (refused.StatusCode, System.Text.RegularExpressions.Regex.Unescape(await refused.Content.ReadAsStringAsync(City.Ct))));
        using var none = await _browser.GetAsync($"/filing/{Id}/papers/{Upload}", City.Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Theory]
    [InlineData("pending", "passed", "Đang kiểm tra…")]
    [InlineData("checked", "passed", "Đã kiểm tra, đạt.")]
    [InlineData("checked", "fail", "Cần sửa:")]
    public async Task A_paper_says_how_it_stands(string state, string outcome, string words)
    {
        (_state, _outcome) = (state, outcome);
        Assert.Contains(words, await _browser.GetStringAsync($"/filing/{Id}/papers", City.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_scripts_photos_of_one_paper_are_sent_together_and_become_one_file()
    {
        city.Says($"POST dossiers/{Id}/documents", new { id = Paper, component = 1, fileName = "a.pdf", size = 5 }, 201);
        var before = city.Requests.Count(r => r.Path == $"dossiers/{Id}/documents");
        using var form = new MultipartFormDataContent { { new StringContent(Html.FormToken(_page)), "__RequestVerificationToken" }, { new StringContent("stay"), "do" } };
        foreach (var (name, type) in new[] { ("a.jpg", "image/jpeg"), ("b.pdf", "application/pdf"), ("c.png", "image/png") })
        {
            var file = new ByteArrayContent([1, 2, 3]);
            file.Headers.ContentType = new MediaTypeHeaderValue(type);
            form.Add(file, "component-1", name);
        }

        using var added = await _browser.PostAsync($"/filing/{Id}/papers", form, City.Ct);
        Assert.Equal($"/filing/{Id}/papers", added.Headers.Location!.ToString());
        var sent = city.Requests.Where(r => r.Path == $"dossiers/{Id}/documents").Skip(before).Select(r => r.Body).ToList();
        Assert.Equal(2, sent.Count);
        Assert.DoesNotContain("name=join", sent[0], StringComparison.Ordinal);
        foreach (var word in new[] { "a.jpg", "c.png", "name=join" })
            Assert.Contains(word, sent[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgeries_and_strangers_send_nothing()
    {
        var before = city.Requests.Count(r => r is { Method: "POST", Path: "uploads" });
        using var forged = new HttpRequestMessage(HttpMethod.Post, $"/filing/{Id}/uploads");
        using var refused = await _browser.SendAsync(forged, City.Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var nobody = city.Browser();
        using var stranger = await nobody.PostAsync($"/filing/{Id}/uploads", null, City.Ct);
        Assert.Equal(HttpStatusCode.Redirect, stranger.StatusCode);
        Assert.Equal(before, city.Requests.Count(r => r is { Method: "POST", Path: "uploads" }));
    }

    [Fact]
    public async Task A_paper_that_wants_a_signature_leads_to_signing_it()
    {
        (_check, _outcome) = ("signature", "fail");
        Assert.Contains("Ký giấy tờ này", await _browser.GetStringAsync($"/filing/{Id}/papers", City.Ct), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, $"/filing/{Id}/uploads{path}") { Content = body is null ? null : new StringContent(body) };
        request.Headers.Add("RequestVerificationToken", Html.FormToken(_page));
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return _browser.SendAsync(request, City.Ct);
    }

    private async Task<HttpResponseMessage> AttachAsync(params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", Html.FormToken(_page))));
        return await _browser.PostAsync($"/filing/{Id}/papers/uploaded", form, City.Ct);
    }

    private sealed class WithHeader(int status, string name, string value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            (httpContext.Response.StatusCode, httpContext.Response.Headers[name]) = (status, value);
            return Task.CompletedTask;
        }
    }
}

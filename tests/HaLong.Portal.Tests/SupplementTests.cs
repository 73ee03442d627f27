using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>Supplementing a dossier point by point, and sending all of it at once.</summary>
public sealed class SupplementTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly string Page = $"/dossiers/{DossierSamples.Id}/supplement", Papers = $"/dossiers/{DossierSamples.Id}/papers", Api = $"dossiers/{DossierSamples.Id}";
    private static readonly Guid File = Guid.Parse("0198e000-0000-7000-8000-0000000000f1"), Stored = Guid.Parse("0198e000-0000-7000-8000-0000000000f2");

    private HttpClient _browser = null!;
    private bool _hasFile, _isDone;

    public async ValueTask InitializeAsync()
    {
        city.Answers(Api, _ => Results.Json(Dossier()));
        city.Says(Api + "/form", new { formUrl = "/api/v1/procedures/1.001193/form?version=a", warnings = Array.Empty<object>() });
        city.Says("procedures/1.001193/form", new { definition = JsonNode.Parse(Form) });
        city.Says(Api + "/documents/reusable", new[] { new { component = 1, documents = new[] { new { id = Stored, dossierId = File, code = "H49-0", kind = "component", name = "Sổ hộ khẩu cũ", procedureName = "x", fileName = "so.pdf", issuedAt = "2026-01-02T02:00:00Z", state = "valid", reuseCount = 0 } } } });
        city.Answers($"POST {Api}/documents", _ =>
        {
            _hasFile = true;
            return Results.Json(new { id = File, component = 1, fileName = "moi.pdf" }, statusCode: 201);
        });
        city.Answers($"POST {Api}/supplement", _ =>
        {
            _isDone = true;
            return Results.Json(Dossier());
        });
        _browser = await city.SignedInAsync();
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("vi", "Còn 2 nội dung.")]
    [InlineData("en", "Still missing: 2.")]
    public async Task Every_point_is_shown_with_its_reason_its_input_and_what_is_missing(string language, string left)
    {
        var html = await _browser.GetStringAsync($"{Page}?culture={language}", City.Ct);
        Html.IsWellMade(html, language);
        foreach (var word in new[] { left, "Ảnh bị mờ", "Số nhà sai", "id=\"component1\"", "name=\"/child/address\"", "value=\"12 Cũ\"", "Sổ hộ khẩu cũ", "Điều 7" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"/child/name\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_uploaded_without_sending_and_its_point_is_done()
    {
        city.Requests.Clear();
        var page = await _browser.GetStringAsync(Page, City.Ct);
        (await _browser.UploadAsync(page, Papers, "component1", "moi.pdf", ("do", "stay"))).LeadsTo(Page);
        var uploaded = city.Requests.Last(r => r.Path == Api + "/documents");
        Assert.Contains("moi.pdf", uploaded.Body, StringComparison.Ordinal);
        Assert.Contains("name=component\r\n\r\n1\r\n", uploaded.Body.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var html = await _browser.GetStringAsync(Page, City.Ct);
        Assert.Contains("Còn 1 nội dung.", html, StringComparison.Ordinal);
        Assert.Contains($"form=\"remove-{File}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(city.Requests, r => r.Path == Api + "/supplement");
    }

    [Fact]
    public async Task What_was_typed_stays_when_a_file_is_uploaded_first_and_the_same_upload_counts_once()
    {
        var page = await _browser.GetStringAsync(Page, City.Ct);
        for (var click = 0; click < 2; click++)
        {
            var (answer, html) = await _browser.UploadAsync(page, Papers, "component1", "moi.pdf", ("do", "stay"), ("/child/address", "12B Mới"), ("note", "Xin lỗi"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Html.IsWellMade(html, "vi");
            Assert.Contains("value=\"12B Mới\"", html, StringComparison.Ordinal);
            Assert.Contains("Xin lỗi</textarea>", html, StringComparison.Ordinal);
            Assert.Contains("Đã đủ, hãy gửi.", html, StringComparison.Ordinal);
        }

        var keys = city.Requests.Where(r => r.Path == Api + "/documents").TakeLast(2).Select(r => r.Once).ToList();
        Assert.Equal(keys[0], keys[1]);
    }

    [Fact]
    public async Task All_is_sent_at_once_with_only_what_was_asked_for()
    {
        var page = await _browser.GetStringAsync(Page, City.Ct);
        (await _browser.UploadAsync(page, Papers, "component1", "moi.pdf", ("do", "send"), ("/child/address", "12B Mới"), ("/child/name", "Kẻ khác"), ("note", " "))).LeadsTo($"/dossiers/{DossierSamples.Id}");
        var sent = city.Requests.Last(r => r.Path == Api + "/supplement");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"data":{"child":{"address":"12B Mới"}},"note":null}"""), JsonNode.Parse(sent.Body)));
        Assert.Equal("\"7\"", sent.Version);
        // A second click, or another tab: it is done already.
        (await _browser.SendFormAsync(page, Papers, ("do", "send"))).LeadsTo($"/dossiers/{DossierSamples.Id}");
        Assert.Single(city.Requests, r => r.Path == Api + "/supplement" && r.Once == sent.Once);
    }

    [Theory]
    [InlineData(400, "DOS-0601", "Còn thiếu")]
    [InlineData(412, "CMN-0412", "Đã có người thay đổi")]
    [InlineData(503, "CMN-0503", "Tạm thời gián đoạn")]
    public async Task A_refusal_is_shown_at_its_point_and_nothing_typed_is_lost(int status, string code, string title)
    {
        city.Refuses($"POST {Api}/supplement", status, code, title, new Dictionary<string, string[]> { ["component1"] = ["Hộ khẩu: ảnh bị mờ"], ["/child/address"] = ["Địa chỉ: số nhà sai"] });
        var (answer, html) = await _browser.SendFromAsync(Page, Papers, ("do", "send"), ("/child/address", "12C"));
        Assert.Equal(status, (int)answer.StatusCode);
        Html.IsWellMade(html, "vi");
        foreach (var word in new[] { title, "href=\"#component1\"", "id=\"component1-wrong\"", "href=\"#/child/address\"", "id=\"/child/address\"", "value=\"12C\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_refused_is_named_at_its_point_and_nothing_is_sent()
    {
        city.Refuses($"POST {Api}/documents", 415, "DOS-0103", "Không phải PDF hoặc ảnh");
        var page = await _browser.GetStringAsync(Page, City.Ct);
        var before = city.Requests.Count;
        var (answer, html) = await _browser.UploadAsync(page, Papers, "component1", "virus.exe", ("do", "send"), ("/child/address", "12D"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("virus.exe: Không phải PDF hoặc ảnh", html, StringComparison.Ordinal);
        Assert.Contains("value=\"12D\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(city.Requests.Skip(before), r => r.Path == Api + "/supplement");
    }

    [Fact]
    public async Task A_paper_of_the_store_is_used_again_and_a_file_can_be_taken_out()
    {
        city.Says($"POST {Api}/documents/reuse", new { id = File, component = 1, fileName = "so.pdf" }, 201);
        (await _browser.SendFromAsync(Page, Page + "/reuse")).LeadsTo(Page);
        var reused = JsonNode.Parse(city.Requests.Last(r => r.Path == Api + "/documents/reuse").Body)!;
        Assert.Equal((1, Stored), (reused["component"]!.GetValue<int>(), reused["documentId"]!.GetValue<Guid>()));
        _hasFile = true;
        // Gone already is what was wanted.
        city.Refuses($"DELETE {Api}/documents/{File}", 404, "DOS-0009", "Không có");
        (await _browser.SendFromAsync(Page, Page + "/removal")).LeadsTo(Page);
        city.Refuses($"DELETE {Api}/documents/{File}", 409, "DOS-0011", "Không bỏ được");
        var (answer, html) = await _browser.SendFromAsync(Page, Page + "/removal");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Không bỏ được", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_asked_for_leads_to_the_dossier()
    {
        _isDone = true;
        using var answer = await _browser.GetAsync(Page, City.Ct);
        Assert.Equal($"/dossiers/{DossierSamples.Id}", answer.Headers.Location?.ToString());
    }

    private JsonNode Dossier()
    {
        var list = new
        {
            id = File,
            legalBasis = "Điều 7",
            requestedAt = "2026-11-25T02:00:00Z",
            deadline = "2026-12-25T10:00:00Z",
            items = new object[] { new { component = 1, name = "Hộ khẩu", reason = "Ảnh bị mờ" }, new { field = "/child/address", name = "Địa chỉ", reason = "Số nhà sai" } },
        };
        object[] documents = _hasFile ? [new { id = File, component = 1, fileName = "moi.pdf", kind = "component", createdAt = "2026-11-26T02:00:00Z", size = 10 }] : [];
        var dossier = System.Text.Json.JsonSerializer.SerializeToNode(
            DossierSamples.Of(_isDone ? "SUBMITTED" : "SUPPLEMENT_RECEPTION", lifecycle: DossierSamples.Lifecycle(list), documents: documents), System.Text.Json.JsonSerializerOptions.Web)!;
        dossier["data"] = JsonNode.Parse("""{"child":{"name":"Na","address":"12 Cũ"}}""");
        return dossier;
    }

    private const string Form = """
        {"title":{"vi":"Tờ khai","en":"Declaration"},
         "schema":{"type":"object","properties":{"child":{"type":"object","properties":{"name":{"type":"string"},"address":{"type":"string","maxLength":60}}}}},
         "sections":[{"id":"child","title":{"vi":"Trẻ","en":"Child"},"fields":[
            {"field":"/child/name","widget":"text","label":{"vi":"Tên","en":"Name"}},
            {"field":"/child/address","widget":"text","label":{"vi":"Địa chỉ","en":"Address"}}]}]}
        """;
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class DraftTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_draft_is_opened_with_its_place_its_revision_and_what_it_will_cost()
    {
        var id = Guid.CreateVersion7();
        using var response = await dossiers.Citizen(id).PostAsJsonAsync(
            "/api/v1/dossiers", new { procedureCode = Land, unitCode = Unit, subject = " Cấp giấy ", data = new { thua = 12 } }, Ct);
        var draft = await BodyAsync(response, HttpStatusCode.Created);
        Assert.Equal($"/api/v1/dossiers/{draft.GetProperty("id").GetGuid()}", response.Headers.Location?.ToString());
        Assert.Equal($"\"{draft.GetProperty("version").GetUInt32()}\"", response.Headers.ETag?.Tag);
        Assert.Equal(("DRAFT", "applicant", "Cấp giấy"), (Text(draft, "status"), draft.GetProperty("waitingFor").GetProperty("who").GetString(), Text(draft, "subject")));
        Assert.Equal((id, id, "online"), (draft.GetProperty("ownerId").GetGuid(), draft.GetProperty("actorId").GetGuid(), Text(draft, "channel")));
        Assert.Equal(12, draft.GetProperty("data").GetProperty("thua").GetInt32());
        Assert.Equal("Phường Hạ Long", Text(draft, "unitName"));
        Assert.Equal(150_000, draft.GetProperty("feeTotal").GetInt64());
        Assert.All(draft.GetProperty("fees").EnumerateArray(), f => Assert.True(f.GetProperty("assumed").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, draft.GetProperty("code").ValueKind);
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once()
    {
        using var response = await dossiers.Citizen().PostAsJsonAsync(
            "/api/v1/dossiers", new { procedureCode = "9.999999", unitCode = "99999", subject = "", data = new[] { 1 } }, Ct);
        var problem = await RefusedAsync(response, 400, "DOS-0006");
        Assert.Equal(["data", "procedureCode", "subject", "unitCode"], problem.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order());
    }

    [Theory]
    [InlineData("procedureCode", "9.999999", "DOS-0003")]
    [InlineData("procedureCode", "1.013833", "DOS-0005")]
    [InlineData("unitCode", "99999", "DOS-0004")]
    [InlineData("unitCode", "../x", "DOS-0004")]
    [InlineData("unitCode", null, "DOS-0004")]
    public async Task A_single_mistake_has_its_own_code(string field, string? value, string code)
    {
        var body = new Dictionary<string, object?> { ["procedureCode"] = Land, ["unitCode"] = Unit, ["subject"] = "x", [field] = value };
        using var response = await dossiers.Citizen().PostAsJsonAsync("/api/v1/dossiers", body, Ct);
        var problem = await RefusedAsync(response, 400, code);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("""{"procedureCode":"1.013978","unitCode":"06688","subject":"a\u0000b"}""")]
    [InlineData("""{"procedureCode":"1.013978","unitCode":"06688","subject":"x","data":{"a":"\u0000"}}""")]
    [InlineData("""{"procedureCode":"1.013978","unitCode":"06688","subject":"x","data":{"a":"\ud800"}}""")]
    [InlineData("""{"procedureCode":"1.013978","unitCode":"06688","subject":"x","data":{"\udc00":1}}""")]
    [InlineData("""{"procedureCode":"1.013978","unitCode":"06688","subject":"x","data":{"a":1e999999}}""")]
    [InlineData("""{"procedureCode":"1.013978","unitCode":"06688","subject":"x","data":"text"}""")]
    [InlineData("""{"procedureCode":1}""")]
    [InlineData("""{"procedureCode":""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task What_cannot_be_stored_or_read_is_a_bad_request_and_never_an_error_of_ours(string json)
    {
        using var response = await dossiers.Citizen().PostAsync("/api/v1/dossiers", new StringContent(json, Encoding.UTF8, "application/json"), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Form_data_have_a_limit()
    {
        using var response = await dossiers.Citizen().PostAsJsonAsync(
            "/api/v1/dossiers", new { procedureCode = Land, unitCode = Unit, subject = "x", data = new { a = new string('x', 300_000) } }, Ct);
        await RefusedAsync(response, 400, "DOS-0006");
    }

    [Fact]
    public async Task The_same_key_opens_one_draft_and_another_body_is_refused()
    {
        var client = dossiers.Citizen();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "open-1");
        var body = new { procedureCode = Land, unitCode = Unit, subject = "Một" };
        var first = await BodyAsync(await client.PostAsJsonAsync("/api/v1/dossiers", body, Ct), HttpStatusCode.Created);
        var second = await BodyAsync(await client.PostAsJsonAsync("/api/v1/dossiers", body, Ct), HttpStatusCode.Created);
        Assert.Equal(first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid());
        await RefusedAsync(await client.PostAsJsonAsync("/api/v1/dossiers", body with { subject = "Hai" }, Ct), 422, "CMN-0422");
        Assert.Single((await GetAsync(client, "/api/v1/dossiers")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_merge_patch_changes_subject_and_data_and_makes_a_new_revision()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client);
        using var response = await PatchAsync(client, draft, """{"subject":"Khác","data":{"thua":null,"chu":{"ten":"Ánh"}}}""");
        var changed = await BodyAsync(response);
        Assert.Equal("Khác", Text(changed, "subject"));
        Assert.Equal("""{"chu": {"ten": "Ánh"}}""".Replace(" ", ""), changed.GetProperty("data").GetRawText().Replace(" ", ""));
        Assert.NotEqual(draft.GetProperty("version").GetUInt32(), changed.GetProperty("version").GetUInt32());
        Assert.Equal($"\"{changed.GetProperty("version").GetUInt32()}\"", response.Headers.ETag?.Tag);
        Assert.Equal(changed.GetProperty("version").GetUInt32(), (await ViewAsync(client, changed.GetProperty("id").GetGuid())).GetProperty("version").GetUInt32());
        Assert.Equal("{}", (await BodyAsync(await PatchAsync(client, changed, """{"data":null}"""))).GetProperty("data").GetRawText());
    }

    [Theory]
    [InlineData("""{"subject":null}""")]
    [InlineData("""{"subject":5}""")]
    [InlineData("""{"data":[1]}""")]
    [InlineData("""{"data":{"a":"\u0000"}}""")]
    [InlineData("""{"status":"RETURNED"}""")]
    [InlineData("""{"ownerId":"x"}""")]
    [InlineData("""[1]""")]
    public async Task A_patch_of_anything_else_is_refused(string patch)
    {
        var client = dossiers.Citizen();
        await RefusedAsync(await PatchAsync(client, await OpenAsync(client), patch), 400, "DOS-0006");
    }

    [Fact]
    public async Task A_stale_revision_is_refused_and_the_right_one_taken()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client);
        await BodyAsync(await PatchAsync(client, draft, """{"subject":"Hai"}""", $"\"{draft.GetProperty("version").GetUInt32()}\""));
        await RefusedAsync(await PatchAsync(client, draft, """{"subject":"Ba"}""", $"\"{draft.GetProperty("version").GetUInt32()}\""), 412, "CMN-0412");
        await RefusedAsync(await PatchAsync(client, draft, """{"subject":"Ba"}""", "nonsense"), 412, "CMN-0412");
        Assert.Equal("Hai", Text(await ViewAsync(client, draft.GetProperty("id").GetGuid()), "subject"));
    }

    [Fact]
    public async Task Of_many_changes_at_once_each_is_taken_whole_or_refused()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => PatchAsync(client, draft, $"{{\"data\":{{\"k{i}\":{i}}}}}")));
        Assert.All(answers, a => Assert.Contains(a.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        var kept = (await ViewAsync(client, draft.GetProperty("id").GetGuid())).GetProperty("data").EnumerateObject().Count(p => p.Name.StartsWith('k'));
        Assert.Equal(answers.Count(a => a.StatusCode == HttpStatusCode.OK), kept);
    }

    [Fact]
    public async Task A_draft_can_be_deleted_and_is_gone()
    {
        var client = dossiers.Citizen();
        var id = await DraftAsync(client);
        using var deleted = await client.DeleteAsync($"/api/v1/dossiers/{id}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await RefusedAsync(await client.GetAsync($"/api/v1/dossiers/{id}", Ct), 404, "DOS-0001");
        await RefusedAsync(await client.DeleteAsync($"/api/v1/dossiers/{id}", Ct), 404, "DOS-0001");
    }

    [Fact]
    public async Task What_was_filed_can_neither_be_edited_nor_deleted()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        var view = await ViewAsync(client, id);
        await RefusedAsync(await PatchAsync(client, view, """{"subject":"x"}"""), 409, "DOS-0008");
        await RefusedAsync(await client.DeleteAsync($"/api/v1/dossiers/{id}", Ct), 409, "DOS-0008");
    }

    [Fact]
    public async Task The_list_shows_ones_own_dossiers_newest_first_page_by_page_and_by_state()
    {
        var client = dossiers.Citizen();
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add((await OpenAsync(client)).GetProperty("id").GetGuid());
        await BodyAsync(await UploadAsync(client, ids[2], 1, Samples.Pdf()), HttpStatusCode.Created);
        await BodyAsync(await PostAsync(client, ids[2], "submission"));

        var listed = new List<Guid>();
        string? after = null;
        do
        {
            var page = await GetAsync(client, $"/api/v1/dossiers?limit=2&after={after}");
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("id").GetGuid()));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        Assert.Equal(Enumerable.Reverse(ids), listed);
        Assert.Equal(ids[2], Assert.Single((await GetAsync(client, "/api/v1/dossiers?status=SUBMITTED")).GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        foreach (var status in HaLong.Dossiers.Domain.DossierStatus.All.Except(["SUBMITTED", "DRAFT"]))
            Assert.Empty((await GetAsync(client, "/api/v1/dossiers?status=" + status)).GetProperty("items").EnumerateArray());
        await RefusedAsync(await client.GetAsync("/api/v1/dossiers?status=LOST", Ct), 400, "DOS-0006");
        await RefusedAsync(await client.GetAsync("/api/v1/dossiers?after=WyJ4Il0", Ct), 400, "DOS-0006");
    }

    [Fact]
    public async Task A_dossier_opened_in_an_assisted_session_has_its_channel()
    {
        var (helper, _, _) = dossiers.Assisted(Guid.CreateVersion7(), new TestRight(HaLong.Identity.Contracts.Acts.DossierFill));
        Assert.Equal("assisted", Text(await OpenAsync(helper), "channel"));
    }

    private static Task<HttpResponseMessage> PatchAsync(HttpClient client, JsonElement dossier, string patch, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/dossiers/{dossier.GetProperty("id").GetGuid()}")
        {
            Content = new StringContent(patch, Encoding.UTF8, "application/merge-patch+json"),
        };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return client.SendAsync(request, Ct);
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();
}

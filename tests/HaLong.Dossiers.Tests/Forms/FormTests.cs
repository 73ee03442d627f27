using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Drafts.Patching;

namespace HaLong.Dossiers.Tests.Forms;

/// <summary>Forms over HTTP: reading them, being warned while typing, being refused when filing.</summary>
public sealed class FormTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Permit = "1.013225";

    [Fact]
    public async Task Anyone_reads_the_form_of_a_procedure_in_both_languages_and_asks_again_for_nothing()
    {
        using var response = await dossiers.Factory.Client().GetAsync($"/api/v1/procedures/{Permit}/form", Ct);
        var form = await BodyAsync(response);
        Assert.Equal((Permit, false, true), (form.GetProperty("procedureCode").GetString(), form.GetProperty("isGeneric").GetBoolean(), form.GetProperty("inForce").GetBoolean()));
        var definition = form.GetProperty("definition");
        Assert.Equal("Đơn đề nghị cấp giấy phép xây dựng", definition.GetProperty("title").GetProperty("vi").GetString());
        Assert.Equal("Application for a building permit", definition.GetProperty("title").GetProperty("en").GetString());
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", definition.GetProperty("schema").GetProperty("$schema").GetString());
        var sections = definition.GetProperty("sections").EnumerateArray().ToList();
        Assert.Equal("investor", sections[0].GetProperty("id").GetString());
        var first = sections[0].GetProperty("fields")[0];
        Assert.Equal(("/investor/kind", "radio"), (first.GetProperty("field").GetString(), first.GetProperty("widget").GetString()));
        Assert.False(first.TryGetProperty("when", out _));

        var version = form.GetProperty("version").GetString();
        Assert.Equal($"\"{version}\"", response.Headers.ETag?.Tag);
        Assert.Equal(TimeSpan.FromMinutes(1), response.Headers.CacheControl?.MaxAge);
        using var english = dossiers.Factory.Client();
        english.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        Assert.Equal(form.GetRawText(), (await GetAsync(english, $"/api/v1/procedures/{Permit}/form")).GetRawText());
        foreach (var tag in new[] { $"\"{version}\"", $"\"x\", W/\"{version}\"", "*" })
        {
            english.DefaultRequestHeaders.Remove("If-None-Match");
            english.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", tag);
            using var unchanged = await english.GetAsync($"/api/v1/procedures/{Permit}/form", Ct);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
            Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync(Ct));
        }
    }

    [Fact]
    public async Task A_procedure_without_a_form_of_its_own_has_the_general_one()
    {
        var form = await GetAsync(dossiers.Factory.Client(), $"/api/v1/procedures/{Land}/form");
        Assert.True(form.GetProperty("isGeneric").GetBoolean());
        Assert.Equal("generic", form.GetProperty("definition").GetProperty("form").GetString());
    }

    [Theory]
    [InlineData("9.999999/form", "DOS-0002")]
    [InlineData("*/form", "DOS-0002")]
    [InlineData("1.013225/form?version=0", "DOS-0302")]
    [InlineData("1.013225/form?version=0000000000000000000000000000000000000000000000000000000000000000", "DOS-0302")]
    public async Task What_does_not_exist_is_not_found(string path, string code) =>
        await RefusedAsync(await dossiers.Factory.Client().GetAsync($"/api/v1/procedures/{path}", Ct), 404, code);

    [Fact]
    public async Task A_draft_is_saved_however_wrong_it_is_and_says_what_to_do_at_each_field()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, FilledForms.With("construction-permit", "/work/height", "\"cao\""));
        var warning = Assert.Single(draft.GetProperty("draft").GetProperty("warnings").EnumerateArray(), w => w.GetProperty("kind").GetString() == "invalid");
        Assert.Equal(("/data/work/height", "type", "“Chiều cao công trình (m)”: nhập một số."),
            (warning.GetProperty("pointer").GetString(), warning.GetProperty("rule").GetString(), warning.GetProperty("message").GetString()));

        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var patched = await BodyAsync(await PatchAsync(client, Id(draft), """{"data":{"work":{"height":12,"floors":0},"months":null,"investor":{"taxCode":"0301450087","kind":"organisation","organisationName":"HTX","representative":"An"}}}"""));
        var warnings = patched.GetProperty("draft").GetProperty("warnings").EnumerateArray().Select(w => (w.GetProperty("pointer").GetString(), w.GetProperty("kind").GetString(), w.GetProperty("message").GetString())).ToList();
        Assert.Equal(
        [
            ("/data/investor/taxCode", "hint", "“Tax or enterprise code”: the check digit of the tax code does not match; look again."),
            ("/data/work/floors", "invalid", "“Floors above ground”: give a number of 1 or more."),
            ("/data/months", "missing", "Fill in “Months until completion”."),
        ],
            warnings);
        Assert.Equal(0, patched.GetProperty("data").GetProperty("work").GetProperty("floors").GetInt32());

        var form = await GetAsync(client, $"/api/v1/dossiers/{Id(draft)}/form");
        Assert.Equal(3, form.GetProperty("warnings").GetArrayLength());
        Assert.False(form.GetProperty("hasNewerVersion").GetBoolean());
        Assert.Equal(draft.GetProperty("draft").GetProperty("formVersion").GetString(), form.GetProperty("formVersion").GetString());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(form.GetProperty("formUrl").GetString(), Ct)).StatusCode);
        Assert.False((await ViewAsync(client, Id(draft))).TryGetProperty("draft", out _));
    }

    [Fact]
    public async Task Filing_refuses_with_everything_at_once_and_takes_what_is_right()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, JsonElement.Parse("""{"work":{"kind":"house"},"months":"x"}"""));
        var problem = await RefusedAsync(await PostAsync(client, Id(draft), "submission"), 400, "DOS-0501");
        var errors = problem.GetProperty("errors").EnumerateObject().ToDictionary(p => p.Name, p => p.Value[0].GetString());
        // Documents and fields in one answer.
        Assert.True(errors.ContainsKey("component1") && errors.ContainsKey("component3"));
        Assert.Equal("“Dự kiến hoàn thành (tháng)”: nhập số nguyên.", errors["/data/months"]);
        Assert.Contains("/data/site/parcel", errors.Keys);
        Assert.Contains("/data/work/floorArea", errors.Keys);
        Assert.Equal("Hãy đánh dấu “Tôi cam kết làm theo đúng giấy phép được cấp; nếu sai xin chịu trách nhiệm và bị xử lý theo quy định.”.", errors["/data/pledge"]);

        for (var component = 1; component <= 3; component++)
            await BodyAsync(await UploadAsync(client, Id(draft), component, Samples.Pdf($"{component}")), HttpStatusCode.Created);
        var fields = await RefusedAsync(await PostAsync(client, Id(draft), "submission"), 400, "DOS-0301");
        Assert.Equal(errors.Keys.Where(k => k.StartsWith('/')).Order(), fields.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order());

        await BodyAsync(await PatchAsync(client, Id(draft), $$"""{"data":{{FilledForms.Construction}}}"""));
        Assert.Equal("SUBMITTED", (await BodyAsync(await PostAsync(client, Id(draft), "submission"))).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_hint_does_not_keep_anybody_from_filing()
    {
        var client = dossiers.Citizen();
        var data = FilledForms.With("construction-permit", "/investor", """{"kind":"organisation","organisationName":"HTX Vịnh","taxCode":"0301450087","representative":"An","phone":"0912345678","address":{"unit":"06688","detail":"Tổ 5"}}""");
        var draft = await OpenAsync(client, data);
        Assert.Equal("hint", Assert.Single(draft.GetProperty("draft").GetProperty("warnings").EnumerateArray()).GetProperty("kind").GetString());
        for (var component = 1; component <= 3; component++)
            await BodyAsync(await UploadAsync(client, Id(draft), component, Samples.Pdf($"{component}")), HttpStatusCode.Created);
        await BodyAsync(await PostAsync(client, Id(draft), "submission"));
    }

    [Fact]
    public async Task The_form_of_a_dossier_is_shown_to_who_sees_the_dossier()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        Assert.Equal(0, (await GetAsync(dossiers.Official(Roles.Officer), $"/api/v1/dossiers/{id}/form")).GetProperty("warnings").GetArrayLength());
        await RefusedAsync(await dossiers.Citizen().GetAsync($"/api/v1/dossiers/{id}/form", Ct), 404, "DOS-0001");
        await RefusedAsync(await dossiers.Official(Roles.Officer, OtherUnit).GetAsync($"/api/v1/dossiers/{id}/form", Ct), 404, "DOS-0001");
        await dossiers.InDbAsync(db => db.Set<DossierForm>().Where(f => f.DossierId == id).ExecuteDeleteAsync(Ct));
        var old = await GetAsync(client, $"/api/v1/dossiers/{id}/form");
        Assert.Equal((JsonValueKind.Null, 0), (old.GetProperty("formVersion").ValueKind, old.GetProperty("warnings").GetArrayLength()));
    }

    [Fact]
    public async Task A_changed_form_is_a_new_version_and_drafts_stay_with_theirs()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        await using var scope = own.Services.CreateAsyncScope();
        var loader = scope.ServiceProvider.GetRequiredService<FormLoader>();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        Assert.Equal(0, await loader.LoadAsync(FormLoader.Files(), Ct));
        Assert.Equal(0, await loader.LoadAsync([.. FormLoader.Files().Select(t => JsonNode.Parse(t)!.ToJsonString())], Ct));

        var client = own.Client(dossiers.Identity.Token());
        var draft = await OpenAsync(client, JsonElement.Parse(FilledForms.Construction));
        var changed = JsonNode.Parse(FormLoader.Files().Single(t => t.Contains("\"construction-permit\"", StringComparison.Ordinal)))!;
        changed["title"]!["en"] = "Renamed";
        changed["schema"]!["properties"]!["months"]!["maximum"] = 6;
        Assert.Equal(1, await loader.LoadAsync([changed.ToJsonString()], Ct));
        Assert.Equal(2, await db.Set<FormVersion>().CountAsync(f => f.ProcedureCode == Permit, Ct));

        var now = await GetAsync(client, $"/api/v1/procedures/{Permit}/form");
        Assert.Equal("Renamed", now.GetProperty("definition").GetProperty("title").GetProperty("en").GetString());
        var bound = await GetAsync(client, $"/api/v1/dossiers/{Id(draft)}/form");
        Assert.True(bound.GetProperty("hasNewerVersion").GetBoolean());
        Assert.Empty(bound.GetProperty("warnings").EnumerateArray());
        using var response = await client.GetAsync(bound.GetProperty("formUrl").GetString(), Ct);
        var theirs = await BodyAsync(response);
        Assert.Equal(("Application for a building permit", false), (theirs.GetProperty("definition").GetProperty("title").GetProperty("en").GetString(), theirs.GetProperty("inForce").GetBoolean()));
        Assert.Contains(response.Headers.CacheControl!.Extensions, e => e.Name == "immutable");
        var fresh = await OpenAsync(client, JsonElement.Parse(FilledForms.Construction));
        Assert.Equal("/data/months", Assert.Single(fresh.GetProperty("draft").GetProperty("warnings").EnumerateArray()).GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("\"1.013225\"", "\"9.999999\"", "which is not in the catalogue")]
    [InlineData("\"1.013225\"", "\"1.013225\",\"1.013225\"", "Two forms are for procedure")]
    [InlineData("\"2. Site\"", "\"\"", "a text is missing in one language")]
    public async Task A_form_that_is_not_right_stops_the_run_and_changes_nothing(string text, string other, string reason)
    {
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        var loader = scope.ServiceProvider.GetRequiredService<FormLoader>();
        var file = FormLoader.Files().Single(t => t.Contains("\"construction-permit\"", StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => loader.LoadAsync([file.Replace(text, other, StringComparison.Ordinal)], Ct));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await dossiers.InDbAsync(db => db.Set<FormVersion>().CountAsync(f => f.ProcedureCode == Permit, Ct)));
    }

    [Theory]
    [InlineData("""{"data":{"a":1,"a":2}}""", "DOS-0305")]
    [InlineData("""{"data":{"a":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}}""", "DOS-0304")]
    [InlineData("""{"data":{"a":"\u0000"}}""", "DOS-0006")]
    public async Task What_could_be_misread_or_cannot_be_kept_is_refused_with_its_reason(string patch, string code)
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, JsonElement.Parse("{}"));
        await RefusedAsync(await PatchAsync(client, Id(draft), patch), 400, code);
        var body = $$"""{"procedureCode":"{{Permit}}","unitCode":"{{Unit}}","subject":"x",{{patch[1..]}}""";
        using var opened = await client.PostAsync("/api/v1/dossiers", new StringContent(body, new MediaTypeHeaderValue("application/json")), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, opened.StatusCode);
    }

    [Fact]
    public async Task A_patch_that_says_data_twice_is_refused()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, JsonElement.Parse("{}"));
        await RefusedAsync(await PatchAsync(client, Id(draft), """{"data":{"a":1},"data":{"a":2}}"""), 400, "DOS-0305");
    }

    [Fact]
    public async Task Many_small_patches_cannot_make_what_one_is_not_allowed_to_be()
    {
        var client = dossiers.Citizen();
        var draft = await OpenAsync(client, JsonElement.Parse("{}"));
        var text = new string('x', 100_000);
        await BodyAsync(await PatchAsync(client, Id(draft), $$$"""{"data":{"a":"{{{text}}}"}}"""));
        await BodyAsync(await PatchAsync(client, Id(draft), $$$"""{"data":{"b":"{{{text}}}"}}"""));
        var problem = await RefusedAsync(await PatchAsync(client, Id(draft), $$$"""{"data":{"c":"{{{text}}}"}}"""), 400, "DOS-0006");
        Assert.Contains("256 KB", problem.GetProperty("errors").GetProperty("data")[0].GetString(), StringComparison.Ordinal);
        Assert.False((await ViewAsync(client, Id(draft))).GetProperty("data").TryGetProperty("c", out _));
    }

    private static async Task<JsonElement> OpenAsync(HttpClient client, JsonElement data)
    {
        using var response = await client.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = Permit, unitCode = Unit, subject = "Xây nhà", data, prefill = false }, Ct);
        return await BodyAsync(response, HttpStatusCode.Created);
    }
}

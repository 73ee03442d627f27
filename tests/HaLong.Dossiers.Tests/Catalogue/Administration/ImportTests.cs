using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Catalogue.Administration;
using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.Catalogue.Administration.Keepers;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Catalogue.Administration;

public sealed class ImportTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private HttpClient Anyone => dossiers.Factory.Client();

    [Fact]
    public async Task What_was_exported_can_be_imported_and_changes_nothing()
    {
        var keeper = dossiers.Keeper();
        using var answer = await keeper.GetAsync(Admin + "/export", Ct);
        var file = await BodyAsync(answer);
        Assert.Equal($"procedures-{Day(Today)}.json", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.True(file.GetProperty("items").GetArrayLength() >= 81);
        var report = await BodyAsync(await PostAsync(keeper, "/imports?dryRun=true", file));
        Assert.Equal(file.GetProperty("items").GetArrayLength(), report.GetProperty("unchanged").GetInt32());
        Assert.Equal((0, 0, 0), (report.GetProperty("new").GetInt32(), report.GetProperty("changed").GetInt32(), report.GetProperty("defects").GetArrayLength()));
        await RefusedAsync(await PostAsync(keeper, "/imports", file), 409, "DOS-0217");
    }

    [Fact]
    public async Task An_export_holds_what_the_file_of_the_catalogue_holds()
    {
        var items = (await GetAsync(dossiers.Keeper(), $"{Admin}/export?at={Day(Today)}")).GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("code").GetString()!, CanonicalJson.Of);
        foreach (var item in DataFiles.ReadNodes("procedures.json").Where(i => i!["code"]!.GetValue<string>()[0] is '1' or '2' or '3').Take(40))
            Assert.Equal(CanonicalJson.Of(item!.ToJsonString()), items[item["code"]!.GetValue<string>()]);
        Assert.Equal(0, (await GetAsync(dossiers.Keeper(), $"{Admin}/export?at=2001-01-01")).GetProperty("items").GetArrayLength());
        await RefusedAsync(await dossiers.Keeper().GetAsync($"{Admin}/export?at=yesterday", Ct), 400, "DOS-0201");
    }

    [Fact]
    public async Task A_file_becomes_drafts_that_a_second_administrator_publishes_together()
    {
        var (importer, second) = (dossiers.Keeper(Guid.CreateVersion7()), dossiers.Keeper());
        var file = File(Item("1.001266", change: i => i["timeLimit"]!["value"] = 7), Item(newCode: "9.200001"), Item("1.001570"));
        var dry = await BodyAsync(await PostAsync(importer, "/imports?dryRun=true", file));
        Assert.Equal((true, 3, 1, 1, 1), (dry.GetProperty("dryRun").GetBoolean(), dry.GetProperty("total").GetInt32(), dry.GetProperty("new").GetInt32(), dry.GetProperty("changed").GetInt32(), dry.GetProperty("unchanged").GetInt32()));
        Assert.Equal(JsonValueKind.Null, dry.GetProperty("importId").ValueKind);
        var changed = dry.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("kind").GetString() == "changed");
        Assert.Equal("timeLimit.value", Assert.Single(changed.GetProperty("changes").EnumerateArray()).GetProperty("path").GetString());
        Assert.Equal(0, (await GetAsync(importer, $"{Admin}/drafts?code=9.200001")).GetProperty("items").GetArrayLength());

        var import = (await BodyAsync(await PostAsync(importer, "/imports", file))).GetProperty("importId").GetGuid();
        Assert.Equal(["review", "review"], (await GetAsync(importer, $"{Admin}/drafts?import={import}")).GetProperty("items").EnumerateArray().Select(d => d.GetProperty("state").GetString()));
        await RefusedAsync(await PostAsync(importer, "/imports", file), 400, "DOS-0216");
        await RefusedAsync(await Anyone.GetAsync("/api/v1/procedures/9.200001", Ct), 404, "DOS-0002");

        await RefusedAsync(await PostAsync(importer, $"/imports/{import}/publication", new { validFrom = Today }), 403, "DOS-0208");
        await RefusedAsync(await PostAsync(second, $"/imports/{import}/publication", new { validFrom = Today.AddDays(-1) }), 400, "DOS-0209");
        await RefusedAsync(await PostAsync(second, $"/imports/{import}/publication"), 400, "DOS-0220");
        await RefusedAsync(await PostAsync(dossiers.Keeper(strong: false), $"/imports/{import}/publication", new { validFrom = Today }), 401, "CMN-0470");
        await RefusedAsync(await PostAsync(second, $"/imports/{Guid.CreateVersion7()}/publication", new { validFrom = Today }), 404, "DOS-0218");
        await RefusedAsync(await Anyone.GetAsync("/api/v1/procedures/9.200001", Ct), 404, "DOS-0002");

        var published = await BodyAsync(await PostAsync(second, $"/imports/{import}/publication", new { validFrom = Today.AddDays(1) }));
        Assert.Equal(2, published.GetProperty("published").GetInt32());
        Assert.Equal(7, (await GetAsync(Anyone, $"/api/v1/procedures/1.001266?at={Day(Today.AddDays(1))}")).GetProperty("timeLimit").GetProperty("value").GetInt32());
        await BodyAsync(await Anyone.GetAsync($"/api/v1/procedures/9.200001?at={Day(Today.AddDays(1))}", Ct));
        await RefusedAsync(await PostAsync(second, $"/imports/{import}/publication", new { validFrom = Today.AddDays(1) }), 404, "DOS-0218");
    }

    [Fact]
    public async Task An_import_is_published_as_a_whole_or_not_at_all()
    {
        var (importer, second) = (dossiers.Keeper(), dossiers.Keeper());
        await PublishedAsync(importer, second, Item(newCode: "9.200011"), Today.AddDays(50));
        var import = (await BodyAsync(await PostAsync(importer, "/imports", File(Item(newCode: "9.200010"), Item(newCode: "9.200011", change: i => i["decision"] = "x"))))).GetProperty("importId").GetGuid();
        var refused = await RefusedAsync(await PostAsync(second, $"/imports/{import}/publication", new { validFrom = Today.AddDays(50) }), 409, "DOS-0211");
        Assert.True(refused.GetProperty("errors").TryGetProperty("9.200011", out _));
        await RefusedAsync(await Anyone.GetAsync($"/api/v1/procedures/9.200010?at={Day(Today.AddDays(50))}", Ct), 404, "DOS-0002");
        Assert.Equal(["review", "review"], (await GetAsync(importer, $"{Admin}/drafts?import={import}")).GetProperty("items").EnumerateArray().Select(d => d.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_broken_file_tells_all_its_defects_at_once_and_changes_nothing()
    {
        var keeper = dossiers.Keeper();
        var before = await CountAsync();
        var file = File(
            Item(newCode: "9.200020"), Item(newCode: "9.200021", change: i => i.AsObject().Remove("nameVi")), Item(newCode: "9.200020"),
            Item(newCode: "9.200022", change: i => { i["timeLimit"]!["unit"] = "fortnight"; i["fees"]![0]!["amountVnd"] = -1; }), JsonValue.Create(7), new JsonObject { ["code"] = "a\0b" });
        string[] expected = ["items[1].nameVi", "items[2].code", "items[3].timeLimit.unit", "items[3].fees[0].amountVnd", "items[4]", "items[5]"];
        var dry = await BodyAsync(await PostAsync(keeper, "/imports?dryRun=true", file));
        Assert.Equal(expected.Order(), dry.GetProperty("defects").EnumerateArray().Select(d => d.GetProperty("path").GetString()).Order());
        var refused = await RefusedAsync(await PostAsync(keeper, "/imports", file), 400, "DOS-0216");
        Assert.Equal(expected.Order(), refused.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
        Assert.Contains("6", refused.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());

        Task<int> CountAsync() => dossiers.InDbAsync(async db => await db.Set<ProcedureDraft>().CountAsync(Ct) + await db.Procedures.CountAsync(Ct));
    }

    [Theory]
    [InlineData("[]", "DOS-0216")]
    [InlineData("{}", "DOS-0216")]
    [InlineData("{\"items\":5}", "DOS-0216")]
    [InlineData("{\"items\":[]}", "DOS-0217")]
    [InlineData("{\"items\":", "CMN-0400")]
    public async Task What_is_no_file_of_the_catalogue_is_refused(string text, string code)
    {
        using var content = new StringContent(text, Encoding.UTF8, "application/json");
        using var answer = await dossiers.Keeper().PostAsync(Admin + "/imports", content, Ct);
        await RefusedAsync(answer, code == "DOS-0217" ? 409 : 400, code);
    }

    [Fact]
    public async Task A_procedure_with_an_open_draft_is_a_defect_of_the_import()
    {
        var keeper = dossiers.Keeper();
        await OpenAsync(keeper, Item("2.001019"));
        var refused = await RefusedAsync(await PostAsync(keeper, "/imports", File(Item("2.001019", change: i => i["decision"] = "x"))), 400, "DOS-0216");
        Assert.True(refused.GetProperty("errors").TryGetProperty("items[0].code", out _));
        // One that does not differ is in nobody's way.
        Assert.Equal(1, (await BodyAsync(await PostAsync(keeper, "/imports?dryRun=true", File(Item("2.001019"))))).GetProperty("unchanged").GetInt32());
    }

    [Fact]
    public async Task Of_two_imports_at_once_one_wins()
    {
        var file = File(Item(newCode: "9.200030"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(dossiers.Keeper(), "/imports", file)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.OK), a => Assert.True(a.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Conflict));
        Assert.Equal(1, (await GetAsync(dossiers.Keeper(), $"{Admin}/drafts?code=9.200030")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public void A_large_file_is_read_once_through()
    {
        var items = new JsonArray([.. Enumerable.Range(0, 2000).Select(n => (JsonNode)Item(newCode: $"9.{n:000000}"))]);
        var read = ImportFile.Read(JsonElement.Parse(new JsonObject { ["items"] = items }.ToJsonString()));
        Assert.Equal((2000, 0), (read.Items.Count, read.Defects.Count));
    }

    private static JsonObject File(params JsonNode[] items) => new() { ["about"] = new JsonObject(), ["items"] = new JsonArray(items) };
}

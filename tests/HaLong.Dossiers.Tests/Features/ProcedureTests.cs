using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class ProcedureTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private HttpClient Anyone => dossiers.Factory.Client();

    [Theory]
    [InlineData("q=dang ky dat dai lan dau", DossierFixture.Land)]
    [InlineData("q=Đăng ký đất đai lần đầu", DossierFixture.Land)]
    [InlineData("q=1.013978", DossierFixture.Land)]
    [InlineData("q=first land registration households", DossierFixture.Land)]
    [InlineData("q=khai sinh&field=CIVIL&level=commune", "1.001193")]
    public async Task Procedures_are_found_without_diacritics_by_code_name_field_and_level(string query, string code)
    {
        var page = await GetAsync(Anyone, $"/api/v1/procedures?limit=100&{query}");
        Assert.Contains(page.GetProperty("items").EnumerateArray(), p => p.GetProperty("code").GetString() == code);
    }

    [Theory]
    [InlineData("q=khongcothutucnay")]
    [InlineData("field=NOPE")]
    [InlineData("q=dat%00dai&field=%00")]
    [InlineData("q=%25%25%25 _ '")]
    public async Task What_does_not_exist_is_an_empty_page_or_ignored_signs(string query)
    {
        var page = await GetAsync(Anyone, $"/api/v1/procedures?{query}");
        Assert.True(page.GetProperty("items").GetArrayLength() <= 20);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        var codes = new List<string>();
        string? after = null;
        do
        {
            var page = await GetAsync(Anyone, $"/api/v1/procedures?limit=7&after={after}");
            codes.AddRange(page.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("code").GetString()!));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        Assert.Equal(81, codes.Count);
        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("after=nonsense")]
    [InlineData("after=WyIxIiwiMiJd")]
    public async Task Bad_page_parameters_are_refused(string query)
    {
        using var response = await Anyone.GetAsync($"/api/v1/procedures?{query}", Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_procedure_shows_components_limit_fees_results_and_what_is_assumed()
    {
        var land = await GetAsync(Anyone, $"/api/v1/procedures/{DossierFixture.Land}");
        var components = land.GetProperty("components").EnumerateArray().ToList();
        Assert.Equal(9, components.Count);
        Assert.Equal((1, true, true), (components[0].GetProperty("number").GetInt32(), components[0].GetProperty("required").GetBoolean(), components[0].GetProperty("assumed").GetBoolean()));
        Assert.False(components[1].GetProperty("assumed").GetBoolean());
        Assert.Equal(17, land.GetProperty("timeLimit").GetProperty("value").GetInt32());
        Assert.Equal(27, land.GetProperty("timeLimit").GetProperty("shownByChannel").GetProperty("direct").GetProperty("value").GetInt32());
        Assert.All(land.GetProperty("fees").EnumerateArray(), f => Assert.True(f.GetProperty("assumed").GetBoolean() && f.GetProperty("amountVnd").GetInt64() > 0));
        Assert.Equal(2, land.GetProperty("results").GetArrayLength());
        Assert.Contains("31/2024/QH15", land.GetProperty("legalBasis").EnumerateArray().Select(b => b.GetString()));
        Assert.Equal("Chủ tịch Ủy ban nhân dân cấp xã", land.GetProperty("competentAgency").GetProperty("vi").GetString());
    }

    [Fact]
    public async Task A_fee_that_nobody_knows_has_no_amount()
    {
        var procedure = await GetAsync(Anyone, "/api/v1/procedures/1.012756");
        Assert.All(procedure.GetProperty("fees").EnumerateArray(), f => Assert.Equal(JsonValueKind.Null, f.GetProperty("amountVnd").ValueKind));
    }

    [Fact]
    public async Task Names_follow_the_language_asked_for()
    {
        var client = Anyone;
        Assert.StartsWith("Đăng ký", (await GetAsync(client, $"/api/v1/procedures/{DossierFixture.Land}")).GetProperty("name").GetString(), StringComparison.Ordinal);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        Assert.StartsWith("First land", (await GetAsync(client, $"/api/v1/procedures/{DossierFixture.Land}")).GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9.999999")]
    [InlineData("..%2f..")]
    public async Task An_unknown_procedure_is_not_found(string code)
    {
        using var response = await Anyone.GetAsync($"/api/v1/procedures/{code}", Ct);
        await RefusedAsync(response, 404, "DOS-0002");
    }

    [Fact]
    public async Task A_search_tells_how_many_there_are_and_of_what_kind()
    {
        var page = await GetAsync(Anyone, "/api/v1/procedures?q=đăng ký&limit=3");
        Assert.True(page.GetProperty("total").GetInt32() > 20);
        Assert.Equal("exact", page.GetProperty("matching").GetString());
        var facets = page.GetProperty("facets");
        var land = facets.GetProperty("field").EnumerateArray().Single(f => f.GetProperty("code").GetString() == "LAND");
        Assert.Equal("Đất đai", land.GetProperty("name").GetString());
        var filtered = await GetAsync(Anyone, "/api/v1/procedures?q=đăng ký&field=LAND&limit=3");
        Assert.Equal(land.GetProperty("count").GetInt32(), filtered.GetProperty("total").GetInt32());
        Assert.All(["level", "subject", "lifeEvent", "online"], name => Assert.NotEqual(0, facets.GetProperty(name).GetArrayLength()));
        Assert.Equal(page.GetProperty("total").GetInt32(), facets.GetProperty("online").EnumerateArray().Sum(f => f.GetProperty("count").GetInt32()));
    }

    [Theory]
    [InlineData("q=đăng ký")]
    [InlineData("q=giay chung nhan quyen su dung dat")]
    [InlineData("q=dang kyy kahi sinh")]
    [InlineData("subject=organisation")]
    [InlineData("lifeEvent=BUY_LAND&online=true")]
    public async Task Pages_of_a_ranking_follow_one_another_without_gap_or_repetition(string query)
    {
        var (codes, after, total) = (new List<string>(), (string?)null, 0);
        do
        {
            var page = await GetAsync(Anyone, $"/api/v1/procedures?limit=4&{query}&after={after}");
            codes.AddRange(page.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("code").GetString()!));
            (after, total) = (page.GetProperty("after").GetString(), page.GetProperty("total").GetInt32());
        }
        while (after is not null);
        Assert.Equal(total, codes.Count);
        Assert.Equal(codes.Count, codes.Distinct().Count());
        var whole = await GetAsync(Anyone, $"/api/v1/procedures?limit=100&{query}");
        Assert.Equal(whole.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("code").GetString()), codes);
    }

    [Fact]
    public async Task Where_words_were_guessed_the_answer_says_so_and_suggests_the_right_ones()
    {
        var page = await GetAsync(Anyone, "/api/v1/procedures?q=dang ky khia sinh");
        Assert.Equal("near", page.GetProperty("matching").GetString());
        Assert.Contains(page.GetProperty("items").EnumerateArray().Take(3), p => p.GetProperty("code").GetString() == "1.001193");
        Assert.Equal("đăng ký khai sinh", page.GetProperty("suggestions")[0].GetString());
    }

    [Theory]
    [InlineData(201)]
    [InlineData(10_000)]
    public async Task A_query_that_is_too_long_is_refused(int length)
    {
        using var response = await Anyone.GetAsync($"/api/v1/procedures?q={new string('a', length)}", Ct);
        Assert.True((await RefusedAsync(response, 400, "DOS-0006")).GetProperty("errors").TryGetProperty("q", out _));
    }

    [Theory]
    [InlineData("?at=tomorrow")]
    [InlineData("/1.001193?at=2026-13-01")]
    [InlineData("/life-events?at=01/01/2026")]
    public async Task What_is_no_day_is_refused(string path) => await RefusedAsync(await Anyone.GetAsync($"/api/v1/procedures{path}", Ct), 400, "DOS-0201");

    [Theory]
    [InlineData("WyI5IiwiMCIsIngiXQ")]
    [InlineData("WyIwIiwieCIsIngiXQ")]
    public async Task A_cursor_of_another_kind_is_refused(string after) =>
        await RefusedAsync(await Anyone.GetAsync($"/api/v1/procedures?after={after}", Ct), 400, "CMN-0400");

    [Fact]
    public async Task Before_its_first_version_a_catalogue_is_empty()
    {
        var page = await GetAsync(Anyone, "/api/v1/procedures?at=2020-01-01");
        Assert.Equal((0, 0), (page.GetProperty("total").GetInt32(), page.GetProperty("items").GetArrayLength()));
        await RefusedAsync(await Anyone.GetAsync("/api/v1/procedures/1.001193?at=2020-01-01", Ct), 404, "DOS-0002");
    }

    [Fact]
    public async Task Life_events_lead_to_procedures_the_main_one_first()
    {
        var events = (await GetAsync(Anyone, "/api/v1/procedures/life-events")).EnumerateArray().ToDictionary(e => e.GetProperty("code").GetString()!);
        Assert.Equal("Sinh con", events["BIRTH"].GetProperty("name").GetString());
        Assert.Equal("1.001193", events["BIRTH"].GetProperty("procedures")[0].GetProperty("code").GetString());
        Assert.Equal(events.Count, events.Values.Count(e => e.GetProperty("procedures").GetArrayLength() > 0));
        var client = Anyone;
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        Assert.Equal("Having a child", (await GetAsync(client, "/api/v1/procedures/life-events"))[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("?q=đất")]
    [InlineData("/1.001193")]
    [InlineData("/1.001193/versions")]
    [InlineData("/life-events")]
    public async Task What_anybody_reads_may_be_kept_and_is_not_sent_again(string path)
    {
        var client = Anyone;
        using var first = await client.GetAsync($"/api/v1/procedures{path}", Ct);
        Assert.Equal("public, max-age=60", first.Headers.CacheControl!.ToString());
        Assert.Contains("Accept-Language", first.Headers.Vary);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/procedures{path}");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(again, Ct);
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (second.StatusCode, second.Headers.ETag));
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(Ct));
        using var english = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/procedures{path}");
        english.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        english.Headers.AcceptLanguage.ParseAdd("en");
        using var third = await client.SendAsync(english, Ct);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Versions_and_comparisons_of_what_does_not_exist_are_not_found()
    {
        await RefusedAsync(await Anyone.GetAsync("/api/v1/procedures/9.999999/versions", Ct), 404, "DOS-0002");
        var version = (await GetAsync(Anyone, "/api/v1/procedures/1.001193")).GetProperty("versionId").GetGuid();
        var other = (await GetAsync(Anyone, "/api/v1/procedures/1.000894")).GetProperty("versionId").GetGuid();
        Assert.Equal(0, (await GetAsync(Anyone, $"/api/v1/procedures/1.001193/comparison?from={version}&to={version}")).GetProperty("changes").GetArrayLength());
        foreach (var strange in (Guid[])[other, Guid.CreateVersion7()])
            await RefusedAsync(await Anyone.GetAsync($"/api/v1/procedures/1.001193/comparison?from={version}&to={strange}", Ct), 404, "DOS-0202");
        await RefusedAsync(await Anyone.GetAsync($"/api/v1/procedures/1.001193/comparison?from={version}", Ct), 400, "CMN-0400");
    }

    [Fact]
    public async Task Every_part_of_the_content_is_shown_with_its_names()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        var item = DataFiles.ReadNodes("procedures.json").Single(n => n!["code"]!.GetValue<string>() == "1.001193")!.DeepClone();
        item["components"]![0]!["reuse"] = JsonNode.Parse("""{"fromStore":true,"resultCodes":["KQ.G15.000031"],"dataSource":"population"}""");
        item["components"]![0]!["caseVi"] = "Trẻ bị bỏ rơi";
        item["fees"]![0]!["exemptionRules"] = JsonNode.Parse("""[{"category":"poorHousehold","percent":100,"evidenceVi":"Giấy xác nhận","assumed":true}]""");
        item["fees"]![0]!["validTo"] = "2020-01-01";
        item["onlinePeriods"] = JsonNode.Parse("""[{"from":"2026-07-01","level":"partial","reasonCode":"presence","legalBasis":"Luật Hộ tịch"}]""");
        await own.InScopeAsync<CatalogueLoader, int>(loader => loader.LoadProceduresAsync(new JsonArray(item), Ct));

        var shown = await GetAsync(own.Client(), "/api/v1/procedures/1.001193?at=2099-01-01");
        var component = shown.GetProperty("components")[0];
        Assert.Equal(("Trẻ bị bỏ rơi", "Cơ sở dữ liệu quốc gia về dân cư"), (component.GetProperty("case").GetString(), component.GetProperty("reuse").GetProperty("dataSource").GetProperty("vi").GetString()));
        var fee = shown.GetProperty("fees")[0];
        Assert.Equal((false, "atFiling"), (fee.GetProperty("inForce").GetBoolean(), fee.GetProperty("moment").GetString()));
        Assert.Equal("Hộ nghèo", fee.GetProperty("exemptionRules")[0].GetProperty("category").GetProperty("vi").GetString());
        var online = shown.GetProperty("onlineService");
        Assert.Equal(("Một phần", "Phải có mặt trực tiếp", "Luật Hộ tịch", "2026-07-01"), (
            online.GetProperty("level").GetProperty("vi").GetString(), online.GetProperty("reason").GetProperty("vi").GetString(), online.GetProperty("legalBasis").GetString(), online.GetProperty("since").GetString()));
        Assert.Contains("BIRTH", shown.GetProperty("lifeEvents").EnumerateArray().Select(e => e.GetProperty("code").GetString()));
        Assert.Equal("partial", (await GetAsync(own.Client(), "/api/v1/procedures?q=1.001193&online=partial&at=2099-01-01")).GetProperty("items")[0].GetProperty("onlineLevel").GetString());
    }

    [Fact]
    public async Task What_administrators_published_is_not_changed_by_the_file_any_more()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        await own.InScopeAsync<DossierDbContext, int>(db => db.Database.ExecuteSqlAsync($"UPDATE procedure SET draft_id = {Guid.CreateVersion7()} WHERE code = '1.001193'", Ct));
        var changed = new JsonArray(DataFiles.ReadNodes("procedures.json").Where(n => n!["code"]!.GetValue<string>() is "1.001193" or "1.000894").Select(n => n!.DeepClone()).ToArray());
        foreach (var item in changed)
            item!["nameEn"] = "From the file";
        Assert.Equal(1, await own.InScopeAsync<CatalogueLoader, int>(loader => loader.LoadProceduresAsync(changed, Ct)));
        Assert.Equal("Birth registration", (await GetAsync(own.Client(), "/api/v1/procedures/1.001193")).GetProperty("nameEn").GetString());
        Assert.Equal("From the file", (await GetAsync(own.Client(), "/api/v1/procedures/1.000894")).GetProperty("nameEn").GetString());
    }

    [Fact]
    public async Task Loading_the_catalogue_again_changes_nothing_and_new_content_makes_a_new_version()
    {
        await using var own = await dossiers.NewFactory().StartAsync(waitForBus: false);
        await using var scope = own.Services.CreateAsyncScope();
        var loader = scope.ServiceProvider.GetRequiredService<CatalogueLoader>();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        await loader.LoadAsync(Ct);
        Assert.Equal(81, await db.Procedures.CountAsync(Ct));
        Assert.Equal(6, await db.Tariff.CountAsync(Ct));

        var changed = new JsonArray(DataFiles.ReadNodes("procedures.json").Single(n => n!["code"]!.GetValue<string>() == DossierFixture.Land)!.DeepClone());
        changed[0]!["nameEn"] = "Renamed";
        Assert.Equal(1, await loader.LoadProceduresAsync(changed, Ct));
        Assert.Equal(0, await loader.LoadProceduresAsync(changed, Ct));
        var versions = await db.Procedures.AsNoTracking().Where(p => p.Code == DossierFixture.Land).OrderBy(p => p.Id).ToListAsync(Ct);
        Assert.Equal([false, true], versions.Select(v => v.ValidTo is null));
        Assert.Equal("Renamed", (await GetAsync(own.Client(), $"/api/v1/procedures/{DossierFixture.Land}")).GetProperty("nameEn").GetString());
    }
}

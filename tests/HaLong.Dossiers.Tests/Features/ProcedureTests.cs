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

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Reports.ReportDesk;

namespace HaLong.Dossiers.Tests.Statistics.Reports;

/// <summary>The published figures come out as they were published.</summary>
public sealed class ArticleQuarterTests(ArticleQuarterTests.Quarter quarter) : IClassFixture<ArticleQuarterTests.Quarter>
{
    private const string Public = "/api/v1/statistics/public";

    /// <summary>Some 37,000 dossiers, put in once.</summary>
    public sealed class Quarter(TestSupport.Servers servers) : IAsyncLifetime
    {
        public DossierFixture Dossiers { get; } = new(servers);

        public async ValueTask InitializeAsync()
        {
            await Dossiers.InitializeAsync();
            await ArticleQuarter.AddAsync(Dossiers);
        }

        public ValueTask DisposeAsync() => Dossiers.DisposeAsync();
    }

    private DossierFixture Dossiers => quarter.Dossiers;

    private Task<JsonElement> Of(string query) => ReportAsync(Dossiers, "22", query);

    [Fact]
    public async Task Online_by_level()
    {
        var intake = await Of("intake?period=2023-Q1");

        var (city, communes) = (intake.Row("district"), intake.Row("commune"));
        Assert.Equal((8059L, 8083L, "99.7"), (city.Count("receivedOnline"), city.Count("received"), city.GetProperty("onlineShare").GetRawText()));
        Assert.Equal((27_564L, 27_702L, "99.5"), (communes.Count("receivedOnline"), communes.Count("received"),
            communes.GetProperty("onlineShare").GetRawText()));
        Assert.Equal("Cấp huyện", city.Text("name"));
    }

    [Fact]
    public async Task Digitised_components_and_results_have_denominators_of_their_own()
    {
        var city = (await Of("digitisation?period=2023-Q1&by=level")).Row("district");

        Assert.Equal((8059L, 8082L, "99.72"), (city.Count("digitised"), city.Count("withComponents"), city.GetProperty("digitisedShare").GetRawText()));
        Assert.Equal((5864L, 8486L, "69.1"), (city.Count("electronicResults"), city.Count("resultsExpected"),
            city.GetProperty("electronicShare").GetRawText()));
    }

    [Fact]
    public async Task Land_is_three_quarters_of_the_citys_own_form()
    {
        var land = (await Of("intake?from=2023-01-01&to=2023-04-30&by=field&source=own-form&level=district")).Row("LAND");

        Assert.Equal((3135L, 4180L, "75"), (land.Count("receivedOnline"), land.Count("allReceived"), land.GetProperty("shareOfAll").GetRawText()));
    }

    [Fact]
    public async Task The_period_report_balances_with_what_was_carried_over()
    {
        var report = await Of("period?period=2023-Q1");

        var city = report.Row(ArticleQuarter.City);
        Assert.Equal((404L, 8083L, 8487L, 8486L, "ok"), (city.Count("carriedOver"), city.Count("received"), city.Count("total"), city.Count("resolved"),
            city.Text("check")));
        Assert.Equal((35_785L, "ok"), (report.Totals().Count("received"), report.Totals().Text("check")));
    }

    [Fact]
    public async Task Everybody_sees_the_same_totals_but_for_small_counts()
    {
        using var anybody = Dossiers.Factory.Client();

        var district = await GetAsync(anybody, Public + "?period=2023-Q1&level=district");
        var total = district.GetProperty("total");
        Assert.Equal((8083L, 8059L, "99.7"), (total.Count("received"), total.Count("online"), total.GetProperty("onlineShare").GetRawText()));
        Assert.Equal((5864L, 8486L, "69.1"), (total.Count("electronic"), total.Count("resultsExpected"), total.GetProperty("electronicShare").GetRawText()));
        // One dossier had no components: from the received and those with components it would follow.
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null),
            (total.GetProperty("withComponents").ValueKind, total.GetProperty("digitisedShare").ValueKind));
        Assert.Contains("withComponents", total.GetProperty("hidden").EnumerateArray().Select(h => h.GetString()));
        Assert.Equal(["district"], district.GetProperty("levels").EnumerateArray().Select(l => l.Text("code")));
        Assert.Equal(["CERT", "CIVIL", "LAND"], district.GetProperty("fields").EnumerateArray().Select(f => f.Text("code")));
        var all = await GetAsync(anybody, Public + "?period=2023-Q1");
        Assert.Equal((35_785L, 35_623L), (all.GetProperty("total").Count("received"), all.GetProperty("total").Count("online")));
        Assert.Equal(["commune", "district"], all.GetProperty("levels").EnumerateArray().Select(l => l.Text("code")));
        Assert.Equal(8083, all.GetProperty("levels")[1].Count("received"));
        Assert.Equal(0, (await GetAsync(anybody, Public + "?period=2023-Q1&level=province")).GetProperty("total").Count("received"));
    }

    [Fact]
    public async Task Public_totals_are_kept_a_minute_and_known_by_their_tag()
    {
        using var anybody = Dossiers.Factory.Client();
        using var first = await anybody.GetAsync(Public + "?period=2023-q2", Ct);

        Assert.Equal((true, TimeSpan.FromMinutes(1), "application/json"),
            (first.Headers.CacheControl!.Public, first.Headers.CacheControl.MaxAge, first.Content.Headers.ContentType?.MediaType));
        Assert.Equal("2023-Q2", (await BodyAsync(first)).Text("period"));
        anybody.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var same = await anybody.GetAsync(Public + "?period=2023-Q2", Ct);
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (same.StatusCode, same.Headers.ETag));
        anybody.DefaultRequestHeaders.IfNoneMatch.Clear();
        anybody.DefaultRequestHeaders.IfNoneMatch.Add(new EntityTagHeaderValue("\"another\""));
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync(Public + "?period=2023-Q2", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync(Public, Ct)).StatusCode);

        var refused = await RefusedAsync(await anybody.GetAsync(Public + "?period=2023-Q7&level=city", Ct), 400, "DOS-0826");
        Assert.Equal(["level", "period"], refused.GetProperty("errors").EnumerateObject().Select(f => f.Name).Order(StringComparer.Ordinal));
        await RefusedAsync(await anybody.GetAsync(Public + "?period=2199", Ct), 400, "DOS-0826");
    }
}

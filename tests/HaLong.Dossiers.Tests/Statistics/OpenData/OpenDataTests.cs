using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.OpenData;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Sylvan.Data.Csv;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.OpenData;

/// <summary>Open data as anybody gets it. Totals are of all facts, so each test has a service of its own.</summary>
public sealed class OpenDataTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Path = "/api/v1/open-data";
    private const string Now = "2026-07-15T10:00";

    [Fact]
    public async Task The_catalogue_says_everything_about_each_dataset_and_its_links_lead_somewhere()
    {
        await using var city = await CityAsync(SampleFacts.Many(300, 17, Unit, OtherUnit));
        using var anybody = city.Client();

        var catalogue = await GetAsync(anybody, Path);

        var datasets = catalogue.GetProperty("datasets").EnumerateArray().ToList();
        Assert.Equal(
            ["digitisation-by-month", "index766-by-month", "intake-by-month-and-level", "punctuality-by-procedure", "waits-by-procedure"],
            datasets.Select(d => d.GetProperty("identifier").GetString()).Order(StringComparer.Ordinal));
        foreach (var dataset in datasets)
        {
            foreach (var name in new[] { "titleVi", "titleEn", "descriptionVi", "descriptionEn", "publisherVi", "publisherEn", "licence", "suppressionVi", "suppressionEn", "from", "to" })
                Assert.False(string.IsNullOrWhiteSpace(dataset.GetProperty(name).GetString()), name);
            Assert.Contains(dataset.GetProperty("accrualPeriodicity").GetString(), new[] { "monthly", "quarterly" });
            var columns = dataset.GetProperty("columns").EnumerateArray().ToList();
            var keys = columns.ConvertAll(c => c.GetProperty("key").GetString());
            Assert.All(columns, c => Assert.All(new[] { "key", "type", "vi", "en" }, n => Assert.False(string.IsNullOrWhiteSpace(c.GetProperty(n).GetString()))));
            foreach (var share in columns.Where(c => c.GetProperty("type").GetString() == "percent"))
            {
                Assert.Contains(share.GetProperty("numerator").GetString(), keys);
                Assert.Contains(share.GetProperty("denominator").GetString(), keys);
            }

            foreach (var link in dataset.GetProperty("distributions").EnumerateArray())
            {
                using var file = await anybody.GetAsync(new Uri(link.GetProperty("downloadUrl").GetString()!).PathAndQuery, Ct);
                Assert.Equal((HttpStatusCode.OK, link.GetProperty("mediaType").GetString()), (file.StatusCode, file.Content.Headers.ContentType?.MediaType));
            }

            var id = dataset.GetProperty("identifier").GetString();
            var rows = (await GetAsync(anybody, $"{Path}/{id}.json")).GetProperty("rows").EnumerateArray().ToList();
            Assert.NotEmpty(rows);
            Assert.All(rows, r => Assert.Equal(keys.Append("hidden").Order(StringComparer.Ordinal), r.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)));
            using var reader = CsvDataReader.Create(new StringReader((await anybody.GetStringAsync($"{Path}/{id}.csv", Ct)).TrimStart('\uFEFF')));
            Assert.Equal(keys, Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
            var count = 0;
            while (reader.Read())
                count++;
            Assert.Equal(rows.Count, count);
        }
    }

    [Fact]
    public async Task Intake_is_what_the_facts_say_and_small_counts_are_not_shown()
    {
        var facts = Level("commune", "2026-03-05", 40, IntakeSource.OwnForm).Concat(Level("commune", "2026-03-06", 10, IntakeSource.Counter))
            .Concat(Level("province", "2026-03-07", 25, IntakeSource.Portal)).Concat(Level("province", "2026-03-08", 3, IntakeSource.Counter))
            .Concat(Level("commune", "2026-04-08", 6, IntakeSource.App));
        await using var city = await CityAsync(facts);
        using var anybody = city.Client();

        var answer = await GetAsync(anybody, $"{Path}/intake-by-month-and-level.json?period=2026-Q1");
        var rows = answer.GetProperty("rows").EnumerateArray().ToList();

        Assert.Equal(("2026-01-01", "2026-03-31"), (answer.GetProperty("from").GetString(), answer.GetProperty("to").GetString()));
        Assert.Equal([("2026-03", "commune"), ("2026-03", "province")], rows.Select(r => (r.GetProperty("month").GetString()!, r.GetProperty("level").GetString()!)));
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("direct").ValueKind);
        Assert.Contains("direct", rows[1].GetProperty("hidden").EnumerateArray().Select(h => h.GetString()));
        // Three of the province would follow from its total and from the commune's row: at least a circle of four is hidden.
        Assert.True(rows.Sum(r => r.GetProperty("hidden").GetArrayLength()) >= 4);

        var april = Assert.Single((await GetAsync(anybody, $"{Path}/intake-by-month-and-level.json?period=2026-04")).GetProperty("rows").EnumerateArray());
        Assert.Equal((6, 6, 0, 100m), (april.GetProperty("received").GetInt32(), april.GetProperty("online").GetInt32(), april.GetProperty("direct").GetInt32(), april.GetProperty("onlineShare").GetDecimal()));
        Assert.Contains("2026-03,province,", await anybody.GetStringAsync($"{Path}/intake-by-month-and-level.csv?period=2026-03", Ct), StringComparison.Ordinal);
        Assert.Contains("*", await anybody.GetStringAsync($"{Path}/intake-by-month-and-level.csv?period=2026-03", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_over_is_given_and_what_cannot_be_is_refused()
    {
        await using var city = await CityAsync(Level("commune", "2026-06-30", 8, IntakeSource.App).Concat(Level("commune", "2026-07-01", 9, IntakeSource.App)));
        using var anybody = city.Client();

        var year = await GetAsync(anybody, $"{Path}/intake-by-month-and-level.json");
        Assert.Equal(["2026-06"], year.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("month").GetString()));
        Assert.Equal("2026-06-30", year.GetProperty("to").GetString());
        foreach (var period in new[] { "2026-07", "2026-Q3", "2027", "2023", "x", "2026-13" })
            await RefusedAsync(await anybody.GetAsync($"{Path}/intake-by-month-and-level.csv?period={period}", Ct), 400, "DOS-0843");
        await RefusedAsync(await anybody.GetAsync($"{Path}/punctuality-by-procedure.json?period=2026-03", Ct), 400, "DOS-0843");
        await RefusedAsync(await anybody.GetAsync($"{Path}/people.csv", Ct), 404, "DOS-0842");
        Assert.Empty((await GetAsync(anybody, $"{Path}/digitisation-by-month.json?period=2025")).GetProperty("rows").EnumerateArray());
    }

    [Fact]
    public async Task Who_has_it_already_is_told_so()
    {
        await using var city = await CityAsync(Level("commune", "2026-03-05", 12, IntakeSource.OwnForm));
        using var anybody = city.Client();
        using var first = await anybody.GetAsync($"{Path}/digitisation-by-month.csv?period=2026", Ct);
        Assert.Equal(TimeSpan.FromHours(1), first.Headers.CacheControl?.MaxAge);
        Assert.True(first.Headers.CacheControl?.Public);
        Assert.NotNull(first.Content.Headers.LastModified);

        using var byTag = new HttpRequestMessage(HttpMethod.Get, $"{Path}/digitisation-by-month.csv?period=2026");
        byTag.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await anybody.SendAsync(byTag, Ct)).StatusCode);
        using var byDate = new HttpRequestMessage(HttpMethod.Get, $"{Path}/digitisation-by-month.csv?period=2026");
        byDate.Headers.IfModifiedSince = first.Content.Headers.LastModified;
        Assert.Equal(HttpStatusCode.NotModified, (await anybody.SendAsync(byDate, Ct)).StatusCode);
        using var other = await anybody.GetAsync($"{Path}/digitisation-by-month.json?period=2026", Ct);
        Assert.NotEqual(first.Headers.ETag, other.Headers.ETag);
    }

    [Fact]
    public async Task Punctuality_waits_and_index_agree_with_the_facts()
    {
        var facts = SampleFacts.Many(400, 23, Unit, OtherUnit).ToList();
        await using var city = await CityAsync(facts);
        using var anybody = city.Client();

        var punctual = (await GetAsync(anybody, $"{Path}/punctuality-by-procedure.json?period=2026-Q2")).GetProperty("rows").EnumerateArray().ToList();
        Assert.NotEmpty(punctual);
        foreach (var row in punctual.Where(r => r.GetProperty("hidden").GetArrayLength() == 0))
        {
            var of = facts.Where(f => f.ProcedureCode == row.GetProperty("procedure").GetString() && f.ResolvedDay is { Year: 2026, Month: >= 4 and <= 6 }).ToList();
            Assert.Equal((of.Count, of.Count(f => f.Legal == Punctuality.Late)), (row.GetProperty("resolved").GetInt32(), row.GetProperty("late").GetInt32()));
            Assert.Equal(Math.Round(100m * of.Count(f => f.Legal != Punctuality.Late) / of.Count, 2, MidpointRounding.AwayFromZero), row.GetProperty("inTimeShare").GetDecimal());
        }

        var waits = (await GetAsync(anybody, $"{Path}/waits-by-procedure.json?period=2026-Q2")).GetProperty("rows").EnumerateArray().ToList();
        var whole = waits.First(r => r.GetProperty("step").GetString() == "whole" && r.GetProperty("hidden").GetArrayLength() == 0);
        var minutes = facts.Where(f => f.ProcedureCode == whole.GetProperty("procedure").GetString())
            .SelectMany(f => f.StayKinds.Zip(f.StayEnds, f.StayMinutes)).Where(s => s.First == StayKind.Whole && s.Second is { Year: 2026, Month: >= 4 and <= 6 }).Select(s => s.Third).Order().ToList();
        // Kept as steps of three in a hundred at most, or exactly.
        Assert.InRange(whole.GetProperty("p50Minutes").GetInt32(), minutes[(int)Math.Ceiling(minutes.Count * 0.5) - 1] * 0.97, minutes[(int)Math.Ceiling(minutes.Count * 0.5) - 1] * 1.03);

        var index = (await GetAsync(anybody, $"{Path}/index766-by-month.json?period=2026-03")).GetProperty("rows").EnumerateArray().ToList();
        var online = index.Single(r => r.GetProperty("indicator").GetString() == "3.3");
        var received = facts.Where(f => f.ReceivedDay is { Year: 2026, Month: 3 }).ToList();
        Assert.Equal(
            (received.Count(f => IntakeSource.IsOnline(f.Source, f.Hand) && (!f.ResultExpected || f.ResultElectronic)), received.Count), (online.GetProperty("numerator").GetInt32(), online.GetProperty("denominator").GetInt32()));
        Assert.InRange(online.GetProperty("score").GetDecimal(), 0, online.GetProperty("maxPoints").GetDecimal());
    }

    [Fact]
    public void Every_dataset_has_texts_in_both_languages_and_columns_of_its_own() => Assert.All(DatasetBook.All, d =>
    {
        Assert.Equal(d.Columns.Count, d.Columns.Select(c => c.Key).Distinct().Count());
        Assert.NotEqual(d.TitleVi, d.TitleEn);
        Assert.Same(d, DatasetBook.Find(d.Id));
    });

    private static IEnumerable<DossierFact> Level(string level, string day, int count, string source) => Enumerable.Range(0, count).Select(_ =>
    {
        var received = DateOnly.Parse(day, null);
        return new DossierFact
        {
            DossierId = Guid.CreateVersion7(),
            UnitCode = Unit,
            Level = level,
            ReceivingUnitCode = Unit,
            ProcedureCode = Land,
            FieldCode = "LAND",
            Source = source,
            Hand = source == IntakeSource.Counter ? FilingHand.Reception : FilingHand.Self,
            ReceivedDay = received,
            StateDays = [received],
            StateKinds = [StateKind.New],
            HasComponents = true,
            DigitisedAtReception = true,
        };
    });

    private async Task<ServiceFactory<Program>> CityAsync(IEnumerable<DossierFact> facts)
    {
        var clock = new ShiftedTime(ClockSamples.At(Now));
        // A cache of its own: another city's figures must not be found in it.
        var city = await dossiers.NewFactory().WithServices(s => s.AddSingleton<TimeProvider>(clock)).WithSetting("ConnectionStrings:cache", "").StartAsync(waitForBus: false);
        await SampleFacts.AddAsync(city.Services, facts);
        return city;
    }
}

using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Keeping;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Keeping;

/// <summary>Sums that come into tables and go from them.</summary>
public sealed class CellTableTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DossierFact[] Facts = [.. SampleFacts.Many(30, 3, "06688", "22")];

    [Fact]
    public async Task What_is_added_and_taken_away_again_leaves_no_row()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        await AddAsync(city, Facts, 1);
        Assert.NotEmpty(await city.RowsAsync());
        await AddAsync(city, Facts, -1);
        Assert.Empty(await city.RowsAsync());
    }

    [Fact]
    public async Task The_order_of_adding_does_not_matter()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        await AddAsync(city, Facts, 1);
        var together = await city.RowsAsync();
        await AddAsync(city, Facts, -1);
        foreach (var fact in Facts.Reverse())
            await AddAsync(city, [fact], 1);
        Assert.Equal(together, await city.RowsAsync());
    }

    [Fact]
    public async Task Nothing_to_add_is_no_question_to_the_database()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        await using var closed = new Npgsql.NpgsqlConnection("Host=nowhere");
        await CellTables.AddAsync(closed, new CellSums(), "", Ct);
        var sums = new CellSums();
        sums.Add(Facts[0]);
        sums.Add(Facts[0], -1);
        await CellTables.AddAsync(closed, sums, "", Ct);
        Assert.Empty(await city.RowsAsync());
    }

    [Fact]
    public async Task Nothing_is_stored_as_null_and_never_as_zero()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        await AddAsync(city, Facts, 1);
        await AddAsync(city, Facts[..10], -1);
        foreach (var table in new[] { CellTables.Day, CellTables.Month })
        {
            var zeros = string.Join(" OR ", MeasureColumns.All.Select(c => $"{c} = 0"));
            Assert.Equal(0, await city.NumberAsync($"SELECT count(*) FROM {table} WHERE {zeros}"));
            Assert.Equal(0, await city.NumberAsync($"SELECT count(*) FROM {table} WHERE num_nonnulls({string.Join(", ", MeasureColumns.All)}) = 0"));
        }
    }

    [Fact]
    public async Task Months_are_the_sums_of_their_days_in_every_grain()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        await AddAsync(city, Facts, 1);
        Assert.Equal(0, await city.NumberAsync($"SELECT count(*) FROM statistics.cube_day WHERE grain = {CubeGrain.OfOfficers.Number}"));
        foreach (var column in MeasureColumns.All)
        {
            // Officers have no days of their own: summed over, they are what units are.
            Assert.Equal(0, await city.NumberAsync($"""
                SELECT count(*) FROM (
                  SELECT grain, date_trunc('month', day)::date AS month, sum({column}) AS value FROM (
                    SELECT grain, day, {column} FROM statistics.cube_day
                    UNION ALL SELECT {CubeGrain.OfOfficers.Number}, day, {column} FROM statistics.cube_day WHERE grain = 1) c GROUP BY 1, 2) d
                FULL JOIN (SELECT grain, month, sum({column}) AS value FROM statistics.cube_month GROUP BY 1, 2) m USING (grain, month)
                WHERE coalesce(d.value, 0) <> coalesce(m.value, 0)
                """));
        }
    }

    [Fact]
    public async Task Facts_are_replaced_and_taken_away_with_what_they_added()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        await SampleFacts.ApplyAsync(city.Services, Facts.ToDictionary(f => f.DossierId, f => (DossierFact?)f));
        var half = Facts[..15].Select(f => f.DossierId).ToHashSet();
        await SampleFacts.ApplyAsync(city.Services, Facts[15..].ToDictionary(f => f.DossierId, _ => (DossierFact?)null));
        foreach (var fact in Facts.Where(f => half.Contains(f.DossierId)))
            city.Histories.Facts[fact.DossierId] = fact;
        Assert.Equal(15, await city.NumberAsync("SELECT count(*) FROM statistics.fact"));
        Assert.Equal(await city.AnewAsync(), await city.RowsAsync());
    }

    [Fact]
    public void Columns_are_the_names_of_measures_as_the_database_writes_them()
    {
        Assert.Equal(("received", "stock_to_hand_over", "rating_sum"), (MeasureColumns.Of(Measure.Received), MeasureColumns.Of(Measure.StockToHandOver), MeasureColumns.Of(Measure.RatingSum)));
        Assert.Equal(Figures.Measures.Count, MeasureColumns.All.Distinct().Count());
    }

    private static async Task AddAsync(KeptCity city, IEnumerable<DossierFact> facts, int times)
    {
        var sums = new CellSums();
        foreach (var fact in facts)
            sums.Add(fact, times);
        await using var open = await city.Database.OpenConnectionAsync(Ct);
        await CellTables.AddAsync(open, sums, "", Ct);
    }
}

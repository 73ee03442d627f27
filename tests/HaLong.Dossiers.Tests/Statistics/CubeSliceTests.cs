using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Waits;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>Every slice of the cubes against the same counted from the facts.</summary>
public sealed class CubeSliceTests(DossierFixture dossiers) : IClassFixture<DossierFixture>, IAsyncLifetime
{
    private static readonly string[] Units = ["S0001", "S0002", "S0003"];
    private static readonly DateOnly First = SampleFacts.First;

    // Versions of units are told apart beside units, levels and months only.
    private static readonly Dimension[] Free = [.. Enum.GetValues<Dimension>().Where(d => d != Dimension.Version)];

    private NpgsqlDataSource Database => dossiers.Factory.Services.GetRequiredService<NpgsqlDataSource>();
    private CubeReader Cubes => dossiers.Factory.Services.GetRequiredService<CubeReader>();

    public async ValueTask InitializeAsync()
    {
        if (await AnyAsync())
            return;
        await SampleFacts.AddAsync(dossiers, SampleFacts.Many(400, 21, Units));
        await SampleFacts.AddAsync(dossiers, SampleFacts.Many(100, 22, "22"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_pair_of_dimensions_tells_what_the_facts_tell()
    {
        var dimensions = Free;
        foreach (var a in dimensions)
        {
            await SameAsync(new Slice(First.AddDays(12), First.AddDays(100)) { By = [a] });
            foreach (var b in dimensions.Where(b => b != a))
                await SameAsync(new Slice(First.AddDays(12), First.AddDays(100)) { By = [a, b] });
        }

        await SameAsync(new Slice(First, First.AddDays(180)) { By = dimensions });
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unit")]
    [InlineData("Level")]
    [InlineData("Month")]
    [InlineData("Unit Level Month")]
    public async Task Versions_of_units_tell_what_the_facts_tell(string others)
    {
        var beside = others.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Dimension>);
        foreach (var units in new[] { null, Units[..2] })
        {
            var slice = new Slice(First.AddDays(12), First.AddDays(100)) { Units = units, By = [Dimension.Version, .. beside] };
            Assert.Contains("", (await Cubes.ReadAsync(slice, Ct)).Select(r => r.Keys[0]));
            await SameAsync(slice);
        }
    }

    [Fact]
    public async Task Random_slices_tell_what_the_facts_tell()
    {
        var random = new Random(8);
        for (var i = 0; i < 250; i++)
            await SameAsync(Draw(random));
    }

    [Theory]
    [InlineData("2020-01-01", "2020-12-31")]
    [InlineData("2026-01-01", "2026-01-31")]
    [InlineData("2026-02-28", "2026-03-01")]
    [InlineData("2026-02-15", "2026-02-15")]
    [InlineData("2026-03-31", "2026-05-01")]
    [InlineData("2026-02-20", "2026-02-10")]
    [InlineData("2026-04-20", "2026-02-10")]
    [InlineData("2025-06-01", "2040-06-01")]
    [InlineData("2027-01-01", "2027-12-31")]
    public async Task Odd_periods_tell_what_the_facts_tell(string from, string to)
    {
        var slice = new Slice(DateOnly.Parse(from, null), DateOnly.Parse(to, null));
        await SameAsync(slice);
        await SameAsync(slice with { By = [Dimension.Unit] });
        await SameAsync(slice with { By = [Dimension.Month] });
        await SameAsync(slice with { By = [Dimension.Month, Dimension.Source], Units = Units });
    }

    [Fact]
    public async Task A_limit_that_fits_nobody_leaves_one_row_of_nothing_or_none()
    {
        foreach (var slice in new[]
        {
            new Slice(First, First.AddDays(50)) { Units = [] }, new Slice(First, First.AddDays(50)) { Units = ["none"] },
            new Slice(First, First.AddDays(50)) { Procedure = "none" }, new Slice(First, First.AddDays(50)) { HelperUnit = "" },
        })
        {
            var whole = Assert.Single(await Cubes.ReadAsync(slice, Ct));
            Assert.All(Figures.Measures, m => Assert.Equal(0, whole.Figures[m]));
            Assert.Empty(await Cubes.ReadAsync(slice with { By = [Dimension.Unit] }, Ct));
            await SameAsync(slice);
        }
    }

    [Fact]
    public async Task Waits_are_exact_to_their_bucket_in_every_period()
    {
        var (histogram, exact, random) = (dossiers.Factory.Services.GetRequiredService<WaitReader>(), new WaitCounter(Database), new Random(4));
        for (var i = 0; i < 120; i++)
        {
            var slice = new WaitSlice(First.AddDays(random.Next(-20, 150)), First.AddDays(random.Next(0, 260)))
            {
                Units = random.Next(2) == 0 ? null : random.GetItems(Units, random.Next(1, 3)),
                Procedure = random.Next(3) == 0 ? "1.013978" : null,
            };
            var expected = (await exact.ReadAsync(slice, Ct)).Select(r => r with { P50Minutes = Told(r.P50Minutes), P90Minutes = Told(r.P90Minutes) });
            Assert.Equal(expected, await histogram.ReadAsync(slice, Ct));
        }

        static int Told(int minutes) => WaitBuckets.Upper(WaitBuckets.Of(minutes));
    }

    private static Slice Draw(Random random)
    {
        T? Maybe<T>(params T[] among) => random.Next(5) == 0 ? among[random.Next(among.Length)] : default;
        Dimension[] by = [.. Free];
        random.Shuffle(by);
        return new Slice(First.AddDays(random.Next(-20, 150)), First.AddDays(random.Next(0, 260)))
        {
            Units = random.Next(3) == 0 ? [.. random.GetItems(Units, 2)] : null,
            Procedure = Maybe("1.013978", "1.013947"),
            Field = Maybe("LAND"),
            Level = Maybe("commune", "province"),
            Source = Maybe([.. IntakeSource.All]),
            Hand = Maybe([.. FilingHand.All]),
            HelperUnit = Maybe("06652"),
            By = by[..random.Next(4)],
        };
    }

    private async Task SameAsync(Slice slice)
    {
        var expected = await new FactCounter(Database).ReadAsync(slice, Ct);
        var told = await Cubes.ReadAsync(slice, Ct);
        Assert.Equal(expected.Select(r => string.Join('|', r.Keys)), told.Select(r => string.Join('|', r.Keys)));
        foreach (var (fact, cube) in expected.Zip(told))
            Assert.All(Figures.Measures, m => Assert.True(fact.Figures[m] == cube.Figures[m], $"{slice} by {string.Join(',', slice.By)}, {string.Join('|', fact.Keys)}, {m}: {cube.Figures[m]} instead of {fact.Figures[m]}"));
    }

    private async Task<bool> AnyAsync()
    {
        await using var command = Database.CreateCommand("SELECT count(*) FROM statistics.fact WHERE unit_code = 'S0001'");
        return await command.ExecuteScalarAsync(Ct) is > 0L;
    }
}

using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Keeping.Rebuilding;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Keeping;

/// <summary>A thousand random histories taken over step by step give cell by cell what is made anew from the end of them.</summary>
public sealed class ReplayTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const int Dossiers = 500, Steps = 3000;

    [Theory]
    [InlineData(766)]
    public async Task Step_by_step_and_all_at_once_give_the_same_cells(int seed)
    {
        await using var city = await KeptCity.StartAsync(dossiers, f => f.WithSetting("Statistics:Batch", "97"));
        var replays = new Replays(seed, "06688", "06652", "22");
        await RunAsync(city, replays, Steps, city.KeepAsync);
        await city.KeepAsync();

        Assert.Equal(0, await city.NumberAsync("SELECT count(*) FROM statistics.changed"));
        var kept = await city.RowsAsync();
        Assert.Equal(await city.AnewAsync(), kept);
        var rebuilt = (await city.RebuildAsync())!;
        Assert.Equal((RebuildState.Done, (long)city.Histories.Facts.Count, 0L, 0L, 0L), (rebuilt.State, rebuilt.Facts, rebuilt.DifferingFacts, rebuilt.DifferingCells, rebuilt.Taken));
        Assert.Equal(kept, await city.RowsAsync());
        await SameAsFactsAsync(city);
    }

    [Fact]
    public async Task Two_replicas_that_keep_at_once_lose_nothing_and_count_nothing_twice()
    {
        await using var city = await KeptCity.StartAsync(dossiers, f => f.WithSetting("Statistics:Batch", "13"));
        await using var other = await city.ReplicaAsync();
        using var over = new CancellationTokenSource();
        var keepers = new[] { city, other, city, other }.Select(c => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
                await c.KeepAsync();
        })).ToList();
        await RunAsync(city, new Replays(2, "06688", "06652"), 2500, () => Task.FromResult(true));
        await over.CancelAsync();
        await Task.WhenAll(keepers);
        await city.KeepAsync();

        Assert.Equal(await city.AnewAsync(), await city.RowsAsync());
    }

    [Fact]
    public async Task What_happens_while_everything_is_made_anew_is_not_lost()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        var replays = new Replays(3, "06688", "06652");
        await RunAsync(city, replays, 1500, city.KeepAsync);
        await city.KeepAsync();
        city.Histories.During = async number =>
        {
            // Some of it is kept at once, some is only marked.
            if (number % 20 == 0)
                await city.HappensAsync([.. Enumerable.Range(0, 5).Select(_ => replays.Next(Dossiers))]);
            if (number % 40 == 0)
                await city.KeepAsync();
        };

        var rebuilt = (await city.RebuildAsync())!;
        city.Histories.During = null;

        Assert.Equal((RebuildState.Done, 0L, 0L), (rebuilt.State, rebuilt.DifferingFacts, rebuilt.DifferingCells));
        await city.KeepAsync();
        Assert.Equal(await city.AnewAsync(), await city.RowsAsync());
        Assert.Equal(0, (await city.RebuildAsync())!.DifferingCells);
    }

    // Happenings and rounds in random order, several happenings to a dossier between rounds among them.
    private static async Task RunAsync(KeptCity city, Replays replays, int steps, Func<Task<bool>> keep)
    {
        var happened = new List<DossierFact>();
        for (var step = 0; step < steps; step++)
        {
            happened.Add(replays.Next(Dossiers));
            if (replays.Random.Next(40) > 0)
                continue;
            await city.HappensAsync(happened);
            happened.Clear();
            await keep();
        }

        await city.HappensAsync(happened);
    }

    private static async Task SameAsFactsAsync(KeptCity city)
    {
        var (cubes, facts) = (city.Services.GetRequiredService<CubeReader>(), new FactCounter(city.Database));
        foreach (var slice in new[]
        {
            new Slice(new(2026, 1, 1), new(2026, 12, 31)), new Slice(new(2026, 2, 10), new(2026, 4, 9)) { By = [Dimension.Unit, Dimension.Source] },
            new Slice(new(2026, 1, 15), new(2027, 3, 1)) { By = [Dimension.Month, Dimension.Procedure] },
        })
        {
            var (expected, told) = (await facts.ReadAsync(slice, Ct), await cubes.ReadAsync(slice, Ct));
            Assert.Equal(expected.Select(Text), told.Select(Text));
        }

        static string Text(CubeRow row) => string.Join('|', row.Keys.Concat(Figures.Measures.Select(m => $"{m}={row.Figures[m]}")));
    }
}

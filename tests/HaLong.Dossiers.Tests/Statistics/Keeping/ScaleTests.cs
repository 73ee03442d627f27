using System.Diagnostics;
using System.Globalization;
using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Keeping.Rebuilding;
using HaLong.Dossiers.Statistics.Waits;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Keeping;

/// <summary>Many facts through rebuild, keeping and questions; how many says HALONG_STATISTICS_FACTS. What it took is told, not asserted.</summary>
public sealed class ScaleTests(DossierFixture dossiers, ITestOutputHelper output) : IClassFixture<DossierFixture>
{
    private static readonly int Facts = int.Parse(Environment.GetEnvironmentVariable("HALONG_STATISTICS_FACTS") ?? "3000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Many_facts_are_made_kept_and_asked()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        var units = Enumerable.Range(0, 54).Select(n => $"U{n:000}").ToArray();
        var random = new Random(5);
        foreach (var fact in SampleFacts.Many(Facts, 6, units))
            city.Histories.Facts[fact.DossierId] = Replays.With(fact, (nameof(fact.ProcedureCode), $"1.{random.Next(80):000}"), (nameof(fact.FieldCode), $"F{random.Next(12)}"));

        var rebuilt = (await TimedAsync("rebuild", () => city.RebuildAsync()))!;
        Assert.Equal((RebuildState.Done, (long)Facts), (rebuilt.State, rebuilt.Facts));
        output.WriteLine($"{rebuilt.Cells} cells");
        var changed = city.Histories.Facts.Values.Take(1000).Select(f => Replays.With(f, (nameof(f.HasFees), !f.HasFees))).ToList();
        await city.HappensAsync(changed);
        await TimedAsync("1000 increments", city.KeepAsync);
        var slice = new Slice(SampleFacts.First, SampleFacts.First.AddDays(200));
        var (cubes, waits) = (city.Services.GetRequiredService<CubeReader>(), city.Services.GetRequiredService<WaitReader>());
        foreach (var by in Enum.GetValues<Dimension>())
            await TimedAsync($"by {by}", () => cubes.ReadAsync(slice with { By = [by] }, Ct));
        await TimedAsync("by unit and procedure", () => cubes.ReadAsync(slice with { By = [Dimension.Unit, Dimension.Procedure] }, Ct));
        await TimedAsync("odd days", () => cubes.ReadAsync(new Slice(SampleFacts.First.AddDays(10), SampleFacts.First.AddDays(100)) { By = [Dimension.Procedure] }, Ct));
        await TimedAsync("waits", () => waits.ReadAsync(new WaitSlice(slice.From, slice.To), Ct));
        await TimedAsync("waits of a unit", () => waits.ReadAsync(new WaitSlice(slice.From.AddDays(5), slice.To) { Units = [units[0]] }, Ct));

        var whole = Assert.Single(await cubes.ReadAsync(slice, Ct));
        Assert.Equal(Facts, whole.Figures[Measure.Received]);
        Assert.Equal(0, (await city.RebuildAsync(RebuildKind.Check))!.DifferingCells);
    }

    private async Task<T> TimedAsync<T>(string what, Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var result = await work();
        output.WriteLine($"{what}: {watch.Elapsed.TotalMilliseconds:0} ms");
        return result;
    }
}

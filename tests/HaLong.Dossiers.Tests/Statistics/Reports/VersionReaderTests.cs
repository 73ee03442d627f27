using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Reports.Special;
using HaLong.Dossiers.Tests.Statistics.Keeping;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Reports.ReportDesk;

namespace HaLong.Dossiers.Tests.Statistics.Reports;

/// <summary>Figures by version of unit.</summary>
public sealed class VersionReaderTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateOnly March = new(2026, 3, 1), MarchEnd = new(2026, 3, 31);

    private IServiceProvider Services => dossiers.Factory.Services;

    private async Task<List<VersionFigures>> ReadAsync(string unit, DateOnly from, DateOnly to) =>
        [.. (await new VersionReader(Services.GetRequiredService<CubeReader>()).ReadAsync(from, to, Ct)).Where(v => v.Code == unit)];

    [Fact]
    public async Task Versions_of_a_code_are_told_apart_and_what_is_not_known_is_one_of_its_own()
    {
        var unit = await NewUnitAsync(dossiers);
        await SampleFacts.AddAsync(dossiers,
        [
            .. Several(3, () => Fact(unit, March, unitId: "v@2020-01-01")), .. Several(5, () => Fact(unit, March, unitId: "v@2025-07-01")), Fact(unit, March),
        ]);
        Assert.Equal([("", 1L), ("v@2020-01-01", 3L), ("v@2025-07-01", 5L)],
            (await ReadAsync(unit, March, MarchEnd)).Select(v => (v.Id, v.Figures[Measure.Received])));
    }

    [Fact]
    public async Task Ratings_that_came_when_the_dossier_was_over_count_in_their_month()
    {
        var unit = await NewUnitAsync(dossiers);
        var over = Replays.With(Fact(unit, March.AddDays(-60), March.AddDays(-50), unitId: "v"), (nameof(DossierFact.ClosedDay), March.AddDays(-50)),
            (nameof(DossierFact.StateKinds), new[] { StateKind.Processing, StateKind.Returned }), (nameof(DossierFact.RatedDay), March.AddDays(3)),
            (nameof(DossierFact.Rating), (short)5));
        await SampleFacts.AddAsync(dossiers, [over]);
        var version = Assert.Single(await ReadAsync(unit, March, MarchEnd));
        Assert.Equal((1L, 0L), (version.Figures[Measure.Satisfied], version.Figures[Measure.Received]));
        // Later there is nothing to tell of it.
        Assert.Empty(await ReadAsync(unit, March.AddMonths(1), MarchEnd.AddMonths(1)));
    }

    [Fact]
    public async Task They_are_what_the_facts_say()
    {
        var units = new[] { await NewUnitAsync(dossiers), await NewUnitAsync(dossiers) };
        await SampleFacts.AddAsync(dossiers, SampleFacts.Many(200, 12, units));
        foreach (var unit in units)
        {
            var slice = new Slice(March, MarchEnd) { Units = [unit], By = [Dimension.Version] };
            var counted = await new FactCounter(Services.GetRequiredService<NpgsqlDataSource>()).ReadAsync(slice, Ct);
            var read = await ReadAsync(unit, March, MarchEnd);
            Assert.Equal(3, read.Count);
            Assert.Equal(counted.Select(r => r.Keys[0]), read.Select(v => v.Id));
            foreach (var (row, version) in counted.Zip(read))
                Assert.All(Figures.Measures, m => Assert.Equal((m, row.Figures[m]), (m, version.Figures[m])));
        }
    }
}

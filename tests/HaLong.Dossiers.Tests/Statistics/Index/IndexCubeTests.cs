using System.Globalization;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Index.Opening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>The index read from the cubes, against the same counted from the facts: lives by chance, any month, quarter, year or day in the middle.</summary>
public sealed class IndexCubeTests(DossierFixture dossiers) : IClassFixture<DossierFixture>, IAsyncLifetime
{
    private static readonly string[] Units = ["X0001", "X0002", "22"];
    private static readonly DateOnly Later = new(2028, 1, 1);

    private IServiceProvider Services => dossiers.Factory.Services;
    private IndexSource Source => Services.GetRequiredService<IndexSource>();
    private IndexFactCounter Facts => new(Services.GetRequiredService<NpgsqlDataSource>());

    public async ValueTask InitializeAsync()
    {
        if (await dossiers.InDbAsync(db => db.Set<DossierFact>().AnyAsync(f => f.UnitCode == Units[0], Ct)))
            return;
        var random = new Random(766);
        await using var scope = Services.CreateAsyncScope();
        var lived = await RandomHistory.SaveNewAsync(scope.ServiceProvider.GetRequiredService<DossierDbContext>(), 400, 7661, Units);
        // The portal acknowledged some of those.
        var facts = lived.Select(h => Ledger(h.Fact, random.Next(3) > 0, random.Next(2) == 0)).Concat(SampleFacts.Many(400, 7662, Units)).ToList();
        await dossiers.SaveAsync(facts);
        await dossiers.SaveAsync(Enumerable.Range(0, 120).Select(_ => Feedback(
            Units[random.Next(3)], First.AddDays(random.Next(-60, 100)), random.Next(2) == 0 ? First.AddDays(random.Next(-30, 120)) : null,
            random.Next(3) > 0, random.Next(3) > 0, random.Next(4) == 0, random.Next(2) == 0, facts[random.Next(facts.Count)].DossierId)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Every_count_is_what_the_facts_say()
    {
        var random = new Random(1);
        for (var i = 0; i < 60; i++)
        {
            var (period, units) = (Draw(random), random.Next(2) == 0 ? null : random.GetItems(Units, 2));
            var (expected, told) = (await Facts.ReadAsync(units, period, Ct), await Source.ReadAsync(units, period, Ct));
            // Which procedures had dossiers is read of whole months.
            var whole = await Facts.ReadAsync(units, period with { To = period.To.AddDays(1 - period.To.Day).AddMonths(1).AddDays(-1) }, Ct);
            foreach (var unit in expected.Keys.Union(told.Keys))
            {
                var (fact, cube) = (expected.GetValueOrDefault(unit) ?? new IndexParts(), told.GetValueOrDefault(unit) ?? new IndexParts());
                foreach (var name in IndexSets.Counts.Keys)
                    Assert.True(fact[name] == cube[name], $"{period} of {unit}, {name}: {cube[name]} instead of {fact[name]}");
                Assert.Equal((fact[IndexParts.Seen] > 0, fact[IndexParts.InLedger] > 0), (cube[IndexParts.Seen] > 0, cube[IndexParts.InLedger] > 0));
                Assert.Equal(fact.Levels.Order(), cube.Levels.Order());
                Assert.Equal(Sets(whole.GetValueOrDefault(unit) ?? new IndexParts()), Sets(cube));
            }
        }
    }

    [Fact]
    public async Task Units_together_and_months_in_a_row_are_those_asked_one_by_one()
    {
        foreach (var units in new[] { null, Units[..2] })
        {
            var today = new DateOnly(2026, 8, 12);
            var months = Enumerable.Range(0, 10).Select(m => IndexPeriod.MonthOf(new DateOnly(2025, 11, 1).AddMonths(m), today)).ToList();
            var row = await Source.MonthsAsync(units, months, Ct);
            foreach (var month in months)
            {
                var (one, sum) = (await Source.TogetherAsync(units, month, Ct), IndexParts.Sum((await Source.ReadAsync(units, month, Ct)).Values));
                Assert.Equal(Text(sum), Text(one));
                Assert.Equal(Text(sum), Text(row[month.Name]));
            }
        }
    }

    [Fact]
    public async Task A_unit_with_all_there_are_below_it_is_read_as_all()
    {
        var period = IndexPeriod.Parse("2026-Q1", Later).Value;
        var all = await dossiers.InDbAsync(db => db.Set<DossierFact>().Select(f => f.UnitCode).Distinct().ToListAsync(Ct));
        var (together, whole) = (await Source.TogetherAsync([.. all, "none"], period, Ct), await Source.TogetherAsync(null, period, Ct));
        Assert.Equal(Sets(whole), Sets(together));
        Assert.NotEmpty(together.WithOnlineDossier);
        foreach (var name in IndexSets.Counts.Keys)
            Assert.Equal((name, whole[name]), (name, together[name]));
    }

    public static TheoryData<string> Components => [.. IndexSets.Components.Keys];

    [Theory, MemberData(nameof(Components))]
    public async Task What_a_figure_opens_to_is_as_many_as_it_says(string component)
    {
        var random = new Random(component[0] + component[2]);
        for (var i = 0; i < 12; i++)
        {
            var period = Draw(random);
            string[] units = [Units[random.Next(3)]];
            var figures = await Source.TogetherAsync(units, period, Ct);
            foreach (var part in Enum.GetValues<Part>())
            {
                var behind = await Facts.CountAsync(units, period, PartSql.Of(IndexSets.Components[component], part), Ct);
                Assert.Equal((period, part, behind), (period, part, BehindTotals.Of(component, part, figures)));
            }
        }
    }

    [Fact]
    public void Every_count_has_its_figure()
    {
        Assert.Equal(IndexSets.Counts.Keys.Order(StringComparer.Ordinal), IndexFigures.Counts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Figures.None[Measure.Received], IndexFigures.Seen(Figures.None));
    }

    // A month, a quarter or a year; often one that is not over.
    private static IndexPeriod Draw(Random random)
    {
        var day = new DateOnly(2025, 12, 1).AddDays(random.Next(420));
        var name = random.Next(3) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"{day.Year}-Q{((day.Month - 1) / 3) + 1}"),
            1 => day.Year.ToString(CultureInfo.InvariantCulture),
            _ => Name(day),
        };
        return IndexPeriod.Parse(name, random.Next(2) == 0 ? day : Later).Value;
    }

    private static string Sets(IndexParts parts) =>
        string.Join(" | ", new[] { parts.WithOnlineDossier, parts.WithPayment, parts.WithPopulationData }.Select(s => string.Join(' ', s.Order())));

    private static string Text(IndexParts parts) => string.Join(
        ' ', parts.Sums.Where(s => s.Value != 0).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}").Append(Sets(parts))
            .Concat(parts.Levels.Order()));
}

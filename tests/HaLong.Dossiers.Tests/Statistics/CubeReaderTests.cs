using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Waits;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>Every measure against a count in memory.</summary>
public sealed class CubeReaderTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Theory]
    [InlineData("2026-01-01", "2026-03-31")]
    [InlineData("2026-02-10", "2026-02-10")]
    [InlineData("2025-01-01", "2027-12-31")]
    public async Task Flows_and_stocks_are_what_the_facts_say(string from, string to)
    {
        var unit = $"T{Guid.CreateVersion7():N}"[..20];
        var (first, last) = (DateOnly.Parse(from, null), DateOnly.Parse(to, null));
        var facts = SampleFacts.Many(300, 7, unit).ToList();
        await SampleFacts.AddAsync(dossiers, facts);

        var row = Assert.Single(await Reader.ReadAsync(new Slice(first, last) { Units = [unit] }, DossierFixture.Ct));

        bool In(DateOnly? day) => day >= first && day <= last;
        short At(DossierFact f) => f.StateDays.Zip(f.StateKinds).LastOrDefault(s => s.First <= last).Second;
        var expected = new Dictionary<Measure, long>
        {
            [Measure.Received] = facts.Count(f => In(f.ReceivedDay)),
            [Measure.ReceivedOnline] = facts.Count(f => In(f.ReceivedDay) && IntakeSource.IsOnline(f.Source, f.Hand)),
            [Measure.Digitised] = facts.Count(f => In(f.ReceivedDay) && f.HasComponents && f.DigitisedAtReception),
            [Measure.PaidAmount] = facts.Where(f => In(f.ReceivedDay)).Sum(f => f.PaidAmount),
            [Measure.Resolved] = facts.Count(f => In(f.ResolvedDay)),
            [Measure.Early] = facts.Count(f => In(f.ResolvedDay) && f.Legal == Punctuality.Early),
            [Measure.StatisticalLate] = facts.Count(f => In(f.ResolvedDay) && f.Statistical == Punctuality.Late),
            [Measure.Supplements] = facts.Sum(f => f.SupplementDays.Count(d => In(d))),
            [Measure.Withdrawn] = facts.Count(f => In(f.ClosedDay) && f.StateKinds[^1] == StateKind.Withdrawn),
            [Measure.RatingSum] = facts.Where(f => In(f.RatedDay)).Sum(f => (long)f.Rating!),
            [Measure.StockNew] = facts.Count(f => At(f) == StateKind.New),
            [Measure.StockInProgress] = facts.Count(f => StateKind.IsInProgress(At(f))),
            [Measure.StockOverdue] = facts.Count(f => StateKind.IsInProgress(At(f)) && f.LegalDue < last),
            [Measure.StockToHandOver] = facts.Count(f => At(f) == StateKind.Resolved),
        };
        Assert.All(expected, e => Assert.Equal((e.Key, e.Value), (e.Key, row.Figures[e.Key])));
        Assert.Equal(row.Figures[Measure.Resolved], row.Figures[Measure.Early] + row.Figures[Measure.OnTime] + row.Figures[Measure.Late]);
    }

    [Fact]
    public async Task Groups_add_up_to_the_whole_and_months_carry_their_own_stocks()
    {
        string[] units = [$"A{Guid.CreateVersion7():N}"[..20], $"B{Guid.CreateVersion7():N}"[..20]];
        await SampleFacts.AddAsync(dossiers, SampleFacts.Many(200, 11, units));
        var slice = new Slice(SampleFacts.First, new DateOnly(2026, 4, 15)) { Units = units };

        var whole = Assert.Single(await Reader.ReadAsync(slice, DossierFixture.Ct));
        var parts = await Reader.ReadAsync(slice with { By = [Dimension.Unit, Dimension.Source] }, DossierFixture.Ct);
        var months = await Reader.ReadAsync(slice with { By = [Dimension.Month] }, DossierFixture.Ct);

        Assert.All(Figures.Measures, m => Assert.Equal(whole.Figures[m], parts.Sum(p => p.Figures[m])));
        Assert.Equal(["2026-01", "2026-02", "2026-03", "2026-04"], months.Select(m => m.Keys[0]));
        Assert.Equal(whole.Figures[Measure.StockInProgress], months[^1].Figures[Measure.StockInProgress]);
        Assert.Equal(whole.Figures[Measure.Received], months.Sum(m => m.Figures[Measure.Received]));
    }

    [Fact]
    public async Task Waits_have_their_percentiles_by_kind()
    {
        var unit = $"W{Guid.CreateVersion7():N}"[..20];
        var facts = SampleFacts.Many(200, 3, unit).ToList();
        await SampleFacts.AddAsync(dossiers, facts);

        var rows = await dossiers.Factory.Services.GetRequiredService<WaitReader>().ReadAsync(new WaitSlice(new(2025, 1, 1), new(2027, 1, 1)) { Units = [unit] }, DossierFixture.Ct);

        var whole = Assert.Single(rows, r => r.Kind == StayKind.Whole);
        var minutes = facts.SelectMany(f => f.StayKinds.Zip(f.StayMinutes)).Where(s => s.First == StayKind.Whole).Select(s => s.Second).Order().ToList();
        Assert.Equal(minutes.Count, whole.Count);
        // Exact to the bucket, and never less.
        Assert.Equal(WaitBuckets.Upper(WaitBuckets.Of(minutes[(int)Math.Ceiling(minutes.Count * 0.5) - 1])), whole.P50Minutes);
        Assert.Equal(WaitBuckets.Upper(WaitBuckets.Of(minutes[(int)Math.Ceiling(minutes.Count * 0.9) - 1])), whole.P90Minutes);
    }

    private CubeReader Reader => dossiers.Factory.Services.GetRequiredService<CubeReader>();
}

using System.Text.Json;
using HaLong.Dossiers.Statistics.Evaluation;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Tests.Statistics.Index;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>Evaluations of facts by chance, against the same rules in memory.</summary>
public sealed class EvaluationModelTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private readonly string unit = NewUnit();

    [Theory]
    [InlineData("2026-Q1", 11)]
    [InlineData("2026-Q2", 12)]
    [InlineData("2026", 13)]
    public async Task Means_are_those_of_the_dossiers_resolved_in_the_period(string name, int seed)
    {
        var period = IndexPeriod.Parse(name, LocalTime.Date(TimeProvider.System.GetUtcNow())).Value;
        var facts = SampleFacts.Many(300, seed, unit).ToList();
        await dossiers.SaveAsync(facts);
        var complained = facts.Where((_, i) => i % 7 == 0).Select(f => f.DossierId).ToHashSet();
        await dossiers.SaveAsync(complained.Select(id => Feedback(unit, Middle, Last, onTime: true, upheld: true, dossier: id)));

        var alike = await dossiers.Factory.Services.GetRequiredService<EvaluationSource>().DossiersAsync([unit], period, Ct);

        var resolved = facts.Where(f => f.ResolvedDay >= period.From && f.ResolvedDay <= period.To).ToList();
        var points = resolved.ConvertAll(f => Points(f, complained.Contains(f.DossierId)));
        Assert.True(points.Count > 20, "a sample that tells something");
        Assert.Equal(points.Count, alike.Sum(a => a.Dossiers));
        Assert.Equal(MeanPoints.Of(points), MeanPoints.OfAlike(alike.Select(a => (a.Points, a.Dossiers))));
        // The agency does not ask whose they were.
        Assert.All(alike, a => Assert.Null(a.Officer));

        var agency = await GetAsync(dossiers.Official(Roles.Leader, unit), $"/api/v1/evaluations/agency?period={name}");
        var means = MeanPoints.Of(points)!;
        Assert.Equal([means.Time, means.AgencyTime, means.Contacts, means.Agencies, means.Attitude], new[] { 1, 2, 3, 4, 7 }.Select(n => Indicator(agency, n)));
        Assert.Equal(points.Count, agency.GetProperty("dossiers").GetInt32());
        Assert.Empty((await GetAsync(dossiers.Official(Roles.Leader, unit), $"/api/v1/evaluations/officers?period={name}")).GetProperty("items")
            .EnumerateArray());
    }

    [Theory]
    [InlineData("2026-Q1", 21)]
    [InlineData("2026", 22)]
    public async Task What_is_counted_beside_dossiers_is_what_the_facts_say(string name, int seed)
    {
        var period = IndexPeriod.Parse(name, LocalTime.Date(TimeProvider.System.GetUtcNow())).Value;
        var facts = SampleFacts.Many(300, seed, unit).ToList();
        await dossiers.SaveAsync(facts);
        bool In(DateOnly? day) => day >= period.From && day <= period.To;
        bool Online(DossierFact f) => IntakeSource.IsOnline(f.Source, f.Hand);
        bool PastItsDate(DossierFact f) => f.StateDays.Zip(f.StateKinds).LastOrDefault(s => s.First <= period.To).Second is var at && StateKind.IsInProgress(at)
            && !(f.ResolvedDay <= period.To) && f.AcceptedDay <= period.To && f.LegalDue < period.To;

        var counted = await dossiers.Factory.Services.GetRequiredService<EvaluationSource>().AgencyAsync([unit], period, Ct);

        Assert.Equal(facts.Count(f => In(f.ReceivedDay)), counted.Dossiers);
        Assert.Equal(facts.Count(f => In(f.ReceivedDay) && Online(f)), counted.OnlineDossiers);
        Assert.Equal(facts.Count(f => Online(f) && ((In(f.ResolvedDay) && f.Legal == Punctuality.Late) || PastItsDate(f))), counted.LateOnline);
        Assert.Equal((0L, 0L, 0L), (counted.Feedback, counted.FeedbackInTime, counted.Lingering));
    }

    private static DossierPoints Points(DossierFact fact, bool upheld) => EvaluationSource.Of(
        fact.Legal!, fact.SupplementDays.Length, lateOpinion: false, wentThere: !IntakeSource.IsOnline(fact.Source, fact.Hand), upheld);

    private static decimal Indicator(JsonElement agency, int number) =>
        agency.GetProperty("indicators").EnumerateArray().Single(i => i.GetProperty("number").GetInt32() == number).GetProperty("points").GetDecimal();
}

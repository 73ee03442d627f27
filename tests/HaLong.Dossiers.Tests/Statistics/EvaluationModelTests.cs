using System.Text.Json;
using HaLong.Dossiers.Statistics.Evaluation;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Tests.Queues;
using HaLong.Dossiers.Tests.Statistics.Index;
using HaLong.Dossiers.Tests.Statistics.Keeping;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>Evaluations of facts by chance, against the same rules in memory.</summary>
public sealed class EvaluationModelTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private readonly string unit = NewUnit();

    private PointsReader Reader => dossiers.Factory.Services.GetRequiredService<PointsReader>();

    [Theory]
    [InlineData("2026-Q1", 11)]
    [InlineData("2026-Q2", 12)]
    [InlineData("2026", 13)]
    public async Task Means_are_those_of_the_dossiers_resolved_in_the_period(string name, int seed)
    {
        var period = Period(name);
        var facts = SampleFacts.Many(400, seed, unit).ToList();
        await dossiers.SaveAsync(facts);
        // Some have both.
        var (complained, late) = (Every(facts, 7), Every(facts, 5));
        await dossiers.SaveAsync(complained.Select(id => Feedback(unit, Middle, Last, onTime: true, upheld: true, dossier: id)));
        await LateAsync([.. late]);

        var resolved = facts.Where(f => f.ResolvedDay >= period.From && f.ResolvedDay <= period.To).ToList();
        var expected = resolved.ConvertAll(f => (f.OfficerId, Points: Points(f, late.Contains(f.DossierId), complained.Contains(f.DossierId))));
        Assert.True(resolved.Count > 40, "a sample that tells something");
        var together = await Reader.TogetherAsync([unit], period, Ct);
        Assert.Equal((expected.Count, Means(expected.Select(e => e.Points))), (together.Dossiers, together.Means));

        var officers = await Reader.OfficersAsync([unit], null, period, Ct);
        Assert.Equal(SampleFacts.Officers, officers.Keys.Order());
        foreach (var (officer, sums) in officers)
        {
            var own = expected.Where(e => e.OfficerId == officer).Select(e => e.Points).ToList();
            Assert.Equal((own.Count, Means(own)), (sums.Dossiers, sums.Means));
        }

        var agency = await GetAsync(dossiers.Official(Roles.Leader, unit), $"/api/v1/evaluations/agency?period={name}");
        var means = Means(expected.Select(e => e.Points));
        Assert.Equal([means.Time, means.AgencyTime, means.Contacts, means.Agencies, means.Attitude], new[] { 1, 2, 3, 4, 7 }.Select(n => Indicator(agency, n)));
        Assert.Equal(resolved.Count, agency.GetProperty("dossiers").GetInt32());
        Assert.Equal(
            SampleFacts.Officers.Select(o => (o, (long)expected.Count(e => e.OfficerId == o))),
            (await GetAsync(dossiers.Official(Roles.Leader, unit), $"/api/v1/evaluations/officers?period={name}")).GetProperty("items")
                .EnumerateArray().Select(o => (o.GetProperty("officer").GetGuid(), o.GetProperty("dossiers").GetInt64())));
    }

    [Fact]
    public async Task Units_together_are_those_that_are_asked_and_all_are_all()
    {
        var (other, period) = (NewUnit(), Period("2026"));
        var (first, second) = (SampleFacts.Many(100, 31, unit).ToList(), SampleFacts.Many(100, 32, other).ToList());
        var before = (await Reader.TogetherAsync(null, period, Ct)).Dossiers;
        await dossiers.SaveAsync([.. first, .. second]);
        async Task<long> CountAsync(params string[]? units) => (await Reader.TogetherAsync(units, period, Ct)).Dossiers;

        var (here, there) = (first.Count(f => f.ResolvedDay is not null), second.Count(f => f.ResolvedDay is not null));
        Assert.Equal((here, there, here + there), (await CountAsync(unit), await CountAsync(other), await CountAsync(unit, other)));
        Assert.InRange(await CountAsync(null) - before, here + there, long.MaxValue);
        Assert.Equal((0L, null), (await CountAsync("none"), (await Reader.TogetherAsync([], period, Ct)).Means));
    }

    [Fact]
    public async Task An_officer_has_his_dossiers_of_whatever_unit_until_another_one_has_them()
    {
        var (officer, successor, period) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Period("2026-Q1"));
        var facts = new[] { Online(unit, resolved: First), Online(NewUnit(), resolved: Last), Online(unit, resolved: Last.AddDays(1)) }
            .Select(f => Replays.With(f, (nameof(f.OfficerId), officer))).ToList();
        await dossiers.SaveAsync(facts);
        await LateAsync(facts[0].DossierId, facts[2].DossierId);

        var own = Assert.Single(await Reader.OfficersAsync(null, officer, period, Ct));
        Assert.Equal((officer, 2L, new MeanPoints(2, 1, 2, 2, 2)), (own.Key, own.Value.Dossiers, own.Value.Means));
        Assert.Equal(1, Assert.Single(await Reader.OfficersAsync([unit], officer, period, Ct)).Value.Dossiers);
        Assert.Empty(await Reader.OfficersAsync([NewUnit()], officer, period, Ct));

        await dossiers.SaveAsync(Replays.With(facts[0], (nameof(DossierFact.OfficerId), successor)));
        Assert.Equal((1L, 2m), (await OfAsync(officer), (await Reader.OfficersAsync(null, officer, period, Ct))[officer].Means!.AgencyTime));
        Assert.Equal((1L, 0m), (await OfAsync(successor), (await Reader.OfficersAsync(null, successor, period, Ct))[successor].Means!.AgencyTime));
        // Given back, they are nobody's.
        await dossiers.SaveAsync(Replays.With(facts[0], (nameof(DossierFact.OfficerId), null)));
        Assert.Empty(await Reader.OfficersAsync(null, successor, period, Ct));

        async Task<long> OfAsync(Guid whose) => (await Reader.OfficersAsync(null, whose, period, Ct))[whose].Dossiers;
    }

    [Theory]
    [InlineData("2026-Q1", 21)]
    [InlineData("2026", 22)]
    public async Task What_is_counted_beside_dossiers_is_what_the_facts_say(string name, int seed)
    {
        var period = Period(name);
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

    // Who is asked is asked about a dossier that there is.
    private async Task LateAsync(params Guid[] ids)
    {
        await dossiers.CopyAsync(
            ids.Length, $"(SELECT jsonb_build_object('id', i, 'code', 'E90-' || replace(i, '-', '')) FROM (SELECT ('{{{string.Join(',', ids)}}}'::text[])[g] AS i) x)");
        await dossiers.SaveAsync(ids.Select(id => LateOpinion(id)));
    }

    private static IndexPeriod Period(string name) => IndexPeriod.Parse(name, LocalTime.Date(TimeProvider.System.GetUtcNow())).Value;

    private static HashSet<Guid> Every(List<DossierFact> facts, int nth) => [.. facts.Where((_, i) => i % nth == 0).Select(f => f.DossierId)];

    private static DossierPoints Points(DossierFact fact, bool lateOpinion, bool upheld) => PointSums.Of(
        fact.Legal, fact.SupplementDays.Length, lateOpinion, wentThere: !IntakeSource.IsOnline(fact.Source, fact.Hand), upheld);

    private static MeanPoints Means(IEnumerable<DossierPoints> dossiers)
    {
        var all = dossiers.ToList();
        decimal Of(Func<DossierPoints, int> points) => Math.Round(all.Sum(d => (decimal)points(d)) / all.Count, 1, MidpointRounding.AwayFromZero);
        return new MeanPoints(Of(p => p.Time), Of(p => p.AgencyTime), Of(p => p.Contacts), Of(p => p.Agencies), Of(p => p.Attitude));
    }

    private static decimal Indicator(JsonElement agency, int number) =>
        agency.GetProperty("indicators").EnumerateArray().Single(i => i.GetProperty("number").GetInt32() == number).GetProperty("points").GetDecimal();
}

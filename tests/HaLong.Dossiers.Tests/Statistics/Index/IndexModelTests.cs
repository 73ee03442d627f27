using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Index.Counting;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>Every count, against the same rules written once more in memory, on facts and feedback by chance.</summary>
public sealed class IndexModelTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateOnly Today = new(2026, 12, 1);

    private readonly string unit = NewUnit();

    [Theory]
    [InlineData("2026-01", 1)]
    [InlineData("2026-03", 2)]
    [InlineData("2026-06", 3)]
    [InlineData("2026-Q2", 4)]
    [InlineData("2026", 5)]
    [InlineData("2025-12", 6)]
    public async Task Dossiers_are_counted_as_the_rules_say(string name, int seed)
    {
        var facts = SampleFacts.Many(400, seed, unit).ToList();
        await dossiers.SaveAsync(facts);
        var period = IndexPeriod.Parse(name, Today).Value;

        var counted = (await Source.ReadAsync([unit], period, DossierFixture.Ct)).GetValueOrDefault(unit) ?? new IndexParts();

        var seen = facts.ConvertAll(f => new Seen(f, period));
        foreach (var count in IndexSets.Counts.Keys)
            Assert.Equal((count, seen.Count(s => s.Is(count))), (count, (int)counted[count]));
        Assert.Equal(seen.Any(s => s.ReceivedOnline > 0 && s.Fact.ProcedureCode == Land), counted.WithOnlineDossier.Contains(Land));
        Assert.Equal(seen.Any(s => s.Is("paidOnline") && s.Fact.ProcedureCode == Land), counted.WithPayment.Contains(Land));
        Assert.Equal(seen.Any(s => s.Is("dossiersUsingPopulationData") && s.Fact.ProcedureCode == Land), counted.WithPopulationData.Contains(Land));
        Assert.Equal(counted["receivedAndProcessed"], counted["resolvedOnTime"] + counted["inProgressWithinLimit"] + counted["late"]);
    }

    [Theory]
    [InlineData("2026-03", 1)]
    [InlineData("2026-Q1", 2)]
    [InlineData("2026-07", 3)]
    public async Task Feedback_is_counted_as_the_rules_say(string name, int seed)
    {
        var random = new Random(seed);
        DateOnly Some(int from) => First.AddDays(random.Next(from, from + 100));
        bool? Perhaps() => random.Next(3) switch { 0 => null, 1 => true, _ => false };
        var facts = SampleFacts.Many(60, seed, unit).ToList();
        var feedback = Enumerable.Range(0, 150).Select(i => Feedback(
            unit, Some(-40), random.Next(3) > 0 ? Some(-30) : null, Perhaps(), Perhaps(), random.Next(4) == 0, Perhaps(),
            random.Next(2) == 0 ? facts[random.Next(facts.Count)].DossierId : null)).ToList();
        await dossiers.SaveAsync(facts);
        await dossiers.SaveAsync(feedback);
        var period = IndexPeriod.Parse(name, Today).Value;
        bool In(DateTimeOffset? at) => at is { } moment && HaLong.ServiceDefaults.LocalTime.Date(moment) is var day && day >= period.From && day <= period.To;

        var counted = (await Source.ReadAsync([unit], period, DossierFixture.Ct)).GetValueOrDefault(unit) ?? new IndexParts();

        var answered = feedback.Where(f => In(f.AnsweredAt)).ToList();
        var rated = facts.Where(f => f.RatedDay >= period.From && f.RatedDay <= period.To && f.Rating <= 2).Select(f => f.DossierId).ToHashSet();
        var expected = new Dictionary<string, int>
        {
            ["feedback"] = feedback.Count(f => In(f.ReceivedAt)),
            ["feedbackOnTime"] = feedback.Count(f => In(f.ReceivedAt) && f.OnTime != false),
            ["answered"] = answered.Count,
            ["dissatisfied"] = answered.Count(f => f.Satisfied == false),
            ["repeated"] = answered.Count(f => f.Satisfied != false && f.Repeated),
            ["lateAnswers"] = answered.Count(f => f.Satisfied != false && !f.Repeated && f.OnTime == false),
            ["complaints"] = rated.Count + feedback.Count(f => In(f.ReceivedAt) && f.Upheld == true && !(f.DossierId is { } d && rated.Contains(d))),
        };
        Assert.All(expected, e => Assert.Equal((e.Key, e.Value), (e.Key, (int)counted[e.Key])));
        Assert.Equal(FeedbackSets.Counts.Keys.Append("complaints").Order(StringComparer.Ordinal), expected.Keys.Order(StringComparer.Ordinal));
    }

    private IndexSource Source => dossiers.Factory.Services.GetRequiredService<IndexSource>();

    private const string Land = DossierFixture.Land;

    /// <summary>A fact as it stood at the end of a period.</summary>
    private sealed class Seen
    {
        private readonly bool received, resolved, ended, open, inTime;

        public Seen(DossierFact fact, IndexPeriod period)
        {
            Fact = fact;
            bool In(DateOnly? day) => day >= period.From && day <= period.To;
            var end = fact.ResolvedDay ?? fact.ReturnedDay ?? fact.ClosedDay;
            var at = fact.StateDays.Zip(fact.StateKinds).LastOrDefault(s => s.First <= period.To);
            var requests = fact.SupplementDays.Count(d => d <= period.To);
            (received, resolved, ended) = (In(fact.ReceivedDay), In(fact.ResolvedDay), In(end));
            open = !(end <= period.To) && fact.AcceptedDay <= period.To
                && at.Second is StateKind.Accepted or StateKind.Processing or StateKind.Supplement or StateKind.Payment;
            var clock = ended ? end!.Value : at.Second is StateKind.Supplement or StateKind.Payment ? at.First : period.To;
            inTime = ended && fact.Statistical is { } word ? word != Punctuality.Late : requests <= 1 && !(fact.StatisticalDue < clock);
        }

        public DossierFact Fact { get; }

        public int ReceivedOnline => received && IntakeSource.IsOnline(Fact.Source, Fact.Hand) ? 1 : 0;

        public bool Is(string count) => count switch
        {
            "received" => received,
            "onlineReceived" => ReceivedOnline > 0 && !(Fact.ResultExpected && !Fact.ResultElectronic),
            "receivedAndProcessed" => ended || Open,
            "resolvedOnTime" => ended && inTime,
            "inProgressWithinLimit" => Open && inTime,
            "late" => (ended || Open) && !inTime,
            "feeDossiers" => received && Fact.HasFees,
            "zeroFeeDossiers" => received && Fact.HasFees && Fact.FeesZero,
            "paidOnline" => received && Fact.HasFees && !Fact.FeesZero && Fact.PaidBy is PaidBy.Portal or PaidBy.Online,
            "resolved" => resolved,
            "resolvedWithDocumentResult" or "eligibleForStore" => resolved && Fact.ResultExpected,
            "electronicResults" => resolved && Fact.ResultExpected && Fact.ResultElectronic,
            "componentsAndResultDigitised" => resolved && Fact.HasComponents && Fact.DigitisedAtReception && Fact.ResultElectronic,
            "reused" => received && Fact.Reused > 0,
            "dossiersUsingPopulationData" => received && Fact.IdentityProved,
            "portalCount" => received && Fact.InLedger,
            "synchronised" => received && Fact.ReceptionAcknowledged,
            "sharedWithStore" => resolved && Fact.ResultExpected && (Fact.Reused > 0 || (Fact.ResultElectronic && Fact.ResultAcknowledged)),
            _ => throw new ArgumentOutOfRangeException(nameof(count), count, "no rule for it here"),
        };

        private bool Open => open && !ended;
    }
}

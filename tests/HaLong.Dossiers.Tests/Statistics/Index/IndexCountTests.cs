using HaLong.Dossiers.Statistics.Facts;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>Every count, from rows as they are, through the API.</summary>
public sealed class IndexCountTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private readonly string unit = NewUnit();

    private HttpClient Administrator => dossiers.Official(Roles.Administrator);

    [Fact]
    public async Task The_commune_of_the_reference_gets_its_points()
    {
        var facts = Enumerable.Range(0, 400).Select(i => Fact(
            unit, resolved: i < 350 ? Middle.AddDays(3) : null, statistical: i < 300 ? Punctuality.Early : i < 340 ? Punctuality.OnTime : Punctuality.Late,
            due: i < 394 ? Last.AddDays(1) : Last.AddDays(-5), source: i < 372 ? IntakeSource.OwnForm : IntakeSource.Counter, hand: i < 372
                ? FilingHand.Self : FilingHand.Reception,
            resultExpected: i < 350, electronic: i < 350, fees: i < 120, feesZero: i < 20, paidBy: i is >= 20 and < 44 ? PaidBy.Online : null,
            reused: i < 220 ? (short)1 : (short)0, rating: i < 2 ? (short)1 : null));
        await dossiers.SaveAsync(facts);

        var index = await IndexAsync(Administrator, unit);

        Assert.Equal((384m, 400m, 19.20m), index.Figure("2.1"));
        Assert.Equal((372m, 400m, 6.00m), index.Figure("3.3"));
        Assert.Equal((24m, 100m, 4.80m), index.Figure("3.6"));
        Assert.Equal((220m, 400m, 1.38m), index.Figure("4.3"));
        Assert.Equal((382m, 400m, 6.00m), index.Figure("5.4"));
        Assert.Equal((350m, 350m, 6.00m), index.Figure("4.1"));
        Assert.Equal((false, false, "766-2022"), (index.GetProperty("live").GetBoolean(), index.GetProperty("closed").GetBoolean(),
            index.GetProperty("version").GetString()));
        Assert.Equal(0.3m, index.Component("3.6").GetProperty("threshold").GetDecimal());
        Assert.Equal(index.GetProperty("total").GetDecimal(), index.GetProperty("groups").EnumerateArray().Sum(g => g.GetProperty("score").GetDecimal()));
        Assert.Equal(("weak", "Yếu"), (index.GetProperty("rating").GetString(), index.GetProperty("ratingVi").GetString()));
        Assert.Contains("3.6", index.GetProperty("chances").EnumerateArray().Select(c => c.GetProperty("code").GetString()));
    }

    /// <summary>Each is alone in its unit: (in time, counted) by indicator 2.1.</summary>
    public static TheoryData<string, int, int> Clocks => new()
    {
        { "resolved early", 1, 1 }, { "resolved on the day", 1, 1 }, { "resolved late", 0, 1 }, { "resolved before the period", 0, 0 },
            { "resolved after it, in limit at its end", 1, 1 },
        { "resolved after it, overdue at its end", 0, 1 }, { "carried over and resolved", 1, 1 }, { "in progress on its date", 1, 1 },
            { "in progress past its date", 0, 1 },
        { "in progress without a date", 1, 1 }, { "asked twice", 0, 1 }, { "asked twice and resolved late by that", 0, 1 }, { "asked again only later", 1, 1 },
        { "waits for the applicant since before its date", 1, 1 }, { "waits for the applicant since after its date", 0, 1 },
            { "waits for money since before its date", 1, 1 },
        { "not accepted yet", 0, 0 }, { "accepted only later", 0, 0 }, { "withdrawn in time", 1, 1 }, { "stopped late", 0, 1 },
            { "refused at reception", 1, 1 },
        { "received only later", 0, 0 },
    };

    [Theory, MemberData(nameof(Clocks))]
    public async Task The_clock_of_2_1_is_that_of_the_decision(string which, int inTime, int counted)
    {
        var (before, early, late) = (First.AddDays(-20), First.AddDays(4), Last.AddDays(-2));
        (DateOnly, short)[] States(params (DateOnly, short)[] way) => way;
        var fact = which switch
        {
            "resolved early" => Fact(unit, early, late, statistical: Punctuality.Early),
            "resolved on the day" => Fact(unit, early, Last, statistical: Punctuality.OnTime),
            "resolved late" => Fact(unit, early, First.AddDays(20), statistical: Punctuality.Late, due: early),
            "resolved before the period" => Fact(unit, before, First.AddDays(-1), statistical: Punctuality.Late),
            "resolved after it, in limit at its end" => Fact(unit, early, Last.AddDays(9), due: Last, statistical: Punctuality.Late),
            "resolved after it, overdue at its end" => Fact(unit, early, Last.AddDays(9), due: late, statistical: Punctuality.Late),
            "carried over and resolved" => Fact(unit, before, First, statistical: Punctuality.Early),
            "in progress on its date" => Fact(unit, early, due: Last),
            "in progress past its date" => Fact(unit, early, due: Last.AddDays(-1)),
            "in progress without a date" => Fact(unit, early),
            "asked twice" => Fact(unit, early, due: Last.AddDays(9), supplements: [early, late]),
            "asked twice and resolved late by that" => Fact(unit, early, late, due: Last.AddDays(9), supplements: [early, late], statistical: Punctuality.Late),
            "asked again only later" => Fact(unit, early, due: Last.AddDays(9), supplements: [early, Last.AddDays(1)]),
            "waits for the applicant since before its date" => Fact(unit, early, due: early.AddDays(5), supplements: [early.AddDays(5)],
                states: States((early, StateKind.Processing), (early.AddDays(5), StateKind.Supplement))),
            "waits for the applicant since after its date" => Fact(unit, early, due: early.AddDays(5), supplements: [early.AddDays(6)],
                states: States((early, StateKind.Processing), (early.AddDays(6), StateKind.Supplement))),
            "waits for money since before its date" => Fact(unit, early, due: early.AddDays(5),
                states: States((early, StateKind.Processing), (early.AddDays(5), StateKind.Payment))),
            "not accepted yet" => Fact(unit, early, accepted: false, states: States((early, StateKind.New))),
            "accepted only later" => Fact(unit, early, accepted: false, states: States((early, StateKind.New), (Last.AddDays(1), StateKind.Accepted))),
            "withdrawn in time" => Fact(unit, early, due: late, closed: late, states: States((early, StateKind.Processing), (late, StateKind.Withdrawn))),
            "stopped late" => Fact(unit, early, due: early, closed: late, states: States((early, StateKind.Processing), (late, StateKind.Stopped))),
            "refused at reception" => Fact(unit, early, accepted: false, closed: early.AddDays(1),
                states: States((early, StateKind.New), (early.AddDays(1), StateKind.NotAccepted))),
            _ => Fact(unit, Last.AddDays(1), Last.AddDays(2)),
        };
        await dossiers.SaveAsync(fact);

        var index = await IndexAsync(Administrator, unit);

        var (numerator, denominator, _) = index.Figure("2.1");
        Assert.Equal((inTime, counted), ((int)numerator, (int)denominator));
        Assert.Equal(counted - inTime, index.Count("late"));
    }

    [Fact]
    public async Task Online_needs_an_electronic_result_only_where_one_is_due()
    {
        await dossiers.SaveAsync(
            Online(unit), Online(unit, resultExpected: true, electronic: true, resolved: Last), Online(unit, resultExpected: true, resolved: Last), Fact(unit),
            Fact(unit, source: IntakeSource.Post, hand: FilingHand.Reception), Fact(unit, source: IntakeSource.Post, hand: FilingHand.Helper));
        Assert.Equal((3m, 6m, 6m), (await IndexAsync(Administrator, unit)).Figure("3.3"));
    }

    [Fact]
    public async Task Digitisation_counts_results_and_components()
    {
        await dossiers.SaveAsync(
            Fact(unit, resolved: Last, components: true, digitised: true, resultExpected: true, electronic: true),
                Fact(unit, resolved: Last, components: true, digitised: true, resultExpected: true),
            Fact(unit, resolved: Last, components: true, resultExpected: true, electronic: true), Fact(unit, resolved: Last, components: true),
            Fact(unit, components: true, digitised: true, electronic: true, identity: true));
        var index = await IndexAsync(Administrator, unit);
        Assert.Equal((2m, 3m, 4m), index.Figure("4.1"));
        Assert.Equal((1m, 4m, 1.25m), index.Figure("4.2"));
        Assert.Equal((1m, 5m, 0.4m), index.Figure("4.5b"));
        Assert.Contains("4.2b", index.Unknown());
    }

    [Fact]
    public async Task The_ledger_makes_synchronisation_known_and_weighs_online_filing()
    {
        var facts = Enumerable.Range(0, 10).Select(i => i < 4
            ? Online(unit, resultExpected: i < 2, electronic: i < 2, resolved: i < 2 ? Last : null) : Fact(unit, resolved: i < 6 ? Last : null,
                resultExpected: i < 6)).ToList();
        await dossiers.SaveAsync(facts);
        Assert.Superset(new HashSet<string> { "1.4", "4.4" }, (await IndexAsync(Administrator, unit)).Unknown().ToHashSet());
        await dossiers.SaveAsync(facts.Select((f, i) => Ledger(f, acknowledged: i < 9, result: i < 1)));
        // Nothing is told of the nation, and no year before says how much there should be.
        Assert.Contains("1.4", (await IndexAsync(Administrator, unit)).Unknown());

        await dossiers.SaveAsync(Enumerable.Range(0, 24).Select(_ => Fact(unit, new DateOnly(2025, 6, 2), new DateOnly(2025, 6, 3))));
        var index = await IndexAsync(Administrator, unit);
        Assert.Equal((9m, 10m, 5.4m), index.Figure("1.4"));
        Assert.Equal((2m, 0.9m), (index.Count("nationalReport"), index.Count("synchronisationRatio")));
        Assert.Equal((3.6m, 10m, 4.32m), index.Figure("3.3"));
        Assert.Equal((1m, 4m, 1m), index.Figure("4.4"));
        Assert.Equal(6m, (await IndexAsync(Administrator, unit, "2026-Q1")).Count("nationalReport"));
        Assert.Contains("1.4", (await IndexAsync(Administrator, unit, "2026")).Unknown());
    }

    [Fact]
    public async Task Feedback_and_complaints_count_once_each()
    {
        var (rated, calm) = (Fact(unit, rating: 2), Fact(unit, rating: 3));
        await dossiers.SaveAsync(rated, calm, Fact(unit, First.AddDays(-40), First.AddDays(-30), rating: 1, rated: First.AddDays(2)),
            Fact(unit, rating: 1, rated: Last.AddDays(1)));
        await dossiers.SaveAsync(
            Feedback(unit), Feedback(unit, onTime: false), Feedback(unit, First.AddDays(-9), First, onTime: true),
            Feedback(unit, answered: Last, onTime: true, satisfied: true), Feedback(unit, answered: Last, onTime: false, satisfied: false, repeated: true),
            Feedback(unit, answered: Last, onTime: false, repeated: true), Feedback(unit, answered: Last, onTime: false),
            Feedback(unit, answered: Last.AddDays(1), onTime: true, upheld: true), Feedback(unit, onTime: true, upheld: true, dossier: rated.DossierId),
            Feedback(unit, onTime: true, upheld: false));
        var index = await IndexAsync(Administrator, unit);
        Assert.Equal((5m, 9m, 3.33m), index.Figure("5.2"));
        Assert.Equal((2m, 5m, 2.4m), index.Figure("5.3"));
        Assert.Equal((1m, 1m, 1m), (index.Count("dissatisfied"), index.Count("repeated"), index.Count("lateAnswers")));
        // Two ratings of the month, and one complaint about something else: it was received in the month, whenever it was answered.
        Assert.Equal(3m, index.Count("complaints"));
        Assert.Equal((0m, 3m, 0m), index.Figure("5.4"));
    }

    [Fact]
    public async Task A_unit_counts_what_is_below_it_and_all_units_count_everything()
    {
        var (parent, other) = (NewUnit(), NewUnit());
        await dossiers.SaveAsync(Unit(parent, level: "province"), Unit(unit, parent), Unit(other));
        await dossiers.SaveAsync(Fact(unit), Fact(unit), Fact(parent), Fact(other));
        Assert.Equal((3m, 2m), ((await IndexAsync(Administrator, parent)).Count("received"), (await IndexAsync(Administrator, unit)).Count("received")));
        var all = await DossierFixture.GetAsync(Administrator, $"/api/v1/index766?period={Month}");
        Assert.True(all.Count("received") >= 4);
        Assert.Equal("", all.GetProperty("unit").GetString());
    }

    [Fact]
    public async Task The_present_month_is_live_until_today()
    {
        var today = LocalTime.Date(TimeProvider.System.GetUtcNow());
        await dossiers.SaveAsync(Fact(unit, today, due: today), Fact(unit, today.AddDays(1)));
        var index = await DossierFixture.GetAsync(Administrator, $"/api/v1/index766?unit={unit}");
        Assert.Equal((true, Name(today), 1m), (index.GetProperty("live").GetBoolean(), index.GetProperty("period").GetString(), index.Count("received")));
        Assert.Equal(today, DateOnly.Parse(index.GetProperty("to").GetString()!, null));
    }
}

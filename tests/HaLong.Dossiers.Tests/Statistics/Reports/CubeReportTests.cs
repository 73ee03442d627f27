using System.Text.Json;
using HaLong.Dossiers.Statistics.Facts;
using static HaLong.Dossiers.Tests.Statistics.Reports.ReportDesk;

namespace HaLong.Dossiers.Tests.Statistics.Reports;

/// <summary>Reports on facts by chance, against counts in memory.</summary>
public sealed class CubeReportTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly (DateOnly From, DateOnly To)[] Periods =
        [(new(2026, 1, 1), new(2026, 3, 31)), (new(2026, 2, 10), new(2026, 2, 10)), (new(2026, 2, 27), new(2026, 5, 3)),
            (new(2025, 1, 1), new(2026, 11, 30)), (new(2025, 3, 1), new(2025, 4, 1))];

    [Fact]
    public async Task The_period_report_balances_for_every_unit_procedure_and_field_in_any_period()
    {
        var above = await NewUnitAsync(dossiers);
        string[] units = [await NewUnitAsync(dossiers, above), await NewUnitAsync(dossiers, above), await NewUnitAsync(dossiers, above)];
        var facts = SampleFacts.Many(600, 42, units).ToList();
        await SampleFacts.AddAsync(dossiers, facts);

        foreach (var (from, to) in Periods)
        {
            foreach (var by in new[] { "unit", "procedure", "field", "level" })
            {
                var report = await ReportAsync(dossiers, above, $"period?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&by={by}");
                foreach (var row in report.Rows().Append(report.Totals()))
                {
                    Assert.Equal("ok", row.Text("check"));
                    Assert.Equal(row.Count("resolved"), row.Count("early") + row.Count("onTime") + row.Count("late"));
                    Assert.Equal(row.Count("resolved"), row.Count("statisticalEarly") + row.Count("statisticalOnTime") + row.Count("statisticalLate"));
                    Assert.Equal(row.Count("stockInProgress"), row.Count("inLimit") + row.Count("stockOverdue"));
                    Assert.Equal(row.Count("received"), row.Count("receivedOnline") + row.Count("receivedDirect") + row.Count("receivedPost"));
                    Assert.Equal(row.Count("paused"), row.Count("stockPayment") + row.Count("stopped"));
                }
            }

            var byUnit = await ReportAsync(dossiers, above, $"period?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}");
            foreach (var unit in units)
            {
                var own = facts.Where(f => f.UnitCode == unit).ToList();
                bool In(DateOnly? day) => day >= from && day <= to;
                short At(DossierFact f, DateOnly day) => f.StateDays.Zip(f.StateKinds).LastOrDefault(s => s.First <= day).Second;
                var before = from.AddDays(-1);
                var open = own.Count(f => At(f, before) is StateKind.New or StateKind.Accepted or StateKind.Processing or
                    StateKind.Supplement or StateKind.Payment);
                if (byUnit.Rows().Find(r => r.Text("code") == unit) is not { ValueKind: JsonValueKind.Object } row)
                {
                    Assert.Equal(0, open + own.Count(f => In(f.ReceivedDay)));
                    continue;
                }

                Assert.Equal(
                    (open, own.Count(f => In(f.ReceivedDay)), own.Count(f => In(f.ResolvedDay)),
                        own.Count(f => In(f.ReceivedDay) && f.Source == IntakeSource.Post && f.Hand == FilingHand.Reception)),
                    (row.Count("carriedOver"), row.Count("received"), row.Count("resolved"), row.Count("receivedPost")));
                Assert.Equal(
                    (own.Count(f => At(f, to) == StateKind.Supplement), own.Count(f => In(f.ClosedDay) && f.StateKinds[^1] == StateKind.Withdrawn), 0),
                    (row.Count("stockSupplement"), row.Count("withdrawnBeforeResult"), row.Count("withdrawnAfterResult")));
                Assert.Equal($"Đơn vị {unit}", row.Text("name"));
            }
        }
    }

    [Fact]
    public async Task Who_withdraws_when_the_result_is_there_is_counted_once_and_what_does_not_add_up_is_said()
    {
        var unit = await NewUnitAsync(dossiers);
        DossierFact Moved(DateOnly? resolved, DateOnly? returned, DateOnly? closed, params (DateOnly Day, short Kind)[] states) => new()
        {
            DossierId = Guid.CreateVersion7(),
            UnitCode = unit,
            Level = "commune",
            ReceivingUnitCode = unit,
            ProcedureCode = "1.013978",
            FieldCode = "LAND",
            Source = IntakeSource.Counter,
            Hand = FilingHand.Reception,
            ReceivedDay = states[0].Day,
            ResolvedDay = resolved,
            ReturnedDay = returned,
            ClosedDay = closed,
            Legal = resolved is null ? null : Punctuality.Early,
            Statistical = resolved is null ? null : Punctuality.Early,
            StateDays = [.. states.Select(s => s.Day)],
            StateKinds = [.. states.Select(s => s.Kind)],
        };
        DateOnly jan = new(2026, 1, 5), feb = new(2026, 2, 5), march = new(2026, 3, 5);
        await SampleFacts.AddAsync(dossiers,
        [
            Moved(feb, null, march, (jan, StateKind.Processing), (feb, StateKind.Resolved), (march, StateKind.Withdrawn)),
            Moved(feb, null, feb.AddDays(1), (jan, StateKind.Processing), (feb, StateKind.Resolved), (feb.AddDays(1), StateKind.Withdrawn)),
            Moved(feb, march, march, (jan, StateKind.Processing), (feb, StateKind.Resolved), (march, StateKind.Returned)),
            Moved(null, null, march, (feb, StateKind.New), (march, StateKind.Withdrawn)),
        ]);

        foreach (var (period, before, after) in new[] { ("2026-01", 0, 0), ("2026-02", 0, 1), ("2026-03", 1, 1), ("2026-Q1", 1, 2) })
        {
            var row = (await ReportAsync(dossiers, unit, $"period?period={period}")).Row(unit);
            Assert.Equal((period, "ok", before, after), (period, row.Text("check"), row.Count("withdrawnBeforeResult"), row.Count("withdrawnAfterResult")));
        }

        // A fact that nobody could make: gone without having been there.
        await SampleFacts.AddAsync(dossiers, [Moved(feb, null, null, (jan, StateKind.Processing))]);
        var wrong = await ReportAsync(dossiers, unit, "period?period=2026-02");
        Assert.Equal(("-1", "-1"), (wrong.Row(unit).Text("check"), wrong.Totals().Text("check")));
    }

    [Theory]
    [InlineData("unit")]
    [InlineData("level")]
    [InlineData("procedure")]
    [InlineData("field")]
    [InlineData("source")]
    [InlineData("hand")]
    [InlineData("helper")]
    [InlineData("month")]
    public async Task Every_group_counts_what_the_facts_say_and_groups_add_up(string by)
    {
        var unit = await NewUnitAsync(dossiers);
        var facts = SampleFacts.Many(250, by.Length, unit).ToList();
        await SampleFacts.AddAsync(dossiers, facts);
        var (from, to) = (new DateOnly(2026, 1, 20), new DateOnly(2026, 4, 10));
        bool In(DateOnly? day) => day >= from && day <= to;
        string Key(DossierFact f) => by switch
        {
            "unit" => f.UnitCode,
            "level" => f.Level,
            "procedure" => f.ProcedureCode,
            "field" => f.FieldCode,
            "source" => f.Source,
            "hand" => f.Hand,
            "helper" => f.HelperUnit ?? "",
            _ => "",
        };
        async Task Agree(string report, Func<DossierFact, DateOnly?> day, params (string Column, Func<DossierFact, long> Count)[] columns)
        {
            var made = await ReportAsync(dossiers, unit, $"{report}?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&by={by}");
            foreach (var (column, count) in columns)
            {
                Assert.Equal((column, facts.Where(f => In(day(f))).Sum(count)), (column, made.Totals().Count(column)));
                Assert.Equal(made.Totals().Count(column), made.Rows().Sum(r => r.Count(column)));
                foreach (var row in made.Rows())
                {
                    var code = row.Text("code")!;
                    var own = facts.Where(f => In(day(f)) && (by == "month" ? $"{day(f):yyyy-MM}" == code : Key(f) == code));
                    Assert.Equal((column, code, own.Sum(count)), (column, code, row.Count(column)));
                }
            }
        }

        long One(bool yes) => yes ? 1 : 0;
        await Agree("intake", f => f.ReceivedDay, ("received", _ => 1), ("receivedOnline", f => One(IntakeSource.IsOnline(f.Source, f.Hand))),
            ("assisted", f => One(f.Hand == FilingHand.Helper)),
            ("identityProved", f => One(f.IdentityProved)), ("receivedOther", f => One(!IntakeSource.IsOnline(f.Source, f.Hand))));
        await Agree("digitisation", f => f.ReceivedDay, ("withComponents", f => One(f.HasComponents)),
            ("digitised", f => One(f.HasComponents && f.DigitisedAtReception)), ("reused", f => One(f.Reused > 0)));
        await Agree("digitisation", f => f.ResolvedDay, ("resultsExpected", f => One(f.ResultExpected)),
            ("electronicResults", f => One(f.ResultExpected && f.ResultElectronic)));
        await Agree("punctuality", f => f.ResolvedDay, ("resolved", _ => 1), ("early", f => One(f.Legal == Punctuality.Early)),
            ("late", f => One(f.Legal == Punctuality.Late)),
            ("statisticalLate", f => One(f.Statistical == Punctuality.Late)), ("inTime", f => One(f.Legal != Punctuality.Late)),
            ("statisticalInTime", f => One(f.Statistical != Punctuality.Late)));
        await Agree("supplements", f => f.ResolvedDay, ("refused", f => One(f.Refused)));
        await Agree("payments", f => f.ReceivedDay, ("withFees", f => One(f.HasFees)), ("feesDue", f => One(f.HasFees && !f.FeesZero)),
            ("paidCash", f => One(f.PaidBy == PaidBy.Cash)),
            ("paidOnlineAll", f => One(f.PaidBy is PaidBy.Portal or PaidBy.Online)), ("paidAmount", f => f.PaidAmount));
        await Agree("satisfaction", f => f.RatedDay, ("ratings", _ => 1), ("satisfied", f => One(f.Rating >= 4)), ("neutral", f => One(f.Rating == 3)),
            ("dissatisfied", f => One(f.Rating <= 2)));
        if (by != "month")
            return;
        var supplements = await ReportAsync(dossiers, unit, $"supplements?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&by=month");
        Assert.Equal(facts.Sum(f => f.SupplementDays.Count(d => In(d))), supplements.Totals().Count("supplements"));
        Assert.Equal(facts.Sum(f => f.ApologyDays.Count(d => In(d))), supplements.Totals().Count("apologies"));
    }

    [Fact]
    public async Task Helpers_are_counted_by_their_unit_and_limits_limit()
    {
        var unit = await NewUnitAsync(dossiers);
        var post = await NewUnitAsync(dossiers);
        DateOnly day = new(2026, 3, 3);
        await SampleFacts.AddAsync(dossiers,
        [
            .. Several(3, () => Fact(unit, day, hand: FilingHand.Helper, helper: post, source: IntakeSource.Post)),
            .. Several(1, () => Fact(unit, day, hand: FilingHand.Helper, helper: unit, source: IntakeSource.Home, digitised: false)),
            .. Several(5, () => Fact(unit, day, field: "CIVIL", procedure: "1.013947")),
        ]);

        var helpers = await ReportAsync(dossiers, unit, "helpers?period=2026-03");
        Assert.Equal((3L, 4L, 75m, $"Đơn vị {post}"), (helpers.Row(post).Count("received"), helpers.Row(post).Count("allAssisted"),
            helpers.Row(post).Percent("shareOfAll"), helpers.Row(post).Text("name")));
        Assert.Equal((0m, 75m, 4L), (helpers.Row(unit).Percent("digitisedShare"), helpers.Totals().Percent("digitisedShare"),
            helpers.Totals().Count("received")));
        Assert.Equal(2, helpers.Rows().Count);

        async Task<long> Received(string limit) => (await ReportAsync(dossiers, unit, "intake?period=2026-03" + limit)).Totals().Count("received");
        foreach (var (limit, count) in new[] { ("", 9), ("&field=CIVIL", 5), ("&source=post", 3), ("&hand=helper", 4), ("&procedure=1.013947", 5),
            ("&level=province", 0), ("&level=commune", 9) })
            Assert.Equal((limit, count), (limit, await Received(limit)));
        var period = await ReportAsync(dossiers, unit, "period?period=2026-03&hand=helper&source=post");
        Assert.Equal((3L, 0L, 0L, "ok"), (period.Totals().Count("receivedOnline"), period.Totals().Count("receivedPost"),
            period.Totals().Count("receivedDirect"), period.Totals().Text("check")));
    }
}

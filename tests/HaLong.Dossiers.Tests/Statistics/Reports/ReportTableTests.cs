using System.Diagnostics;
using System.Diagnostics.Metrics;
using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Reports;
using HaLong.Dossiers.Statistics.Reports.Cube;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Reports.ReportDesk;

namespace HaLong.Dossiers.Tests.Statistics.Reports;

/// <summary>Every report as the table that files are made of.</summary>
public sealed class ReportTableTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateOnly First = new(2026, 1, 1), Last = new(2026, 3, 31);

    public static TheoryData<string> Names => [.. ReportShelf.Names];

    [Theory, MemberData(nameof(Names))]
    public async Task Every_row_has_a_value_of_the_right_kind_in_every_column(string name)
    {
        var unit = await NewUnitAsync(dossiers);
        await SampleFacts.AddAsync(dossiers, SampleFacts.Many(150, 9, unit));

        var table = await MakeAsync(new ReportRequest(name, null, First, Last) { Sight = new ReportSight([unit]) });

        Assert.Equal((name, First, Last), (table.Name, table.From, table.To));
        Assert.Equal(table.Columns.Count, table.Columns.Select(c => c.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.All(table.Columns, c => Assert.True(c.Vi.Length > 0 && c.En.Length > 0, c.Key));
        Assert.NotEmpty(table.Rows);
        Assert.All(table.Notes, n => Assert.NotEqual(n.Vi, n.En));
        foreach (var row in table.Totals is { } totals ? [.. table.Rows, totals] : table.Rows)
        {
            Assert.Equal(table.Columns.Count, row.Count);
            foreach (var (column, value) in table.Columns.Zip(row))
            {
                var fits = column.Format switch
                {
                    ReportFormat.Text => value is null or string,
                    ReportFormat.Percent => value is null or decimal,
                    ReportFormat.Days => value is decimal,
                    ReportFormat.Count or ReportFormat.Money => value is null or long,
                    _ => value is null or DateOnly,
                };
                Assert.True(fits, $"{column.Key}: {value?.GetType().Name}");
                if (column.Format == ReportFormat.Percent && !column.Key.EndsWith("Change", StringComparison.Ordinal) && value is decimal percent)
                    Assert.InRange(percent, 0, 100);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Every_choice_of_rows_makes_a_table(string name)
    {
        var unit = await NewUnitAsync(dossiers);
        await SampleFacts.AddAsync(dossiers, SampleFacts.Many(40, 5, unit));

        foreach (var by in ReportShelf.ByOf(name))
        {
            var table = await MakeAsync(new ReportRequest(name, null, First, Last, by) { Sight = new ReportSight([unit]) });
            Assert.Equal("code", table.Columns[0].Key);
            Assert.Equal(Dimensions.Title(Dimensions.All[by]), (table.Columns[1].Vi, table.Columns[1].En));
            var codes = table.Rows.Select(r => (string)r[0]!).ToList();
            Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        }
    }

    [Fact]
    public async Task Whoever_makes_a_table_is_checked_as_well()
    {
        var sight = new ReportSight(null);
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        var shelf = scope.ServiceProvider.GetRequiredService<ReportShelf>();

        Assert.Equal("DOS-0825", (await shelf.MakeAsync(new ReportRequest("weather", null, First, Last) { Sight = sight }, Ct)).Error.Code);
        var wrong = (await shelf.MakeAsync(new ReportRequest("waits", "", Last, First, "month") { Sight = sight, Measure = "late", Level = "city" },
            Ct)).Error;
        Assert.Equal("DOS-0826", wrong.Code);
        Assert.Equal(["by", "level", "measure", "to", "unit"],
            wrong.FieldMessages.Select(f => f.Field).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(wrong.FieldMessages, f => Assert.NotEqual(f.Vi, f.En));
    }

    [Fact]
    public async Task Many_reports_at_once_are_the_same_report()
    {
        var unit = await NewUnitAsync(dossiers);
        await SampleFacts.AddAsync(dossiers, SampleFacts.Many(60, 8, unit));
        using var leader = Leader(dossiers, unit);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => leader.GetStringAsync(Address + "period?period=2026-Q1", Ct)));

        Assert.Single(answers.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_report_is_measured_and_traced_by_its_name()
    {
        var unit = await NewUnitAsync(dossiers);
        var scope = dossiers.Factory.Services.GetRequiredService<IMeterFactory>();
        var (measured, traced) = (new List<string?>(), new List<object?>());
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "dossier.report_duration" && ReferenceEquals(instrument.Meter.Scope, scope))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            Assert.True(value >= 0);
            lock (measured)
                measured.Add((string?)tags[0].Value);
        });
        meters.Start();
        using var spans = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "HaLong.Dossier",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                lock (traced)
                {
                    if (a.OperationName == "statistics.report")
                        traced.Add(a.GetTagItem("report.name"));
                }
            },
        };
        ActivitySource.AddActivityListener(spans);

        await ReportAsync(dossiers, unit, "satisfaction?period=2026-03");

        lock (measured)
            Assert.Equal(["satisfaction"], measured);
        lock (traced)
            Assert.Contains("satisfaction", traced);
    }

    [Fact]
    public async Task Days_of_carrying_over_are_days_of_the_calendar()
    {
        // Received on the last day of a month, resolved on the first of the next: carried over exactly once.
        var unit = await NewUnitAsync(dossiers);
        await SampleFacts.AddAsync(dossiers, [Fact(unit, new(2026, 1, 31), new(2026, 2, 1), Punctuality.OnTime)]);

        foreach (var (period, carried, received, open, resolved, toHandOver) in new[] { ("2026-01", 0, 1, 1, 0, 0), ("2026-02", 1, 0, 0, 1, 1),
            ("2026-03", 0, 0, 0, 0, 1) })
        {
            var row = (await ReportAsync(dossiers, unit, $"period?period={period}")).Row(unit);
            Assert.Equal((period, carried, received), (period, row.Count("carriedOver"), row.Count("received")));
            Assert.Equal((open, resolved, toHandOver), (row.Count("stockInProgress"), row.Count("resolved"), row.Count("stockToHandOver")));
            Assert.Equal("ok", row.Text("check"));
        }
    }

    [Fact]
    public async Task Overdue_is_what_is_past_its_day_at_the_end_of_the_period()
    {
        // Due twenty days after receipt: on 30 January.
        var unit = await NewUnitAsync(dossiers);
        await SampleFacts.AddAsync(dossiers, [Fact(unit, new(2026, 1, 10))]);

        foreach (var (to, inLimit, overdue) in new[] { ("2026-01-29", 1, 0), ("2026-01-30", 1, 0), ("2026-01-31", 0, 1) })
        {
            var row = (await ReportAsync(dossiers, unit, $"period?from=2026-01-01&to={to}")).Row(unit);
            Assert.Equal((to, inLimit, overdue), (to, row.Count("inLimit"), row.Count("stockOverdue")));
        }
    }

    [Fact]
    public void A_balance_that_is_out_says_by_how_much()
    {
        var figures = new long[Figures.Measures.Count];
        void Set(Measure measure, long value) => figures[(int)measure] = value;
        Set(Measure.Received, 10);
        Set(Measure.Resolved, 4);
        Set(Measure.StockToHandOver, 4);
        Set(Measure.StockInProgress, 3);
        Assert.Equal("+3", Balance.Check(RowFigures.None with { In = new(figures) }));
        Set(Measure.StockSupplement, 3);
        Assert.Equal("ok", Balance.Check(RowFigures.None with { In = new(figures) }));
        Set(Measure.Withdrawn, 2);
        Assert.Equal("-2", Balance.Check(RowFigures.None with { In = new(figures) }));
        // More results than were handed over or are there: two of them were withdrawn.
        Set(Measure.StockToHandOver, 2);
        Assert.Equal("ok", Balance.Check(RowFigures.None with { In = new(figures) }));
    }

    private async Task<ReportTable> MakeAsync(ReportRequest request)
    {
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<ReportShelf>().MakeAsync(request, Ct)).Value;
    }
}

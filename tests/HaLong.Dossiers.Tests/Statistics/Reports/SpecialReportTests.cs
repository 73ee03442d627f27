using System.Text.Json;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Units;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Reports.ReportDesk;

namespace HaLong.Dossiers.Tests.Statistics.Reports;

/// <summary>Waits, ranking, trend, and the comparison across the reorganisation.</summary>
public sealed class SpecialReportTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateOnly Day = new(2026, 3, 3);

    [Fact]
    public async Task Waits_have_their_percentiles_all_in_all_and_by_group()
    {
        var unit = await NewUnitAsync(dossiers);
        var facts = SampleFacts.Many(200, 3, unit).ToList();
        await SampleFacts.AddAsync(dossiers, facts);
        var (from, to) = (new DateOnly(2026, 2, 1), new DateOnly(2026, 4, 30));
        List<int> Minutes(string? procedure, short kind) => [.. facts.Where(f => procedure is null || f.ProcedureCode == procedure)
            .SelectMany(f => f.StayKinds.Select((k, i) => (k, f.StayEnds[i], f.StayMinutes[i]))).Where(s => s.k == kind && s.Item2 >= from
                && s.Item2 <= to).Select(s => s.Item3).Order()];

        var whole = (await ReportAsync(dossiers, unit, $"waits?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}")).Rows();
        var groups = (await ReportAsync(dossiers, unit, $"waits?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&by=procedure")).Rows();
        var units = (await ReportAsync(dossiers, unit, $"waits?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&by=unit&procedure={Free}")).Rows();

        Assert.Equal(["check", "processing", "whole"], whole.Select(r => r.Text("step")));
        foreach (var (rows, procedure) in new[] { (whole, (string?)null), (groups.FindAll(r => r.Text("code") == Land), Land),
            (groups.FindAll(r => r.Text("code") == Free), Free), (units, Free) })
        {
            foreach (var (step, kind) in new[] { ("check", StayKind.Check), ("processing", StayKind.Processing), ("whole", StayKind.Whole) })
            {
                var (row, minutes) = (rows.Single(r => r.Text("step") == step), Minutes(procedure, kind));
                var p90 = minutes[(int)Math.Ceiling(minutes.Count * 0.9) - 1];
                var p50 = minutes[(int)Math.Ceiling(minutes.Count * 0.5) - 1];
                Assert.Equal(minutes.Count, row.Count("count"));
                // Percentiles of cubes are exact to their bucket.
                Assert.InRange(row.Count("p50Minutes"), p50, (p50 * 1.03) + 1);
                Assert.InRange(row.Count("p90Minutes"), p90, (p90 * 1.03) + 1);
                Assert.Equal(Math.Round(row.Count("p90Minutes") / 480m, 2, MidpointRounding.AwayFromZero), row.Percent("p90Days"));
            }
        }

        Assert.All(units, r => Assert.Equal((unit, $"Đơn vị {unit}"), (r.Text("code"), r.Text("name"))));
        Assert.Empty((await ReportAsync(dossiers, unit, "waits?period=2024&by=field")).Rows());
    }

    [Fact]
    public async Task Units_are_ranked_with_ties_and_few_dossiers_marked()
    {
        var above = await NewUnitAsync(dossiers);
        string[] units = [await NewUnitAsync(dossiers, above), await NewUnitAsync(dossiers, above), await NewUnitAsync(dossiers, above),
            await NewUnitAsync(dossiers, above)];
        DossierFact Resolved(int unit, string legal) => Fact(units[unit], Day, Day.AddDays(1), legal);
        await SampleFacts.AddAsync(dossiers,
        [
            .. Several(10, () => Resolved(0, Punctuality.OnTime)), .. Several(10, () => Resolved(0, Punctuality.Late)),
            .. Several(2, () => Resolved(1, Punctuality.Early)), .. Several(2, () => Resolved(1, Punctuality.Late)),
            .. Several(24, () => Resolved(2, Punctuality.Early)), Resolved(2, Punctuality.Late), Fact(units[3], Day),
        ]);

        var ranking = await ReportAsync(dossiers, above, "ranking?period=2026-03");

        Assert.Equal("Xếp hạng đơn vị: Tỷ lệ trước và đúng hạn (%)", ranking.Text("title"));
        var tied = new[] { units[0], units[1] }.Order(StringComparer.Ordinal).ToList();
        Assert.Equal([units[2], .. tied, units[3]], ranking.Rows().Select(r => r.Text("code")));
        Assert.Equal([1, 2, 2], ranking.Rows().Take(3).Select(r => r.Count("rank")));
        Assert.Equal((96m, 24L, 25L, null), (ranking.Row(units[2]).Percent("value"), ranking.Row(units[2]).Count("part"), ranking.Row(units[2]).Count("of"),
            ranking.Row(units[2]).Text("few")));
        Assert.Equal(("ít hồ sơ", 50m), (ranking.Row(units[1]).Text("few"), ranking.Row(units[1]).Percent("value")));
        Assert.Null(ranking.Row(units[0]).Text("few"));
        Assert.Equal((JsonValueKind.Null, null), (ranking.Row(units[3]).GetProperty("rank").ValueKind, ranking.Row(units[3]).Percent("value")));

        var late = (await ReportAsync(dossiers, above, "ranking?period=2026-03&measure=late")).Rows();
        Assert.Equal([(units[3], 0L), (units[2], 1L), (units[1], 2L), (units[0], 10L)], late.Select(r => (r.Text("code")!, r.Count("value"))));
        Assert.All(late, r => Assert.Equal(JsonValueKind.Null, r.GetProperty("of").ValueKind));
    }

    [Fact]
    public async Task Months_stand_beside_the_same_days_of_the_year_before()
    {
        var unit = await NewUnitAsync(dossiers);
        await SampleFacts.AddAsync(dossiers,
        [
            .. Several(4, () => Fact(unit, new(2025, 2, 10), source: IntakeSource.Counter)), .. Several(6, () => Fact(unit, new(2025, 2, 20))),
            .. Several(9, () => Fact(unit, new(2026, 2, 10))), .. Several(1, () => Fact(unit, new(2026, 2, 10), source: IntakeSource.Counter)),
            .. Several(7, () => Fact(unit, new(2026, 4, 1))),
        ]);

        var trend = await ReportAsync(dossiers, unit, "trend?from=2026-01-15&to=2026-04-30");
        Assert.Equal(["2026-01", "2026-02", "2026-03", "2026-04"], trend.Rows().Select(r => r.Text("month")));
        var february = trend.Rows()[1];
        Assert.Equal((10L, 10L, 0L), (february.Count("received"), february.Count("receivedYearBefore"), february.Count("receivedChange")));
        Assert.Equal((90m, 9L, 10L, 60m, 6L, 10L, 30m), (february.Percent("onlineShare"), february.Count("onlineSharePart"), february.Count("onlineShareOf"),
            february.Percent("onlineShareYearBefore"),
            february.Count("onlineSharePartYearBefore"), february.Count("onlineShareOfYearBefore"), february.Percent("onlineShareChange")));
        Assert.Null(february.Percent("inTimeShare"));
        Assert.Null(trend.Rows()[3].Percent("onlineShareChange"));
        Assert.Equal(7, trend.Rows()[3].Count("receivedChange"));

        // Half a month is compared with half a month; stocks are those at the end of each.
        var half = (await ReportAsync(dossiers, unit, "trend?from=2026-02-01&to=2026-02-15&measure=received,stockInProgress")).Rows().Single();
        Assert.Equal((10L, 4L, 20L, 4L), (half.Count("received"), half.Count("receivedYearBefore"), half.Count("stockInProgress"),
            half.Count("stockInProgressYearBefore")));
    }

    [Fact]
    public async Task Former_units_count_for_their_successors_and_divided_ones_for_nobody()
    {
        await dossiers.InDbAsync(async db =>
        {
            foreach (var (id, code, name) in new[] { ("06655@2020-01-01", "06655", "Phường Hà Khẩu"), ("06652@2025-07-01", "06652", "Phường Hà Tu") })
                db.Add(new StatisticsUnit { Id = id, Code = code, NameVi = name, NameEn = name, Level = "commune", ParentCode = "22" });
            return await db.SaveChangesAsync(Ct);
        });
        DateOnly before = new(2024, 8, 5), after = new(2025, 8, 5);
        await SampleFacts.AddAsync(dossiers,
        [
            // Hà Phong had the code that Hà Tu has now; Hà Tu had 06664. Both are Hà Tu now.
            .. Several(3, () => Fact("06652", before, before.AddDays(3), unitId: "06652@2020-01-01")),
            .. Several(4, () => Fact("06664", before, before.AddDays(3), unitId: "06664@2020-01-01", source: IntakeSource.Counter)),
            .. Several(20, () => Fact("06652", after, after.AddDays(2), unitId: "06652@2025-07-01")),
            .. Several(5, () => Fact("06655", before, before.AddDays(30), Punctuality.Late, unitId: "06655@2020-01-01")),
            .. Several(2, () => Fact("06999", before)),
        ]);

        var report = await GetAsync(dossiers.Official(Roles.Auditor, "22"), Address + "reorganisation?period=2025-Q3");

        var successor = report.Row("06652");
        Assert.Equal(("mapped", "06652@2020-01-01, 06664@2020-01-01", 7L, 20L),
            (successor.Text("state"), successor.Text("from"), successor.Count("receivedBefore"), successor.Count("receivedAfter")));
        Assert.Equal((42.86m, 3L, 7L, 100m), (successor.Percent("onlineShareBefore"), successor.Count("onlineSharePartBefore"),
            successor.Count("onlineShareOfBefore"), successor.Percent("onlineShareAfter")));
        var divided = report.Row("06655");
        Assert.Equal(("notDivisible", "Phường Hà Khẩu", 5L, 0L, 0m),
            (divided.Text("state"), divided.Text("name"), divided.Count("receivedBefore"), divided.Count("receivedAfter"),
                divided.Percent("inTimeShareBefore")));
        Assert.True(divided.Text("among")!.Split(", ").Length > 1);
        Assert.Equal(("notKnown", 2L), (report.Row("06999").Text("state"), report.Row("06999").Count("receivedBefore")));
        Assert.DoesNotContain(report.Rows(), r => r.Text("code") == "06664");
        Assert.Equal((14L, 20L), (report.Totals().Count("receivedBefore"), report.Totals().Count("receivedAfter")));
        Assert.Contains("01/07/2024 – 30/09/2024", report.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);

        // Who leads one of the parts sees the divided unit, but not in the total; who leads another ward sees nothing.
        var part = divided.Text("among")!.Split(", ")[0];
        var own = await ReportAsync(dossiers, part, "reorganisation?period=2025-Q3");
        Assert.Equal((5L, 0L, 4), (own.Row("06655").Count("receivedBefore"), own.Totals().Count("receivedBefore"), own.GetProperty("notes").GetArrayLength()
            + 1));
        Assert.Equal(7, (await ReportAsync(dossiers, "06652", "reorganisation?period=2025-Q3")).Totals().Count("receivedBefore"));
        Assert.DoesNotContain((await ReportAsync(dossiers, "06676", "reorganisation?period=2025-Q3")).Rows(), r => r.Text("state") == "mapped");

        dossiers.Neighbours.IdentityDown = true;
        try
        {
            using var down = await dossiers.Official(Roles.Auditor, "22").GetAsync(Address + "reorganisation?period=2025-Q3", Ct);
            Assert.Equal(503, (int)down.StatusCode);
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
    }
}

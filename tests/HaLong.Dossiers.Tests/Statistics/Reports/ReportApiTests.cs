using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Reports;
using HaLong.Dossiers.Statistics.Waits;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Reports.ReportDesk;

namespace HaLong.Dossiers.Tests.Statistics.Reports;

/// <summary>Who may ask for reports, how, and what an empty answer looks like.</summary>
public sealed class ReportApiTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Overview = "/api/v1/statistics/overview";
    private static readonly DateOnly Day = new(2026, 3, 3);

    [Fact]
    public async Task Everybody_sees_what_is_theirs_and_below()
    {
        var above = await NewUnitAsync(dossiers);
        var (own, other) = (await NewUnitAsync(dossiers, above), await NewUnitAsync(dossiers, above));
        await SampleFacts.AddAsync(dossiers, [.. Several(2, () => Fact(own, Day)), .. Several(3, () => Fact(other, Day)), .. Several(4, () => Fact(above, Day))]);
        async Task<long> Seen(HttpClient client, string query = "") =>
            (await GetAsync(client, Address + "intake?by=unit&period=2026-03" + query)).Totals().Count("received");

        foreach (var role in new[] { Roles.Leader, Roles.Chief, Roles.Approver })
        {
            Assert.Equal((2, 9), (await Seen(dossiers.Official(role, own)), await Seen(dossiers.Official(role, above))));
            Assert.Equal(3, await Seen(dossiers.Official(role, above), $"&unit={other}"));
            foreach (var path in new[] { Address + "intake", Address + "waits", Address + "ranking", Address + "trend", Address + "period", Overview })
            {
                await RefusedAsync(await dossiers.Official(role, own).GetAsync($"{path}?unit={other}", Ct), 403, "DOS-0803");
                await RefusedAsync(await dossiers.Official(role, own).GetAsync($"{path}?unit={above}", Ct), 403, "DOS-0803");
            }
        }

        foreach (var role in new[] { Roles.Auditor, Roles.Administrator })
        {
            Assert.Equal((2, 9), (await Seen(dossiers.Official(role, other), $"&unit={own}"), await Seen(dossiers.Official(role, other), $"&unit={above}")));
            Assert.True(await Seen(dossiers.Official(role, other)) >= 9);
        }

        foreach (var role in new[] { Roles.Reception, Roles.Officer, Roles.Cashier })
        {
            await RefusedAsync(await dossiers.Official(role, own).GetAsync(Address + "intake", Ct), 403, "CMN-0403");
            await RefusedAsync(await dossiers.Official(role, own).GetAsync(Overview, Ct), 403, "CMN-0403");
        }

        foreach (var path in new[] { "/api/v1/statistics/reports", Address + "intake", Overview })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await dossiers.Citizen().GetAsync(path, Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await dossiers.Factory.Client().GetAsync(path, Ct)).StatusCode);
        }

        // A schedule says whose figures; nobody calls.
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        var shelf = scope.ServiceProvider.GetRequiredService<ReportShelf>();
        var request = new ReportRequest("intake", null, new(2026, 3, 1), new(2026, 3, 31), "unit");
        var table = (await shelf.MakeAsync(request with { Sight = new ReportSight([own, other]) }, Ct)).Value;
        Assert.Equal(5L, table.Totals![table.Columns.ToList().FindIndex(c => c.Key == "received")]);
        Assert.Equal("CMN-0403", (await shelf.MakeAsync(request, Ct)).Error.Code);
        Assert.True((await shelf.MakeAsync(request with { Sight = new ReportSight(null) }, Ct)).Value.Rows.Count >= 3);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var leader = Leader(dossiers, await NewUnitAsync(dossiers));
        async Task<string[]> Wrong(string query) =>
            [.. (await RefusedAsync(await leader.GetAsync(query, Ct), 400, "DOS-0826")).GetProperty("errors").EnumerateObject().Select(f =>
                f.Name).Order(StringComparer.Ordinal)];

        Assert.Equal(
            ["by", "field", "from", "hand", "level", "measure", "on", "procedure", "source", "to", "unit"],
            await Wrong(Address + "intake?from=x&to=y&by=colour&measure=late&unit=a%20b&procedure=%3B&field=%27&level=city&source=fax&hand=left&on=today"));
        Assert.Equal(["period"], await Wrong(Address + "trend?period=2026-13"));
        Assert.Equal(["period"], await Wrong(Address + "trend?period=2026&from=2026-01-01"));
        Assert.Equal(["to"], await Wrong(Address + "trend?from=2026-01-01"));
        Assert.Equal(["to"], await Wrong(Address + "trend?from=2020-01-01&to=2025-01-01"));
        Assert.Equal(["from"], await Wrong(Address + "period?period=2199"));
        Assert.Equal(["measure"], await Wrong(Address + "ranking?measure=beauty"));
        Assert.Equal(["measure"], await Wrong(Address + "ranking?measure=late,early"));
        Assert.Equal(["measure"], await Wrong(Address + "trend?measure=late,late"));
        Assert.Equal(["measure"], await Wrong(Address + "trend?measure=,"));
        Assert.Equal(["field", "source"], await Wrong(Address + "waits?field=LAND&source=post"));
        Assert.Equal(["by"], await Wrong(Address + "ranking?by=unit"));
        Assert.Equal(["on"], await Wrong(Address + "intake?on=2025-07-01"));
        Assert.Equal(["from"], await Wrong(Address + "reorganisation?from=2025-06-30&to=2025-07-31"));
        Assert.Equal(["hand"], await Wrong(Address + "helpers?hand=self"));
        Assert.Equal(["period"], await Wrong(Overview + "?period=Q1"));
        Assert.Equal(["unit"], await Wrong(Overview + "?unit=%25"));
        await RefusedAsync(await leader.GetAsync(Address + "weather?by=colour", Ct), 404, "DOS-0825");
    }

    [Fact]
    public async Task Nothing_to_tell_is_an_empty_report()
    {
        var unit = await NewUnitAsync(dossiers);
        foreach (var name in ReportShelf.Names.Except(["trend"]))
        {
            var report = await ReportAsync(dossiers, unit, name + "?period=2026-02");
            Assert.Equal((name, 0, "2026-02-01", "2026-02-28"), (report.Text("name"), report.Rows().Count, report.Text("from"), report.Text("to")));
            if (report.Totals() is not { ValueKind: JsonValueKind.Object } totals)
                continue;
            Assert.All(report.GetProperty("columns").EnumerateArray().Where(c => c.Text("format") == "percent"),
                c => Assert.Null(totals.Percent(c.Text("key")!)));
        }

        Assert.Equal("ok", (await ReportAsync(dossiers, unit, "period?period=2026-02")).Totals().Text("check"));
        var trend = (await ReportAsync(dossiers, unit, "trend?period=2026-Q1")).Rows();
        Assert.Equal((3, 0L, 0L), (trend.Count, trend[0].Count("received"), trend[2].Count("receivedChange")));
    }

    [Fact]
    public async Task Reports_speak_both_languages_and_say_that_a_period_is_not_over()
    {
        var unit = await NewUnitAsync(dossiers);
        await SampleFacts.AddAsync(dossiers, [Fact(unit, Day)]);
        using var english = Leader(dossiers, unit);
        english.DefaultRequestHeaders.Add("Accept-Language", "en");

        var (vi, en) = (await ReportAsync(dossiers, unit, "intake?by=source&period=2026-03"),
            await GetAsync(english, Address + "intake?by=source&period=2026-03"));
        Assert.Equal(("Tình hình tiếp nhận hồ sơ", "Intake of dossiers"), (vi.Text("title"), en.Text("title")));
        Assert.Equal(("Biểu mẫu trực tuyến của thành phố", "The city's own online form"), (vi.Rows()[0].Text("name"), en.Rows()[0].Text("name")));
        Assert.Equal(("Nguồn tiếp nhận", "Source"), (vi.GetProperty("columns")[1].Text("title"), en.GetProperty("columns")[1].Text("title")));
        foreach (var (by, name) in new[] { ("field", "Land"), ("level", "Commune"), ("hand", "The applicant"), ("unit", $"Unit {unit}"), ("helper", "–"),
            ("month", "2026-03") })
            Assert.Equal((by, name), (by, (await GetAsync(english, $"{Address}intake?by={by}&period=2026-03")).Rows()[0].Text("name")));
        Assert.NotEqual(Land, (await GetAsync(english, Address + "intake?by=procedure&period=2026-03")).Rows()[0].Text("name"));

        var list = (await GetAsync(english, "/api/v1/statistics/reports")).EnumerateArray().ToList();
        Assert.Equal([.. ReportShelf.Names, "register"], list.Select(r => r.Text("name")!));
        Assert.Equal(("Register of dossiers", "/api/v1/admin/register"), (list[^1].Text("title"), list[^1].Text("href")));
        Assert.Contains(list.Single(r => r.Text("name") == "ranking").GetProperty("measures").EnumerateArray(), m => m.Text("key") == "onlineShare"
            && m.GetProperty("share").GetBoolean());
        foreach (var item in list.SkipLast(1))
            await GetAsync(english, item.Text("href")! + "?period=2026-03");

        // Until today, and the stocks of today: what is due later is not overdue yet.
        var today = LocalTime.Date(TimeProvider.System.GetUtcNow());
        await SampleFacts.AddAsync(dossiers, [Fact(unit, today.AddDays(-1), source: IntakeSource.App)]);
        var year = await ReportAsync(dossiers, unit, $"period?from={today.AddDays(-3):yyyy-MM-dd}&to={today.AddDays(60):yyyy-MM-dd}");
        Assert.Equal((1L, 0L), (year.Row(unit).Count("inLimit"), year.Row(unit).Count("receivedDirect")));
        Assert.Contains("Kỳ chưa kết thúc", year.GetProperty("notes").EnumerateArray().Last().GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-12")]
    [InlineData("2025-Q4")]
    [InlineData("2025")]
    public async Task The_overview_of_a_period_tells_what_its_report_does(string period)
    {
        var unit = await NewUnitAsync(dossiers);
        await SampleFacts.AddAsync(dossiers, Enumerable.Range(0, 60).Select(i =>
            Fact(unit, new DateOnly(2025, 1, 1).AddDays(i * 7), i % 3 == 0 ? null : new DateOnly(2025, 1, 1).AddDays(i * 7 + 9))));

        var view = await GetAsync(Leader(dossiers, unit), $"{Overview}?period={period}");
        var totals = (await ReportAsync(dossiers, unit, $"period?period={period}")).Totals();

        foreach (var measure in new[] { "received", "resolved" })
            Assert.Equal((measure, totals.Count(measure)), (measure, view.GetProperty("period").Count(measure)));
        Assert.Equal(totals.Count("stockInProgress"), view.GetProperty("stock").Count("inProgress"));
        Assert.Equal(totals.Count("received"), view.GetProperty("months").EnumerateArray().Where(m =>
            string.CompareOrdinal(m.Text("month"), view.Text("from")![..7]) >= 0).Sum(m => m.GetProperty("figures").Count("received")));
    }

    [Fact]
    public async Task The_overview_is_what_a_leader_sees_first()
    {
        var unit = await NewUnitAsync(dossiers);
        DossierFact Slow(string procedure, int minutes) => Fact(unit, new(2026, 3, 10), new(2026, 3, 20), procedure: procedure, minutes: minutes);
        await SampleFacts.AddAsync(dossiers,
        [
            .. Enumerable.Range(1, 7).SelectMany(p => Several(5, () => Slow($"P.{p}", p * 480))), .. Several(4, () => Slow("P.RARE", 99_999)),
            .. Several(3, () => Fact(unit, new(2026, 3, 31), source: IntakeSource.Counter)), .. Several(2, () => Fact(unit, new(2026, 2, 1))),
            .. Several(6, () => Fact(unit, new(2025, 4, 2))),
        ]);

        var view = await GetAsync(Leader(dossiers, unit), Overview + "?period=2026-Q1");

        Assert.Equal(("2026-03-31", "2026-01-01"), (view.Text("day"), view.Text("from")));
        Assert.Equal((3L, 0m, 0L), (view.GetProperty("today").Count("received"), view.GetProperty("today").Percent("onlineShare"),
            view.GetProperty("today").Count("resolved")));
        Assert.Equal((42L, 39L, 100m), (view.GetProperty("month").Count("received"), view.GetProperty("month").Count("resolved"),
            view.GetProperty("month").Percent("inTimeShare")));
        Assert.Equal((44L, 41L), (view.GetProperty("period").Count("received"), view.GetProperty("period").Count("receivedOnline")));
        Assert.Equal((11L, 39L), (view.GetProperty("stock").Count("inProgress"), view.GetProperty("stock").Count("toHandOver")));
        Assert.Equal((8L, 8L, 72.73m), (view.GetProperty("overdue").Count("legal"), view.GetProperty("overdue").Count("statistical"),
            view.GetProperty("overdue").Percent("share")));
        var months = view.GetProperty("months").EnumerateArray().ToList();
        Assert.Equal((12, "2025-04", "2026-03", 6L, 42L), (months.Count, months[0].Text("month"), months[^1].Text("month"),
            months[0].GetProperty("figures").Count("received"), months[^1].GetProperty("figures").Count("received")));
        var slowest = view.GetProperty("slowest").EnumerateArray().ToList();
        Assert.Equal(["P.7", "P.6", "P.5", "P.4", "P.3"], slowest.Select(s => s.Text("code")));
        // Exact to their bucket.
        var p50 = WaitBuckets.Upper(WaitBuckets.Of(3360));
        Assert.InRange(p50, 3360, 3360 * 1.03);
        Assert.Equal((5L, p50, Percent.Days(p50)), (slowest[0].Count("count"), slowest[0].Count("p50Minutes"), slowest[0].Percent("p50Days")));

        var empty = await GetAsync(Leader(dossiers, await NewUnitAsync(dossiers)), Overview);
        Assert.Equal((0L, 12, 0), (empty.GetProperty("stock").Count("new"), empty.GetProperty("months").GetArrayLength(),
            empty.GetProperty("slowest").GetArrayLength()));
    }
}

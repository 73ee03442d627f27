using System.Diagnostics.Metrics;
using HaLong.Payments.Features;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>Who runs, reads and explains; what the platform does by itself.</summary>
[Collection(AtTheCounter.Name)]
public sealed class ReconciliationDeskTests(PaymentFixture fixture)
{
    private readonly Imports papers = new(fixture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_come_by_result_page_by_page_and_as_csv()
    {
        var (_, told) = await papers.ToldAsync();
        await (await papers.ImportAsync(papers.Statement((told, 150_000, "x"), ("=1+1", -5, "x"), ("N2", -6, "=cmd"), ("N3", -7, "x")))).JsonAsync(201);
        var run = await papers.RunAsync();
        var url = $"/api/v1/reconciliations/{run.GetProperty("id").GetGuid()}";

        var first = await (await papers.Cashier.GetAsync(url + "/lines?result=missingAtUs&limit=2", Ct)).JsonAsync();
        var second = await (await papers.Cashier.GetAsync($"{url}/lines?result=missingAtUs&limit=2&after={Uri.EscapeDataString(first.GetProperty("after").GetString()!)}", Ct)).JsonAsync();
        var csv = (await (await papers.Cashier.GetAsync(url + "/lines.csv", Ct)).Content.ReadAsStringAsync(Ct)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal((2, 1, null), (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength(), second.GetProperty("after").GetString()));
        Assert.Equal(5, csv.Length);
        Assert.Contains(csv, r => r.Contains("\"'=1+1\"", StringComparison.Ordinal));
        Assert.Contains(csv, r => r.Contains("\"'=CMD\"", StringComparison.Ordinal));
        Assert.Equal(1, (await papers.Cashier.GetStringAsync(url + "/lines.csv?result=matched", Ct)).Split("\r\n").Count(r => r.Contains(told, StringComparison.Ordinal)));
        foreach (var path in new[] { "/lines", "/lines.csv" })
        {
            await (await papers.Cashier.GetAsync(url + path + "?result=lost", Ct)).IsProblemAsync(400, "PAY-0808");
            await (await papers.Cashier.GetAsync($"/api/v1/reconciliations/{Guid.CreateVersion7()}{path}", Ct)).IsProblemAsync(404, "PAY-0807");
        }
        await (await papers.Cashier.GetAsync(url + "/lines?limit=0", Ct)).IsProblemAsync(400, "CMN-0400");
        foreach (var after in new[] { "x", Cursor.Encode("one") })
            await (await papers.Cashier.GetAsync($"{url}/lines?after={after}", Ct)).IsProblemAsync(400, "CMN-0400");
    }

    [Fact]
    public async Task Lines_are_seen_by_their_unit_and_auditors()
    {
        var (_, told) = await papers.ToldAsync();
        await (await papers.ImportAsync(papers.Statement((told, 150_000, "x"), ("nobodys" + told, 5, "x")))).JsonAsync(201);
        var run = await papers.RunAsync();

        Assert.Equal(2, (await papers.LinesAsync(run)).Count);
        Assert.Equal(2, (await papers.LinesAsync(run, client: fixture.Official(Roles.Leader))).Count);
        Assert.Equal(2, (await papers.LinesAsync(run, client: fixture.Official(Roles.Auditor, "99999"))).Count);
        Assert.Equal(["nobodys" + told], (await papers.LinesAsync(run, client: fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount))).Keys);
        var url = $"/api/v1/reconciliations/{run.GetProperty("id").GetGuid()}";
        foreach (var path in new[] { "/api/v1/reconciliations", url, url + "/lines", url + "/lines.csv" })
        {
            await (await fixture.Official(Roles.Officer).GetAsync(path, Ct)).IsProblemAsync(403, "PAY-0801");
            await (await fixture.Citizen(Guid.CreateVersion7()).GetAsync(path, Ct)).IsProblemAsync(403, "CMN-0403");
            await (await fixture.Anybody().GetAsync(path, Ct)).IsProblemAsync(401, "CMN-0401");
        }
        Assert.Equal(run.GetProperty("answerHash").GetString(), (await (await fixture.Official(Roles.Leader).GetAsync(url, Ct)).JsonAsync()).GetProperty("answerHash").GetString());
        await (await papers.Cashier.GetAsync($"/api/v1/reconciliations/{Guid.CreateVersion7()}", Ct)).IsProblemAsync(404, "PAY-0807");
    }

    [Fact]
    public async Task Only_a_day_that_is_over_is_reconciled_by_cashiers()
    {
        await (await papers.TryRunAsync(Imports.Iso(LocalTime.Date(fixture.Time.GetUtcNow())))).IsProblemAsync(400, "PAY-0806");
        await (await papers.TryRunAsync("30/11/2026")).IsProblemAsync(400, "PAY-0105");
        foreach (var role in new[] { Roles.Leader, Roles.Auditor, Roles.Officer })
            await (await papers.TryRunAsync(client: fixture.Official(role))).IsProblemAsync(403, "CMN-0403");
        await (await papers.TryRunAsync(client: fixture.Anybody())).IsProblemAsync(401, "CMN-0401");
        await (await papers.Cashier.GetAsync("/api/v1/reconciliations?day=x", Ct)).IsProblemAsync(400, "PAY-0105");
        await (await papers.Cashier.GetAsync("/api/v1/reconciliations?limit=0", Ct)).IsProblemAsync(400, "CMN-0400");
        await (await papers.Cashier.GetAsync("/api/v1/reconciliations?after=x", Ct)).IsProblemAsync(400, "CMN-0400");
    }

    [Fact]
    public async Task A_difference_is_explained_once_with_evidence()
    {
        var (_, told) = await papers.ToldAsync();
        await (await papers.ImportAsync(papers.Statement((told, 150_000, "x"), ("F1", -3_300, "phi")))).JsonAsync(201);
        var run = await papers.RunAsync();
        var lines = await papers.LinesAsync(run);
        string Url(string line) => $"/api/v1/reconciliations/{run.GetProperty("id").GetGuid()}/lines/{lines[line].GetProperty("number").GetInt32()}/explanation";
        var (counter, body) = (new Cash.Counter(fixture), new { reason = "phí tài khoản", evidence = "sổ phụ" });

        await (await counter.PostAsync(Url("F1"), new { reason = " " })).IsProblemAsync(400, "PAY-0809");
        await (await counter.PostAsync(Url(told), body)).IsProblemAsync(409, "PAY-0810");
        await (await counter.PostAsync(Url(told), body, fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount))).IsProblemAsync(404, "PAY-0807");
        await (await counter.PostAsync(Url("F1") + "x", body)).IsProblemAsync(404, "CMN-0404");
        await (await counter.PostAsync(Url("F1"), body, counter.Leader)).IsProblemAsync(403, "CMN-0403");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => counter.PostAsync(Url("F1"), body)));

        Assert.Single(answers, a => a.StatusCode == System.Net.HttpStatusCode.NoContent);
        await answers.First(a => a.StatusCode != System.Net.HttpStatusCode.NoContent).IsProblemAsync(409, "PAY-0810");
        Assert.Equal("phí tài khoản", (await papers.LinesAsync(run))["F1"].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task The_platform_reconciles_a_day_by_itself_in_the_morning_once_its_statement_is_there()
    {
        var sweep = fixture.Service.Services.GetRequiredService<PaymentSweep>();
        var day = LocalTime.Date(fixture.Time.GetUtcNow());
        var (_, told) = await papers.ToldAsync(day: day);
        MoveTo(day.AddDays(1), new TimeOnly(5, 0));
        await (await papers.ImportAsync(Imports.StatementOf(day, (told, 150_000, "x"), ("W-" + told, -11, "x")))).JsonAsync(201);
        await sweep.RunAsync(Ct);
        Assert.False(await RanAsync(day));
        MoveTo(day.AddDays(1), new TimeOnly(6, 5));

        await Task.WhenAll(sweep.RunAsync(Ct), sweep.RunAsync(Ct));
        await sweep.RunAsync(Ct);

        var run = await fixture.QueryAsync(db => db.Reconciliations.AsNoTracking().SingleAsync(r => r.Day == day, Ct));
        Assert.Null(run.RunBy);
        Assert.Equal(1, run.Version);
        Assert.True(run.Matched >= 1);
        var before = Differences();
        await new Cash.Counter(fixture).PostAsync(
            $"/api/v1/reconciliations/{run.Id}/lines/{await fixture.QueryAsync(db => db.ReconciliationLines.Where(l => l.RunId == run.Id && l.BankReference == "W-" + told).Select(l => l.Number).SingleAsync(Ct))}/explanation",
            new { reason = "x", evidence = "y" });
        await sweep.RunAsync(Ct);
        Assert.Equal(before - 1, Differences());
    }

    private Task<bool> RanAsync(DateOnly day) => fixture.QueryAsync(db => db.Reconciliations.AnyAsync(r => r.Day == day, Ct));

    private void MoveTo(DateOnly day, TimeOnly local) => fixture.Time.Advance(LocalTime.Instant(day, local) - fixture.Time.GetUtcNow());

    /// <summary>The gauge of this host; other hosts of the test run have no differences.</summary>
    private static long Differences()
    {
        var most = 0L;
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Name == "payment.reconciliation.differences") l.EnableMeasurementEvents(i); } };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => most = Math.Max(most, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return most;
    }
}

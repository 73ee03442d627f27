using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>What three sides say about the money of a day, and what follows.</summary>
[Collection(AtTheCounter.Name)]
public sealed class ReconciliationTests(PaymentFixture fixture)
{
    private readonly Imports papers = new(fixture);
    private readonly Cases.Desk desk = new(fixture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_result_of_a_day()
    {
        var ((_, same), (byText, other), (_, nowhere), (_, less)) = (await papers.ToldAsync(), await papers.ToldAsync(), await papers.ToldAsync(), await papers.ToldAsync());
        var (twice, first) = await papers.ToldAsync();
        var (_, second) = await papers.ToldAsync(payment: twice);
        var untold = await fixture.PendingAsync();
        await (await papers.ImportAsync(papers.Statement(
            (same, 150_000, "x"), ("E-2", 150_000, "thanh toan " + byText.Reference), (less, 140_000, "x"), (first, 150_000, "x"), (second, 150_000, "x"),
            ("E-6", 150_000, untold.Reference), ("E-7", 150_000, byText.Reference), ("E-8", 7, "ai do"), ("E-9", -3_300, "phi ngan hang")))).JsonAsync(201);

        var run = await papers.RunAsync();

        var lines = await papers.LinesAsync(run);
        Assert.Equal(
            new Dictionary<string, string>
            {
                [same] = "matched",
                [other] = "matched",
                [nowhere] = "missingAtBank",
                [less] = "amountDiff",
                [first] = "matched",
                [second] = "duplicate",
                ["E-6"] = "missingAtUs",
                ["E-7"] = "duplicate",
                ["E-8"] = "missingAtUs",
                ["E-9"] = "missingAtUs",
            },
            lines.ToDictionary(l => l.Key, l => Imports.Result(l.Value)));
        Assert.Equal((3, 3, 0, 1, 1, 2), (Count(run, "matched"), Count(run, "missingAtUs"), Count(run, "missingAtProvider"), Count(run, "missingAtBank"), Count(run, "amountDiff"), Count(run, "duplicate")));
        Assert.Equal((900_000L, 900_000L, (6L * 150_000) + 140_000 + 7 - 3_300), (run.GetProperty("ours").GetInt64(), run.GetProperty("provider").GetInt64(), run.GetProperty("bank").GetInt64()));
        Assert.Empty(run.GetProperty("withoutStatement").EnumerateArray());
        Assert.Equal("debit", lines["E-9"].GetProperty("kind").GetString());
        foreach (var reference in new[] { "E-6", "E-7", "E-8" })
            Assert.Equal((await papers.CaseAsync(reference))!.Id, lines[reference].GetProperty("caseId").GetGuid());
        Assert.Equal((await papers.CaseAsync(second))!.Id, lines[second].GetProperty("caseId").GetGuid());
        Assert.Null(await papers.CaseAsync("E-9"));
    }

    [Fact]
    public async Task Money_that_nobody_told_of_is_a_case_once_pays_by_decision_and_the_answer_stays_the_same()
    {
        var untold = await fixture.PendingAsync();
        var reference = "U-" + untold.Reference;
        await (await papers.ImportAsync(papers.Statement((reference, 150_000, untold.Reference)))).JsonAsync(201);

        var run = await papers.RunAsync();
        var of = (await papers.CaseAsync(reference))!;
        Assert.Equal((CaseKind.NotTold, CaseDecision.Accept, untold.Id), (of.Kind, of.Proposal, of.PaymentId));
        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(untold)).State);
        foreach (var decision in new[] { "accept", "refund" })
            await (await desk.DecideAsync(of, decision, payee: Cases.Desk.Payee, client: papers.Cashier)).IsProblemAsync(409, "PAY-0812");
        await (await desk.DecideAsync(of, "accept")).JsonAsync();
        Assert.Equal(PaymentState.Settled, (await fixture.ReloadAsync(untold)).State);

        var again = await papers.RunAsync(200);
        Assert.Equal((run.GetProperty("id").GetGuid(), run.GetProperty("answerHash").GetString()), (again.GetProperty("id").GetGuid(), again.GetProperty("answerHash").GetString()));
        Assert.Equal(1, await fixture.QueryAsync(db => db.Notices.CountAsync(n => n.EventId == reference, Ct)));

        // The bank tells after all: recognised by its number, booked no second time.
        (await fixture.NotifyAsync(PaymentFixture.Body(untold, reference))).EnsureSuccessStatusCode();
        var late = await fixture.HandlingAsync(reference, original: false);
        Assert.Equal(MismatchReason.AlteredNotice, late!.Reason);
        Assert.Equal(new Dictionary<string, long> { ["bank"] = 150_000, ["due"] = -150_000 }, await desk.BooksAsync(untold));
    }

    [Fact]
    public async Task New_inputs_give_a_new_version_and_the_old_one_is_kept()
    {
        var (_, told) = await papers.ToldAsync();
        var first = await papers.RunAsync();
        Assert.Equal("missingAtBank", Imports.Result((await papers.LinesAsync(first))[told]));
        Assert.Equal([Imports.Scope], first.GetProperty("withoutStatement").EnumerateArray().Select(s => s.GetString()));
        await (await papers.ImportAsync(papers.Statement((told, 150_000, "x")))).JsonAsync(201);

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => papers.TryRunAsync()));

        var second = (await Task.WhenAll(runs.Select(async r => System.Text.Json.JsonDocument.Parse(await r.Content.ReadAsStringAsync(Ct)).RootElement)))
            .DistinctBy(r => r.GetProperty("id").GetGuid()).Single();
        Assert.Single(runs, r => r.StatusCode == System.Net.HttpStatusCode.Created);
        Assert.Equal(2, second.GetProperty("version").GetInt32());
        Assert.Equal("matched", Imports.Result((await papers.LinesAsync(second))[told]));
        Assert.Equal("missingAtBank", Imports.Result((await papers.LinesAsync(first))[told]));
        var listed = await (await papers.Cashier.GetAsync($"/api/v1/reconciliations?day={Imports.Iso(papers.Day)}", Ct)).JsonAsync();
        Assert.Equal([2, 1], listed.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("version").GetInt32()));
        foreach (var sql in new[] { "UPDATE reconciliation_line SET ours = 1", "DELETE FROM reconciliation_run" })
            await Assert.ThrowsAnyAsync<Exception>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct)));
    }

    [Fact]
    public async Task A_provider_that_gave_a_report_is_held_to_it()
    {
        var ((_, listed), (_, left), (_, less)) = (await papers.ToldAsync(), await papers.ToldAsync(), await papers.ToldAsync());
        var untold = await fixture.PendingAsync();
        await (await papers.ImportAsync(papers.Statement(
            (listed, 150_000, "x"), (left, 150_000, "x"), (less, 150_000, "x"), ("B-" + untold.Reference, 150_000, untold.Reference)))).JsonAsync(201);
        await (await papers.ImportAsync(papers.Report(
            (listed, 150_000, "x"), (less, 149_000, "x"), ("P-" + untold.Reference, 150_000, untold.Reference), ("P-alone", 9, "?")), path: "provider-reports")).JsonAsync(201);

        var lines = await papers.LinesAsync(await papers.RunAsync());

        Assert.Equal(("matched", "missingAtProvider", "amountDiff", "missingAtUs"),
            (Imports.Result(lines[listed]), Imports.Result(lines[left]), Imports.Result(lines[less]), Imports.Result(lines["P-alone"])));
        // Bank and provider agree on what we do not have: one line, one case.
        var both = lines["B-" + untold.Reference];
        Assert.Equal(("missingAtUs", 150_000L, 150_000L), (Imports.Result(both), both.GetProperty("provider").GetInt64(), both.GetProperty("bank").GetInt64()));
        Assert.Equal(5, lines.Count);
        Assert.Null(await papers.CaseAsync("P-alone"));
    }

    [Fact]
    public async Task What_the_bank_books_after_a_weekend_belongs_to_the_day_of_the_notice()
    {
        var (_, told) = await papers.ToldAsync();
        await (await papers.ImportAsync(Imports.StatementOf(papers.Day.AddDays(2), (told, 150_000, "x")))).JsonAsync(201);

        var run = await papers.RunAsync();
        var later = await (await papers.TryRunAsync(Imports.Iso(papers.Day.AddDays(2)))).JsonAsync(201);

        Assert.Equal("matched", Imports.Result((await papers.LinesAsync(run))[told]));
        Assert.Empty(await papers.LinesAsync(later));
    }

    [Fact]
    public async Task Deposits_and_refunds_are_found_on_the_statement_and_what_is_taken_back_needs_a_person()
    {
        var counter = new Cash.Counter(fixture);
        var closed = await counter.ClosedAsync(await fixture.PendingAsync());
        var (shift, reference) = (closed.GetProperty("id").GetGuid(), closed.GetProperty("reference").GetString()!);
        await (await counter.DepositAsync(shift, 150_000)).JsonAsync();
        var refund = await PaidRefundAsync();
        var key = "HOAN PHI " + refund.ToString("N")[^12..].ToUpperInvariant();
        var statement = Imports.StatementOf(papers.Day, ("D-" + reference, 150_000, "nop quy " + reference), ("D2-" + reference, 150_000, reference), ("R-" + reference, -150_000, key), ("V-" + reference, -9, "x"))
            .Replace($"V-{reference},,9,,", $"V-{reference},,9,Y,", StringComparison.Ordinal);
        await (await papers.ImportAsync(statement)).JsonAsync(201);
        // The refund was paid today; its entry is looked for around the day of the statement.
        await fixture.QueryAsync(db => db.Refunds.Where(r => r.Id == refund).ExecuteUpdateAsync(s => s.SetProperty(r => r.PaidAt, ServiceDefaults.LocalTime.Instant(papers.Day, new TimeOnly(9, 0))), Ct));

        var lines = await papers.LinesAsync(await papers.RunAsync());

        Assert.Equal(("matched", "deposit", 150_000L), (Imports.Result(lines["D-" + reference]), lines["D-" + reference].GetProperty("kind").GetString(), lines["D-" + reference].GetProperty("ours").GetInt64()));
        Assert.Equal("duplicate", Imports.Result(lines["D2-" + reference]));
        Assert.Equal(("matched", "refund"), (Imports.Result(lines["R-" + reference]), lines["R-" + reference].GetProperty("kind").GetString()));
        Assert.Equal(("missingAtUs", "reversal"), (Imports.Result(lines["V-" + reference]), lines["V-" + reference].GetProperty("kind").GetString()));
        Assert.Equal(new Dictionary<string, long> { ["bank"] = 150_000, ["due"] = -150_000 }, await BooksAsync(shift, "D-" + reference));
        Assert.Equal(200, (int)(await papers.TryRunAsync()).StatusCode);
        // The bank tells after all: recognised by its number, and booked no second time.
        (await fixture.NotifyAsync(PaymentFixture.Body(Domain.Some.Payment(), "D-" + reference, remittance: reference))).EnsureSuccessStatusCode();
        Assert.Equal(MismatchReason.AlteredNotice, (await fixture.HandlingAsync("D-" + reference, original: false))!.Reason);
        Assert.NotNull(await papers.CaseAsync("D2-" + reference));
        Assert.Null(await papers.CaseAsync("D-" + reference));
    }

    [Fact]
    public async Task Deposits_and_refunds_that_no_statement_shows_are_missing_at_the_bank()
    {
        var counter = new Cash.Counter(fixture);
        var closed = await counter.ClosedAsync(await fixture.PendingAsync());
        await (await counter.DepositAsync(closed.GetProperty("id").GetGuid(), 150_000)).JsonAsync();
        var refund = await PaidRefundAsync();
        await fixture.QueryAsync(db => db.Refunds.Where(r => r.Id == refund).ExecuteUpdateAsync(s => s.SetProperty(r => r.PaidAt, ServiceDefaults.LocalTime.Instant(papers.Day, new TimeOnly(9, 0))), Ct));
        await fixture.QueryAsync(db => db.Shifts.Where(s => s.Id == closed.GetProperty("id").GetGuid()).ExecuteUpdateAsync(s => s.SetProperty(x => x.DepositedOn, papers.Day), Ct));

        var lines = await papers.LinesAsync(await papers.RunAsync());

        Assert.Equal([("deposit", 150_000, "missingAtBank"), ("refund", -150_000, "missingAtBank")],
            lines.Values.Select(l => (l.GetProperty("kind").GetString()!, l.GetProperty("ours").GetInt32(), Imports.Result(l))).Order());
    }

    /// <summary>What the bookings of a shift and of its arrival leave by account.</summary>
    private async Task<Dictionary<string, long>> BooksAsync(Guid shift, string eventId)
    {
        var (notice, books) = ((await fixture.HandlingAsync(eventId))!.NoticeId, await new Cash.Counter(fixture).BooksAsync(shift));
        foreach (var line in await fixture.QueryAsync(db => db.Journal.AsNoTracking().Where(e => e.SourceId == notice).SelectMany(e => e.Lines).ToListAsync(Ct)))
            books[line.Account.Split(':')[0]] = books.GetValueOrDefault(line.Account.Split(':')[0]) + line.Amount;
        return books.Where(b => b.Value != 0).ToDictionary();
    }

    private static int Count(System.Text.Json.JsonElement run, string name) => run.GetProperty(name).GetInt32();

    /// <summary>A refund that the bank paid.</summary>
    private async Task<Guid> PaidRefundAsync()
    {
        var (payment, counter) = (await fixture.SettledAsync(), new Cash.Counter(fixture));
        var refund = (await (await counter.PostAsync(
            "/api/v1/refunds", new { paymentId = payment.Id, amount = 150_000, available = 150_000, rule = "byLaw", reason = "x", payee = Cases.Desk.Payee })).JsonAsync(201)).GetProperty("id").GetGuid();
        await (await counter.PostAsync($"/api/v1/refunds/{refund}/approval", new { }, counter.Leader)).JsonAsync();
        await (await counter.PostAsync($"/api/v1/refunds/{refund}/payment", new { bankReference = "PAID-" + refund.ToString("N") })).JsonAsync();
        return refund;
    }
}

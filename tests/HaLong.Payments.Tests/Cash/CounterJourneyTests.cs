using System.Net;
using HaLong.Payments.Domain;
using HaLong.Payments.Tests.Reconciliation;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Cash;

/// <summary>A day at the counter as a whole: many cashiers, one ledger, one statement.</summary>
[Collection(AtTheCounter.Name)]
public sealed class CounterJourneyTests(PaymentFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_cashiers_at_once_take_each_request_once_and_their_tills_add_up()
    {
        var counters = Enumerable.Range(0, 3).Select(_ => new Counter(fixture)).ToList();
        var shifts = new List<Guid>();
        foreach (var counter in counters)
            shifts.Add(await counter.OpenAsync());
        var payments = new List<PaymentRequest>();
        for (var i = 0; i < 5; i++)
            payments.Add(await fixture.PendingAsync(amount: 10_000 + i));

        var answers = await Task.WhenAll(payments.SelectMany(p => counters.Select(c => c.TakeAsync(p))));

        Assert.Equal(payments.Count, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        Assert.Equal(2 * payments.Count, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        var taken = await fixture.QueryAsync(db => db.Shifts.AsNoTracking().Where(s => shifts.Contains(s.Id)).ToListAsync(Ct));
        Assert.Equal(payments.Sum(p => p.Amount), taken.Sum(s => s.Taken));
        Assert.Equal(payments.Count, taken.Sum(s => s.Payments));
        foreach (var shift in taken)
        {
            var lines = await fixture.QueryAsync(db => db.CashPayments.Where(c => c.ShiftId == shift.Id).SumAsync(c => c.Amount, Ct));
            Assert.Equal(shift.Taken, lines);
            Assert.Equal(shift.Expected, (await counters[0].BooksAsync(shift.Id))["till"]);
        }
    }

    [Fact]
    public async Task From_the_till_to_the_statement_and_every_account_of_it_is_empty_again()
    {
        var (counter, papers) = (new Counter(fixture), new Imports(fixture));
        var shift = await counter.OpenAsync();
        foreach (var amount in new[] { 8_000L, 20_000L, 72_000L })
            await (await counter.TakeAsync(await fixture.PendingAsync(amount: amount), handed: 100_000)).JsonAsync(201);
        await (await counter.CountAsync(shift, Counter.Pieces(("200000", 1)))).JsonAsync();
        var closed = await (await counter.ConfirmAsync(shift)).JsonAsync();
        Assert.Equal(100_000, closed.GetProperty("toDeposit").GetInt64());
        await (await counter.DepositAsync(shift, 100_000, slip: "GNT-77")).JsonAsync();
        var reference = closed.GetProperty("reference").GetString()!;
        await (await papers.ImportAsync(papers.Statement(("J-" + reference, 100_000, "NOP TIEN MAT " + reference)))).JsonAsync(201);

        var run = await papers.RunAsync();

        Assert.Equal((1, 100_000L, 100_000L), (run.GetProperty("matched").GetInt32(), run.GetProperty("ours").GetInt64(), run.GetProperty("bank").GetInt64()));
        var view = await counter.GetAsync(shift.ToString());
        Assert.Equal(("closed", "GNT-77", 0L), (view.GetProperty("state").GetString(), view.GetProperty("slip").GetString(), view.GetProperty("difference").GetInt64()));
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, view.GetProperty("arrivedAt").ValueKind);
        var left = await fixture.QueryAsync(db => db.Journal.AsNoTracking()
            .Where(e => e.Lines.Any(l => EF.Functions.Like(l.Account, $"%:{shift:N}"))).SelectMany(e => e.Lines).Where(l => EF.Functions.Like(l.Account, "till:%")).SumAsync(l => l.Amount, Ct));
        Assert.Equal(0, left);
        Assert.True((await (await counter.Cashier.GetAsync("/api/v1/ledger/verification", Ct)).JsonAsync()).GetProperty("holds").GetBoolean());
    }

    [Fact]
    public async Task A_deposit_that_the_bank_tells_before_it_is_recorded_has_arrived_when_it_is()
    {
        var counter = new Counter(fixture);
        var closed = await counter.ClosedAsync(await fixture.PendingAsync());
        var (shift, eventId) = (closed.GetProperty("id").GetGuid(), PaymentFixture.NewEventId());
        (await fixture.NotifyAsync(PaymentFixture.Body(Domain.Some.Payment(), eventId, remittance: closed.GetProperty("reference").GetString()))).EnsureSuccessStatusCode();
        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync(eventId)).State);

        var deposited = await (await counter.DepositAsync(shift, 150_000)).JsonAsync();

        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, deposited.GetProperty("arrivedAt").ValueKind);
        Assert.Equal(new Dictionary<string, long> { ["transit"] = 150_000, ["due"] = -150_000 }, await counter.BooksAsync(shift));
        var notice = (await fixture.HandlingAsync(eventId))!.NoticeId;
        var arrived = await fixture.QueryAsync(db => db.Journal.AsNoTracking().Where(e => e.SourceId == notice).SelectMany(e => e.Lines).Where(l => l.Amount < 0).SingleAsync(Ct));
        Assert.Equal(("transit", -150_000L), (arrived.Account.Split(':')[0], arrived.Amount));
    }

    [Theory]
    [InlineData(149_000, null)]
    [InlineData(150_000, "777")]
    public async Task Another_amount_or_account_is_no_deposit(long amount, string? account)
    {
        var counter = new Counter(fixture);
        var closed = await counter.ClosedAsync(await fixture.PendingAsync());
        await (await counter.DepositAsync(closed.GetProperty("id").GetGuid(), 150_000)).JsonAsync();
        var eventId = PaymentFixture.NewEventId();

        (await fixture.NotifyAsync(PaymentFixture.Body(Domain.Some.Payment(), eventId, amount, closed.GetProperty("reference").GetString(), account))).EnsureSuccessStatusCode();

        Assert.Equal(MismatchReason.UnknownReference, (await fixture.DecidedAsync(eventId)).Reason);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await counter.GetAsync(closed.GetProperty("id").GetString()!)).GetProperty("arrivedAt").ValueKind);
    }

    [Fact]
    public async Task A_deposit_that_differs_on_the_statement_is_a_difference_with_a_case()
    {
        var (counter, papers) = (new Counter(fixture), new Imports(fixture));
        var closed = await counter.ClosedAsync(await fixture.PendingAsync());
        await (await counter.DepositAsync(closed.GetProperty("id").GetGuid(), 150_000)).JsonAsync();
        var reference = closed.GetProperty("reference").GetString()!;
        await (await papers.ImportAsync(papers.Statement(("K-" + reference, 140_000, reference)))).JsonAsync(201);

        var line = (await papers.LinesAsync(await papers.RunAsync()))["K-" + reference];

        Assert.Equal(("amountDiff", "deposit", 150_000L, 140_000L),
            (Imports.Result(line), line.GetProperty("kind").GetString(), line.GetProperty("ours").GetInt64(), line.GetProperty("bank").GetInt64()));
        Assert.Equal((await papers.CaseAsync("K-" + reference))!.Id, line.GetProperty("caseId").GetGuid());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await counter.GetAsync(closed.GetProperty("id").GetString()!)).GetProperty("arrivedAt").ValueKind);
    }

    [Fact]
    public async Task Refusals_speak_both_languages()
    {
        var counter = new Counter(fixture);
        var payment = await fixture.PendingAsync();
        var vietnamese = await (await counter.TakeAsync(payment)).Content.ReadAsStringAsync(Ct);
        counter.Cashier.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var english = await (await counter.TakeAsync(payment)).Content.ReadAsStringAsync(Ct);

        Assert.Contains("ca thu ti", System.Text.RegularExpressions.Regex.Unescape(vietnamese), StringComparison.Ordinal);
        Assert.Contains("open shift", english, StringComparison.Ordinal);
        Assert.Equal(0, await fixture.QueryAsync(db => db.CashPayments.CountAsync(c => c.PaymentId == payment.Id, Ct)));
    }
}

using System.Net;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Cash;

/// <summary>Cash pays a request once, in an open shift, and nothing else does then.</summary>
[Collection(AtTheCounter.Name)]
public sealed class TakeCashTests(PaymentFixture fixture)
{
    private readonly Counter counter = new(fixture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cash_settles_the_request_tells_it_and_is_booked_with_change_recorded()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-settled.v1");
        var (shift, payment) = (await counter.OpenAsync(), await fixture.PendingAsync());

        var answer = await counter.TakeAsync(payment, handed: 200_000);

        var taken = await answer.JsonAsync(201);
        Assert.Equal((150_000L, 200_000L, 50_000L), (taken.GetProperty("amount").GetInt64(), taken.GetProperty("handed").GetInt64(), taken.GetProperty("change").GetInt64()));
        var settled = await fixture.ReloadAsync(payment);
        Assert.Equal((PaymentState.Settled, (Guid?)null), (settled.State, settled.NoticeId));
        Assert.Equal(Etag.Of(settled.Version), answer.Headers.ETag?.Tag);
        var fact = Assert.Single(await probe.WaitAsync("paymentId", payment.Id, 1));
        Assert.Equal(("cash", "atFiling", 150_000L), (fact.GetProperty("provider").GetString(), fact.GetProperty("moment").GetString(), fact.GetProperty("amount").GetInt64()));
        Assert.Equal(new Dictionary<string, long> { ["till"] = 250_000, ["due"] = -150_000, ["float"] = -100_000 }, await counter.BooksAsync(shift));
        Assert.Equal(150_000, (await counter.GetAsync(shift.ToString())).GetProperty("taken").GetInt64());
    }

    [Fact]
    public async Task What_was_held_before_is_part_of_it_and_cash_brings_the_rest()
    {
        var desk = new Cases.Desk(fixture);
        var payment = await fixture.PendingAsync();
        await (await desk.DecideAsync(await desk.CaseAsync(payment, amount: 60_000), "askRest")).JsonAsync();
        await counter.OpenAsync();
        payment = await fixture.ReloadAsync(payment);

        await (await counter.TakeAsync(payment, amount: 150_000)).IsProblemAsync(409, "PAY-0707");
        await (await counter.TakeAsync(payment)).JsonAsync(201);

        Assert.Equal(new Dictionary<string, long> { ["bank"] = 60_000, ["till"] = 90_000, ["due"] = -150_000 }, await desk.BooksAsync(payment));
    }

    [Fact]
    public async Task Cash_and_a_transfer_at_once_settle_once_and_the_transfer_becomes_a_case()
    {
        await counter.OpenAsync();
        var payments = new List<PaymentRequest>();
        for (var i = 0; i < 4; i++)
            payments.Add(await fixture.PendingAsync());
        var events = payments.ConvertAll(_ => PaymentFixture.NewEventId());

        var cash = await Task.WhenAll(payments.SelectMany((p, i) => new[] { fixture.NotifyAsync(PaymentFixture.Body(p, events[i])), counter.TakeAsync(p) }));

        for (var i = 0; i < payments.Count; i++)
        {
            var notice = await fixture.DecidedAsync(events[i]);
            var byCash = cash[(2 * i) + 1].StatusCode == HttpStatusCode.Created;
            Assert.Equal(byCash ? MismatchReason.AlreadySettled : null, notice.Reason);
            if (!byCash)
                await cash[(2 * i) + 1].IsProblemAsync(409, "PAY-0002");
            Assert.Equal(byCash ? 1 : 0, await fixture.QueryAsync(db => db.CashPayments.CountAsync(c => c.PaymentId == payments[i].Id, Ct)));
            Assert.Equal(byCash, await fixture.QueryAsync(db => db.Cases.AnyAsync(c => c.NoticeId == notice.NoticeId && c.Kind == Payments.Cases.CaseKind.Double, Ct)));
        }
    }

    [Fact]
    public async Task The_same_request_many_times_takes_once()
    {
        await counter.OpenAsync();
        var payment = await fixture.PendingAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => counter.TakeAsync(payment, key: i < 3 ? "cash-once" : null)));

        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict));
        Assert.Equal(1, await fixture.QueryAsync(db => db.CashPayments.CountAsync(c => c.PaymentId == payment.Id, Ct)));
        await (await counter.TakeAsync(payment)).IsProblemAsync(409, "PAY-0002");
    }

    [Fact]
    public async Task Nothing_is_taken_without_a_shift_of_ones_own_or_for_another_unit()
    {
        var payment = await fixture.PendingAsync();
        await (await counter.TakeAsync(payment)).IsProblemAsync(409, "PAY-0702");
        await counter.OpenAsync();
        await (await counter.TakeAsync(payment, client: fixture.Official(Roles.Cashier))).IsProblemAsync(409, "PAY-0702");
        var elsewhere = fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount);
        await counter.OpenAsync(elsewhere);
        await (await counter.TakeAsync(payment, client: elsewhere)).IsProblemAsync(404, "PAY-0001");
        await (await counter.TakeAsync(Domain.Some.Payment())).IsProblemAsync(404, "PAY-0001");
        foreach (var role in new[] { Roles.Reception, Roles.Leader, Roles.Chief, Roles.Auditor })
            await (await counter.TakeAsync(payment, client: fixture.Official(role))).IsProblemAsync(403, "CMN-0403");
        await (await counter.TakeAsync(payment, client: fixture.Citizen(payment.OwnerId))).IsProblemAsync(403, "CMN-0403");
        await (await counter.TakeAsync(payment, client: fixture.Anybody())).IsProblemAsync(401, "CMN-0401");
        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(payment)).State);
    }

    [Fact]
    public async Task Less_than_is_due_other_amounts_and_stale_revisions_are_refused()
    {
        await counter.OpenAsync();
        var payment = await fixture.PendingAsync();
        await (await counter.TakeAsync(payment, handed: 149_999)).IsProblemAsync(400, "PAY-0708");
        await (await counter.TakeAsync(payment, amount: 0, handed: 0)).IsProblemAsync(400, "PAY-0708");
        await (await counter.PostAsync($"/api/v1/payments/{payment.Id}/cash", new { amount = 150_000 })).IsProblemAsync(400, "PAY-0708");
        await (await counter.TakeAsync(payment, amount: 100_000)).IsProblemAsync(409, "PAY-0707");
        await (await counter.TakeAsync(payment, ifMatch: "\"1\"")).IsProblemAsync(412, "CMN-0412");
        await (await counter.TakeAsync(payment, ifMatch: Etag.Of(payment.Version))).JsonAsync(201);
    }

    [Fact]
    public async Task Settled_and_cancelled_requests_take_no_cash()
    {
        await counter.OpenAsync();
        await (await counter.TakeAsync(await fixture.SettledAsync(), amount: 150_000)).IsProblemAsync(409, "PAY-0002");
        var payment = await fixture.PendingAsync();
        await fixture.QueryAsync(async db =>
        {
            var of = await db.Payments.SingleAsync(p => p.Id == payment.Id, Ct);
            of.Cancel(ClosedDossier.Withdrawn, fixture.Time.GetUtcNow());
            return await db.SaveChangesAsync(Ct);
        });
        await (await counter.TakeAsync(payment)).IsProblemAsync(409, "PAY-0015");
        var past = PaymentRequest.Open(Domain.Some.Purpose(), [Domain.Some.Item(150_000)], Domain.Some.Account, PaymentReference.Create(), Domain.Some.Now.AddYears(-1), Domain.Some.Lifetime).Value;
        await fixture.QueryAsync(db => { db.Add(past); return db.SaveChangesAsync(Ct); });
        await (await counter.TakeAsync(past)).IsProblemAsync(409, "PAY-0003");
    }

    [Fact]
    public async Task What_was_taken_cannot_be_changed_and_goes_back_as_a_refund_by_two_persons()
    {
        var (shift, payment) = (await counter.OpenAsync(), await fixture.PendingAsync());
        await (await counter.TakeAsync(payment)).JsonAsync(201);
        foreach (var sql in new[] { "UPDATE cash_payment SET handed = handed + 1", "DELETE FROM cash_payment", "UPDATE till_count SET total = 0" })
            await Assert.ThrowsAnyAsync<Exception>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct)));

        var refund = await (await counter.PostAsync(
            "/api/v1/refunds", new { paymentId = payment.Id, amount = 150_000, available = 150_000, rule = "byLaw", reason = "nhầm", payee = Cases.Desk.Payee })).JsonAsync(201);

        var report = await counter.GetAsync($"{shift}/report");
        var line = Assert.Single(report.GetProperty("refunds").EnumerateArray());
        Assert.Equal(refund.GetProperty("id").GetGuid(), line.GetProperty("refundId").GetGuid());
        await (await counter.PostAsync($"/api/v1/refunds/{refund.GetProperty("id").GetGuid()}/approval", new { }, counter.Leader)).JsonAsync();
        Assert.Equal(150_000, (await counter.GetAsync(shift.ToString())).GetProperty("taken").GetInt64());
    }
}

using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Payments.Tests.Cases;

/// <summary>Each way in which money does not fit, from the notice to the decision.</summary>
public sealed class CaseTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private readonly Desk desk = new(fixture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_is_kept_the_rest_is_asked_for_and_settles()
    {
        await using var probe = await fixture.ListenAsync("halong.money-case-opened.v1", "halong.money-case-closed.v1");
        var payment = await fixture.PendingAsync();
        var of = await desk.CaseAsync(payment, amount: 100_000);
        Assert.Equal((CaseKind.Partial, CaseDecision.AskRest, payment.Id, PaymentFixture.Unit), (of.Kind, of.Proposal, of.PaymentId, of.UnitCode));
        Assert.Equal(TimeSpan.FromDays(3), of.DueAt - of.OpenedAt);

        await (await desk.DecideAsync(of, "askRest")).JsonAsync();

        var owner = fixture.Citizen(payment.OwnerId);
        var seen = await (await owner.GetAsync($"/api/v1/payments/{payment.Id}", Ct)).JsonAsync();
        Assert.Equal(("pending", 50_000L), (seen.GetProperty("status").GetString(), seen.GetProperty("remaining").GetInt64()));
        var attempt = await (await PaymentFixture.AttemptAsync(owner, payment.Id, "rest")).JsonAsync(201);
        Assert.Equal(50_000, attempt.GetProperty("amount").GetInt64());
        Assert.Contains("540550000", attempt.GetProperty("payload").GetString(), StringComparison.Ordinal);
        Assert.Equal(new() { ["bank"] = 100_000, ["held"] = -100_000 }, await desk.BooksAsync(payment));
        var told = (await probe.WaitAsync("caseId", of.Id, 2)).Single(t => t.TryGetProperty("decision", out _));
        Assert.Equal(("askRest", 50_000L), (told.GetProperty("decision").GetString(), told.GetProperty("rest").GetInt64()));

        var rest = PaymentFixture.NewEventId();
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, rest, amount: 50_000))).EnsureSuccessStatusCode();
        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync(rest)).State);
        Assert.Equal(new() { ["bank"] = 150_000, ["due"] = -150_000 }, await desk.BooksAsync(payment));
    }

    [Fact]
    public async Task Too_much_pays_and_what_is_over_is_promised_back()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-settled.v1");
        var payment = await fixture.PendingAsync();
        var of = await desk.CaseAsync(payment, amount: 180_000);
        Assert.Equal((CaseKind.Over, CaseDecision.Accept), (of.Kind, of.Proposal));

        await (await desk.DecideAsync(of, "accept")).JsonAsync();

        Assert.Equal(150_000, Assert.Single(await probe.WaitAsync("paymentId", payment.Id)).GetProperty("amount").GetInt64());
        Assert.Equal(PaymentState.Settled, (await fixture.ReloadAsync(payment)).State);
        Assert.Equal(new() { ["bank"] = 180_000, ["due"] = -150_000, ["refund"] = -30_000 }, await desk.BooksAsync(payment));
        var refund = await fixture.QueryAsync(db => db.Refunds.AsNoTracking().SingleAsync(r => r.PaymentId == payment.Id, Ct));
        Assert.Equal((30_000L, "over", true, null), (refund.Amount, refund.Rule, refund.IsExcess, refund.Payee));
    }

    [Fact]
    public async Task Money_that_came_late_is_accepted_or_given_back()
    {
        var (accepted, refunded) = (await fixture.PendingAsync(), await fixture.PendingAsync());
        fixture.Time.Advance(TimeSpan.FromDays(16));
        await fixture.Service.Services.GetRequiredService<PaymentSweep>().RunAsync(Ct);
        var (one, other) = (await desk.CaseAsync(accepted), await desk.CaseAsync(refunded));
        Assert.Equal((CaseKind.Late, CaseDecision.Accept), (one.Kind, one.Proposal));

        await (await desk.DecideAsync(one, "accept")).JsonAsync();
        await (await desk.DecideAsync(other, "refund", payee: Desk.Payee)).JsonAsync();

        Assert.Equal((PaymentState.Settled, PaymentState.Expired), ((await fixture.ReloadAsync(accepted)).State, (await fixture.ReloadAsync(refunded)).State));
        Assert.Equal(new() { ["bank"] = 150_000, ["due"] = -150_000 }, await desk.BooksAsync(accepted));
        Assert.Equal(new() { ["bank"] = 150_000, ["suspense"] = -150_000 }, await desk.BooksAsync(refunded));
        Assert.Equal("late", await fixture.QueryAsync(db => db.Refunds.Where(r => r.CaseId == other.Id).Select(r => r.Rule).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Money_that_the_bank_booked_after_the_end_is_late_though_the_request_has_not_been_swept_yet()
    {
        var payment = await fixture.PendingAsync();
        fixture.Time.Advance(TimeSpan.FromDays(15) + TimeSpan.FromMinutes(1));
        var (of, little) = (await desk.CaseAsync(payment, bookedAt: fixture.Time.GetUtcNow()), await desk.CaseAsync(payment, amount: 1, bookedAt: fixture.Time.GetUtcNow()));

        Assert.Equal((CaseKind.Late, CaseDecision.Accept), (of.Kind, of.Proposal));
        Assert.Equal((CaseKind.Late, CaseDecision.Refund), (little.Kind, little.Proposal));
        await (await desk.DecideAsync(of, "accept")).JsonAsync();
        Assert.Equal(PaymentState.Settled, (await fixture.ReloadAsync(payment)).State);
    }

    [Fact]
    public async Task What_was_paid_twice_goes_back_and_pays_nothing()
    {
        var payment = await fixture.SettledAsync();
        var of = await desk.CaseAsync(payment);
        Assert.Equal((CaseKind.Double, CaseDecision.Refund), (of.Kind, of.Proposal));

        await (await desk.DecideAsync(of, "accept")).IsProblemAsync(409, "PAY-0204");
        await (await desk.DecideAsync(of, "askRest")).IsProblemAsync(409, "PAY-0204");
        await (await desk.DecideAsync(of, "refund", payee: Desk.Payee)).JsonAsync();

        Assert.Equal(PaymentState.Settled, (await fixture.ReloadAsync(payment)).State);
        var refund = await fixture.QueryAsync(db => db.Refunds.AsNoTracking().SingleAsync(r => r.CaseId == of.Id, Ct));
        Assert.Equal((150_000L, "double", "NGUYEN VAN ANH"), (refund.Amount, refund.Rule, refund.Payee?.Name));
    }

    [Fact]
    public async Task Money_on_another_collecting_account_pays_nothing()
    {
        var payment = await fixture.PendingAsync();
        var of = await desk.CaseAsync(payment, account: "0011000000002");
        Assert.Equal((CaseKind.WrongAccount, CaseDecision.Refund), (of.Kind, of.Proposal));

        await (await desk.DecideAsync(of, "accept")).IsProblemAsync(409, "PAY-0204");
        await (await desk.DecideAsync(of, "assign", payment.Id, "thư")).IsProblemAsync(409, "PAY-0204");
        await (await desk.DecideAsync(of, "dismiss", evidence: "sổ phụ 30/11")).JsonAsync();

        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(payment)).State);
    }

    [Fact]
    public async Task Money_for_a_closed_dossier_goes_back_and_so_does_a_part_that_was_held_for_it()
    {
        var payment = await fixture.PendingAsync();
        await (await desk.DecideAsync(await desk.CaseAsync(payment, amount: 40_000), "askRest")).JsonAsync();
        await fixture.Service.PublishAsync(new DossierWithdrawn(
            payment.DossierId, "c", 2, TimeProvider.System.GetUtcNow(), "1.013978", PaymentFixture.Unit, payment.OwnerId, "SUBMITTED", 0, FeeTreatments.None));
        await Eventually.Async(async () => (await fixture.ReloadAsync(payment)).State == PaymentState.Cancelled, "cancelled");

        Assert.Equal(new() { ["bank"] = 40_000, ["refund"] = -40_000 }, await desk.BooksAsync(payment));
        var held = await fixture.QueryAsync(db => db.Refunds.AsNoTracking().SingleAsync(r => r.PaymentId == payment.Id, Ct));
        Assert.Equal((40_000L, "partial", true), (held.Amount, held.Rule, held.IsExcess));
        var of = await desk.CaseAsync(payment);
        Assert.Equal((CaseKind.ClosedDossier, CaseDecision.Refund), (of.Kind, of.Proposal));
        await (await desk.DecideAsync(of, "accept")).IsProblemAsync(409, "PAY-0204");
    }

    [Fact]
    public async Task A_cut_reference_is_guessed_for_the_cashier_and_pays_only_when_he_says_so()
    {
        var payment = await fixture.PendingAsync();
        var of = await desk.CaseAsync(payment, remittance: "CT tu 0123 " + payment.Reference[..10]);
        Assert.Equal((CaseKind.UnknownPayer, CaseDecision.Assign, payment.Id, 83, null), (of.Kind, of.Proposal, of.GuessedPaymentId, of.GuessScore, of.UnitCode));
        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(payment)).State);

        await (await desk.DecideAsync(of, "accept")).IsProblemAsync(409, "PAY-0204");
        var decided = await (await desk.DecideAsync(of, "assign", payment.Id, "sổ phụ 30/11, dòng 12")).JsonAsync();

        Assert.Equal(("assign", PaymentFixture.Unit), (decided.GetProperty("decision").GetString(), decided.GetProperty("unitCode").GetString()));
        Assert.Equal(PaymentState.Settled, (await fixture.ReloadAsync(payment)).State);
    }

    [Fact]
    public async Task Money_of_nobody_known_stays_where_it_is_with_evidence()
    {
        var payment = await fixture.PendingAsync();
        var of = await desk.CaseAsync(payment, remittance: "tien hoc phi");
        Assert.Equal((CaseKind.UnknownPayer, CaseDecision.Dismiss, null), (of.Kind, of.Proposal, of.GuessedPaymentId));

        await (await desk.DecideAsync(of, "dismiss")).IsProblemAsync(400, "PAY-0205");
        await (await desk.DecideAsync(of, "dismiss", evidence: "công văn 12/PGD")).JsonAsync();

        var closed = await desk.ReloadAsync(of);
        Assert.Equal((CaseDecision.Dismiss, "vì sao", "công văn 12/PGD"), (closed.Decision, closed.Reason, closed.Evidence));
        Assert.NotNull(closed.DecidedAt);
    }

    [Fact]
    public async Task Too_little_is_not_accepted_and_money_that_fits_is_not_held()
    {
        var payment = await fixture.PendingAsync();
        var (partial, over) = (await desk.CaseAsync(payment, amount: 1), await desk.CaseAsync(payment, amount: 999_999));

        await (await desk.DecideAsync(partial, "accept")).IsProblemAsync(409, "PAY-0204");
        await (await desk.DecideAsync(over, "askRest")).IsProblemAsync(409, "PAY-0204");
        Assert.Null((await desk.ReloadAsync(partial)).Decision);
        Assert.Null((await desk.ReloadAsync(partial)).TakenBy);
    }
}

using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Features;

public sealed class CancelPaymentsTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private const string Cancelled = "halong.payment-cancelled.v1";

    [Theory]
    [InlineData(ClosedDossier.Withdrawn)]
    [InlineData(ClosedDossier.Stopped)]
    [InlineData(ClosedDossier.NotAccepted)]
    public async Task Nobody_is_asked_for_money_any_more_when_the_dossier_is_closed(string reason)
    {
        await using var probe = await fixture.ListenAsync(Cancelled);
        var payment = await fixture.PendingAsync();

        await CloseAsync(payment.DossierId, payment.OwnerId, reason);

        var told = Assert.Single(await probe.WaitAsync("paymentId", payment.Id));
        Assert.Equal((payment.Amount, reason, "atFiling"), (told.GetProperty("amount").GetInt64(), told.GetProperty("reason").GetString(), told.GetProperty("moment").GetString()));
        var owner = fixture.Citizen(payment.OwnerId);
        var seen = await (await owner.GetAsync($"/api/v1/payments/{payment.Id}", Ct)).JsonAsync();
        Assert.Equal(("cancelled", reason), (seen.GetProperty("status").GetString(), seen.GetProperty("cancelReason").GetString()));
        await (await PaymentFixture.AttemptAsync(owner, payment.Id, reason)).IsProblemAsync(409, "PAY-0015");
        await (await owner.GetAsync($"/api/v1/payments/{payment.Id}/qr.png", Ct)).IsProblemAsync(409, "PAY-0015");
        await (await owner.GetAsync($"/api/v1/payments/{payment.Id}/qr.svg", Ct)).IsProblemAsync(409, "PAY-0015");
    }

    [Fact]
    public async Task Money_that_comes_none_the_less_is_kept_with_its_reason_and_the_request()
    {
        await using var probe = await fixture.ListenAsync(Cancelled);
        var payment = await fixture.PendingAsync();
        await CloseAsync(payment.DossierId, payment.OwnerId, ClosedDossier.Withdrawn);
        await probe.WaitAsync("paymentId", payment.Id);
        var eventId = PaymentFixture.NewEventId();

        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId))).EnsureSuccessStatusCode();

        var decided = await fixture.DecidedAsync(eventId);
        Assert.Equal((NoticeState.Mismatched, MismatchReason.DossierClosed, payment.Id), (decided.State, decided.Reason, decided.PaymentId));
        Assert.Equal(PaymentState.Cancelled, (await fixture.ReloadAsync(payment)).State);
    }

    [Fact]
    public async Task All_open_requests_of_the_dossier_are_cancelled_once_and_what_was_paid_stays_paid()
    {
        await using var probe = await fixture.ListenAsync(Cancelled);
        var paid = await fixture.SettledAsync();
        await fixture.Service.PublishAsync(Due(paid, 1));
        await fixture.Service.PublishAsync(Due(paid, 2));
        await Eventually.ValueAsync(() => StatesAsync(paid.DossierId), s => s.Count == 3, "three requests");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CloseAsync(paid.DossierId, paid.OwnerId, ClosedDossier.Stopped)));

        Assert.Equal(2, (await probe.WaitAsync("dossierId", paid.DossierId, 2)).Count);
        Assert.Equal(
            [("atFiling", PaymentState.Settled), ("demand-1", PaymentState.Cancelled), ("demand-2", PaymentState.Cancelled)],
            await StatesAsync(paid.DossierId));
        await Eventually.Async(async () => await fixture.QueryAsync(db => db.ClosedDossiers.CountAsync(d => d.DossierId == paid.DossierId)) == 1, "the end is noted");
        Assert.Equal(2, probe.About("dossierId", paid.DossierId).Count);
    }

    [Fact]
    public async Task What_is_told_to_be_due_after_the_end_is_not_asked_for()
    {
        var filed = PaymentFixture.Filed(fees: [50_000]);
        await CloseAsync(filed.DossierId, filed.OwnerId, ClosedDossier.NotAccepted);
        await Eventually.Async(async () => await fixture.QueryAsync(db => db.ClosedDossiers.AnyAsync(d => d.DossierId == filed.DossierId)), "the end is noted");

        await fixture.Service.PublishAsync(filed);
        var marker = await fixture.PendingAsync();

        Assert.Equal(PaymentState.Pending, marker.State);
        Assert.Null(await fixture.OfDossierAsync(filed.DossierId));
    }

    [Fact]
    public async Task A_settlement_and_an_end_at_the_same_moment_come_one_after_the_other()
    {
        foreach (var _ in Enumerable.Range(0, 10))
        {
            var payment = await fixture.PendingAsync();
            var eventId = PaymentFixture.NewEventId();

            await Task.WhenAll(
                fixture.NotifyAsync(PaymentFixture.Body(payment, eventId)),
                CloseAsync(payment.DossierId, payment.OwnerId, ClosedDossier.Withdrawn));

            var decided = await fixture.DecidedAsync(eventId);
            await Eventually.Async(async () => await fixture.QueryAsync(db => db.ClosedDossiers.AnyAsync(d => d.DossierId == payment.DossierId)), "the end is noted");
            var state = (await fixture.ReloadAsync(payment)).State;
            Assert.Equal(decided.State == NoticeState.Settled ? PaymentState.Settled : PaymentState.Cancelled, state);
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task CloseAsync(Guid dossier, Guid owner, string reason)
    {
        var now = TimeProvider.System.GetUtcNow();
        return reason switch
        {
            ClosedDossier.Withdrawn => fixture.Service.PublishAsync(
                new DossierWithdrawn(dossier, "c", 2, now, "1.013978", PaymentFixture.Unit, owner, "SUBMITTED", 0, FeeTreatments.None)),
            ClosedDossier.Stopped => fixture.Service.PublishAsync(new DossierStopped(dossier, "c", 2, now, "1.013978", PaymentFixture.Unit, owner)),
            _ => fixture.Service.PublishAsync(new DossierNotAccepted(dossier, "c", 2, now, "1.013978", PaymentFixture.Unit, owner)),
        };
    }

    private static DossierFeeDue Due(PaymentRequest payment, int number) => new(
        payment.DossierId, payment.DossierCode, number + 1, TimeProvider.System.GetUtcNow(), payment.ProcedureCode, payment.UnitCode, payment.OwnerId, payment.ActorId,
        payment.Channel, Guid.CreateVersion7(), number, [new FeeItem("duty", "Thuế trước bạ", 10_000, false)], TimeProvider.System.GetUtcNow().AddDays(30));

    private Task<List<(string Moment, PaymentState State)>> StatesAsync(Guid dossier) => fixture.QueryAsync(async db =>
        (await db.Payments.AsNoTracking().Where(p => p.DossierId == dossier).OrderBy(p => p.Moment).Select(p => new { p.Moment, p.State }).ToListAsync())
            .ConvertAll(p => (p.Moment, p.State)));
}

using System.Diagnostics.Metrics;
using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.Payments.Tests.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Payments.Tests.Features;

public sealed class PaymentSweepTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(15);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    private PaymentSweep Sweep => fixture.Service.Services.GetRequiredService<PaymentSweep>();

    [Fact]
    public async Task A_lapsed_request_expires_is_told_and_takes_neither_attempts_nor_money()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-expired.v1");
        var payment = await fixture.PendingAsync();
        fixture.Time.Advance(Lifetime + Grace + TimeSpan.FromSeconds(1));

        await Sweep.RunAsync(TestContext.Current.CancellationToken);

        var expired = await fixture.ReloadAsync(payment);
        Assert.Equal(PaymentState.Expired, expired.State);
        Assert.NotNull(expired.ExpiredAt);
        Assert.Single(await probe.WaitAsync("paymentId", payment.Id));
        await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id, "k1")).IsProblemAsync(409, "PAY-0003");
        await (await fixture.Citizen(payment.OwnerId).GetAsync($"/api/v1/payments/{payment.Id}/qr.png", TestContext.Current.CancellationToken))
            .IsProblemAsync(409, "PAY-0003");
        var eventId = PaymentFixture.NewEventId();
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId))).EnsureSuccessStatusCode();
        Assert.Equal(MismatchReason.Expired, (await fixture.DecidedAsync(eventId)).Reason);
    }

    [Fact]
    public async Task Within_the_grace_a_transfer_that_was_booked_in_time_still_settles_but_nobody_starts_anew()
    {
        var payment = await fixture.PendingAsync();
        fixture.Time.Advance(Lifetime + TimeSpan.FromMinutes(1));

        await Sweep.RunAsync(TestContext.Current.CancellationToken);

        await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id, "k2")).IsProblemAsync(409, "PAY-0003");
        var (late, inTime) = (PaymentFixture.NewEventId(), PaymentFixture.NewEventId());
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, late, bookedAt: payment.ExpiresAt.AddSeconds(1)))).EnsureSuccessStatusCode();
        Assert.Equal(MismatchReason.Expired, (await fixture.DecidedAsync(late)).Reason);
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, inTime, bookedAt: payment.ExpiresAt.AddSeconds(-1)))).EnsureSuccessStatusCode();
        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync(inTime)).State);
    }

    [Fact]
    public async Task What_is_settled_or_not_yet_due_is_left_alone()
    {
        var settled = await fixture.SettledAsync();
        fixture.Time.Advance(Lifetime + Grace + TimeSpan.FromSeconds(1));
        var young = await fixture.PendingAsync();

        await Sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(PaymentState.Settled, (await fixture.ReloadAsync(settled)).State);
        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(young)).State);
    }

    [Fact]
    public async Task Sweeps_of_several_replicas_expire_each_request_once()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-expired.v1");
        var now = fixture.Time.GetUtcNow();
        var ids = await fixture.QueryAsync(async db =>
        {
            var payments = Enumerable.Range(0, 250).Select(_ => PaymentRequest.Open(
                Some.Purpose(), [Some.Item(1_000)], Some.Account, PaymentReference.Create(), now - Lifetime - Grace, Lifetime).Value).ToList();
            db.AddRange(payments);
            await db.SaveChangesAsync();
            return payments.Select(p => p.Id).ToList();
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Sweep.RunAsync(TestContext.Current.CancellationToken)));

        Assert.Equal(250, await fixture.QueryAsync(db => db.Payments.CountAsync(p => ids.Contains(p.Id) && p.State == PaymentState.Expired)));
        foreach (var id in ids)
            await probe.WaitAsync("paymentId", id);
        Assert.All(ids, id => Assert.Single(probe.About("paymentId", id)));
    }

    [Fact]
    public async Task A_notice_that_nobody_decided_is_settled_by_the_watchdog()
    {
        var payment = await fixture.PendingAsync();
        var notice = Some.Notice(payment);
        var now = fixture.Time.GetUtcNow();
        // Stored, but its message was lost: as after a queue was emptied by hand.
        await fixture.QueryAsync(async db =>
        {
            db.Add(new BankNotice
            {
                Id = notice.Id,
                Provider = "lab",
                EventId = "lost",
                PayloadHash = "x",
                RawBody = "{}",
                Original = true,
                Amount = notice.Amount,
                Account = notice.Account,
                Bin = notice.Bin,
                Remittance = notice.Remittance,
                BookedAt = now,
                ReceivedAt = now,
            });
            db.Add(NoticeHandling.Received(notice.Id, now, TimeSpan.FromMinutes(5)));
            return await db.SaveChangesAsync();
        });

        await Sweep.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(NoticeState.Received, (await fixture.HandlingAsync("lost"))?.State);
        fixture.Time.Advance(TimeSpan.FromMinutes(6));
        await Sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync("lost")).State);
        Assert.Equal(PaymentState.Settled, (await fixture.ReloadAsync(payment)).State);
    }

    [Fact]
    public async Task Open_requests_undecided_notices_and_waiting_money_are_counted()
    {
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId, amount: 1))).EnsureSuccessStatusCode();
        await fixture.DecidedAsync(eventId);
        fixture.Time.Advance(TimeSpan.FromHours(1));
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == PaymentInstruments.Name && instrument.IsObservable)
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name] = Math.Max(value, seen.GetValueOrDefault(instrument.Name)));
        listener.Start();

        await Sweep.RunAsync(TestContext.Current.CancellationToken);
        listener.RecordObservableInstruments();

        Assert.True(seen["payment.pending"] >= 1);
        Assert.Contains("payment.notices.undecided", seen);
        // Money that waits for a decision, and for how long.
        Assert.True(seen["payment.cases.open"] >= 1 && seen["payment.cases.oldest"] >= 3600);
    }
}

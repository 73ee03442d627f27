using System.Globalization;
using System.Text;
using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Payments.Tests.Banks;

/// <summary>A signed request that comes again, word for word, is recognised within its window.</summary>
public sealed class ReplayTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    [Fact]
    public async Task It_is_answered_like_the_first_counted_and_changes_nothing()
    {
        var replayed = 0L;
        using var listener = Counting("payment.notices.replayed", value => Interlocked.Add(ref replayed, value));
        var (body, timestamp, signature) = Signed(await fixture.PendingAsync(), out var eventId);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => fixture.PostNoticeAsync(body, "lab", timestamp, signature)));

        Assert.All(answers, a => Assert.Equal(202, (int)a.StatusCode));
        Assert.Equal(11, Interlocked.Read(ref replayed));
        Assert.Equal(1, await fixture.QueryAsync(db => db.Notices.CountAsync(n => n.EventId == eventId)));
        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync(eventId)).State);
    }

    [Fact]
    public async Task A_repeat_that_is_signed_anew_is_none_and_neither_is_the_same_one_of_another_bank()
    {
        var replayed = 0L;
        using var listener = Counting("payment.notices.replayed", value => Interlocked.Add(ref replayed, value));
        var (body, _, _) = Signed(await fixture.PendingAsync(), out _);

        (await fixture.NotifyAsync(body)).EnsureSuccessStatusCode();
        (await fixture.NotifyAsync(body, age: TimeSpan.FromSeconds(2))).EnsureSuccessStatusCode();
        (await fixture.NotifyAsync(body, "other", PaymentFixture.OtherSecret)).EnsureSuccessStatusCode();

        Assert.Equal(0, Interlocked.Read(ref replayed));
    }

    [Fact]
    public async Task What_was_refused_is_not_remembered_and_what_is_past_its_window_is_forgotten()
    {
        var (body, timestamp, signature) = Signed(await fixture.PendingAsync(), out _);
        await (await fixture.PostNoticeAsync(body + " ", "lab", timestamp, signature)).IsProblemAsync(401, "PAY-0006");
        (await fixture.PostNoticeAsync(body, "lab", timestamp, signature)).EnsureSuccessStatusCode();
        var sweep = fixture.Service.Services.GetRequiredService<PaymentSweep>();
        var digest = BankNotice.HashOf(Encoding.UTF8.GetBytes(signature));

        fixture.Time.Advance(TimeSpan.FromMinutes(6));
        await sweep.RunAsync(TestContext.Current.CancellationToken);
        Assert.True(await fixture.QueryAsync(db => db.SeenSignatures.AnyAsync(s => s.Digest == digest)));
        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        await sweep.RunAsync(TestContext.Current.CancellationToken);

        Assert.False(await fixture.QueryAsync(db => db.SeenSignatures.AnyAsync(s => s.Digest == digest)));
        await (await fixture.PostNoticeAsync(body, "lab", timestamp, signature)).IsProblemAsync(401, "PAY-0007");
    }

    private (string Body, string Timestamp, string Signature) Signed(PaymentRequest payment, out string eventId)
    {
        eventId = PaymentFixture.NewEventId();
        var body = PaymentFixture.Body(payment, eventId);
        var timestamp = fixture.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return (body, timestamp, BankSignature.Sign(PaymentFixture.Secret, timestamp, Encoding.UTF8.GetBytes(body)));
    }

    private System.Diagnostics.Metrics.MeterListener Counting(string name, Action<long> count)
    {
        var meters = fixture.Service.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                // Those of this service alone: other test classes run beside this one.
                if (instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, meters))
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => count(value));
        listener.Start();
        return listener;
    }
}

using System.Diagnostics.Metrics;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;

namespace HaLong.Payments.Tests.Features;

public sealed class SettlePaymentTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private const string Settled = "halong.payment-settled.v1";
    private const string Mismatched = "halong.payment-mismatched.v1";

    [Fact]
    public async Task A_paid_request_is_settled_and_told_once()
    {
        await using var probe = await fixture.ListenAsync(Settled);
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();

        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId))).EnsureSuccessStatusCode();

        var handling = await fixture.DecidedAsync(eventId);
        var settled = await fixture.ReloadAsync(payment);
        Assert.Equal((NoticeState.Settled, payment.Id), (handling.State, handling.PaymentId));
        Assert.Equal((PaymentState.Settled, handling.NoticeId), (settled.State, settled.NoticeId));
        var told = Assert.Single(await probe.WaitAsync("paymentId", payment.Id));
        Assert.Equal((payment.DossierId, payment.OwnerId), (told.GetProperty("dossierId").GetGuid(), told.GetProperty("ownerId").GetGuid()));
        Assert.Equal((payment.Amount, "lab"), (told.GetProperty("amount").GetInt64(), told.GetProperty("provider").GetString()));
    }

    [Fact]
    public async Task Every_change_of_state_is_told_in_order_with_its_number()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-state-changed.v1");
        var payment = await fixture.SettledAsync();

        var told = await probe.WaitAsync("paymentId", payment.Id, 2);

        Assert.Equal(
            [(1, null, null, "pending"), (2, "pending", "settle", "settled")],
            told.OrderBy(t => t.GetProperty("sequence").GetInt32()).Select(t => (
                t.GetProperty("sequence").GetInt32(), t.GetProperty("from").GetString(), t.GetProperty("step").GetString(), t.GetProperty("to").GetString()!)));
        Assert.Equal(2, payment.Sequence);
    }

    [Theory]
    [InlineData("MBVCB.998877.{0}.CT tu 0123 toi 0011")]
    [InlineData("le phi {0}thank you")]
    [InlineData("{1}")]
    [InlineData(" {2} ")]
    public async Task The_reference_is_found_in_a_text_that_banks_rewrote(string text)
    {
        var payment = await fixture.PendingAsync();
        var remittance = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, text, payment.Reference, payment.Reference.ToLowerInvariant(), string.Join(' ', payment.Reference.Chunk(4).Select(c => new string(c))));

        Assert.Equal((NoticeState.Settled, null), await OutcomeAsync(PaymentFixture.Body(payment, "{0}", remittance: remittance)));
    }

    [Theory]
    [InlineData("tien hoc phi")]
    [InlineData("")]
    [InlineData("{cut}")]
    [InlineData("HL0123456789")]
    public async Task An_unknown_or_cut_reference_is_kept_and_reported(string remittance)
    {
        await using var probe = await fixture.ListenAsync(Mismatched);
        var payment = await fixture.PendingAsync();

        var outcome = await HandlingOfAsync(PaymentFixture.Body(
            payment, "{0}", remittance: remittance.Replace("{cut}", payment.Reference[..11], StringComparison.Ordinal)));

        Assert.Equal((NoticeState.Mismatched, MismatchReason.UnknownReference, null), (outcome.State, outcome.Reason, outcome.PaymentId));
        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(payment)).State);
        var told = Assert.Single(await probe.WaitAsync("noticeId", outcome.NoticeId));
        Assert.Equal(("unknownReference", "lab"), (told.GetProperty("reason").GetString(), told.GetProperty("provider").GetString()));
        Assert.Equal(payment.Amount, told.GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task Two_references_in_one_text_are_not_guessed_at()
    {
        var (one, other) = (await fixture.PendingAsync(), await fixture.PendingAsync());

        var outcome = await OutcomeAsync(PaymentFixture.Body(one, "{0}", remittance: one.Reference + " " + other.Reference));

        Assert.Equal((NoticeState.Mismatched, MismatchReason.AmbiguousReference), outcome);
        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(one)).State);
        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(other)).State);
    }

    [Theory]
    [InlineData(149_999)]
    [InlineData(150_001)]
    public async Task A_wrong_amount_is_kept_and_the_right_one_still_settles(long amount)
    {
        var payment = await fixture.PendingAsync();

        Assert.Equal((NoticeState.Mismatched, MismatchReason.WrongAmount), await OutcomeAsync(PaymentFixture.Body(payment, "{0}", amount: amount)));
        Assert.Equal((NoticeState.Settled, null), await OutcomeAsync(PaymentFixture.Body(payment, "{0}")));
    }

    [Fact]
    public async Task Money_on_another_account_is_kept()
    {
        var payment = await fixture.PendingAsync();

        Assert.Equal((NoticeState.Mismatched, MismatchReason.WrongAccount), await OutcomeAsync(PaymentFixture.Body(payment, "{0}", account: "0011000000002")));
    }

    [Fact]
    public async Task A_second_notice_for_a_settled_request_is_kept_and_reported()
    {
        await using var probe = await fixture.ListenAsync(Settled, Mismatched);
        var payment = await fixture.PendingAsync();

        Assert.Equal((NoticeState.Settled, null), await OutcomeAsync(PaymentFixture.Body(payment, "{0}")));
        var second = await HandlingOfAsync(PaymentFixture.Body(payment, "{0}"));

        Assert.Equal((NoticeState.Mismatched, MismatchReason.AlreadySettled, payment.Id), (second.State, second.Reason, second.PaymentId));
        Assert.Single(await probe.WaitAsync("noticeId", second.NoticeId));
        Assert.Single(await probe.WaitAsync("paymentId", payment.Id));
    }

    [Fact]
    public async Task Ten_different_notices_at_once_settle_one_request_once()
    {
        await using var probe = await fixture.ListenAsync(Settled, Mismatched);
        var payment = await fixture.PendingAsync();
        var events = Enumerable.Range(0, 10).Select(_ => PaymentFixture.NewEventId()).ToList();

        await Task.WhenAll(events.Select(e => fixture.NotifyAsync(PaymentFixture.Body(payment, e))));

        var outcomes = await Task.WhenAll(events.Select(fixture.DecidedAsync));
        Assert.Single(outcomes, o => o.State == NoticeState.Settled);
        Assert.Equal(9, outcomes.Count(o => o.Reason == MismatchReason.AlreadySettled));
        foreach (var refused in outcomes.Where(o => o.State == NoticeState.Mismatched))
            Assert.Single(await probe.WaitAsync("noticeId", refused.NoticeId));
        Assert.Single(await probe.WaitAsync("paymentId", payment.Id));
    }

    [Fact]
    public async Task The_message_to_ourselves_may_come_again()
    {
        await using var probe = await fixture.ListenAsync(Settled, Mismatched);
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId))).EnsureSuccessStatusCode();
        var handling = await fixture.DecidedAsync(eventId);

        for (var i = 0; i < 5; i++)
            await fixture.Service.PublishAsync(new BankNoticeReceived(handling.NoticeId, fixture.Time.GetUtcNow()));
        // A later notice that is decided shows that the repeats before it are through.
        var later = await fixture.PendingAsync();
        await OutcomeAsync(PaymentFixture.Body(later, "{0}"));
        await probe.WaitAsync("paymentId", later.Id);

        Assert.Single(probe.About("paymentId", payment.Id));
        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync(eventId)).State);
    }

    [Fact]
    public async Task Settlements_and_mismatches_are_measured()
    {
        var measured = new List<(string Name, string? Reason)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == PaymentInstruments.Name)
                    l.EnableMeasurementEvents(instrument);
            },
        };
        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var reason = tags.Length > 0 ? tags[0].Value as string : null;
            lock (measured)
                measured.Add((instrument.Name, reason));
        }

        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();
        var payment = await fixture.PendingAsync();

        await OutcomeAsync(PaymentFixture.Body(payment, "{0}", amount: 1));
        await OutcomeAsync(PaymentFixture.Body(payment, "{0}"));
        await (await fixture.NotifyAsync("{}", secret: "not-the-secret-of-anybody")).IsProblemAsync(401, "PAY-0006");

        lock (measured)
        {
            Assert.Contains(("payment.mismatched", "wrongAmount"), measured);
            Assert.Contains(("payment.settled", null), measured);
            Assert.Contains(("payment.notice_to_settled", null), measured);
            Assert.Contains(("payment.notices.refused", "PAY-0006"), measured);
        }
    }

    private async Task<(NoticeState, MismatchReason?)> OutcomeAsync(string body)
    {
        var handling = await HandlingOfAsync(body);
        return (handling.State, handling.Reason);
    }

    /// <summary>Sends a notice, whose event id is written in, and waits for what becomes of it.</summary>
    private async Task<NoticeHandling> HandlingOfAsync(string body)
    {
        var eventId = PaymentFixture.NewEventId();
        (await fixture.NotifyAsync(body.Replace("{0}", eventId, StringComparison.Ordinal))).EnsureSuccessStatusCode();
        return await fixture.DecidedAsync(eventId);
    }
}

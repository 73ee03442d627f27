using System.Diagnostics.Metrics;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.NationalPortal;

/// <summary>What is not known is asked for, never told as a failure, and repaired.</summary>
[Collection(nameof(PortalTests))]
public sealed class UnknownOutcomeTests(PortalFixture fixture) : IAsyncLifetime
{
    public ValueTask InitializeAsync() => new(fixture.Lab.ClearAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Money_whose_confirmation_was_lost_is_found_by_asking_and_a_late_confirmation_changes_nothing()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-settled.v1", "halong.payment-mismatched.v1");
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Lab.DialAsync("drop", of: order);
        await fixture.Lab.EndAsync(order);

        await fixture.AskAfterAsync(TimeSpan.FromMinutes(14));
        Assert.Equal(PaymentState.Processing, (await fixture.ReloadAsync(payment)).State);
        await fixture.AskAfterAsync(TimeSpan.FromMinutes(1));

        var settled = await fixture.InStateAsync(payment, PaymentState.Settled);
        var transaction = settled.Attempts[0].ProviderReference!;
        (await Confirmation.PostAsync(fixture, Confirmation.Of(order, 150_000, transaction))).EnsureSuccessStatusCode();
        Assert.Equal(1, await fixture.QueryAsync(db => db.Notices.CountAsync(n => n.EventId == order + ":" + transaction)));
        var told = Assert.Single(await probe.WaitAsync("paymentId", payment.Id));
        Assert.Equal("portal", told.GetProperty("provider").GetString());
        Assert.Empty(probe.About("noticeId", settled.NoticeId!.Value));
    }

    [Fact]
    public async Task Confirmed_and_asked_at_once_settles_once()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Lab.DialAsync("drop", of: order);
        await fixture.Lab.EndAsync(order);
        var transaction = (await fixture.Lab.OrderAsync(order))!.Value.GetProperty("transaction").GetString()!;
        fixture.Time.Advance(PortalFixture.QueryAfter);

        await Task.WhenAll(
            fixture.AskAsync(), fixture.AskAsync(),
            Confirmation.PostAsync(fixture, Confirmation.Of(order, 150_000, transaction)), Confirmation.PostAsync(fixture, Confirmation.Of(order, 150_000, transaction)));

        var settled = await fixture.InStateAsync(payment, PaymentState.Settled);
        Assert.Equal(1, await fixture.QueryAsync(db => db.Notices.CountAsync(n => n.Remittance == order)));
        Assert.Equal(1, await fixture.QueryAsync(db => db.PortalMessages.CountAsync(m => m.AttemptId == settled.Attempts[0].Id)));
        Assert.Equal(1, settled.Attempts[0].Queries);
    }

    [Fact]
    public async Task An_outage_makes_the_outcome_unknown_which_is_told_in_words_and_repaired_when_the_platform_is_back()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-state-changed.v1");
        var payment = await fixture.PendingAsync();
        await fixture.Lab.DialAsync("down", times: null);

        var attempt = await (await fixture.SetOutAsync(payment)).JsonAsync(201);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, attempt.GetProperty("redirectUrl").ValueKind);
        Assert.Contains("đang kiểm tra", attempt.GetProperty("message").GetString(), StringComparison.Ordinal);
        await fixture.AskAfterAsync(TimeSpan.FromMinutes(1));

        var lost = await fixture.ReloadAsync(payment);
        Assert.Equal((PaymentState.Unknown, AttemptState.Unknown), (lost.State, lost.Attempts[0].State));
        var (vi, en) = (await fixture.SeenAsync(payment), await fixture.SeenAsync(payment, "en"));
        Assert.Equal(("unknown", "unknown"), (vi.GetProperty("status").GetString(), vi.GetProperty("attempts")[0].GetProperty("state").GetString()));
        Assert.Contains("đang kiểm tra", vi.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("looked into", en.GetProperty("message").GetString(), StringComparison.Ordinal);
        await (await fixture.SetOutAsync(payment)).IsProblemAsync(409, "PAY-0018");
        await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id)).IsProblemAsync(409, "PAY-0018");

        await fixture.Lab.ClearAsync();
        await fixture.AskAfterAsync(PortalFixture.QueryAfter);
        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(payment)).State);
        var steps = (await probe.WaitAsync("paymentId", payment.Id, 4)).OrderBy(m => m.GetProperty("sequence").GetInt32()).Select(m => m.GetProperty("step").GetString());
        Assert.Equal([null, "begin", "lose", "clear"], steps);
        await (await fixture.SetOutAsync(payment)).JsonAsync(201);
    }

    [Fact]
    public async Task An_order_whose_answer_came_too_late_is_asked_about_and_the_money_found()
    {
        var payment = await fixture.PendingAsync();
        await fixture.Lab.DialAsync("delay", 2_500, of: payment.Reference + "01");
        var attempt = await (await fixture.SetOutAsync(payment)).JsonAsync(201);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, attempt.GetProperty("redirectUrl").ValueKind);
        await fixture.Lab.DialAsync("drop", of: payment.Reference + "01");
        await fixture.Lab.EndAsync(payment.Reference + "01");

        await fixture.AskAfterAsync(TimeSpan.FromMinutes(1));

        await fixture.InStateAsync(payment, PaymentState.Settled);
    }

    [Fact]
    public async Task An_order_that_nobody_pays_within_its_life_opens_the_request_again_and_late_money_still_settles_it()
    {
        var (payment, order) = await fixture.ProcessingAsync();

        await fixture.AskAfterAsync(PortalFixture.QueryAfter);
        Assert.Equal(PaymentState.Processing, (await fixture.ReloadAsync(payment)).State);
        await fixture.AskAfterAsync(PortalFixture.OrderLifetime);
        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(payment)).State);
        await fixture.Lab.EndAsync(order);

        Assert.Equal(AttemptState.Paid, (await fixture.InStateAsync(payment, PaymentState.Settled)).Attempts[0].State);
    }

    [Fact]
    public async Task An_order_that_the_platform_had_taken_and_does_not_know_is_unknown_until_its_life_is_over()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Lab.DialAsync("forget", times: null, of: order);

        await fixture.AskAfterAsync(PortalFixture.QueryAfter);
        Assert.Equal(PaymentState.Unknown, (await fixture.ReloadAsync(payment)).State);
        await fixture.AskAfterAsync(PortalFixture.OrderLifetime);

        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(payment)).State);
    }

    [Fact]
    public async Task An_answer_whose_check_sum_does_not_hold_is_no_answer()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Lab.DialAsync("drop", of: order);
        await fixture.Lab.EndAsync(order);
        await fixture.Lab.DialAsync("wrongSignature", of: order);

        await fixture.AskAfterAsync(PortalFixture.QueryAfter);
        Assert.Equal(PaymentState.Unknown, (await fixture.ReloadAsync(payment)).State);
        await fixture.AskAfterAsync(PortalFixture.QueryAfter);

        await fixture.InStateAsync(payment, PaymentState.Settled);
    }

    [Fact]
    public async Task A_transfer_pays_what_nobody_knows_and_the_platforms_no_ends_the_attempt_quietly()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Lab.DialAsync("wrongSignature", of: order);
        await fixture.AskAfterAsync(PortalFixture.QueryAfter);
        Assert.Equal(PaymentState.Unknown, (await fixture.ReloadAsync(payment)).State);
        var eventId = PaymentFixture.NewEventId();

        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId))).EnsureSuccessStatusCode();
        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync(eventId)).State);
        await fixture.Lab.DialAsync("drop", of: order);
        await fixture.Lab.EndAsync(order, pays: false);
        await fixture.AskAfterAsync(PortalFixture.QueryAfter);

        var settled = await fixture.ReloadAsync(payment);
        Assert.Equal((PaymentState.Settled, AttemptState.Failed), (settled.State, settled.Attempts[0].State));
        Assert.Null(settled.Attempts[0].QueryAt);
    }

    [Fact]
    public async Task A_request_past_its_end_lapses_once_the_platform_says_that_nothing_was_paid()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Lab.DialAsync("drop", of: order);
        await fixture.Lab.EndAsync(order, pays: false);
        fixture.Time.Advance(TimeSpan.FromDays(16));
        await fixture.SweepAsync();
        Assert.Equal(PaymentState.Processing, (await fixture.ReloadAsync(payment)).State);

        await fixture.AskAsync();
        await fixture.SweepAsync();

        Assert.Equal(PaymentState.Expired, (await fixture.ReloadAsync(payment)).State);
    }

    [Fact]
    public async Task Money_for_a_dossier_that_was_withdrawn_meanwhile_is_a_case()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Service.PublishAsync(new DossierWithdrawn(
            payment.DossierId, payment.DossierCode, 2, fixture.Time.GetUtcNow(), "1.013978", PaymentFixture.Unit, payment.OwnerId, "SUBMITTED", 0, FeeTreatments.None));
        await fixture.InStateAsync(payment, PaymentState.Cancelled);

        await fixture.Lab.EndAsync(order);

        var of = await Eventually.ValueAsync(() => fixture.QueryAsync(db => db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.PaymentId == payment.Id)), c => c is not null, "case");
        Assert.Equal(CaseKind.ClosedDossier, of!.Kind);
        Assert.Equal(PaymentState.Cancelled, (await fixture.ReloadAsync(payment)).State);
    }

    [Fact]
    public async Task An_attempt_that_was_recorded_and_never_sent_is_cleared_by_the_sweep()
    {
        var payment = await fixture.PendingAsync();
        await fixture.QueryAsync(async db =>
        {
            // As after a crash right after the record was committed.
            var tracked = await db.Payments.AsSplitQuery().SingleAsync(p => p.Id == payment.Id);
            var now = fixture.Time.GetUtcNow();
            tracked.StartAttempt("portal", new HashSet<string> { "portal" }, payment.OwnerId, now).Value.Await(now + PortalFixture.QueryAfter);
            db.Record(tracked);
            return await db.SaveChangesAsync();
        });

        await fixture.AskAfterAsync(PortalFixture.QueryAfter);

        var open = await fixture.ReloadAsync(payment);
        Assert.Equal((PaymentState.Pending, AttemptState.Failed), (open.State, open.Attempts[0].State));
    }

    [Fact]
    public async Task Each_question_waits_twice_as_long_up_to_the_longest()
    {
        var (payment, _) = await fixture.ProcessingAsync();
        await fixture.Lab.DialAsync("down", times: null);
        var waits = new List<double>();

        fixture.Time.Advance(PortalFixture.QueryAfter);
        for (var i = 0; i < 8; i++)
        {
            var asked = fixture.Time.GetUtcNow();
            await fixture.AskAsync();
            var next = (await fixture.ReloadAsync(payment)).Attempts[0].QueryAt!.Value;
            waits.Add(Math.Round((next - asked).TotalMinutes));
            fixture.Time.Advance(next - fixture.Time.GetUtcNow());
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits);
    }

    [Fact]
    public async Task Attempts_that_wait_are_counted_with_the_age_of_the_oldest_and_so_is_each_question()
    {
        var (seen, asked) = (new Dictionary<string, long>(), new List<string?>());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == PaymentInstruments.Name)
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (seen)
            {
                seen[instrument.Name] = Math.Max(value, seen.GetValueOrDefault(instrument.Name));
                if (instrument.Name == "payment.attempts.queried")
                    asked.Add(tags[0].Value as string);
            }
        });
        listener.Start();
        await fixture.ProcessingAsync();
        var (_, order) = await fixture.ProcessingAsync();
        await fixture.Lab.DialAsync("wrongSignature", of: order);

        await fixture.AskAfterAsync(PortalFixture.QueryAfter);
        listener.RecordObservableInstruments();

        lock (seen)
        {
            Assert.True(seen["payment.attempts.processing"] >= 1);
            Assert.True(seen["payment.attempts.unknown"] >= 1);
            Assert.True(seen["payment.attempts.oldest"] >= 900);
            Assert.Contains("noAnswer", asked);
            Assert.Contains("open", asked);
        }
    }
}

using CsCheck;
using HaLong.Payments.Domain;

namespace HaLong.Payments.Tests.Domain;

public sealed class PaymentRequestTests
{
    private static readonly DateTimeOffset Later = Some.Now.AddHours(1);
    private static readonly DateTimeOffset End = Some.Now + Some.Lifetime;

    [Fact]
    public void A_new_request_is_pending_and_asks_for_the_sum_of_its_items()
    {
        var purpose = Some.Purpose();

        var payment = PaymentRequest.Open(purpose, [Some.Item(20_000), Some.Item(130_000, 2)], Some.Account, "HLQ7K3M9XW2P", Some.Now, Some.Lifetime).Value;

        Assert.Equal(PaymentState.Pending, payment.State);
        Assert.Equal(150_000, payment.Amount);
        Assert.Equal(2, payment.Items.Count);
        Assert.Equal(End, payment.ExpiresAt);
        Assert.Equal((purpose.DossierId, purpose.OwnerId, purpose.ActorId), (payment.DossierId, payment.OwnerId, payment.ActorId));
        Assert.Equal(Some.Account, payment.Beneficiary);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 5)]
    [InlineData(9_999_999_999_999, 1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void A_sum_that_is_not_a_payable_amount_is_refused(long first, long second)
    {
        var opened = PaymentRequest.Open(Some.Purpose(), [Some.Item(first), Some.Item(second, 2)], Some.Account, "HLQ7K3M9XW2P", Some.Now, Some.Lifetime);

        Assert.False(opened.IsSuccess);
        Assert.Equal("PAY-0011", opened.Error.Code);
    }

    [Fact]
    public void Items_always_add_up_to_the_amount() => Gen.Long[0, 10_000_000].Array[1, 12].Where(a => a.Sum() > 0).Sample(amounts =>
    {
        var items = amounts.Select((a, i) => Some.Item(a, i + 1)).ToList();
        var payment = PaymentRequest.Open(Some.Purpose(), items, Some.Account, "HLQ7K3M9XW2P", Some.Now, Some.Lifetime).Value;
        Assert.Equal(amounts.Sum(), payment.Amount);
        Assert.Equal(payment.Items.Sum(i => i.Amount), payment.Amount);
    });

    [Fact]
    public void An_attempt_is_counted()
    {
        var payment = Some.Payment();

        Assert.True(payment.StartAttempt("vietqr", Some.Providers, payment.OwnerId, Later).IsSuccess);
        Assert.True(payment.StartAttempt("vietqr", Some.Providers, payment.OwnerId, Later).IsSuccess);

        Assert.Equal(2, payment.AttemptCount);
        Assert.Equal(2, payment.Attempts.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("VIETQR")]
    [InlineData("cash")]
    public void An_attempt_by_another_method_is_refused(string? method) =>
        Assert.Equal("PAY-0004", Some.Payment().StartAttempt(method, Some.Providers, Guid.Empty, Later).Error.Code);

    [Fact]
    public void An_attempt_on_a_settled_request_is_refused()
    {
        var payment = Some.Payment();
        payment.Settle(Some.Notice(payment), Later);

        Assert.Equal("PAY-0002", payment.StartAttempt("vietqr", Some.Providers, payment.OwnerId, Later).Error.Code);
    }

    [Fact]
    public void An_attempt_after_the_end_is_refused_even_before_the_sweep_came_by()
    {
        var payment = Some.Payment();

        Assert.True(payment.StartAttempt("vietqr", Some.Providers, payment.OwnerId, End.AddTicks(-1)).IsSuccess);
        Assert.Equal("PAY-0003", payment.StartAttempt("vietqr", Some.Providers, payment.OwnerId, End).Error.Code);

        payment.Expire(End);
        Assert.Equal("PAY-0003", payment.StartAttempt("vietqr", Some.Providers, payment.OwnerId, Later).Error.Code);
    }

    [Fact]
    public void A_fitting_notice_settles()
    {
        var payment = Some.Payment();
        var notice = Some.Notice(payment);

        Assert.Null(payment.Settle(notice, Later));

        Assert.Equal(PaymentState.Settled, payment.State);
        Assert.Equal(Later, payment.SettledAt);
        Assert.Equal(notice.Id, payment.NoticeId);
    }

    [Fact]
    public void A_second_notice_does_not_settle_again()
    {
        var payment = Some.Payment();
        var first = Some.Notice(payment);
        payment.Settle(first, Later);

        Assert.Equal(MismatchReason.AlreadySettled, payment.Settle(Some.Notice(payment), Later));
        Assert.Equal(first.Id, payment.NoticeId);
    }

    [Fact]
    public void A_settled_request_never_expires()
    {
        var payment = Some.Payment();
        payment.Settle(Some.Notice(payment), Later);

        Assert.False(payment.Expire(End.AddYears(1)));
        Assert.Equal(PaymentState.Settled, payment.State);
    }

    [Fact]
    public void An_expired_request_is_not_settled_any_more()
    {
        var payment = Some.Payment();
        Assert.True(payment.Expire(End));

        Assert.Equal(MismatchReason.Expired, payment.Settle(Some.Notice(payment), End));
        Assert.Equal(PaymentState.Expired, payment.State);
        Assert.False(payment.Expire(End));
    }

    [Fact]
    public void A_request_does_not_expire_before_its_end()
    {
        var payment = Some.Payment();

        Assert.False(payment.Expire(End.AddTicks(-1)));
        Assert.True(payment.Expire(End));
        Assert.Equal(End, payment.ExpiredAt);
    }

    [Fact]
    public void The_time_of_booking_decides_about_lateness_not_the_time_of_the_notice()
    {
        var inTime = Some.Payment();
        var late = Some.Payment();

        Assert.Null(inTime.Settle(Changed(inTime, bookedAt: End), End.AddMinutes(5)));
        Assert.Equal(MismatchReason.Expired, late.Settle(Changed(late, bookedAt: End.AddSeconds(1)), End.AddMinutes(5)));
    }

    [Theory]
    [InlineData(149_999)]
    [InlineData(150_001)]
    [InlineData(1)]
    public void Another_amount_does_not_settle(long amount)
    {
        var payment = Some.Payment();

        Assert.Equal(MismatchReason.WrongAmount, payment.Settle(Changed(payment, amount: amount), Later));
        Assert.Equal(PaymentState.Pending, payment.State);
    }

    [Fact]
    public void Money_on_another_account_does_not_settle()
    {
        var payment = Some.Payment();

        Assert.Equal(MismatchReason.WrongAccount, payment.Settle(Changed(payment, account: "0011000000002"), Later));
        Assert.Equal(MismatchReason.WrongAccount, payment.Settle(Changed(payment, bin: "970405"), Later));
        Assert.Equal(PaymentState.Pending, payment.State);
    }

    [Theory]
    [InlineData(ClosedDossier.Withdrawn)]
    [InlineData(ClosedDossier.Stopped)]
    [InlineData(ClosedDossier.NotAccepted)]
    public void A_cancelled_request_takes_neither_attempts_nor_money_and_never_expires(string reason)
    {
        var payment = Some.Payment();

        Assert.True(payment.Cancel(reason, Later));

        Assert.Equal((PaymentState.Cancelled, Later, reason), (payment.State, payment.CancelledAt, payment.CancelReason));
        Assert.Equal("PAY-0015", payment.StartAttempt("vietqr", Some.Providers, payment.OwnerId, Later).Error.Code);
        Assert.Equal(MismatchReason.DossierClosed, payment.Settle(Some.Notice(payment), Later));
        Assert.False(payment.Expire(End));
        Assert.False(payment.Cancel(ClosedDossier.Stopped, End));
        Assert.Equal((PaymentState.Cancelled, Later, reason), (payment.State, payment.CancelledAt, payment.CancelReason));
    }

    [Fact]
    public void What_was_paid_or_has_lapsed_is_not_cancelled()
    {
        var (paid, lapsed) = (Some.Payment(), Some.Payment());
        paid.Settle(Some.Notice(paid), Later);
        lapsed.Expire(End);

        Assert.False(paid.Cancel(ClosedDossier.Withdrawn, End));
        Assert.False(lapsed.Cancel(ClosedDossier.Withdrawn, End));
        Assert.Equal((PaymentState.Settled, PaymentState.Expired), (paid.State, lapsed.State));
        Assert.Null(paid.CancelReason);
    }

    private static BankNotice Changed(PaymentRequest payment, long? amount = null, string? account = null, string? bin = null, DateTimeOffset? bookedAt = null)
    {
        var fitting = Some.Notice(payment);
        return new BankNotice
        {
            Id = fitting.Id,
            Provider = fitting.Provider,
            EventId = fitting.EventId,
            PayloadHash = fitting.PayloadHash,
            RawBody = fitting.RawBody,
            Original = true,
            Amount = amount ?? fitting.Amount,
            Account = account ?? fitting.Account,
            Bin = bin ?? fitting.Bin,
            Remittance = fitting.Remittance,
            BookedAt = bookedAt ?? fitting.BookedAt,
            ReceivedAt = fitting.ReceivedAt,
        };
    }
}

using CsCheck;
using HaLong.Payments.Domain;

namespace HaLong.Payments.Tests.Domain;

public sealed class PaymentPartsTests
{
    private static readonly DateTimeOffset Later = Some.Now.AddHours(1);

    [Fact]
    public void What_is_held_lessens_what_is_still_to_be_paid_and_gives_more_time()
    {
        var payment = Some.Payment();
        var until = payment.ExpiresAt.AddDays(3);

        Assert.True(payment.Hold(100_000, until).IsSuccess);

        Assert.Equal((100_000L, 50_000L, until), (payment.Held, payment.Remaining, payment.ExpiresAt));
        Assert.Equal(MismatchReason.WrongAmount, payment.Settle(Some.Notice(payment), Later));
        Assert.Null(payment.Settle(NoticeOf(payment, 50_000), Later));
        Assert.Equal((PaymentState.Settled, 150_000L), (payment.State, payment.Refundable));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(150_000)]
    [InlineData(150_001)]
    public void Only_a_part_can_be_held(long amount)
    {
        var payment = Some.Payment();

        Assert.Equal("PAY-0020", payment.Hold(amount, payment.ExpiresAt).Error.Code);
        Assert.Equal(0, payment.Held);
    }

    [Theory]
    [InlineData(nameof(PaymentState.Created))]
    [InlineData(nameof(PaymentState.Processing))]
    [InlineData(nameof(PaymentState.Settled))]
    [InlineData(nameof(PaymentState.Expired))]
    [InlineData(nameof(PaymentState.Cancelled))]
    [InlineData(nameof(PaymentState.Unknown))]
    [InlineData(nameof(PaymentState.Refunded))]
    public void Nothing_is_held_for_what_is_not_pending(string state) =>
        Assert.Equal("PAY-0019", Some.In(Enum.Parse<PaymentState>(state)).Hold(1, Later).Error.Code);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(150_001)]
    public void No_more_is_given_back_than_was_paid(long amount)
    {
        var payment = Some.In(PaymentState.Settled);

        Assert.Equal("PAY-0021", payment.Refund(amount, Later).Error.Code);
        Assert.Equal((PaymentState.Settled, 0L), (payment.State, payment.Refunded));
    }

    [Theory]
    [InlineData(nameof(PaymentState.Pending))]
    [InlineData(nameof(PaymentState.Expired))]
    [InlineData(nameof(PaymentState.Refunded))]
    public void Only_what_was_paid_is_given_back(string state) =>
        Assert.Equal("PAY-0019", Some.In(Enum.Parse<PaymentState>(state)).Refund(1, Later).Error.Code);

    [Fact]
    public void Parts_given_back_never_add_up_to_more_than_was_paid() => Gen.Long[1, 120_000].Array[1, 8].Sample(parts =>
    {
        var payment = Some.In(PaymentState.Settled);
        long given = 0;
        foreach (var part in parts)
        {
            var left = payment.Refundable;
            var done = payment.Refund(part, Later).IsSuccess;
            Assert.Equal(part <= left && left > 0, done);
            given += done ? part : 0;
        }
        Assert.Equal((given, 150_000 - given), (payment.Refunded, payment.Refundable));
        Assert.Equal(given == 0 ? PaymentState.Settled : given == 150_000 ? PaymentState.Refunded : PaymentState.PartiallyRefunded, payment.State);
    });

    [Fact]
    public void A_request_that_waits_for_its_moment_is_offered_with_its_whole_time()
    {
        var payment = Some.In(PaymentState.Created);

        Assert.Equal(MismatchReason.NotYetDue, payment.Settle(Some.Notice(payment), Later));
        Assert.True(payment.Offer(Later, Some.Lifetime).IsSuccess);

        Assert.Equal((PaymentState.Pending, Later + Some.Lifetime), (payment.State, payment.ExpiresAt));
        Assert.Equal("PAY-0019", payment.Offer(Later, Some.Lifetime).Error.Code);
    }

    [Fact]
    public void An_attempt_ends_once_and_says_how()
    {
        var payment = Some.Payment();
        var attempt = payment.StartAttempt(Some.Portal, Some.Providers, Guid.Empty, Later).Value;
        attempt.Await(Later.AddMinutes(15));

        Assert.True(payment.Lose(attempt, Later));
        Assert.Equal((AttemptState.Unknown, null, Later.AddMinutes(15)), (attempt.State, attempt.EndedAt, attempt.QueryAt));
        Assert.False(payment.Lose(attempt, Later));
        Assert.True(payment.Fail(attempt, asked: true, Later));
        Assert.Equal((AttemptState.Failed, Later, null), (attempt.State, attempt.EndedAt, attempt.QueryAt));
        Assert.False(payment.Fail(attempt, asked: true, Later));
        Assert.Equal(PaymentState.Pending, payment.State);
    }

    private static BankNotice NoticeOf(PaymentRequest payment, long amount)
    {
        var whole = Some.Notice(payment);
        return new BankNotice
        {
            Id = whole.Id,
            Provider = whole.Provider,
            EventId = whole.EventId,
            PayloadHash = "",
            RawBody = "{}",
            Original = true,
            Amount = amount,
            Account = whole.Account,
            Bin = whole.Bin,
            Remittance = whole.Remittance,
            BookedAt = whole.BookedAt,
            ReceivedAt = whole.ReceivedAt,
        };
    }
}

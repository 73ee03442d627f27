using HaLong.Payments.Domain;

namespace HaLong.Payments.Tests.Domain;

/// <summary>Attempts at a provider, and money that it brings.</summary>
public sealed class ProviderAttemptTests
{
    private static readonly DateTimeOffset Later = Some.Now.AddHours(1);

    [Fact]
    public void Each_attempt_at_a_provider_has_an_order_number_of_its_own_which_names_the_request()
    {
        var payment = Some.Payment();
        payment.StartAttempt("vietqr", Some.Providers, Guid.Empty, Later);
        var first = Begin(payment);
        Assert.True(payment.Fail(first, asked: true, Later));
        var second = Begin(payment);

        Assert.Equal([null, payment.Reference + "02", payment.Reference + "03"], payment.Attempts.Select(a => a.OrderNumber));
        Assert.Equal([0, 150_000, 150_000], payment.Attempts.Select(a => a.Amount));
        Assert.Equal([payment.Reference], PaymentReference.FindIn(second.OrderNumber!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_money_pays_the_request_whether_it_was_waited_for_or_unknown(bool lost)
    {
        var payment = Some.Payment();
        var attempt = Begin(payment);
        attempt.Await(Later);
        if (lost)
            payment.Lose(attempt, Later);

        Assert.Null(payment.Settle(Money(payment, attempt), Later));

        Assert.Equal((PaymentState.Settled, AttemptState.Paid, "GD1"), (payment.State, attempt.State, attempt.ProviderReference));
        Assert.Null(attempt.QueryAt);
    }

    [Fact]
    public void Who_set_out_in_time_pays_in_time_and_a_transfer_of_the_same_moment_does_not()
    {
        var payment = Some.Payment();
        var attempt = Begin(payment);
        var late = payment.ExpiresAt.AddHours(3);

        Assert.Equal(MismatchReason.Expired, payment.Settle(Money(payment, attempt, provider: "lab", at: late), late));
        Assert.Null(payment.Settle(Money(payment, attempt, at: late), late));
    }

    [Fact]
    public void Money_of_an_attempt_that_was_given_up_pays_what_is_open_again()
    {
        var payment = Some.Payment();
        var attempt = Begin(payment);
        payment.Fail(attempt, asked: true, Later);

        Assert.Null(payment.Settle(Money(payment, attempt), Later));

        Assert.Equal(AttemptState.Paid, attempt.State);
    }

    [Theory]
    [InlineData(false, PaymentStep.Fail)]
    [InlineData(true, PaymentStep.Clear)]
    public void Money_that_does_not_fit_ends_the_attempt_and_opens_the_request_again(bool lost, object step)
    {
        var payment = Some.Payment();
        var attempt = Begin(payment);
        if (lost)
            payment.Lose(attempt, Later);
        payment.TakeChanges();
        var money = Money(payment, attempt, amount: 1);

        Assert.Equal(MismatchReason.WrongAmount, payment.Settle(money, Later));
        payment.Misfit(money, Later);

        Assert.Equal((PaymentState.Pending, AttemptState.Paid), (payment.State, attempt.State));
        Assert.Equal((PaymentStep)step, Assert.Single(payment.TakeChanges()).Step);
    }

    [Fact]
    public void Money_of_an_earlier_attempt_does_not_end_the_wait_for_a_later_one()
    {
        var payment = Some.Payment();
        var first = Begin(payment);
        payment.Fail(first, asked: true, Later);
        var second = Begin(payment);

        payment.Misfit(Money(payment, first, amount: 1), Later);

        Assert.Equal((PaymentState.Processing, AttemptState.Paid, AttemptState.Open), (payment.State, first.State, second.State));
    }

    [Fact]
    public void A_second_payment_of_a_settled_request_and_a_transfer_move_nothing()
    {
        var payment = Some.Payment();
        var attempt = Begin(payment);
        var transfer = Some.Notice(payment);
        Assert.Null(payment.Settle(transfer, Later));
        Assert.Equal(AttemptState.Open, attempt.State);

        var money = Money(payment, attempt);
        Assert.Equal(MismatchReason.AlreadySettled, payment.Settle(money, Later));
        payment.Misfit(money, Later);
        payment.Misfit(transfer, Later);

        Assert.Equal((PaymentState.Settled, AttemptState.Paid), (payment.State, attempt.State));
    }

    private static PaymentAttempt Begin(PaymentRequest payment) => payment.StartAttempt(Some.Portal, Some.Providers, Guid.Empty, Later).Value;

    private static BankNotice Money(PaymentRequest payment, PaymentAttempt attempt, long? amount = null, string provider = Some.Portal, DateTimeOffset? at = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Provider = provider,
        EventId = attempt.OrderNumber + ":GD1",
        PayloadHash = "",
        RawBody = "{}",
        Original = true,
        Amount = amount ?? payment.Amount,
        Account = payment.Beneficiary.Account,
        Bin = payment.Beneficiary.Bin,
        Remittance = attempt.OrderNumber!,
        BookedAt = at ?? Later,
        ReceivedAt = Later,
    };
}

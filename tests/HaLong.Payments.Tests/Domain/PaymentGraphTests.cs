using HaLong.Payments.Domain;

namespace HaLong.Payments.Tests.Domain;

/// <summary>Every state with every step: what is an edge happens, what is none is refused and leaves everything as it was.</summary>
public sealed class PaymentGraphTests
{
    private static readonly DateTimeOffset Later = Some.Now.AddHours(2);

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var state in Enum.GetNames<PaymentState>())
            {
                foreach (var step in Enum.GetNames<PaymentStep>())
                    pairs.Add(state, step);
            }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_edge_happens_and_anything_else_is_refused(string stateName, string stepName)
    {
        var (state, step) = (Enum.Parse<PaymentState>(stateName), Enum.Parse<PaymentStep>(stepName));
        var payment = Some.In(state);
        Assert.Equal(state, payment.State);
        payment.TakeChanges();
        var (sequence, expected) = (payment.Sequence, state.Next(step));

        var happened = Try(payment, step);

        Assert.Equal(expected is not null, happened);
        Assert.Equal(expected ?? state, payment.State);
        Assert.Equal(sequence + (happened ? 1 : 0), payment.Sequence);
        if (happened)
            Assert.Equal(new PaymentChange(sequence + 1, state, step, expected!.Value, When(step)), Assert.Single(payment.TakeChanges()));
        else
            Assert.Empty(payment.TakeChanges());
    }

    [Fact]
    public void The_graph_is_this()
    {
        Assert.Equal(
            [
                "Created Offer Pending", "Created Cancel Cancelled",
                "Pending Begin Processing", "Pending Settle Settled", "Pending Accept Settled", "Pending Expire Expired", "Pending Cancel Cancelled",
                "Processing Settle Settled", "Processing Accept Settled", "Processing Fail Pending", "Processing Lose Unknown", "Processing Cancel Cancelled",
                "Unknown Settle Settled", "Unknown Accept Settled", "Unknown Clear Pending", "Unknown Cancel Cancelled",
                "Expired Accept Settled",
                "Settled RefundPart PartiallyRefunded", "Settled Refund Refunded",
                "PartiallyRefunded RefundPart PartiallyRefunded", "PartiallyRefunded Refund Refunded",
            ],
            PaymentGraph.Edges.Select(e => $"{e.From} {e.Step} {e.To}"));
        Assert.Equal(PaymentGraph.Edges.Count, PaymentGraph.Edges.DistinctBy(e => (e.From, e.Step)).Count());
    }

    [Fact]
    public void Every_state_can_be_reached_and_only_the_cancelled_and_the_refunded_have_no_way_out()
    {
        var reached = new HashSet<PaymentState> { PaymentState.Created };
        while (PaymentGraph.Edges.Any(e => reached.Contains(e.From) && reached.Add(e.To)))
        {
        }

        Assert.Equal(Enum.GetValues<PaymentState>(), reached.Order());
        Assert.Equal([PaymentState.Cancelled, PaymentState.Refunded], Enum.GetValues<PaymentState>().Except(PaymentGraph.Edges.Select(e => e.From)));
    }

    [Fact]
    public void Nobody_is_asked_to_pay_while_the_outcome_is_not_known()
    {
        foreach (var (state, code) in new[] { (PaymentState.Processing, "PAY-0017"), (PaymentState.Unknown, "PAY-0018"), (PaymentState.Created, "PAY-0016") })
        {
            var payment = Some.In(state);
            Assert.Equal(code, payment.RefusalToPay(Later)?.Code);
            Assert.Equal(code, payment.StartAttempt("vietqr", Some.Providers, Guid.Empty, Later).Error.Code);
        }
    }

    private static DateTimeOffset When(PaymentStep step) => step == PaymentStep.Expire ? Some.Now + Some.Lifetime : Later;

    private static bool Try(PaymentRequest payment, PaymentStep step)
    {
        var attempt = payment.Attempts.Count > 0 ? payment.Attempts[^1] : new PaymentAttempt { Id = Guid.CreateVersion7(), Method = Some.Portal };
        return step switch
        {
            PaymentStep.Offer => payment.Offer(Later, Some.Lifetime).IsSuccess,
            PaymentStep.Begin => payment.StartAttempt(Some.Portal, Some.Providers, Guid.Empty, Later).IsSuccess,
            PaymentStep.Fail => payment.Fail(attempt, asked: false, Later),
            PaymentStep.Lose => payment.Lose(attempt, Later),
            PaymentStep.Clear => payment.State == PaymentState.Unknown && payment.Fail(attempt, asked: true, Later),
            PaymentStep.Settle => payment.Settle(Some.Notice(payment), Later) is null,
            PaymentStep.Accept => payment.Accept(Guid.CreateVersion7(), Later).IsSuccess,
            PaymentStep.Expire => payment.Expire(When(step)),
            PaymentStep.Cancel => payment.Cancel(ClosedDossier.Stopped, Later),
            PaymentStep.RefundPart => payment.Refund(Math.Max(1, payment.Refundable - 1), Later).IsSuccess,
            PaymentStep.Refund => payment.Refund(Math.Max(1, payment.Refundable), Later).IsSuccess,
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
    }
}

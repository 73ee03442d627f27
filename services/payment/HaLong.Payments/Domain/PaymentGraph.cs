using static HaLong.Payments.Domain.PaymentState;
using static HaLong.Payments.Domain.PaymentStep;

namespace HaLong.Payments.Domain;

/// <summary>One edge of the state graph.</summary>
/// <param name="From">Before.</param>
/// <param name="Step">What happens: the name of the event.</param>
/// <param name="To">Afterwards.</param>
internal sealed record PaymentEdge(PaymentState From, PaymentStep Step, PaymentState To);

/// <summary>The state graph of a payment request. A pair that is not listed is refused.</summary>
internal static class PaymentGraph
{
    public static readonly IReadOnlyList<PaymentEdge> Edges =
    [
        new(Created, Offer, Pending),
        new(Created, Cancel, Cancelled),
        new(Pending, Begin, Processing),
        new(Pending, Settle, Settled),
        new(Pending, Accept, Settled),
        new(Pending, Expire, Expired),
        new(Pending, Cancel, Cancelled),
        new(Processing, Settle, Settled),
        new(Processing, Accept, Settled),
        new(Processing, Fail, Pending),
        new(Processing, Lose, Unknown),
        new(Processing, Cancel, Cancelled),
        new(Unknown, Settle, Settled),
        new(Unknown, Accept, Settled),
        new(Unknown, Clear, Pending),
        new(Unknown, Cancel, Cancelled),
        new(Expired, Accept, Settled),
        new(Settled, RefundPart, PartiallyRefunded),
        new(Settled, Refund, Refunded),
        new(PartiallyRefunded, RefundPart, PartiallyRefunded),
        new(PartiallyRefunded, Refund, Refunded),
    ];

    private static readonly Dictionary<(PaymentState From, PaymentStep Step), PaymentState> Lookup = Edges.ToDictionary(e => (e.From, e.Step), e => e.To);

    public static PaymentState? Next(this PaymentState state, PaymentStep step) => Lookup.TryGetValue((state, step), out var next) ? next : null;
}

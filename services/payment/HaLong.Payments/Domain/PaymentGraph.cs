namespace HaLong.Payments.Domain;

/// <summary>What can happen to a payment request: the names of the edges.</summary>
internal enum PaymentStep
{
    /// <summary>A bank notice pays it.</summary>
    Settle,

    /// <summary>Its time is over.</summary>
    Expire,

    /// <summary>What it was asked for is over.</summary>
    Cancel,
}

/// <summary>One edge of the state graph.</summary>
/// <param name="From">Before.</param>
/// <param name="Step">What happens.</param>
/// <param name="To">Afterwards.</param>
/// <param name="Fact">The event that tells it.</param>
internal sealed record PaymentEdge(PaymentState From, PaymentStep Step, PaymentState To, string Fact);

/// <summary>The state graph. A pair that is not listed is refused.</summary>
internal static class PaymentGraph
{
    public static readonly IReadOnlyList<PaymentEdge> Edges =
    [
        new(PaymentState.Pending, PaymentStep.Settle, PaymentState.Settled, "PaymentSettled"),
        new(PaymentState.Pending, PaymentStep.Expire, PaymentState.Expired, "PaymentExpired"),
        new(PaymentState.Pending, PaymentStep.Cancel, PaymentState.Cancelled, "PaymentCancelled"),
    ];

    private static readonly Dictionary<(PaymentState From, PaymentStep Step), PaymentState> Lookup = Edges.ToDictionary(e => (e.From, e.Step), e => e.To);

    public static PaymentState? Next(this PaymentState state, PaymentStep step) => Lookup.TryGetValue((state, step), out var next) ? next : null;
}

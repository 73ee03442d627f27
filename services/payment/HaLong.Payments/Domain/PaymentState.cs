namespace HaLong.Payments.Domain;

/// <summary>Where a payment request stands.</summary>
internal enum PaymentState
{
    /// <summary>Open: money may arrive.</summary>
    Pending,

    /// <summary>The bank told us that the money arrived.</summary>
    Settled,

    /// <summary>Lapsed without money.</summary>
    Expired,
}

/// <summary>What can happen to a payment request.</summary>
internal enum PaymentStep
{
    Settle,
    Expire,
}

/// <summary>The state graph. A pair that is not listed is refused.</summary>
internal static class PaymentGraph
{
    private static readonly Dictionary<(PaymentState From, PaymentStep Step), PaymentState> Edges = new()
    {
        [(PaymentState.Pending, PaymentStep.Settle)] = PaymentState.Settled,
        [(PaymentState.Pending, PaymentStep.Expire)] = PaymentState.Expired,
    };

    public static PaymentState? Next(this PaymentState state, PaymentStep step) => Edges.TryGetValue((state, step), out var next) ? next : null;
}

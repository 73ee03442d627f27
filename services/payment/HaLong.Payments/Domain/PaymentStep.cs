namespace HaLong.Payments.Domain;

/// <summary>What can happen to a payment request: the names of the edges of its graph.</summary>
internal enum PaymentStep
{
    /// <summary>It is asked for.</summary>
    Offer,

    /// <summary>A provider takes the payer over.</summary>
    Begin,

    /// <summary>The provider says that nothing was paid, or brought money that does not pay it.</summary>
    Fail,

    /// <summary>The provider does not say what became of it.</summary>
    Lose,

    /// <summary>Asked again, the provider says that nothing was paid.</summary>
    Clear,

    /// <summary>A notice pays it, or cash at the counter.</summary>
    Settle,

    /// <summary>An official accepts money that did not fit by itself.</summary>
    Accept,

    /// <summary>Its time is over.</summary>
    Expire,

    /// <summary>What it was asked for is over.</summary>
    Cancel,

    /// <summary>Part of it is given back.</summary>
    RefundPart,

    /// <summary>The rest, or all, is given back.</summary>
    Refund,
}

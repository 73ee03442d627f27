namespace HaLong.Payments.Domain;

/// <summary>Where a payment request stands.</summary>
internal enum PaymentState
{
    /// <summary>Known, but not asked for yet: an exemption is still being looked at, or its moment has not come.</summary>
    Created,

    /// <summary>Open: money may arrive.</summary>
    Pending,

    /// <summary>A payment provider has taken the payer over; the outcome is awaited.</summary>
    Processing,

    /// <summary>The money has arrived.</summary>
    Settled,

    /// <summary>Lapsed without money.</summary>
    Expired,

    /// <summary>Nothing is due any more: the dossier was closed, or an exemption granted, before anybody paid.</summary>
    Cancelled,

    /// <summary>The provider does not say what became of the payment. Neither paid nor failed: nobody is told to pay again.</summary>
    Unknown,

    /// <summary>Part of the money was given back.</summary>
    PartiallyRefunded,

    /// <summary>All of it was given back.</summary>
    Refunded,
}

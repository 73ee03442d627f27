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

    /// <summary>Nothing is due any more: the dossier was closed before anybody paid.</summary>
    Cancelled,
}

namespace HaLong.Payments.Refunds;

/// <summary>How far a refund has come.</summary>
internal enum RefundState
{
    /// <summary>One person asks for it.</summary>
    Proposed,

    /// <summary>A second person agreed: it will be paid out.</summary>
    Approved,

    /// <summary>A second person did not agree.</summary>
    Rejected,

    /// <summary>In a payout file that was handed to the bank.</summary>
    Sent,

    /// <summary>The bank paid it.</summary>
    Paid,
}

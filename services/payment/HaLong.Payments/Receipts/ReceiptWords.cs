namespace HaLong.Payments.Receipts;

/// <summary>What a document of a receipt is.</summary>
internal enum ReceiptKind
{
    /// <summary>The receipt of what was collected (biên lai).</summary>
    Receipt,

    /// <summary>A part was given back: a receipt with a number of its own that lessens the first (biên lai điều chỉnh giảm).</summary>
    Adjustment,

    /// <summary>Everything was given back: says that the receipt does not hold (hủy biên lai); has no number.</summary>
    Cancellation,
}

/// <summary>How far the paper is.</summary>
internal enum PaperState
{
    /// <summary>The number is given; the seal follows.</summary>
    Issued,

    /// <summary>The sealed PDF is there.</summary>
    Sealed,
}

/// <summary>Whether a receipt holds.</summary>
internal enum ReceiptStanding
{
    /// <summary>As it was issued.</summary>
    Valid,

    /// <summary>Less those adjustments that name it.</summary>
    Adjusted,

    /// <summary>Not any more.</summary>
    Cancelled,
}

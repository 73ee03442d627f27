namespace HaLong.Notifications.Sending;

internal enum ReceiptStatus
{
    Delivered,
    Failed,

    /// <summary>The reader called it unwanted.</summary>
    Complained,
}

/// <summary>What a provider tells about a message afterwards.</summary>
/// <param name="Provider">Who tells it.</param>
/// <param name="Key">Our id of the message, where the provider knows it.</param>
/// <param name="Reference">The provider's id, where it tells only that.</param>
/// <param name="Status">What became of it.</param>
/// <param name="At">When.</param>
/// <param name="Reason">A short word; null when it arrived.</param>
/// <param name="BadAddress">Nobody is reached there: not to be tried again.</param>
internal sealed record DeliveryReceipt(
    string Provider, string? Key, string? Reference, ReceiptStatus Status, DateTimeOffset At, string? Reason = null, bool BadAddress = false);

namespace HaLong.Notifications.Sending.Carriers;

/// <summary>Where receipts of carriers come in, whoever brings them: told or asked for.</summary>
internal sealed class ReceiptDesk(Receipts receipts, CarrierMetrics metrics)
{
    /// <summary>It changed a message, or would have if it had not come before.</summary>
    public const string Taken = "taken";

    /// <summary>No message of ours is meant (yet): it is kept for some days, because a receipt can overtake our own note.</summary>
    public const string Unknown = "unknown";

    public async Task<string> TakeAsync(DeliveryReceipt receipt, CancellationToken ct)
    {
        var word = await receipts.TakeAsync(receipt, ct) ? Taken : Unknown;
        metrics.Receipt(receipt.Provider, word);
        return word;
    }
}

namespace HaLong.PartnerLab.Sms;

/// <summary>The aggregator that speaks JSON.</summary>
internal sealed class SmsOptions
{
    public const string Section = "Sms";

    /// <summary>What senders must show in X-Api-Key; empty: anything will do.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Where receipts are posted; empty: nobody is told.</summary>
    public string ReceiptUrl { get; init; } = "";

    /// <summary>Key of the receipts' signature.</summary>
    public string ReceiptSecret { get; init; } = "";

    /// <summary>Wait before a receipt that was not taken is posted again; doubles.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);
}

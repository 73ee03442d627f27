namespace HaLong.PartnerLab.Sms;

internal sealed class SmsOptions
{
    public const string Section = "Sms";

    /// <summary>What senders must show in X-Api-Key; empty: anything will do.</summary>
    public string ApiKey { get; init; } = "";
}

namespace HaLong.PartnerLab.SmsSoap;

/// <summary>The aggregator of the older kind and its one customer.</summary>
internal sealed class SmsSoapOptions
{
    public const string Section = "SmsSoap";

    public string User { get; init; } = "halong";

    /// <summary>Empty: any will do.</summary>
    public string Password { get; init; } = "";

    /// <summary>What the aggregator calls the customer.</summary>
    public string CpCode { get; init; } = "HALONG";
}

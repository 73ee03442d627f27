namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>What facts are told by settings, section <c>Statistics</c>.</summary>
internal sealed class FactOptions
{
    public const string Section = "Statistics";

    /// <summary>OAuth clients that are the city's mobile app: what they file came from the app.</summary>
    public string[] AppClients { get; set; } = [];
}

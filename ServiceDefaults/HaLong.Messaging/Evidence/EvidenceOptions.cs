using System.ComponentModel.DataAnnotations;

namespace HaLong.Messaging;

/// <summary>Settings of the evidence chain, section <c>Evidence</c>.</summary>
public sealed class EvidenceOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Evidence";

    /// <summary>How often new rows are chained: until then a row that is deleted leaves no gap.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Evidence:ChainInterval must be from 0.1 s to 1 min.")]
    public TimeSpan ChainInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Rows chained in one transaction.</summary>
    [Range(1, 10_000, ErrorMessage = "Evidence:BatchSize must be from 1 to 10000.")]
    public int BatchSize { get; set; } = 1000;

    /// <summary>How often the chain is shown to the witness: until then a chain that is rebuilt from its tail cannot be told from the true one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00", ErrorMessage = "Evidence:AnchorInterval must be from 0.1 s to 1 day.")]
    public TimeSpan AnchorInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Name of the service that witnesses and time-stamps anchors.</summary>
    [Required(ErrorMessage = "Evidence:Witness is missing.")]
    public string Witness { get; set; } = "e-signature";

    /// <summary>How long the witness has to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Evidence:WitnessTimeout must be from 1 s to 5 min.")]
    public TimeSpan WitnessTimeout { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>Whose chain it is: part of its first hash and of every anchor.</summary>
/// <param name="Name">As the service is called on the platform.</param>
internal sealed record EvidenceOwner(string Name);

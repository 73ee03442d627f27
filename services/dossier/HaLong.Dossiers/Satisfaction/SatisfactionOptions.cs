using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Satisfaction;

/// <summary>Settings of ratings and feedback, section <c>Satisfaction</c>.</summary>
internal sealed class SatisfactionOptions
{
    public const string Section = "Satisfaction";

    /// <summary>How many days after it was given a rating can be changed. Assumed: no rule is known.</summary>
    [Range(0, 3650)]
    public int ChangeableDays { get; set; } = 30;

    /// <summary>Fewer ratings than this are not shown: who gave them could be guessed.</summary>
    [Range(1, 1000)]
    public int FewestShown { get; set; } = 5;

    /// <summary>How often it is looked which feedback became late.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How much feedback is closed in one transaction.</summary>
    [Range(1, 1000)]
    public int Batch { get; set; } = 50;
}

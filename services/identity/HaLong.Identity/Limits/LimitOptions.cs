using System.ComponentModel.DataAnnotations;

namespace HaLong.Identity.Limits;

/// <summary>Limits against guessing.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>Begins every key in Redis: installations that share one must not share counts.</summary>
    [Required]
    public string Prefix { get; set; } = "halong";

    /// <summary>Wrong passwords from one network address without a wait. Large: a whole mobile network or one-stop office can share one.</summary>
    [Range(5, 10_000)]
    public int FailuresPerAddress { get; set; } = 50;
}

using System.ComponentModel.DataAnnotations;

namespace HaLong.Identity.Counter;

/// <summary>Limits at the counter, section <c>Counter</c>.</summary>
internal sealed class CounterOptions
{
    public const string Section = "Counter";

    /// <summary>Searches for accounts that one official may make within an hour, fruitless ones included.</summary>
    [Range(1, 1000)]
    public int SearchesPerHour { get; set; } = 60;

    /// <summary>Searches for dossiers by personal number that one official may make within an hour, fruitless ones included.</summary>
    [Range(1, 10_000)]
    public int DossierSearchesPerHour { get; set; } = 120;

    /// <summary>How long after a verification its official may store an image of the document.</summary>
    public TimeSpan ImageWindow { get; set; } = TimeSpan.FromDays(1);
}

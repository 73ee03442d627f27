using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.Statistics.Waits.Expected;

/// <summary>Settings of the expected wait, section <c>Statistics:ExpectedWait</c>.</summary>
internal sealed class ExpectedWaitOptions
{
    public const string Section = "Statistics:ExpectedWait";

    /// <summary>How many days back are looked at.</summary>
    [Range(7, 366)]
    public int Days { get; set; } = 90;

    /// <summary>The same when that is too little.</summary>
    [Range(7, 3660)]
    public int WidestDays { get; set; } = 365;

    /// <summary>From fewer stays than this nothing is said; it is looked further around.</summary>
    [Range(1, 10_000)]
    public int Fewest { get; set; } = 30;

    /// <summary>How long a page waits for it at most.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long what was read is kept.</summary>
    public TimeSpan KeptFor { get; set; } = TimeSpan.FromMinutes(5);
}

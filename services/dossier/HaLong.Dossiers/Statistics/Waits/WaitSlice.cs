using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Statistics.Waits;

/// <summary>How long a step took: of the stays that ended in the period.</summary>
/// <param name="Kind">See <see cref="StayKind"/>.</param>
/// <param name="Count">Stays that ended.</param>
/// <param name="P50Minutes">Half of them took no more minutes of working time.</param>
/// <param name="P90Minutes">Nine of ten took no more.</param>
internal sealed record WaitRow(short Kind, long Count, int P50Minutes, int P90Minutes);

/// <summary>How long a step took in a group; its code is empty where there are no groups.</summary>
internal sealed record GroupWait(string Code, WaitRow Wait);

/// <summary>Of which stays: a period of local days, both included.</summary>
internal sealed record WaitSlice(DateOnly From, DateOnly To)
{
    /// <summary>Only these units; null: all.</summary>
    public IReadOnlyCollection<string>? Units { get; init; }

    public string? Procedure { get; init; }

    /// <summary>Only this step, see <see cref="StayKind"/>; null: all.</summary>
    public short? Kind { get; init; }

    /// <summary>Units or procedures apart; null: all in one.</summary>
    public Dimension? By { get; init; }
}

namespace HaLong.Dossiers.Persistence;

/// <summary>The last number that an agency gave on a local day.</summary>
internal sealed class CodeCounter
{
    public required string Agency { get; init; }
    public DateOnly Day { get; init; }
    public long Last { get; init; }
}

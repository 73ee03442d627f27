namespace HaLong.Dossiers.Persistence;

/// <summary>The last number of an agency on a local day that some replica has leased.</summary>
internal sealed class CodeCounter
{
    /// <summary>The agency, in the spelling of 2018 where it has one.</summary>
    public required string Agency { get; init; }

    public DateOnly Day { get; init; }
    public long Last { get; init; }
}

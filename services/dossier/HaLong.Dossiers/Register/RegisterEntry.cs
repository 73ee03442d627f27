namespace HaLong.Dossiers.Register;

/// <summary>The number of a dossier in the register of its unit. Rows are only ever added.</summary>
internal sealed class RegisterEntry
{
    public required string UnitCode { get; init; }

    /// <summary>The local year of the acceptance.</summary>
    public int Year { get; init; }

    /// <summary>From 1, without gaps to the end of the year, also over several books.</summary>
    public int Number { get; init; }

    public Guid BookId { get; init; }
    public Guid DossierId { get; init; }
    public DateTimeOffset AcceptedAt { get; init; }
}

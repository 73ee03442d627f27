namespace HaLong.Dossiers.Register;

/// <summary>A dossier that was accepted and has no number in the register yet: written with the acceptance, gone when it has its number.</summary>
internal sealed class RegisterArrival
{
    public Guid DossierId { get; init; }

    /// <summary>The unit whose reception accepted it, and whose register it is in.</summary>
    public required string UnitCode { get; init; }

    public DateTimeOffset AcceptedAt { get; init; }
}

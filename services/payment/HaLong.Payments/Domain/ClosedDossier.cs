namespace HaLong.Payments.Domain;

/// <summary>
/// A dossier that ended without a result. Kept because facts of one dossier may arrive in another order: what is told to be due after the end is
/// not asked for.
/// </summary>
internal sealed class ClosedDossier
{
    /// <summary>The applicant withdrew it.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>Its handling was stopped.</summary>
    public const string Stopped = "stopped";

    /// <summary>Reception refused it.</summary>
    public const string NotAccepted = "notAccepted";

    public Guid DossierId { get; init; }

    /// <summary>withdrawn, stopped or notAccepted.</summary>
    public required string Reason { get; init; }

    public DateTimeOffset ClosedAt { get; init; }
}

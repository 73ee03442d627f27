namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>A form that a transition produced, as data: the paper can be made of it at any time. Rows are only ever added.</summary>
internal sealed class IssuedForm
{
    public Guid Id { get; init; }
    public Guid DossierId { get; init; }

    /// <summary>Which form of the dossier, from 1 without gaps.</summary>
    public int Serial { get; init; }

    /// <summary>One of <see cref="PaperForm"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Number of the form in the circular of the regime; null where it has none.</summary>
    public string? Number { get; init; }

    /// <summary>The regime that gives it its number and its look.</summary>
    public required string Regime { get; init; }

    /// <summary>A <see cref="FormData"/> as JSON.</summary>
    public required string Data { get; init; }

    /// <summary>The step of the timeline that produced it.</summary>
    public int Step { get; init; }

    public Guid CreatedBy { get; init; }
    public required string CreatedByName { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

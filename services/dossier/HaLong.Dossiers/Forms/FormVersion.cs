namespace HaLong.Dossiers.Forms;

/// <summary>One version of the form of a procedure; the version in force has no end date. A version never changes.</summary>
internal sealed class FormVersion
{
    public Guid Id { get; init; }

    /// <summary>The procedure, or <see cref="FormFile.AnyProcedure"/>.</summary>
    public required string ProcedureCode { get; init; }

    /// <summary>Name of the form, e.g. land-change.</summary>
    public required string Form { get; init; }

    /// <summary>The form file as it was loaded.</summary>
    public required string Content { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>: a new one makes a new version.</summary>
    public required string ContentHash { get; init; }

    public DateOnly ValidFrom { get; init; }
    public DateOnly? ValidTo { get; private set; }

    public bool IsGeneric => ProcedureCode == FormFile.AnyProcedure;

    /// <summary>A later version begins on <paramref name="day"/>.</summary>
    public void EndBefore(DateOnly day) => ValidTo = day.AddDays(-1) < ValidFrom ? ValidFrom : day.AddDays(-1);
}

/// <summary>The form version that a dossier was opened with, and what was filled in then.</summary>
internal sealed class DossierForm
{
    public Guid DossierId { get; init; }
    public Guid FormVersionId { get; init; }

    /// <summary>What was prefilled, as JSON; see <see cref="PrefilledValue"/>.</summary>
    public required string Prefilled { get; init; }
}

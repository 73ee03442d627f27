using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Filing.Checks;

/// <summary>What the checks of a filing look at, and what they found out on the way.</summary>
/// <param name="Dossier">The draft.</param>
/// <param name="Procedure">The version in force; the one the draft was opened with when none is.</param>
/// <param name="Content">What the catalogue says about it.</param>
/// <param name="Files">Documents of the components.</param>
/// <param name="Request">What the applicant sent along.</param>
/// <param name="Now">The moment of filing.</param>
/// <param name="Day">Its local day.</param>
internal sealed record FilingCase(
    Dossier Dossier, Procedure Procedure, ProcedureContent Content, IReadOnlyList<DossierDocument> Files, SubmissionRequest Request, DateTimeOffset Now, DateOnly Day)
{
    /// <summary>Where it goes; set by the check of the units.</summary>
    public Placement? Placement { get; set; }

    /// <summary>Name of the electronic form that was filled in for it; null when nothing was.</summary>
    public string? FilledForm { get; init; }

    /// <summary>Components that are there: as files, as papers at the counter, or as the procedure's own electronic form.</summary>
    public IEnumerable<int?> Present
    {
        get
        {
            var onPaper = Dossier.Counter?.Originals.Select(o => (int?)o.Component) ?? [];
            var filledIn = Content.Components.Select((c, i) => (c.OwnForm, Number: (int?)(i + 1))).Where(c => c.OwnForm is not null && c.OwnForm == FilledForm);
            return [.. Files.Select(f => f.Component), .. onPaper, .. filledIn.Select(c => c.Number)];
        }
    }

    /// <summary>Optional fees that were chosen; set by the check of the fees.</summary>
    public IReadOnlyList<FeeTerm> ChosenFees { get; set; } = [];
}

/// <summary>What may be sent along when filing; all of it is optional.</summary>
/// <param name="ConfirmDuplicate">File although the owner has a dossier about the same matter.</param>
/// <param name="DuplicateReason">Why.</param>
/// <param name="FeeChoices">Optional fees of the procedure that the applicant wants.</param>
internal sealed record SubmissionRequest(bool? ConfirmDuplicate, string? DuplicateReason, IReadOnlyList<FeeChoice?>? FeeChoices);

/// <summary>An optional fee.</summary>
/// <param name="Fee">Its number in the procedure's list of fees, from 1.</param>
/// <param name="Quantity">How many, e.g. copies; absent: one.</param>
/// <param name="Pages">Pages of each copy, where the price is by page.</param>
internal sealed record FeeChoice(int Fee, int? Quantity, int? Pages = null);

/// <summary>One thing that must be right before a dossier is filed. Checks run in the order of their registration and all of them run.</summary>
internal interface ISubmissionCheck
{
    Task CheckAsync(FilingCase filing, Defects defects, CancellationToken ct);
}

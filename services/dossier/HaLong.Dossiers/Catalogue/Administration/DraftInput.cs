using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>What is typed about a draft.</summary>
internal static class DraftInput
{
    private const int MaxNote = 2000, MaxReason = 500;

    public static Result<DraftTerms> Terms(Guid? basedOn, DateOnly? from, DateOnly? to, string? note)
    {
        if (to < from)
            return CatalogueErrors.InvalidPeriod;
        var text = note?.Trim();
        return text is null || (text.Length <= MaxNote && JsonInput.IsStorable(text))
            ? new DraftTerms(basedOn, from, to, text)
            : CatalogueErrors.InvalidDraft.WithField("note", $"Tối đa {MaxNote} ký tự.", $"At most {MaxNote} characters.");
    }

    public static Result<string> Reason(string? reason)
    {
        var text = reason?.Trim() ?? "";
        return text.Length is > 0 and <= MaxReason && JsonInput.IsStorable(text) ? text : CatalogueErrors.ReasonMissing;
    }
}

/// <summary>Sets of states, for queries.</summary>
internal static class DraftStates
{
    /// <summary>Not decided yet: a procedure has at most one such draft.</summary>
    public static readonly string[] Open = [DraftState.Draft, DraftState.Review, DraftState.Approved];

    public static readonly string[] All = [.. Open, DraftState.Published, DraftState.Withdrawn];
}

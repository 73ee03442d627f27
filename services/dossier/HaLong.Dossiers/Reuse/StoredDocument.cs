using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Reuse;

/// <summary>A document of the store as it lies in the database.</summary>
internal sealed class StoredRow
{
    public required Dossier Dossier { get; init; }
    public required DossierDocument Document { get; init; }

    /// <summary>In how many dossiers it was used again.</summary>
    public int ReuseCount { get; init; }
}

/// <summary>The same with what the catalogue says about it.</summary>
/// <param name="Row">The document and the dossier it comes from.</param>
/// <param name="Names">What it is: name of the component, or names of the results of its procedure.</param>
/// <param name="Codes">Its codes in the national lists, where they are known.</param>
/// <param name="ValidUntil">Last day on which it is valid; null without end or where that is not known.</param>
/// <param name="State">One of <see cref="StoreState"/>.</param>
internal sealed record StoredDocument(StoredRow Row, IReadOnlyList<string> Names, IReadOnlyList<string> Codes, DateOnly? ValidUntil, string State)
{
    public bool IsResult => Row.Document.Kind == DocumentKind.Result;

    public static StoredDocument Of(StoredRow row, ProcedureContent content, DateOnly today)
    {
        if (row.Document.Kind != DocumentKind.Result)
        {
            var component = content.Components.ElementAtOrDefault((row.Document.Component ?? 0) - 1);
            return new StoredDocument(row, component is null ? [] : [component.NameVi], component?.Code is { } code ? [code] : [], null, StoreState.Valid);
        }
        // The letter does not say which of several results it is; an end is told only where all of them have the same.
        var months = content.Results.Select(r => r.ValidityMonths).Distinct().ToList();
        var until = months is [{ } one] ? LocalTime.Date(row.Document.CreatedAt).AddMonths(one) : (DateOnly?)null;
        return new StoredDocument(
            row, [.. content.Results.Select(r => r.NameVi)], [.. content.Results.Select(r => r.Code).OfType<string>()], until, StateOf(row, until, today));
    }

    private static string StateOf(StoredRow row, DateOnly? until, DateOnly today) => row switch
    {
        { Document.ReplacedBy: not null } => StoreState.Replaced,
        { Dossier.Outcome: Outcome.Refused } => StoreState.Refused,
        { Dossier.Status: DossierStatus.Withdrawn } => StoreState.Withdrawn,
        _ => until < today ? StoreState.Expired : StoreState.Valid,
    };
}

/// <summary>Whether a document of the store still counts.</summary>
internal static class StoreState
{
    public const string Valid = "valid";
    public const string Expired = "expired";

    /// <summary>A corrected result took its place.</summary>
    public const string Replaced = "replaced";

    /// <summary>Its dossier was taken back after it had been signed.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>It is the written refusal, which is good for nothing else.</summary>
    public const string Refused = "refused";
}

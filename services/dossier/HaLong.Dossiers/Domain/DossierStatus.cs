using System.Collections.Frozen;
using HaLong.Dossiers.Catalogue;

namespace HaLong.Dossiers.Domain;

/// <summary>States of a dossier: the words of Data/statuses.json.</summary>
internal static class DossierStatus
{
    public const string Draft = "DRAFT";
    public const string Submitted = "SUBMITTED";
    public const string Accepted = "ACCEPTED";
    public const string Processing = "PROCESSING";
    public const string Resolved = "RESOLVED";
    public const string Returned = "RETURNED";

    /// <summary>In the order of the dossier's way.</summary>
    public static readonly IReadOnlyList<string> Way = [Draft, Submitted, Accepted, Processing, Resolved, Returned];

    /// <summary>States in which an official still has something to do.</summary>
    public static readonly IReadOnlyList<string> Open = [Submitted, Accepted, Processing, Resolved];

    private static readonly FrozenDictionary<string, (string Vi, string En)> Names = DataFiles.StatusNames();

    /// <summary>Vietnamese and English name of a state.</summary>
    public static (string Vi, string En) Name(string status) => Names.GetValueOrDefault(status, (status, status));
}

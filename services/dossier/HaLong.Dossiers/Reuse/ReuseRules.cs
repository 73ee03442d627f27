using System.Globalization;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Reuse;

/// <summary>What of the store can be which component.</summary>
internal static class ReuseRules
{
    /// <summary>
    /// Why a document cannot be used for a component; null when it can. Where the catalogue says nothing, the applicant decides, as with a file
    /// that he uploads.
    /// </summary>
    public static Error? Refusal(StoredDocument source, ProcedureComponent target)
    {
        if (target.OwnForm is not null || target.Reuse is { FromStore: false })
            return ReuseErrors.NotReusable;
        return source.State switch
        {
            StoreState.Replaced => ReuseErrors.Replaced,
            StoreState.Withdrawn or StoreState.Refused => ReuseErrors.NoLongerCounts,
            StoreState.Expired => ReuseErrors.Expired.Format(source.ValidUntil!.Value.AddDays(1).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)),
            _ => target.Reuse?.ResultCodes is { Count: > 0 } codes && !codes.Any(c => source.Codes.Contains(c)) ? ReuseErrors.WrongKind : null,
        };
    }

    /// <summary>True when it is worth offering: the same code, or the same name.</summary>
    public static bool Fits(StoredDocument source, ProcedureComponent target) =>
        Refusal(source, target) is null && source.Row.Document.Preflight?.IsInfected != true
        && (target.Reuse?.ResultCodes is { Count: > 0 } || (target.Code is { } code && source.Codes.Contains(code))
            || source.Names.Any(n => SearchText.Fold(n) == SearchText.Fold(target.NameVi)));
}

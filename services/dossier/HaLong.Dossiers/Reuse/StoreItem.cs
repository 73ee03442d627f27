using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Reuse;

/// <summary>A document of the store as the API shows it.</summary>
/// <param name="Kind">result or component.</param>
/// <param name="Name">What it is, in the words of the catalogue; null where nothing is known.</param>
/// <param name="Component">Number of the component it was; null for results.</param>
/// <param name="IssuedAt">When it was issued, or handed in.</param>
/// <param name="State">valid, expired, replaced, withdrawn or refused.</param>
/// <param name="ValidUntil">Last day on which it is valid; null without end or where that is not known.</param>
/// <param name="ReplacedBy">The corrected result that took its place.</param>
/// <param name="ReuseCount">In how many dossiers it was used again.</param>
internal sealed record StoreItem(
    Guid Id, Guid DossierId, string Code, string Kind, string? Name, int? Component, string ProcedureCode, string ProcedureName, string FileName, string MediaType, long Size,
    string Sha256, string? Origin, DateTimeOffset IssuedAt, string State, DateOnly? ValidUntil, Guid? ReplacedBy, int ReuseCount, string Href)
{
    public static StoreItem Of(StoredDocument stored)
    {
        var (d, x) = (stored.Row.Dossier, stored.Row.Document);
        return new StoreItem(
            x.Id, d.Id, d.Code!, x.Kind, stored.Names is [var first, ..] ? first : null, x.Component, d.ProcedureCode, Text.Bilingual(d.ProcedureNameVi, d.ProcedureNameEn), x.FileName,
            x.MediaType, x.Size, x.Sha256, x.Origin, x.CreatedAt, stored.State, stored.ValidUntil, x.ReplacedBy, stored.Row.ReuseCount,
            $"/api/v1/dossiers/{d.Id}/documents/{x.Id}");
    }
}

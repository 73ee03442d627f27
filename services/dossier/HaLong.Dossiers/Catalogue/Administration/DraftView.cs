using System.Text.Json;
using HaLong.Dossiers.Catalogue.Checking;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>A draft in a list.</summary>
/// <param name="State">draft, review, approved, published or withdrawn.</param>
/// <param name="BasedOn">The version it was made from.</param>
/// <param name="Repeal">True when it ends the procedure.</param>
internal sealed record DraftLine(
    Guid Id, string Code, string State, Guid? BasedOn, bool Repeal, DateOnly? ValidFrom, DateOnly? ValidTo, string? Note, Guid? ImportId, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static DraftLine Of(ProcedureDraft d) => new(d.Id, d.Code, d.State, d.BasedOn, d.Repeal, d.ValidFrom, d.ValidTo, d.Note, d.ImportId, d.CreatedAt, d.UpdatedAt);
}

/// <summary>A draft with its content.</summary>
/// <param name="Editors">Who wrote any of it, and so can neither approve nor publish it.</param>
/// <param name="Reason">Why it was given back or withdrawn.</param>
/// <param name="Defects">What has to be mended before the review.</param>
internal sealed record DraftView(
    Guid Id, string Code, string State, Guid? BasedOn, bool Repeal, DateOnly? ValidFrom, DateOnly? ValidTo, string? Note, Guid? ImportId, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt, JsonElement Content, string ContentHash, IReadOnlyList<Guid> Editors, Guid? ApprovedBy, Guid? PublishedBy, Guid? VersionId,
    string? Reason, IReadOnlyList<DefectView> Defects)
{
    public static DraftView Of(ProcedureDraft d)
    {
        var content = JsonElement.Parse(d.Content);
        return new DraftView(
            d.Id, d.Code, d.State, d.BasedOn, d.Repeal, d.ValidFrom, d.ValidTo, d.Note, d.ImportId, d.CreatedAt, d.UpdatedAt, content, d.ContentHash, d.Editors,
            d.ApprovedBy, d.PublishedBy, d.VersionId, d.Reason, [.. ProcedureRules.Check(content).Select(DefectView.Of)]);
    }
}

/// <summary>Something wrong, in the language of the request.</summary>
internal sealed record DefectView(string Path, string Message)
{
    public static DefectView Of(Defect d) => new(d.Path, Text.Bilingual(d.Vi, d.En));
}

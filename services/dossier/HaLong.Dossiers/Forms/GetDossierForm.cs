using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Forms;

/// <summary>Which form a dossier is filled in by, what in it was prefilled and is still as it was, and what is to be said about each field.</summary>
internal sealed class GetDossierForm(DossierDesk desk, FormCatalogue forms, FormCheck check, ReadRecord reads)
{
    /// <param name="FormVersion">Version of the form; read it at <paramref name="FormUrl"/>.</param>
    /// <param name="HasNewerVersion">True when the procedure's form has changed since the draft was opened.</param>
    /// <param name="Prefilled">Fields filled by the platform that nobody has changed since.</param>
    internal sealed record View(
        string ProcedureCode, string? FormVersion, string? FormUrl, bool HasNewerVersion, IReadOnlyList<PrefilledField> Prefilled, IReadOnlyList<FieldWarning> Warnings);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/form", (Guid id, GetDossierForm handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("The form of a dossier: its version, what was prefilled, and a message for each field that needs one")
        .Answers<View>(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var visible = await desk.VisibleAsync(Acts.DossierRead, ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (await visible.Value.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        await reads.AddAsync(ReadRecord.Dossier, id, dossier.OwnerId, ct);
        Etag.Set(http.Response, dossier.Version);
        if (await forms.OfDossierAsync(id, ct) is not { } bound)
            return TypedResults.Ok(new View(dossier.ProcedureCode, null, null, HasNewerVersion: false, [], []));
        var latest = await forms.FindAsync(dossier.ProcedureCode, ct);
        var data = JsonElement.Parse(dossier.Data);
        return TypedResults.Ok(new View(
            dossier.ProcedureCode, bound.Version.ContentHash, UrlOf(dossier.ProcedureCode, bound.Version), latest is not null && latest.Id != bound.Version.Id,
            PrefilledField.StillThere(PrefilledValue.Read(bound.Binding.Prefilled), data), FieldWarning.Of(check.Defects(bound.Version, dossier.Data))));
    }

    private static string UrlOf(string procedure, FormVersion version) => $"/api/v1/procedures/{procedure}/form?version={version.ContentHash}";
}

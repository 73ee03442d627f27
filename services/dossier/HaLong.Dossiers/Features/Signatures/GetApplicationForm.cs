using System.Net.Mime;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Forms;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Signatures;

/// <summary>
/// The application of a dossier as PDF, so that its owner can sign it in a session of his own and attach it like any document. Nothing of it is kept.
/// </summary>
internal sealed class GetApplicationForm(DossierDesk desk, FormCatalogue forms, ReadRecord reads)
{
    private const string Plain = "Đơn đề nghị giải quyết thủ tục hành chính";

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/application-form",
            (Guid id, GetApplicationForm handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("The application form of a dossier, filled in, as PDF to be signed; the same draft gives the same bytes")
        .Answers(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var visible = await desk.VisibleAsync(Acts.DossierRead, ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (await visible.Value.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        await reads.AddAsync(ReadRecord.Dossier, id, dossier.OwnerId, ct);
        var form = await forms.OfDossierAsync(id, ct) is { } bound ? forms.Compile(bound.Version).File : null;
        var title = form is null || form.Procedures.Contains(HaLong.Dossiers.Forms.FormFile.AnyProcedure) ? Plain : form.Title.Vi;
        var pdf = ApplicationSheet.Render(dossier, title, ApplicationLines.Of(form, JsonElement.Parse(dossier.Data)));
        Etag.Set(http.Response, dossier.Version);
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.File(pdf, MediaTypeNames.Application.Pdf, $"don-{dossier.ProcedureCode}.pdf");
    }
}

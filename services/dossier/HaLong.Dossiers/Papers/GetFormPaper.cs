using System.Net.Mime;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Papers;

/// <summary>A form as sealed PDF. The control slip is the agencies' own paper: one for all its rows, a draft until the dossier is over.</summary>
internal sealed class GetFormPaper(DossierDbContext db, DossierDesk desk, GetDocument documents, PaperWork papers, ReadRecord reads, Caller caller)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/forms/{serial:int}", (Guid id, int serial, GetFormPaper handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, serial, http, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("A form as sealed PDF; supports ranges and If-None-Match. While it is being sealed: 409 with Retry-After")
        .Answers(200, 206, 304, 403, 404, 409, 416, 503);

    private async Task<IResult> HandleAsync(Guid id, int serial, HttpContext http, CancellationToken ct)
    {
        var owner = await desk.OwnerAsync(id, Acts.DossierRead, ct);
        if (!owner.IsSuccess)
            return owner.Error.ToProblem();
        var form = await db.IssuedForms.AsNoTracking().SingleOrDefaultAsync(f => f.DossierId == id && f.Serial == serial, ct);
        if (form is null || (form.Kind == PaperForm.Control && owner.Value == caller.AccountId))
            return PaperErrors.FormNotFound.ToProblem();
        if (form.Kind == PaperForm.Control)
            form = (await ControlSlip.LastAsync(db, id, ct))!;
        var paper = await db.FormPapers.AsNoTracking().SingleOrDefaultAsync(p => p.FormId == form.Id, ct);
        if (paper is null && form.Kind == PaperForm.Control)
            return await DraftAsync(form, owner.Value, http, ct);
        if (paper?.SignedAt is null)
            return PaperErrors.Pending.ToProblem();
        await reads.AddAsync(ReadRecord.Form, paper.Id, owner.Value, ct);
        return documents.Stream(await db.Documents.AsNoTracking().SingleAsync(d => d.Id == paper.Id, ct), http);
    }

    private async Task<IResult> DraftAsync(IssuedForm form, Guid owner, HttpContext http, CancellationToken ct)
    {
        var dossier = await db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == form.DossierId, ct);
        var slip = papers.DraftSlip(dossier, await ControlSlip.ReadAsync(db, dossier.Id, ct));
        await reads.AddAsync(ReadRecord.Form, dossier.Id, owner, ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(slip, MediaTypeNames.Application.Pdf, PaperWork.NameOf(dossier, form, "-ban-nhap"));
    }
}

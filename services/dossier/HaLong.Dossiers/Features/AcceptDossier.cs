using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Reception accepts a dossier: the clock starts, the applicant gets form 01.</summary>
internal sealed class AcceptDossier(
    DossierDbContext db, DossierDesk desk, DeadlineDesk deadlines, ProcedureCatalogue catalogue, PaperWork papers, TimeProvider time)
{
    private const int MostOriginals = 1000;

    /// <param name="Originals">How many originals on paper reception keeps; they are given back before the dossier ends.</param>
    internal sealed record Request(int? Originals);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/acceptance",
            (Guid id, Request? request, AcceptDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Reception)
        .WithSummary("Accept a filed dossier: due date and receipt (form 01)")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request? request, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeAtReceptionAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var originals = request?.Originals ?? 0;
        if (originals is < 0 or > MostOriginals)
            return DossierErrors.Invalid.WithField("originals", $"Từ 0 đến {MostOriginals}.", $"0 to {MostOriginals}.").ToProblem();
        var dossier = taken.Value;
        var procedure = await catalogue.GetAsync(dossier.ProcedureId, ct);
        var now = time.Now();
        var deadline = await deadlines.AfterAsync(dossier, ClockEffect.Start, now, null, ct);
        var receiver = desk.As(Roles.Reception);
        var filed = await db.Documents.AsNoTracking().Where(d => d.DossierId == id && d.Kind == DocumentKind.Component).ToListAsync(ct);
        var accepted = dossier.Accept(receiver, deadline.DueAt!.Value, deadline.Assumed, now, originals, papers.DetailsOf(procedure, filed));
        if (!accepted.IsSuccess)
            return accepted.Error.ToProblem();
        db.Documents.Add(await papers.ReceiptAsync(dossier, ct));
        return await desk.SaveAsync(dossier, "accept", http, ct);
    }
}

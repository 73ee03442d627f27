using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>One dossier: the owner's, or filed with the official's unit.</summary>
internal sealed class GetDossier(DossierDesk desk, ReadRecord reads)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}", (Guid id, GetDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .RequireAuthorization(Policies.SignedIn)
        .WithSummary("One dossier with its documents, fees and payment")
        .Answers<DossierView>(200, 404);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        if (await desk.Visible.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        await reads.AddAsync(ReadRecord.Dossier, id, dossier.OwnerId, ct);
        return await desk.ShowAsync(dossier, http, ct);
    }
}

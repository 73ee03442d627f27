using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Reuse;

/// <summary>What the owner has already of what a dossier asks for.</summary>
internal sealed class ListReusable(DossierDesk desk, ProcedureCatalogue catalogue, ReuseOffers offers, ReadRecord reads)
{
    /// <param name="Component">Its number.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Documents">What fits, newest first; used with <c>POST …/documents/reuse</c>.</param>
    internal sealed record Offer(int Component, string Name, bool Required, IReadOnlyList<StoreItem> Documents);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/documents/reusable", (Guid id, ListReusable handler, CancellationToken ct) => handler.HandleAsync(id, ct))
        .RequireAuthorization(Policies.Filing)
        .WithSummary("Documents of the owner's store that fit the components of a dossier that takes documents, newest first")
        .Answers<IReadOnlyList<Offer>>(200, 403, 404, 409, 503);

    private async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        var own = await desk.OwnAsync(Acts.DossierScan, toChange: true, ct);
        if (!own.IsSuccess)
            return own.Error.ToProblem();
        if (await own.Value.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        if (!DossierStatus.TakingDocuments.Contains(dossier.Status))
            return dossier.WrongState().ToProblem();
        var content = catalogue.ContentOf(await catalogue.GetAsync(dossier.ProcedureId, ct));
        var found = await offers.FindAsync(dossier, content, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        await reads.AddAsync(ReadRecord.DocumentList, id, dossier.OwnerId, ct);
        return TypedResults.Ok(found.Value.Where(f => dossier.RefusalToAdd(f.Key) is null).OrderBy(f => f.Key).Select(f => OfferOf(f.Key, content.Components[f.Key - 1], f.Value)).ToList());
    }

    private static Offer OfferOf(int number, ProcedureComponent component, IReadOnlyList<StoredDocument> documents) =>
        new(number, Text.Bilingual(component.NameVi, component.NameEn), component.Required, [.. documents.Select(StoreItem.Of)]);
}

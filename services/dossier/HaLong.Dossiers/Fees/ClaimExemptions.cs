using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Drafts;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Fees;

/// <summary>The applicant says to which categories he belongs that pay less, and by which documents of the draft he proves it.</summary>
internal sealed class ClaimExemptions(DossierDbContext db, DraftWriter writer, DossierDesk desk, TimeProvider time)
{
    private const int MostDocuments = 10;

    /// <param name="Claims">All of them: what is not named any more is not claimed.</param>
    internal sealed record Request(IReadOnlyList<Claim?>? Claims);

    /// <param name="Category">Code of the category.</param>
    /// <param name="Documents">Documents of the draft; without any the claim does not count.</param>
    internal sealed record Claim(string? Category, IReadOnlyList<Guid>? Documents);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPut("/{id:guid}/fee-claims",
            (Guid id, Request request, ClaimExemptions handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Filing)
        .WithSummary("Say to which categories the applicant belongs that pay less, and by which documents of the draft that is proven")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var taken = await writer.HoldAsync(id, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        await using var held = taken.Value;
        if (Etag.Check(http.Request, held.Dossier.Version) is { } stale)
            return stale.ToProblem();
        var claims = request.Claims ?? [];
        var documents = await db.Documents.Where(d => d.DossierId == id && (d.Kind == DocumentKind.Component || d.Kind == DocumentKind.FeeEvidence)).Select(d => d.Id).ToListAsync(ct);
        if (Check(claims, documents) is { } error)
            return error.ToProblem();
        var claimed = held.Dossier.Claim([.. claims.Select(c => new FeeClaim(c!.Category!, [.. (c.Documents ?? []).Distinct()]))], time.Now());
        if (!claimed.IsSuccess)
            return claimed.Error.ToProblem();
        if (held.Hand is { } hand)
            held.Dossier.WorkedOn(hand);
        var answer = await desk.SaveAsync(held.Dossier, "claimExemptions", http, ct);
        if (held.Transaction is { } transaction)
            await transaction.CommitAsync(ct);
        return answer;
    }

    private static Error? Check(IReadOnlyList<Claim?> claims, List<Guid> documents)
    {
        var error = FeeClaimErrors.BadClaims;
        foreach (var (claim, i) in claims.Select((claim, i) => (claim, i)))
        {
            if (claim?.Category is not { } category || !CatalogueCodes.ApplicantCategories.Has(category) || claims.Take(i).Any(c => c?.Category == category))
                error = error.WithField($"claims[{i}].category", "Mã đối tượng trong danh mục, mỗi mã một lần.", "A code of the list of categories, each once.");
            if (claim?.Documents is { } proofs && (proofs.Count > MostDocuments || proofs.Any(p => !documents.Contains(p))))
                error = error.WithField($"claims[{i}].documents", $"Nhiều nhất {MostDocuments} giấy tờ của chính hồ sơ này.", $"At most {MostDocuments} documents of this dossier.");
        }
        return error.Fields.Count > 0 ? error : null;
    }
}

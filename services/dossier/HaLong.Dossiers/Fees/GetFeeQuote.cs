using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Fees;

/// <summary>What a dossier costs, line by line, with the evidence that is still missing. Of a draft: as if it were filed now.</summary>
internal sealed class GetFeeQuote(DossierDesk desk, FeeBases bases, FeeQuotesClient quotes, ProcedureCatalogue catalogue, ReadRecord reads, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/fee-quote", (Guid id, string? moment, GetFeeQuote handler, CancellationToken ct) => handler.HandleAsync(id, moment, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("What a dossier costs, explained line by line; moment = atFiling, atSupplement or atResult")
        .Answers<FeeQuoteView>(200, 400, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, string? moment, CancellationToken ct)
    {
        moment ??= FeeMoment.Filing;
        if (!CatalogueCodes.FeeMoments.Has(moment))
            return FeeClaimErrors.BadQuestion.WithField("moment", "atFiling, atSupplement hoặc atResult.", "atFiling, atSupplement or atResult.").ToProblem();
        var visible = await desk.VisibleAsync(Acts.DossierRead, ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (await visible.Value.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        var quote = await quotes.AskAsync(dossier.ProcedureCode, dossier.Channel, await BasisAsync(dossier, moment, ct), ct);
        if (!quote.IsSuccess)
            return quote.Error.ToProblem();
        await reads.AddAsync(ReadRecord.FeeQuote, id, dossier.OwnerId, ct);
        return TypedResults.Ok(quote.Value);
    }

    private async Task<FeeBasis> BasisAsync(Dossier dossier, string moment, CancellationToken ct)
    {
        if (moment == FeeMoment.Filing && dossier.FeeBasis is { } filed)
            return filed with { Claims = dossier.FeeClaims };
        var now = time.Now();
        // A draft is filed by the version of the day it is filed; what is filed stays with its version.
        var procedure = dossier.Status == DossierStatus.Draft ? await catalogue.FindAsync(dossier.ProcedureCode, ct) : null;
        var day = LocalTime.Date(moment == FeeMoment.Filing ? dossier.SubmittedAt ?? now : now);
        return await bases.OfAsync(dossier, procedure ?? await catalogue.GetAsync(dossier.ProcedureId, ct), moment, day, [], ct);
    }
}

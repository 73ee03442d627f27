using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Fees;

/// <summary>Puts together what payment quotes fees from: the procedure's fees, the situation, and the claims with the proof that is there.</summary>
internal sealed class FeeBases(DossierDbContext db, ProcedureCatalogue catalogue, Caller caller)
{
    /// <summary>Of a dossier at a moment.</summary>
    public async Task<FeeBasis> OfAsync(Dossier dossier, Procedure procedure, string moment, DateOnly day, IReadOnlyList<FeeTerm> chosen, CancellationToken ct)
    {
        var claims = dossier.FeeClaims.Count == 0 ? [] : await ProvenAsync(dossier, ct);
        return await OfAsync(procedure, new FeeCircumstances(dossier.Channel, day) { Moment = moment, Assurance = AssuranceOf(dossier) }, claims, chosen, ct);
    }

    /// <summary>Of a procedure in a situation.</summary>
    public async Task<FeeBasis> OfAsync(Procedure procedure, FeeCircumstances of, IReadOnlyList<FeeClaim> claims, IReadOnlyList<FeeTerm> chosen, CancellationToken ct)
    {
        var content = catalogue.ContentOf(procedure);
        var tariff = content.Fees.Any(f => f.AmountVnd is null) ? await catalogue.TariffAsync(procedure.Code, ct) : [];
        of = of with { Categories = [.. claims.Where(c => c.Counts).Select(c => c.Category)] };
        return new FeeBasis(of.Moment, of.Day, of.Assurance, FeeSchedule.Terms(content, tariff, of, chosen), claims);
    }

    /// <summary>The claims without documents that were taken out meanwhile.</summary>
    private async Task<List<FeeClaim>> ProvenAsync(Dossier dossier, CancellationToken ct)
    {
        var there = await db.Documents.Where(d => d.DossierId == dossier.Id && (d.Kind == DocumentKind.Component || d.Kind == DocumentKind.FeeEvidence)).Select(d => d.Id).ToListAsync(ct);
        return dossier.FeeClaims.ConvertAll(c => c with { Documents = [.. c.Documents.Where(there.Contains)] });
    }

    // The token of an official says how surely he is known, not the owner; as filed it stands in the basis.
    private int AssuranceOf(Dossier dossier) =>
        dossier.FeeBasis?.Assurance ?? (dossier.OwnerId == caller.AccountId && dossier.CounterBy is null ? Math.Max(1, caller.Assurance) : 1);
}

using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Fees;

/// <summary>What becomes known about the money of a dossier: paid or waived, for the filing or for a demand.</summary>
internal sealed class FeeNews(DossierDbContext db, LifecycleDesk desk, DossierTelemetry telemetry)
{
    /// <param name="dossierId">Whose money; an unknown one is left alone.</param>
    /// <param name="moment">Of which fees.</param>
    /// <param name="action">Word for the metric.</param>
    /// <param name="ofFiling">Records it for the filing; false when it was known.</param>
    /// <param name="ofDemand">Records it for a demand; false when it was known.</param>
    /// <param name="ct">Cancels.</param>
    public async Task RecordAsync(Guid dossierId, string? moment, string action, Func<Dossier, DateTimeOffset, bool> ofFiling,
        Func<Dossier, FeeDemand, DateTimeOffset, bool> ofDemand, CancellationToken ct)
    {
        if (await db.LockAsync(dossierId, ct) is not { } dossier)
            return;
        var number = FeeMoments.DemandOf(moment);
        var isNew = number is null
            ? ofFiling(dossier, desk.Now)
            : await db.Demands.SingleOrDefaultAsync(d => d.DossierId == dossier.Id && d.Number == number, ct) is { } demand && ofDemand(dossier, demand, desk.Now);
        if (!isNew)
            return;
        await desk.ReckonAsync(dossier, ct);
        db.Record(dossier);
        telemetry.Moved(action);
    }
}

using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Watchdog.Ladders;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Lifecycle;

/// <summary>Makes the lifecycle's part of a dossier's view.</summary>
internal sealed class LifecycleViews(DossierDbContext db, CalendarCache calendars, WaitReckoner reckoner, Caller caller)
{
    /// <summary>Whose move it is; null when the dossier is over.</summary>
    public async Task<WaitView?> WaitAsync(Dossier d, CancellationToken ct)
    {
        if (Waits.Of(d) is not { } wait)
            return null;
        var (latest, assumed) = reckoner.LatestOf(wait, d, await calendars.LatestAsync(ct));
        return new WaitView(wait.Who, wait.PersonOf(d), wait.Reason, Text.Bilingual(wait.Vi, wait.En), wait.Next, d.WaitingSince, latest, assumed);
    }

    public async Task<LifecycleView> LifecycleAsync(Dossier d, CancellationToken ct)
    {
        var supplement = d.SupplementId is { } id ? await db.Supplements.AsNoTracking().SingleAsync(r => r.Id == id, ct) : null;
        var demands = d.Demands > 0 ? await db.Demands.AsNoTracking().Where(f => f.DossierId == d.Id).OrderBy(f => f.Number).ToListAsync(ct) : [];
        return new LifecycleView(
            d.LegalRegime, DossierStatus.PortalCode(d.Status), d.Outcome, d.LegalBasis, supplement is null ? null : SupplementView.Of(supplement),
            d.SupplementsAtReception, d.SupplementsAtProcessing, d.AskedTwice, d.Extensions, d.Opinions, d.OpenOpinions, demands.ConvertAll(DemandView.Of),
            d.OriginalsHeld, HandOverView.Of(d), d.Corrections, d.CorrectionId is not null, d.WithdrawalReason, Possible(d))
        {
            Signature = d.OwnerId == caller.AccountId ? null : SignatureView.Of(d),
        };
    }

    private List<string> Possible(Dossier d)
    {
        var (party, roles) = d.OwnerId == caller.AccountId ? (Party.Applicant, null) : (Party.Official, caller.Roles);
        return [.. Transitions.All
            .Where(t => t.Who == party && t.From.Contains(d.Status) && (roles is null || t.Roles.Any(roles.Contains)) && (t.WhileSigning || !d.IsSigning || (t.WhileUnsigned && d.AwaitsPerson)))
            .Select(t => t.Action).Distinct()];
    }
}

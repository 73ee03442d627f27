using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>Holds a document against the platform as it is: the dry run.</summary>
internal sealed class ReorganisationPlanner(IdentityDbContext db, TimeProvider time)
{
    public async Task<ReorganisationPlan> MakeAsync(ReorganisationDocument document, CancellationToken ct)
    {
        var effective = document.Effective!.Value; // Checked with the document.
        return Make(document, new Situation(
            await db.Units.ToListAsync(ct),
            await db.Assignments.Where(a => a.RevokedAt == null && (a.ValidTo == null || a.ValidTo >= effective)).OrderBy(a => a.Id).ToListAsync(ct),
            await db.RoleGrants.Where(g => g.State == RoleGrant.Pending).ToListAsync(ct),
            await db.UnitGroups.Include(g => g.Periods).ToListAsync(ct),
            await db.ReceivingPlaces.ToListAsync(ct),
            LocalTime.Date(time.GetUtcNow())));
    }

    internal static ReorganisationPlan Make(ReorganisationDocument document, Situation situation)
    {
        var plan = new ReorganisationPlan { Effective = document.Effective!.Value, LegalBasis = document.LegalBasis!.Trim() };
        UnitPlan.Make(plan, document, situation);
        StaffPlan.Make(plan, document, situation);
        return plan;
    }
}

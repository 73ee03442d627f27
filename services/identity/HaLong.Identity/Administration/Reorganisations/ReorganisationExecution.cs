using HaLong.Identity.Persistence;
using HaLong.Identity.Staff;
using HaLong.Identity.Units;
using HaLong.Messaging;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>Puts a plan into effect. Adds and changes rows; the caller saves them in one transaction.</summary>
internal sealed class ReorganisationExecution(IdentityDbContext db, StaffRegister staff, AuditTrail audit, TimeProvider time)
{
    public async Task RunAsync(ReorganisationPlan plan, Guid id, Guid by, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var unit in plan.Ended)
        {
            (unit.ValidTo, unit.EndLegalBasis, unit.IsChangedHere) = (plan.LastDay, plan.LegalBasis, true);
            db.Enqueue(UnitFacts.Ended(unit, now));
        }

        foreach (var unit in plan.Created)
        {
            db.Units.Add(unit);
            db.Enqueue(UnitFacts.Created(unit, now));
        }

        db.UnitTransitions.AddRange(plan.Transitions.Select(t => new UnitTransition
        {
            FromId = t.From.Id,
            ToId = t.To.Id,
            Effective = plan.Effective,
            Kind = t.Input.Kind!,
            IsPart = t.Input.IsPart,
            IsAutomatic = t.Input.IsAutomatic,
            IsConfirmed = t.Input.Confirmed ?? true,
            LegalBasis = t.Input.LegalBasis ?? plan.LegalBasis,
            Note = t.Input.Note,
            ReorganisationId = id,
        }));
        ChangeGroups(plan);
        ChangePlaces(plan, now);
        foreach (var grant in plan.Grants)
            grant.Decide(RoleGrant.Withdrawn, by, plan.LegalBasis, now);
        await MoveStaffAsync(plan, id, by, now, ct);
    }

    private static void ChangeGroups(ReorganisationPlan plan)
    {
        foreach (var (group, codes) in plan.Groups)
        {
            if (group.On(plan.Effective) is { } current)
                current.ValidTo = plan.LastDay;
            group.Periods.Add(new UnitGroupPeriod { GroupCode = group.Code, ValidFrom = plan.Effective, UnitCodes = codes });
        }
    }

    private void ChangePlaces(ReorganisationPlan plan, DateTimeOffset now)
    {
        foreach (var place in plan.Closed)
            (place.ValidTo, place.IsChangedHere) = (plan.LastDay, true);
        db.ReceivingPlaces.AddRange(plan.Opened.Select(o => new ReceivingPlace
        {
            Id = o.Input.Id ?? "RP-" + Guid.CreateVersion7(now).ToString("N"),
            Kind = o.Input.Kind!,
            NameVi = o.Input.NameVi!.Trim(),
            NameEn = o.Input.NameEn!.Trim(),
            UnitId = o.Unit.Id,
            ValidFrom = plan.Effective,
            Receives = [.. o.Input.Receives!.Distinct()],
            AgencyCode = o.Input.AgencyCode,
            SeatVi = o.Input.SeatVi,
            Note = o.Input.Note,
            IsChangedHere = true,
        }));
    }

    private async Task MoveStaffAsync(ReorganisationPlan plan, Guid id, Guid by, DateTimeOffset now, CancellationToken ct)
    {
        var people = plan.Moves.Select(m => m.Assignment.AccountId).Distinct().ToList();
        var accounts = await db.Accounts.Where(a => people.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        foreach (var (old, unit, _) in plan.Moves)
        {
            var account = accounts[old.AccountId];
            var before = AssignmentView.ForAudit(old);
            // What would only have begun in the new order never takes effect in the old unit.
            var from = old.ValidFrom > plan.Effective ? old.ValidFrom : plan.Effective;
            var next = unit is null ? null : old.Continue(Guid.CreateVersion7(now), unit, from, id, plan.LegalBasis, by, now);
            staff.End(account, old, from.AddDays(-1), ReleaseReasons.Reorganisation, null);
            if (next is not null)
                staff.Add(account, next);
            audit.Record(
                next is null ? "assignment.ended" : "assignment.moved", AuditTarget.Account, account.Id, unit?.Id ?? old.UnitId, before,
                AssignmentView.ForAudit(next ?? old));
        }
    }
}

using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Watchdog.Ladders;
using HaLong.Messaging;

namespace HaLong.Dossiers.Watchdog.Rounds;

/// <summary>Writes a warning down and tells it, in the transaction of the round.</summary>
internal sealed class WarningWriter(DossierDbContext db)
{
    public void Write(Dossier dossier, WaitPlan plan, WaitStep step, bool urgent, Surroundings around, DateTimeOffset now)
    {
        var (wait, audience) = (plan.Wait, Audience.Of(step.Level, plan.Wait, dossier, around));
        var warning = new WaitWarning
        {
            Id = Guid.CreateVersion7(now),
            DossierId = dossier.Id,
            Episode = step.Episode,
            Level = step.Level,
            Reason = wait.Reason,
            Who = wait.Who,
            LatestAt = step.Latest,
            PlannedAt = step.At,
            GivenAt = now,
            Urgent = urgent,
        };
        db.WaitWarnings.Add(warning);
        db.Enqueue(new DossierWaitWarned(
            warning.Id, dossier.Id, dossier.Code!, now, dossier.ProcedureCode, dossier.UnitCode, step.Level, wait.Reason, wait.Who, plan.Since, step.Latest, urgent,
            audience.PersonId, audience.Roles, audience.UnitCode));
    }
}

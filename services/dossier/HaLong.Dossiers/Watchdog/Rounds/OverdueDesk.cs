using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Watchdog.Ladders;

namespace HaLong.Dossiers.Watchdog.Rounds;

/// <summary>Apologises for the agency when a due date has passed; see docs: dossier-watchdog.</summary>
internal sealed class OverdueDesk(DossierDbContext db, DeadlineDesk deadlines, WaitReckoner reckoner)
{
    /// <summary>False when there was nothing to apologise for.</summary>
    public async Task<bool> ApologiseAsync(Dossier dossier, WorkCalendar calendar, DateTimeOffset now, CancellationToken ct)
    {
        if (!dossier.OwesApology(now))
            return false;
        // By law one new appointment; whoever used it up leaves none for the platform.
        Deadline? appointed = dossier.Extensions >= reckoner.CountingOf(dossier).MaxExtensions ? null
            : await deadlines.AfterAsync(dossier, ClockEffect.Extend, now, reckoner.NewAppointment(dossier, calendar, now), ct);
        if (!dossier.Apologise(appointed, now))
            return false;
        db.Record(dossier);
        return true;
    }
}

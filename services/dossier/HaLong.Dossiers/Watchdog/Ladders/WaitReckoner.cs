using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Watchdog.Ladders;

/// <summary>Counts what a dossier waits for, until when, and who is warned of it when.</summary>
internal sealed class WaitReckoner(RuleBook rules, IOptions<DossierOptions> options, IOptions<WatchdogOptions> watchdog)
{
    /// <summary>Until when a wait may last, and whether that date is assumed.</summary>
    public (DateTimeOffset At, bool Assumed) LatestOf(Wait wait, Dossier dossier, WorkCalendar calendar) =>
        Waits.Latest(wait, dossier, options.Value.WaitsOf(dossier.LegalRegime), calendar, CountingOf(dossier));

    /// <summary>The plan of a dossier; null when nobody has to do anything any more.</summary>
    public WaitPlan? PlanOf(Dossier dossier, WorkCalendar calendar, DateTimeOffset now)
    {
        if (Waits.Of(dossier) is not { } wait)
            return null;
        var (counting, ladder) = (CountingOf(dossier), watchdog.Value.LadderOf(dossier.LegalRegime));
        var time = new WorkTimes(calendar, counting);
        var (latest, assumed) = LatestOf(wait, dossier, calendar);
        var steps = Ladder.Of(wait, dossier, latest, ladder, time).ToList();
        if (Ladder.Extension(dossier, ladder, counting, time, now) is { } extension)
            steps.Add(extension);
        // On the day itself a result is in time.
        var apology = dossier.OwesApology(DateTimeOffset.MaxValue) ? time.NextOpening(dossier.DueAt!.Value) : (DateTimeOffset?)null;
        return new WaitPlan(wait, dossier.WaitingSince ?? dossier.UpdatedAt, latest, assumed, [.. steps.OrderBy(s => s.At)], apology);
    }

    /// <summary>How the regime of the dossier counts.</summary>
    public DeadlineRules CountingOf(Dossier dossier) => rules.At(LocalTime.Date(dossier.AcceptedAt ?? dossier.SubmittedAt ?? dossier.UpdatedAt));

    /// <summary>The appointment that the platform gives when it apologises.</summary>
    public DateTimeOffset NewAppointment(Dossier dossier, WorkCalendar calendar, DateTimeOffset now) =>
        new WorkTimes(calendar, CountingOf(dossier)).AfterDays(watchdog.Value.LadderOf(dossier.LegalRegime).NewAppointmentDays, now);
}

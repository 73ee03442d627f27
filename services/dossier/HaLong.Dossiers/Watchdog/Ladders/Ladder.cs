using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Watchdog.Ladders;

/// <summary>The steps of a wait, and of the legal clock beside it. Pure.</summary>
internal static class Ladder
{
    /// <summary>The agency's wait: who has the move, then the supervisors, then the owner. The applicant's: he twice, then the officer.</summary>
    public static IEnumerable<WaitStep> Of(Wait wait, Dossier dossier, DateTimeOffset latest, LadderRules rules, WorkTimes time)
    {
        // A draft binds nobody but its owner, who may let it lie.
        if (wait.Limit == WaitLimit.Draft)
            return [];
        var (since, episode) = (dossier.WaitingSince ?? dossier.UpdatedAt, EpisodeOf(wait, dossier));
        // A new appointment is a new time to work in.
        if (wait.Limit == WaitLimit.Due && dossier.AppointedAt > since)
            since = dossier.AppointedAt.Value;
        return wait.IsApplicants
            ?
            [
                new(WaitLevels.Applicant, episode, time.Share(rules.ApplicantPercent, since, latest), latest),
                new(WaitLevels.ApplicantLast, episode, latest, latest),
                new(WaitLevels.Officer, episode, time.AfterDays(rules.AfterApplicantDays, latest), latest),
            ]
            :
            [
                new(WaitLevels.Officer, episode, time.Share(rules.OfficerPercent, since, latest), latest),
                new(WaitLevels.Supervisor, episode, time.AfterMinutes(rules.SupervisorMinutes, latest), latest),
                new(WaitLevels.Citizen, episode, time.AfterDays(rules.CitizenDays, latest), latest),
            ];
    }

    /// <summary>The warning that tomorrow is the last day for a new appointment; null when none is possible, or no longer.</summary>
    public static WaitStep? Extension(Dossier dossier, LadderRules rules, DeadlineRules counting, WorkTimes time, DateTimeOffset now)
    {
        if (dossier is not { DueAt: { } due, AcceptedAt: { } accepted, IsSigning: false } || Transitions.Find(Moves.Extend, dossier.Status) is null || dossier.Extensions >= counting.MaxExtensions)
            return null;
        var last = time.Before(0, LocalTime.Date(due).AddDays(-counting.ExtensionLeadDays));
        if (last < LocalTime.Date(accepted) || last < LocalTime.Date(now))
            return null;
        var at = time.Opening(time.Before(rules.ExtensionDays, last));
        var episode = FormattableString.Invariant($"DUE/{dossier.Extensions}.{dossier.SupplementsAtProcessing}.{dossier.Demands}");
        return new WaitStep(WaitLevels.Extension, episode, at > accepted ? at : accepted, due);
    }

    /// <summary>The same wait has the same episode, also when the calendar moves its end; a new date given by somebody makes another one.</summary>
    private static string EpisodeOf(Wait wait, Dossier dossier)
    {
        var since = (dossier.WaitingSince ?? dossier.UpdatedAt).ToUnixTimeMilliseconds();
        var until = wait.Limit == WaitLimit.Until ? dossier.WaitUntil?.ToUnixTimeMilliseconds() : dossier.Extensions;
        return FormattableString.Invariant($"{wait.Reason}/{since}/{until}");
    }
}

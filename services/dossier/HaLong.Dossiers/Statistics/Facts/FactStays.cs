using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>A step that is over: of which kind, on which day it ended, after how many minutes of working time.</summary>
internal readonly record struct Stay(short Kind, DateOnly End, int Minutes);

/// <summary>
/// How long the steps of a dossier took. At each moment it is in one step; one that is interrupted is another one when it goes on, but for the check,
/// which is counted in one from filing to acceptance. What did not reach its end (a check without acceptance, a signature or a handing over that was not
/// made) is not listed.
/// </summary>
internal static class FactStays
{
    public static IReadOnlyList<Stay> Of(DossierHistory h, Counting counting)
    {
        var stays = new List<Stay>();
        var (kind, since, latest, check) = ((short)0, 0L, 0L, 0L);
        var (assigned, signing) = (false, false);
        foreach (var step in h.Steps)
        {
            latest = Math.Max(latest, LocalTicks.Of(step.At));
            assigned = step.Action switch { Moves.Assign => true, Moves.Release => false, _ => assigned };
            signing = step.Action switch { Moves.Approve or Moves.Refuse => true, Moves.Resolve => false, _ => signing };
            var next = KindOf(step.To, assigned, signing);
            if (next == kind)
                continue;
            var work = kind == 0 ? 0 : counting.WorkBetween(since, latest);
            if (kind == StayKind.Check)
                work = check += work;
            if (kind != 0 && IsOver(kind, step))
                stays.Add(Of(kind, latest, work));
            if (step.Action == Moves.Resolve)
                stays.Add(Of(StayKind.Whole, latest, counting.WorkBetween(LocalTicks.Of(h.SubmittedAt), latest)));
            (kind, since) = (next, latest);
        }
        return stays;
    }

    private static Stay Of(short kind, long end, long work) => new(kind, LocalTicks.Date(end), (int)(work / TimeSpan.TicksPerMinute));

    private static bool IsOver(short kind, HistoryStep step) => kind switch
    {
        StayKind.Check => step.Action == Moves.Accept,
        StayKind.Signature => step.Action == Moves.Resolve,
        StayKind.HandOver => step.To == DossierStatus.Returned,
        _ => true,
    };

    private static short KindOf(string status, bool assigned, bool signing) => status switch
    {
        DossierStatus.Submitted => StayKind.Check,
        DossierStatus.SupplementReception or DossierStatus.SupplementProcessing => StayKind.Supplement,
        DossierStatus.Accepted => StayKind.Assignment,
        DossierStatus.Processing => signing ? StayKind.Signature : assigned ? StayKind.Processing : StayKind.Assignment,
        DossierStatus.WaitOpinion => StayKind.Opinion,
        DossierStatus.WaitPayment => StayKind.Payment,
        DossierStatus.Resolved => StayKind.HandOver,
        _ => 0,
    };
}

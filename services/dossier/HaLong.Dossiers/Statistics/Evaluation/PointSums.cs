using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Statistics.Evaluation;

/// <summary>The points of one dossier, by indicator.</summary>
internal sealed record DossierPoints(int Time, int AgencyTime, int Contacts, int Agencies, int Attitude);

/// <summary>How many dossiers were resolved, and how many of them in which way.</summary>
internal readonly record struct ResolvedCounts(long All, long Early, long Late, long AskedOnce, long AskedMore, long Online);

/// <summary>
/// The points of many dossiers, summed up by counts of what decides about each indicator: nobody need know which dossier has which.
/// <para>
/// Time is the legal clock by days. An opinion that was asked and came late is time of another agency; no request to complete a dossier is the applicant's
/// fault unless somebody says so, and nobody can yet; who filed online had to go to no agency, everybody else to the one-stop unit: opinions are asked by
/// the agency itself.
/// </para>
/// </summary>
internal sealed class PointSums
{
    private long time, agencyTime, contacts, agencies, attitude;

    public long Dossiers { get; private set; }

    /// <summary>Null without dossiers: there is nothing to evaluate.</summary>
    public MeanPoints? Means => Dossiers > 0 ? new MeanPoints(Mean(time), Mean(agencyTime), Mean(contacts), Mean(agencies), Mean(attitude)) : null;

    /// <summary>Dossiers without late opinions and justified complaints.</summary>
    public void Add(ResolvedCounts counts)
    {
        Dossiers += counts.All;
        foreach (var (legal, dossiers) in new[]
        {
            (Punctuality.Early, counts.Early), (Punctuality.OnTime, counts.All - counts.Early - counts.Late), (Punctuality.Late, counts.Late),
        })
        {
            var points = Of(legal);
            time += dossiers * points.Time;
            agencyTime += dossiers * points.AgencyTime;
            attitude += dossiers * points.Attitude;
        }

        foreach (var (requests, dossiers) in new[] { counts.All - counts.AskedOnce - counts.AskedMore, counts.AskedOnce, counts.AskedMore }.Index())
            contacts += dossiers * Of(Punctuality.OnTime, requests).Contacts;
        agencies += (counts.Online * Of(Punctuality.OnTime).Agencies) + ((counts.All - counts.Online) * Of(Punctuality.OnTime, wentThere: true).Agencies);
    }

    /// <summary>Of dossiers that were added, what a late opinion or a justified complaint costs them.</summary>
    public void TakeOff(string? legal, long dossiers, bool lateOpinion = false, bool upheld = false)
    {
        var (without, with) = (Of(legal), Of(legal, lateOpinion: lateOpinion, upheld: upheld));
        agencyTime -= dossiers * (without.AgencyTime - with.AgencyTime);
        attitude -= dossiers * (without.Attitude - with.Attitude);
    }

    /// <summary>The points of a dossier.</summary>
    /// <param name="legal">Against its date; one without a date is on time.</param>
    /// <param name="requests">To complete it.</param>
    /// <param name="lateOpinion">An agency that was asked was late.</param>
    /// <param name="wentThere">Not filed online.</param>
    /// <param name="upheld">A complaint about it was justified.</param>
    public static DossierPoints Of(string? legal, int requests = 0, bool lateOpinion = false, bool wentThere = false, bool upheld = false)
    {
        var time = legal switch { Punctuality.Early => 2, Punctuality.Late => 0, _ => 1 };
        return new DossierPoints(
            time, lateOpinion ? 0 : time, Indicators.Contacts(requests, applicantAtFault: false), Indicators.Agencies(wentThere ? 1 : 0),
            Indicators.Attitude(time == 2, time == 1, upheld));
    }

    private decimal Mean(long points) => Math.Round((decimal)points / Dossiers, 1, MidpointRounding.AwayFromZero);
}

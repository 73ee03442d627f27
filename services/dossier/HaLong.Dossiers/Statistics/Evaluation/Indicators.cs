namespace HaLong.Dossiers.Statistics.Evaluation;

/// <summary>
/// The indicators by which officers and agencies are evaluated, each 0, 1 or 2 points: Circular 01/2018/TT-VPCP, articles 13 to 15.
/// For dossiers received before 1 July 2025, and as long as no other rule replaces it.
/// </summary>
internal static class Indicators
{
    /// <summary>1 and 2: the time taken against the limit, of the whole dossier and of each agency.</summary>
    public static int Time(TimeSpan taken, TimeSpan limit) => taken < limit ? 2 : taken == limit ? 1 : 0;

    /// <summary>3: how often the applicant had to be contacted to complete the dossier.</summary>
    /// <param name="contacts">Requests to complete it.</param>
    /// <param name="applicantAtFault">They do not count: what was asked for at first was not brought.</param>
    public static int Contacts(int contacts, bool applicantAtFault) => applicantAtFault || contacts <= 0 ? 2 : contacts == 1 ? 1 : 0;

    /// <summary>4: how many agencies the applicant had to go to, the one-stop unit among them.</summary>
    public static int Agencies(int agencies) => agencies <= 0 ? 2 : agencies == 1 ? 1 : 0;

    /// <summary>5: how much is done at the one-stop unit.</summary>
    /// <param name="procedures">Procedures of the agency.</param>
    /// <param name="receivedAndReturned">Received and returned there.</param>
    /// <param name="completed">Also appraised, approved and returned there.</param>
    public static int OneStop(int procedures, int receivedAndReturned, int completed) =>
        procedures <= 0 || receivedAndReturned < procedures ? 0 : completed * 5 >= procedures ? 2 : 1;

    /// <summary>6: whether procedures are made public, exactly, completely and in time.</summary>
    public static int Publicity(bool posted, bool electronic) => (posted ? 1 : 0) + (electronic ? 1 : 0);

    /// <summary>7: how people are treated.</summary>
    public static int Attitude(bool early, bool onTime, bool upheldComplaint) => upheldComplaint ? 0 : early ? 2 : onTime ? 1 : 0;

    /// <summary>8: how feedback is dealt with.</summary>
    /// <param name="feedback">Feedback received.</param>
    /// <param name="inTime">Answered in time.</param>
    /// <param name="lingering">Some is left without an answer.</param>
    public static int Feedback(int feedback, int inTime, bool lingering) =>
        lingering ? 0 : inTime >= feedback ? 2 : inTime * 10 >= feedback * 9 ? 1 : 0;

    /// <summary>9: online services.</summary>
    /// <param name="procedures">Procedures of the agency.</param>
    /// <param name="online">Offered online.</param>
    /// <param name="dossiers">Dossiers received.</param>
    /// <param name="onlineDossiers">Received online.</param>
    /// <param name="lateOnline">Of those, late or not dealt with.</param>
    public static int Online(int procedures, int online, int dossiers, int onlineDossiers, int lateOnline)
    {
        if (lateOnline > 0 || dossiers <= 0 || onlineDossiers * 100 < dossiers * 15)
            return 0;
        return online * 5 >= procedures && onlineDossiers * 10 >= dossiers * 3 ? 2 : 1;
    }
}

using System.Globalization;

namespace HaLong.Cli.Demo;

/// <summary>How far a dossier of the demonstration comes.</summary>
internal enum DemoEnd
{
    Draft,
    Submitted,
    SupplementAtReception,
    NotAccepted,
    Accepted,
    Processing,
    Opinion,
    Supplement,
    Payment,
    Stopped,
    Withdrawn,
    Refused,
    Resolved,
    Returned,
}

/// <summary>A dossier of the demonstration: who (null: the demonstration citizen, who files on line), what, how far.</summary>
internal sealed record DemoDossier(int Number, Resident? Resident, DemoMatter Matter, string Subject, DemoEnd End);

/// <summary>The same city each time: how many dossiers stand where follows what a commune's one-stop office has on an ordinary day.</summary>
internal static class DemoPlan
{
    // Of a hundred.
    private static readonly (DemoEnd End, int Share)[] Shares =
    [
        (DemoEnd.Returned, 34), (DemoEnd.Processing, 20), (DemoEnd.Resolved, 9), (DemoEnd.Submitted, 9), (DemoEnd.Accepted, 8), (DemoEnd.Supplement, 5),
        (DemoEnd.SupplementAtReception, 4), (DemoEnd.Opinion, 3), (DemoEnd.Payment, 3), (DemoEnd.NotAccepted, 2), (DemoEnd.Refused, 2), (DemoEnd.Stopped, 1),
    ];

    /// <summary>One of each for the citizen who signs in, then those of the residents.</summary>
    public static IReadOnlyList<DemoDossier> Of(int dossiers, IReadOnlyList<Resident> residents)
    {
        var ends = Enum.GetValues<DemoEnd>();
        List<DemoEnd> hundred = [.. Shares.SelectMany(s => Enumerable.Repeat(s.End, s.Share))];
        var plan = new List<DemoDossier>(dossiers);
        for (var i = 0; i < dossiers; i++)
        {
            var own = i < ends.Length;
            // 37 and 100 share no factor: each hundred dossiers go through all ends, well mixed.
            var end = own ? ends[i] : hundred[i * 37 % hundred.Count];
            List<DemoMatter> matters = [.. DemoMatter.All.Where(m => (m.IsFree || end < DemoEnd.Refused) && (m.IsOnline || !own))];
            var matter = matters[i * 7 % matters.Count];
            plan.Add(new DemoDossier(
                i, own ? null : residents[i * 11 % residents.Count], matter, string.Format(CultureInfo.InvariantCulture, matter.Subject, 100 + i), end));
        }

        return plan;
    }
}

namespace HaLong.Signatures.Sessions;

/// <summary>Divides the documents of a batch into orders of a provider's size. Those of one session stay together: a signer has one order at a
/// time.</summary>
internal static class BatchParcels
{
    /// <param name="picks">At least one.</param>
    /// <param name="size">How many hashes one authorisation covers. A session with more of them gets a parcel of its own, cut to this size.</param>
    public static List<List<Pick>> Of(IEnumerable<Pick> picks, int size)
    {
        var parcels = new List<List<Pick>>();
        foreach (var session in picks.GroupBy(p => p.Session.Id).Select(g => g.Take(size).ToList()))
        {
            if (parcels.Count == 0 || parcels[^1].Count + session.Count > size)
                parcels.Add([]);
            parcels[^1].AddRange(session);
        }

        return parcels;
    }
}

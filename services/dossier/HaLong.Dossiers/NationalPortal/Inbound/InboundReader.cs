using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>
/// Notes what is new on the portal. The page that is read next begins behind the largest number that was noted, in the same transaction: a crash
/// between two pages loses nothing and notes nothing twice.
/// </summary>
internal sealed class InboundReader(DossierDbContext db, PortalClient portal, TimeProvider time)
{
    // Small: the form data of one filing can be long, and an answer has a limit.
    private const int PageSize = 10;

    private static string Path(long after, int limit) => $"/api/v1/filings?after={after}&limit={limit}";

    /// <summary>Notes all that is new.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="PortalTrouble">The portal does not say.</exception>
    public async Task<int> ReadAsync(CancellationToken ct)
    {
        for (var read = 0; ;)
        {
            var after = await db.Set<InboundFiling>().MaxAsync(f => (long?)f.Number, ct) ?? 0;
            var items = (await portal.ReadAsync<FilingsPage>(Path(after, PageSize), ct)).Items ?? [];
            var fresh = items.Select(PortalFiling.Of).OfType<PortalFiling>().Where(f => f.Number > after).OrderBy(f => f.Number).ToList();
            if (fresh.Count == 0)
                return items.Count == 0 ? read : throw new PortalTrouble(new PortalAnswer(PortalOutcome.Unknown, "notUnderstood"));
            foreach (var filing in fresh)
                await NoteAsync(filing, ct);
            read += fresh.Count;
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>A filing that was noted, as the portal has it now; null when it is another one by now: then it comes under a new number.</summary>
    public async Task<PortalFiling?> FetchAsync(InboundFiling row, CancellationToken ct)
    {
        var items = (await portal.ReadAsync<FilingsPage>(Path(row.Number - 1, 1), ct)).Items ?? [];
        return items.Select(PortalFiling.Of).OfType<PortalFiling>().FirstOrDefault(f => f.Number == row.Number && f.Hash == row.ContentHash);
    }

    private async Task NoteAsync(PortalFiling filing, CancellationToken ct)
    {
        var now = time.Now();
        var usable = CodeRules.IsReadable(filing.Code);
        var code = usable ? filing.Code! : $"#{filing.Number}";
        if (await db.Set<InboundFiling>().SingleOrDefaultAsync(f => f.Code == code, ct) is not { } row)
            db.Add(row = new InboundFiling { Code = code, ReceivedAt = now });
        row.Read(filing.Number, filing.Hash, now);
        if (!usable)
            row.Fail(InboundState.Refused, InboundErrors.CodeTaken.WithField("MaHoSo", "Mã hồ sơ không đọc được.", "The dossier code cannot be read."), now);
        await db.SaveChangesAsync(ct);
    }
}

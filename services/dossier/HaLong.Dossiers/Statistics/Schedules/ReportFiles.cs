using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>Which stored files are still reports that can be fetched.</summary>
internal static class ReportFiles
{
    public static Task<List<string>> StillKeptAsync(DossierDbContext db, string[] hashes, DateTimeOffset now, CancellationToken ct) =>
        db.Set<ReportFileEntry>().Where(f => hashes.Contains(f.Sha256) && f.ExpiresAt > now).Select(f => f.Sha256).Distinct().ToListAsync(ct);
}

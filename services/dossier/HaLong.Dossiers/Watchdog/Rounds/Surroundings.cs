using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Watchdog.Rounds;

/// <summary>What stands outside the dossiers and says who is to be told.</summary>
/// <param name="Asked">The unit whose opinion is due first, by dossier.</param>
/// <param name="StandIns">Who stands in today for an officer who is away, by officer.</param>
internal sealed record Surroundings(IReadOnlyDictionary<Guid, string> Asked, IReadOnlyDictionary<Guid, Guid> StandIns)
{
    /// <summary>The officer, or who stands in for him: a warning in the inbox of somebody on leave would be silence.</summary>
    public Guid? Present(Guid? officer) => officer is { } id && StandIns.TryGetValue(id, out var other) ? other : officer;
}

/// <summary>Reads them for the dossiers of a claim.</summary>
internal sealed class SurroundingsReader(DossierDbContext db)
{
    public async Task<Surroundings> OfAsync(IReadOnlyCollection<Dossier> dossiers, DateTimeOffset now, CancellationToken ct)
    {
        var waiting = dossiers.Where(d => d.Status == DossierStatus.WaitOpinion).Select(d => d.Id).ToList();
        var open = waiting.Count == 0 ? [] : await db.Opinions.AsNoTracking().Where(o => waiting.Contains(o.DossierId) && o.AnsweredAt == null && o.ClosedAt == null)
            .OrderBy(o => o.Deadline).Select(o => new { o.DossierId, o.UnitCode }).ToListAsync(ct);
        var (officers, today) = (dossiers.Select(d => d.OfficerId).OfType<Guid>().Distinct().ToList(), LocalTime.Date(now));
        var away = officers.Count == 0 ? [] : await db.Absences.AsNoTracking()
            .Where(a => officers.Contains(a.OfficerId) && a.From <= today && a.To >= today && a.EndedAt == null)
            .OrderBy(a => a.Id).Select(a => new { a.OfficerId, a.SubstituteId }).ToListAsync(ct);
        return new Surroundings(
            open.GroupBy(o => o.DossierId).ToDictionary(g => g.Key, g => g.First().UnitCode),
            away.GroupBy(a => a.OfficerId).ToDictionary(g => g.Key, g => g.Last().SubstituteId));
    }
}

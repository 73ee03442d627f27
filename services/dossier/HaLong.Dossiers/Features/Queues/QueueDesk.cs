using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>What all views of queues have in common: whose rows, whose hands, and the record of who was shown.</summary>
internal sealed class QueueDesk(DossierDbContext db, DossierDesk desk, Caller caller, ReadRecord reads, TimeProvider time, IOptions<QueueOptions> options)
{
    public QueueMoment Moment { get; } = QueueMoment.Of(time.Now(), options.Value);

    /// <summary>The caller's unit; null for who has none.</summary>
    public string? Unit => Roles.OfOfficials.Any(caller.IsInRole) ? caller.Unit : null;

    /// <summary>Filed with the caller's unit and not over.</summary>
    public IQueryable<Dossier> Open => desk.OfUnit.AsNoTracking().Where(d => d.QueuedFor != null);

    /// <summary>What is found: the same dossiers that the caller could open, over or not.</summary>
    public IQueryable<Dossier> Sight(IQueryable<Dossier> dossiers) => Unit is { } unit
        ? dossiers.AsNoTracking().Where(FilingSight.AtReception(caller, unit))
        : dossiers.Where(_ => false);

    /// <summary>The caller, and the colleagues for whom he stands in today.</summary>
    public async Task<List<Guid>> OfficersAsync(CancellationToken ct)
    {
        var (me, today) = (caller.AccountId, Moment.Day);
        var absent = await db.Absences.AsNoTracking()
            .Where(a => a.SubstituteId == me && a.From <= today && a.To >= today && a.EndedAt == null && a.UnitCode == caller.Unit)
            .Select(a => a.OfficerId).Distinct().ToListAsync(ct);
        return [me, .. absent.Where(a => a != me)];
    }

    /// <summary>A page as it is shown; who is on it can read that it was.</summary>
    public async Task<IResult> ShowAsync(
        IQueryable<Dossier> ordered, int size, IReadOnlyList<Guid> officers, string what, Func<QueueRow, string[]> key, CancellationToken ct)
    {
        var page = Page.Of(await ordered.Select(QueueRow.Of(db.Clocks)).Take(size + 1).ToListAsync(ct), size, key);
        await reads.AddPageAsync(what, page.Items.Select(r => r.OwnerId), ct);
        return TypedResults.Ok(new Page<QueueItem>([.. page.Items.Select(r => QueueItem.Of(r, Moment, officers))], page.After));
    }
}

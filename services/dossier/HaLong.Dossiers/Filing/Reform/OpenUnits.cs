using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Filing.Placing;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Filing.Reform;

/// <summary>
/// Follows units through reorganisations: open dossiers of a unit that is no longer pass to its successor; those of a divided unit wait until a
/// chief chooses, and their choices follow what becomes of the parts meanwhile, be it on the same day. Running it again changes nothing, and
/// replicas may run it at once. Drafts are followed when they are filed.
/// </summary>
internal sealed partial class OpenUnits(
    DossierDbContext db, IdentityDirectory directory, PlacementRouter router, ProcedureCatalogue catalogue, TimeProvider time, ILogger<OpenUnits> log)
{
    private const int Batch = 100;

    /// <param name="Moved">Dossiers that passed on to a successor.</param>
    /// <param name="Waiting">Dossiers that began to wait for a choice.</param>
    /// <param name="Received">Dossiers whose receiving unit alone changed.</param>
    internal sealed record Report(int Moved, int Waiting, int Received);

    private IQueryable<Dossier> Open => db.Dossiers.Where(d => DossierStatus.Open.Contains(d.Status));

    // What waits for a choice is received by whom the choice falls on.
    private IQueryable<Dossier> Settled => Open.Where(d => d.UnitChoices.Length == 0);

    public async Task<Report> FollowAsync(CancellationToken ct)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        var ids = await Open.Where(d => d.UnitId != null).Select(d => d.UnitId!).Distinct().ToListAsync(ct);
        var receiving = await Settled.Where(d => d.ReceivingUnitId != null).Select(d => d.ReceivingUnitId!).Distinct().ToListAsync(ct);
        var asked = await directory.FatesAsync([.. ids, .. receiving], today, ct);
        if (!asked.IsSuccess)
            throw new ErrorException(asked.Error);
        var changed = asked.Value.Where(f => f.Value.Unit?.Id != f.Key).ToDictionary();
        var report = new Report(0, 0, 0);
        foreach (var (id, fate) in changed)
        {
            if (fate.Unit is null && fate.Choices.Count == 0)
                NobodyKnows(log, id);
            report = await EachAsync(Open.Where(d => d.UnitId == id), report, (dossier, now) => MoveAsync(dossier, fate, changed, today, now, ct), ct);
            report = await EachAsync(Settled.Where(d => d.ReceivingUnitId == id && d.UnitId != id), report, (dossier, now) =>
            {
                dossier.ReceiveAt(fate.Unit ?? CompetentOf(dossier), now);
                return Task.FromResult(new Report(0, 0, 1));
            }, ct);
        }
        return report;
    }

    // Small transactions, row by row under a lock: whoever is at work on a dossier goes first, and the next look finds it.
    private async Task<Report> EachAsync(IQueryable<Dossier> dossiers, Report report, Func<Dossier, DateTimeOffset, Task<Report>> change, CancellationToken ct)
    {
        for (Guid last = default; ;)
        {
            var ids = await dossiers.Where(d => d.Id > last).OrderBy(d => d.Id).Take(Batch).Select(d => d.Id).ToListAsync(ct);
            if (ids.Count == 0)
                return report;
            last = ids[^1];
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // FOR UPDATE on purpose, other than in LockAsync: it passes over a dossier that somebody adds a step to, whose number could be the one
            // that is added here; with a weaker lock each would wait for the other. Passing over waits for nobody, so this cannot dead-lock.
            var rows = await db.Dossiers.FromSql($"SELECT *, xmin FROM dossier WHERE id = ANY ({ids}) FOR UPDATE SKIP LOCKED").ToListAsync(ct);
            var wanted = await dossiers.Where(d => ids.Contains(d.Id)).Select(d => d.Id).ToListAsync(ct);
            foreach (var dossier in rows.Where(d => wanted.Contains(d.Id)))
            {
                var done = await change(dossier, time.Now());
                report = new Report(report.Moved + done.Moved, report.Waiting + done.Waiting, report.Received + done.Received);
                db.Record(dossier);
            }
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            db.ChangeTracker.Clear();
        }
    }

    private async Task<Report> MoveAsync(Dossier dossier, UnitFate fate, Dictionary<string, UnitFate> changed, DateOnly today, DateTimeOffset now, CancellationToken ct)
    {
        var competent = fate.Unit;
        if (competent is null && dossier.PlaceUnitId is { } place)
        {
            // The unit was divided, but the place tells which part is meant.
            var procedure = catalogue.ContentOf(await catalogue.GetAsync(dossier.ProcedureId, ct));
            if (await router.FollowPlaceAsync(procedure, place, today, ct) is { IsSuccess: true } routed)
                competent = routed.Value;
        }
        if (competent is not null)
        {
            dossier.MoveTo(new Placement(competent, ReceivingOf(dossier, competent, changed), dossier.PlaceUnitId), now);
            return new Report(1, 0, 0);
        }
        List<string> choices = [.. fate.Choices.Select(c => c.Code).Order(StringComparer.Ordinal)];
        if (choices.Count == 0 || choices.SequenceEqual(dossier.UnitChoices.Order(StringComparer.Ordinal)))
            return new Report(0, 0, 0);
        dossier.AwaitUnitChoice(choices, now);
        return new Report(0, 1, 0);
    }

    private static DossierUnit ReceivingOf(Dossier dossier, DossierUnit competent, Dictionary<string, UnitFate> changed)
    {
        if (dossier.ReceivingUnitId is not { } id || id == dossier.UnitId)
            return competent;
        if (changed.GetValueOrDefault(id) is { } fate)
            return fate.Unit ?? competent;
        return new DossierUnit(dossier.ReceivingUnitCode!, dossier.ReceivingUnitNameVi!, dossier.ReceivingUnitNameEn!) { Id = id };
    }

    private static DossierUnit CompetentOf(Dossier dossier) => new(dossier.UnitCode, dossier.UnitNameVi, dossier.UnitNameEn) { Id = dossier.UnitId };

    [LoggerMessage(4070, LogLevel.Warning, "Unit {UnitId} is no longer in force and nobody wrote down what became of it; its open dossiers stay with it")]
    private static partial void NobodyKnows(ILogger log, string unitId);
}

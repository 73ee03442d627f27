using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>
/// Turns approved drafts into versions. Whoever uses it has the catalogue to himself (<see cref="CatalogueStamp.RaiseAsync"/>), so versions
/// never overlap.
/// </summary>
internal sealed class Publisher(DossierDbContext db, CatalogueAudit audit, Caller caller, TimeProvider time)
{
    /// <summary>The versions of these procedures that were not replaced, tracked.</summary>
    public async Task<ILookup<string, Procedure>> VersionsAsync(IReadOnlyCollection<string> codes, CancellationToken ct) =>
        (await db.Procedures.Where(p => codes.Contains(p.Code) && (p.ValidTo == null || p.ValidTo >= p.ValidFrom)).ToListAsync(ct)).ToLookup(p => p.Code);

    /// <summary>Saves in two steps: no two versions may be without an end, not even within one batch of statements.</summary>
    public async Task SaveAsync(IEnumerable<Action> prepared, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        foreach (var complete in prepared)
            complete();
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Ends what a draft follows on, and gives what is left to do once that is saved.</summary>
    /// <param name="draft">An approved draft, written by others.</param>
    /// <param name="versions">The versions of this procedure that were not replaced, tracked.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day; null for none.</param>
    /// <param name="replaces">A version of the same day to take the place of.</param>
    public Result<Action> Prepare(ProcedureDraft draft, List<Procedure> versions, DateOnly from, DateOnly? to, Guid? replaces)
    {
        if (draft.WhyNotPublish(caller.ActorId) is { } error)
            return error;
        var now = time.Now();
        var spans = versions.ConvertAll(v => new VersionSpan(v.Id, v.ValidFrom, v.ValidTo));
        if (draft.Repeal)
            return PrepareRepeal(draft, versions, spans, from, now);
        var planned = VersionChain.Publish(spans, from, to, replaces, LocalTime.Date(now));
        if (!planned.IsSuccess)
            return planned.Error;
        var plan = planned.Value;
        if (plan.Predecessor != draft.BasedOn)
            return CatalogueErrors.BaseMoved;
        if (plan.Ends is { } last && plan.Replaced is null && to is null && versions.Find(v => v.Id == last)!.ContentHash == draft.ContentHash)
            return CatalogueErrors.NothingChanged;
        foreach (var ended in versions.Where(v => v.Id == plan.Ends || v.Id == plan.Replaced))
            ended.EndBefore(from);
        return Result.Of<Action>(() =>
        {
            var version = CatalogueLoader.Version(Guid.CreateVersion7(now), CatalogueLoader.Parse(draft.Content), draft.Content, from, draft.Id, now).Until(plan.To);
            db.Procedures.Add(version);
            Complete(draft, version.Id, from, plan.To, "version.published", now);
        });
    }

    private Result<Action> PrepareRepeal(ProcedureDraft draft, List<Procedure> versions, List<VersionSpan> spans, DateOnly from, DateTimeOffset now)
    {
        var last = VersionChain.Repeal(spans, from, LocalTime.Date(now));
        if (!last.IsSuccess)
            return last.Error;
        if (last.Value != draft.BasedOn)
            return CatalogueErrors.BaseMoved;
        versions.Single(v => v.Id == last.Value).EndBefore(from);
        return Result.Of<Action>(() => Complete(draft, last.Value, from, null, "procedure.repealed", now));
    }

    private void Complete(ProcedureDraft draft, Guid version, DateOnly from, DateOnly? to, string action, DateTimeOffset now)
    {
        draft.Publish(caller.ActorId, version, from, to, now);
        audit.Record(action, draft);
    }
}

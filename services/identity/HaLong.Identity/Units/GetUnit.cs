using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Units;

/// <summary>One version of a unit, or all versions of a code, with where they came from and what became of them.</summary>
internal static class GetUnit
{
    /// <param name="Unit">The unit.</param>
    /// <param name="EndLegalBasis">The decision that ended it, where known.</param>
    /// <param name="FormedFromVi">Names of what it was formed from, also where those are not in the catalogue.</param>
    /// <param name="SeatVi">Where its seat is.</param>
    /// <param name="Note">What else is known.</param>
    /// <param name="AgencyCodes">Identification codes of its agency.</param>
    /// <param name="Predecessors">What it came from.</param>
    /// <param name="Successors">What became of it.</param>
    /// <param name="Version">Revision, also the ETag.</param>
    internal sealed record View(
        UnitView Unit, string? EndLegalBasis, IReadOnlyList<string> FormedFromVi, string? SeatVi, string? Note, IReadOnlyList<CodeView> AgencyCodes,
        IReadOnlyList<TransitionView> Predecessors, IReadOnlyList<TransitionView> Successors, uint Version);

    internal sealed record CodeView(string Scheme, string Code, DateOnly? ValidFrom, DateOnly? ValidTo);

    public static async Task<IResult> OneAsync(string id, IdentityDbContext db, HttpContext http, CancellationToken ct)
    {
        if (await db.Units.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, ct) is not { } unit)
            return IdentityErrors.UnitNotFound.ToProblem();
        Etag.Set(http.Response, unit.Version);
        http.Response.Headers.CacheControl = UnitEndpoints.Cached;
        return TypedResults.Ok((await ViewsAsync(db, [unit], ct))[0]);
    }

    public static async Task<IResult> HistoryAsync(string code, IdentityDbContext db, HttpContext http, CancellationToken ct)
    {
        var units = await db.Units.AsNoTracking().Where(u => u.Code == code).OrderBy(u => u.ValidFrom).ToListAsync(ct);
        if (units.Count == 0)
            return IdentityErrors.UnitNotFound.ToProblem();
        http.Response.Headers.CacheControl = UnitEndpoints.Cached;
        // A code has a handful of versions in a hundred years: one page always.
        return TypedResults.Ok(new Page<View>(await ViewsAsync(db, units, ct), null));
    }

    internal static async Task<List<View>> ViewsAsync(IdentityDbContext db, List<Unit> units, CancellationToken ct)
    {
        var ids = units.ConvertAll(u => u.Id);
        var transitions = await db.UnitTransitions.AsNoTracking().Where(t => ids.Contains(t.FromId) || ids.Contains(t.ToId))
            .OrderBy(t => t.Effective).ThenBy(t => t.FromId).ThenBy(t => t.ToId).ToListAsync(ct);
        var others = transitions.SelectMany(t => new[] { t.FromId, t.ToId }).Distinct().ToList();
        var names = await db.Units.AsNoTracking().Where(u => others.Contains(u.Id)).ToDictionaryAsync(u => u.Id, ct);
        var codes = await db.AgencyCodes.AsNoTracking().Where(c => ids.Contains(c.UnitId)).OrderBy(c => c.Scheme).ThenBy(c => c.Code).ToListAsync(ct);
        return units.ConvertAll(u => new View(
            UnitView.Of(u), u.EndLegalBasis, u.FormedFromVi, u.SeatVi, u.Note,
            [.. codes.Where(c => c.UnitId == u.Id).Select(c => new CodeView(c.Scheme, c.Code, c.ValidFrom, c.ValidTo))],
            [.. transitions.Where(t => t.ToId == u.Id).Select(t => TransitionView.Of(names[t.FromId], t))],
            [.. transitions.Where(t => t.FromId == u.Id).Select(t => TransitionView.Of(names[t.ToId], t))],
            u.Version));
    }
}

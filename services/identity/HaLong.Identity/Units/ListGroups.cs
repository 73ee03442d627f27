using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Units;

/// <summary>The reporting groups with their periods.</summary>
internal static class ListGroups
{
    /// <param name="Code">What the parameter group of the list of units takes.</param>
    /// <param name="NameVi">Vietnamese name.</param>
    /// <param name="NameEn">English name.</param>
    /// <param name="Note">What else is known.</param>
    /// <param name="Periods">Which units it means, and when.</param>
    internal sealed record View(string Code, string NameVi, string NameEn, string? Note, IReadOnlyList<Period> Periods);

    /// <param name="ValidFrom">First day.</param>
    /// <param name="ValidTo">Last day, or null.</param>
    /// <param name="ParentCode">All communes under this unit; null when they are listed.</param>
    /// <param name="UnitCodes">The members, where they are listed.</param>
    internal sealed record Period(DateOnly ValidFrom, DateOnly? ValidTo, string? ParentCode, IReadOnlyList<string> UnitCodes);

    public static async Task<IResult> HandleAsync(IdentityDbContext db, HttpContext http, CancellationToken ct)
    {
        var groups = await db.UnitGroups.AsNoTracking().Include(g => g.Periods).OrderBy(g => g.Code).ToListAsync(ct);
        http.Response.Headers.CacheControl = UnitEndpoints.Cached;
        // A handful at most: one page always.
        return TypedResults.Ok(new Page<View>([.. groups.Select(Of)], null));
    }

    private static View Of(UnitGroup g) => new(
        g.Code, g.NameVi, g.NameEn, g.Note,
        [.. g.Periods.OrderBy(p => p.ValidFrom).Select(p => new Period(p.ValidFrom, p.ValidTo, p.ParentCode, p.UnitCodes))]);
}

using System.Globalization;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Units;

/// <summary>The administrative units valid on a day, by page.</summary>
internal static class ListUnits
{
    internal sealed record Filter
    {
        public string? At { get; init; }
        public string? Level { get; init; }
        public string? Parent { get; init; }
        public string? Group { get; init; }
        public string? Q { get; init; }
        public string? After { get; init; }
        public int? Limit { get; init; }
    }

    public static async Task<IResult> HandleAsync(
        [AsParameters] Filter filter, IdentityDbContext db, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        if (LocalDay(filter.At, time) is not { } day)
            return IdentityErrors.InvalidDate.ToProblem();
        if (filter.Level is not null && !Unit.Levels.Contains(filter.Level))
            return IdentityErrors.InvalidLevel.ToProblem();
        var size = Cursor.Limit(filter.Limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(filter.After, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();

        var units = ValidOn(db, day);
        if (filter.Level is { } level)
            units = units.Where(u => u.Level == level);
        if (filter.Parent is { } parent)
            units = units.Where(u => u.ParentCode == parent);
        if (filter.Group is { Length: > 0 } code)
        {
            if (await db.UnitGroups.AsNoTracking().Include(g => g.Periods).SingleOrDefaultAsync(g => g.Code == code, ct) is not { } group)
                return IdentityErrors.UnknownUnitGroup.ToProblem();
            units = units.InGroup(group.On(day));
        }

        foreach (var word in Words(filter.Q))
            units = units.Where(u => u.SearchText.Contains(word));
#pragma warning disable CA1309 // Runs in the database, which has no overload with a kind of comparison; codes are digits.
        if (cursor.Value is [var last])
            units = units.Where(u => string.Compare(u.Code, last) > 0);
#pragma warning restore CA1309

        // On one day a code means one unit, so the code alone orders the pages.
        var found = await units.OrderBy(u => u.Code).Take(size.Value + 1).ToListAsync(ct);
        http.Response.Headers.CacheControl = UnitEndpoints.Cached;
        return TypedResults.Ok(Page.Of([.. found.Select(UnitView.Of)], size.Value, u => [u.Code]));
    }

    /// <summary>The day asked for, today in local time when none is; null for what is not a day.</summary>
    internal static DateOnly? LocalDay(string? text, TimeProvider time)
    {
        if (string.IsNullOrEmpty(text))
            return LocalTime.Date(time.GetUtcNow());
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    internal static IQueryable<Unit> ValidOn(IdentityDbContext db, DateOnly day) =>
        db.Units.AsNoTracking().Where(u => u.ValidFrom <= day && (u.ValidTo == null || u.ValidTo >= day));

    /// <summary>The members of a group in a period of it; none outside its periods.</summary>
    internal static IQueryable<Unit> InGroup(this IQueryable<Unit> units, UnitGroupPeriod? period) => period switch
    {
        null => units.Where(_ => false),
        { ParentCode: { } parent } => units.Where(u => u.ParentCode == parent && u.Level == "commune"),
        _ => units.Where(u => period.UnitCodes.Contains(u.Code)),
    };

    private static string[] Words(string? query) =>
        Text.Fold(query ?? "").Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

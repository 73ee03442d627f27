using System.Globalization;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Features;

/// <summary>The administrative units valid on a day, by page.</summary>
internal static class ListUnits
{
    /// <param name="Id">Code and first day of validity: one code can mean different units on different days.</param>
    /// <param name="Code">Code of the unit on that day.</param>
    /// <param name="NameVi">Full Vietnamese name.</param>
    /// <param name="ShortNameVi">Vietnamese name without the kind of unit.</param>
    /// <param name="NameEn">English name.</param>
    /// <param name="Kind">province, city, district, ward, commune or specialZone.</param>
    /// <param name="Level">province, district (until 30 June 2025) or commune.</param>
    /// <param name="ParentCode">Code of the unit above.</param>
    /// <param name="ValidFrom">First day.</param>
    /// <param name="ValidTo">Last day, or null.</param>
    /// <param name="ValidFromConfirmed">False where the unit is older than the catalogue says.</param>
    /// <param name="LegalBasis">The decision that made it, where known.</param>
    internal sealed record View(
        string Id, string Code, string NameVi, string ShortNameVi, string NameEn, string Kind, string Level, string? ParentCode,
        DateOnly ValidFrom, DateOnly? ValidTo, bool ValidFromConfirmed, string? LegalBasis);

    public static async Task<IResult> HandleAsync(
        IdentityDbContext db, TimeProvider time, HttpContext http, CancellationToken ct,
        string? at = null, string? level = null, string? parent = null, string? q = null, string? after = null, int? limit = null)
    {
        if (LocalDay(at, time) is not { } day)
            return IdentityErrors.InvalidDate.ToProblem();
        if (level is not null && !Unit.Levels.Contains(level))
            return IdentityErrors.InvalidLevel.ToProblem();
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();

        var units = ValidOn(db, day);
        if (level is not null)
            units = units.Where(u => u.Level == level);
        if (parent is not null)
            units = units.Where(u => u.ParentCode == parent);
        foreach (var word in Words(q))
            units = units.Where(u => u.SearchText.Contains(word));
#pragma warning disable CA1309 // Runs in the database, which has no overload with a kind of comparison; codes are digits.
        if (cursor.Value is [var last])
            units = units.Where(u => string.Compare(u.Code, last) > 0);
#pragma warning restore CA1309

        // On one day a code means one unit, so the code alone orders the pages.
        var found = await units.OrderBy(u => u.Code).Take(size.Value + 1).ToListAsync(ct);
        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(Page.Of([.. found.Select(ToView)], size.Value, u => [u.Code]));
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

    private static string[] Words(string? query) =>
        Text.Fold(query ?? "").Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static View ToView(Unit u) => new(
        u.Id, u.Code, u.NameVi, u.ShortNameVi, u.NameEn, u.Kind, u.Level, u.ParentCode, u.ValidFrom, u.ValidTo, u.ValidFromConfirmed, u.LegalBasis);
}

using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Units;

/// <summary>Where dossiers are taken in on a day.</summary>
internal static class ListPlaces
{
    /// <param name="Id">Stable id of the place.</param>
    /// <param name="Kind">provincialCentre, cityCentre, communeCentre, communeOneStop, postOffice or landRegistryBranch.</param>
    /// <param name="NameVi">Vietnamese name.</param>
    /// <param name="NameEn">English name.</param>
    /// <param name="UnitId">The unit it belongs to, code@validFrom.</param>
    /// <param name="ValidFrom">First day; null where not known.</param>
    /// <param name="ValidTo">Last day, or null.</param>
    /// <param name="Assumed">The name is generic because the real one is not known.</param>
    /// <param name="Receives">direct, online, post, internal.</param>
    /// <param name="AgencyCode">Identification code, where known.</param>
    /// <param name="SeatVi">Where it is.</param>
    /// <param name="Note">What else is known.</param>
    /// <param name="Version">Revision.</param>
    internal sealed record View(
        string Id, string Kind, string NameVi, string NameEn, string UnitId, DateOnly? ValidFrom, DateOnly? ValidTo, bool Assumed,
        IReadOnlyList<string> Receives, string? AgencyCode, string? SeatVi, string? Note, uint Version)
    {
        public static View Of(ReceivingPlace p) => new(
            p.Id, p.Kind, p.NameVi, p.NameEn, p.UnitId, p.ValidFrom, p.ValidTo, p.IsAssumed, p.Receives, p.AgencyCode, p.SeatVi, p.Note, p.Version);
    }

    internal sealed record Filter
    {
        public string? At { get; init; }
        public string? Unit { get; init; }
        public string? Kind { get; init; }
        public string? After { get; init; }
        public int? Limit { get; init; }
    }

    public static async Task<IResult> HandleAsync(
        [AsParameters] Filter filter, IdentityDbContext db, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        if (ListUnits.LocalDay(filter.At, time) is not { } day)
            return IdentityErrors.InvalidDate.ToProblem();
        var size = Cursor.Limit(filter.Limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(filter.After, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();

        var places = db.ReceivingPlaces.AsNoTracking().Where(p => (p.ValidFrom == null || p.ValidFrom <= day) && (p.ValidTo == null || p.ValidTo >= day));
        if (filter.Kind is { Length: > 0 } kind)
            places = places.Where(p => p.Kind == kind);
        if (filter.Unit is { Length: > 0 } unit)
        {
            // A bare code is the unit it means on the day; an id says itself which version.
            var ids = unit.Contains('@', StringComparison.Ordinal) ? [unit] : await ListUnits.ValidOn(db, day).Where(u => u.Code == unit).Select(u => u.Id).ToListAsync(ct);
            places = places.Where(p => ids.Contains(p.UnitId));
        }

#pragma warning disable CA1309 // Runs in the database.
        if (cursor.Value is [var last])
            places = places.Where(p => string.Compare(p.Id, last) > 0);
#pragma warning restore CA1309
        var found = await places.OrderBy(p => p.Id).Take(size.Value + 1).ToListAsync(ct);
        http.Response.Headers.CacheControl = UnitEndpoints.Cached;
        return TypedResults.Ok(Page.Of([.. found.Select(View.Of)], size.Value, p => [p.Id]));
    }
}

using System.Text.Json;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>Reorganisations with their reports; that of a draft is made anew, so that it says how things stand today.</summary>
internal static class ListReorganisations
{
    public static async Task<IResult> HandleAsync(IdentityDbContext db, AdminScope scopes, CancellationToken ct, string? after = null, int? limit = null)
    {
        if (!(await scopes.ReadAsync(ct)).IsProvince)
            return IdentityErrors.ProvinceOnly.ToProblem();
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        IQueryable<Reorganisation> rows = db.Reorganisations.AsNoTracking();
        if (cursor.Value is [var text])
        {
            if (!Guid.TryParse(text, out var last))
                return CommonErrors.BadRequest.ToProblem();
            rows = rows.Where(r => r.Id < last);
        }

        var found = await rows.OrderByDescending(r => r.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(found.ConvertAll(ReorganisationLine.Of), size.Value, r => [r.Id.ToString()]));
    }

    public static async Task<IResult> OneAsync(
        Guid id, IdentityDbContext db, AdminScope scopes, ReorganisationPlanner planner, HttpContext http, CancellationToken ct)
    {
        if (!(await scopes.ReadAsync(ct)).IsProvince)
            return IdentityErrors.ProvinceOnly.ToProblem();
        if (await db.Reorganisations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } row)
            return IdentityErrors.ReorganisationNotFound.ToProblem();
        var report = row.State == Reorganisation.Draft
            ? (await planner.MakeAsync(JsonSerializer.Deserialize<ReorganisationDocument>(row.Document, ReorganisationView.Json)!, ct)).Report()
            : null;
        Etag.Set(http.Response, row.Version);
        return TypedResults.Ok(ReorganisationView.Of(row, report));
    }
}

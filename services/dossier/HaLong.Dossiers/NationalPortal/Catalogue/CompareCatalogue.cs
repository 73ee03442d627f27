using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.NationalPortal.Catalogue;

/// <summary>Where our catalogue differs from the national one, as it was last read. Nothing is taken over by itself.</summary>
internal sealed class CompareCatalogue(DossierDbContext db, TimeProvider time)
{
    private static readonly string[] Kinds = ["missing", "extra", "abolished", "name", "field"];

    /// <summary>A procedure that differs.</summary>
    /// <param name="Code">Its national code.</param>
    /// <param name="Difference">missing (not in force here), extra (not in the national catalogue), abolished (there, and in force here), name, field.</param>
    /// <param name="Ours">Our name, or the name of our field.</param>
    /// <param name="Theirs">Theirs.</param>
    internal sealed record Line(string Code, string Difference, string? Ours, string? Theirs);

    /// <param name="LastRead">The last reading that came to its end; null when there is none: then nothing is compared.</param>
    /// <param name="Newest">The newest reading, whatever became of it.</param>
    /// <param name="Counts">Procedures by difference.</param>
    internal sealed record View(
        DateTimeOffset? LastRead, CatalogueSyncView? Newest, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<Line> Items, string? After);

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/catalogue", (string? difference, string? after, int? limit, CompareCatalogue handler, CancellationToken ct) =>
            handler.HandleAsync(difference, after, limit, ct))
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("Where our catalogue of procedures differs from the national one (administrator)")
        .WithDescription("`difference`: missing, extra, abolished, name or field; each procedure is under the first that fits. In the order of codes.")
        .Answers<View>(200, 400);

    private async Task<IResult> HandleAsync(string? difference, string? after, int? limit, CancellationToken ct)
    {
        if (difference is not null && !Kinds.Contains(difference, StringComparer.Ordinal))
            return PortalErrors.BadFilter.WithField("difference", "missing, extra, abolished, name hoặc field.", "missing, extra, abolished, name or field.").ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();

        var runs = db.Set<CatalogueSyncRun>().AsNoTracking();
        var last = await runs.Where(r => r.FinishedAt != null && r.Error == null).MaxAsync(r => (DateTimeOffset?)r.StartedAt, ct);
        var newest = await runs.OrderByDescending(r => r.RequestedAt).FirstOrDefaultAsync(ct);
        var lines = last is null ? [] : await LinesAsync(LocalTime.Date(time.GetUtcNow()), ct);
        var first = cursor.Value is [var code] ? code : "";
        var page = Page.Of(
            [.. lines.Where(l => (difference ?? l.Difference) == l.Difference && string.CompareOrdinal(l.Code, first) > 0).Take(size.Value + 1)], size.Value, l => [l.Code]);
        return TypedResults.Ok(new View(
            last, newest is null ? null : CatalogueSyncView.Of(newest), Kinds.ToDictionary(k => k, k => lines.Count(l => l.Difference == k)), page.Items, page.After));
    }

    // The catalogue of a country has a few thousand procedures: all of them fit into one answer of the database.
    private Task<List<Line>> LinesAsync(DateOnly today, CancellationToken ct) => db.Database.SqlQuery<Line>($"""
        SELECT code AS "Code", difference AS "Difference", ours AS "Ours", theirs AS "Theirs" FROM (
          SELECT coalesce(o.code, p.code) AS code,
                 CASE WHEN o.code IS NULL THEN 'missing' WHEN p.code IS NULL THEN 'extra' WHEN NOT p.is_active THEN 'abolished'
                      WHEN o.name_vi <> p.name_vi THEN 'name' WHEN o.field_name <> p.field_name_vi THEN 'field' END AS difference,
                 CASE WHEN o.name_vi = p.name_vi THEN o.field_name ELSE o.name_vi END AS ours,
                 CASE WHEN o.name_vi = p.name_vi THEN p.field_name_vi ELSE p.name_vi END AS theirs
          FROM (SELECT code, name_vi, content -> 'field' ->> 'vi' AS field_name FROM procedure
                WHERE valid_from <= {today} AND (valid_to IS NULL OR valid_to >= {today})) o
          FULL JOIN portal.procedure p ON p.code = o.code
          WHERE o.code IS NOT NULL OR p.is_active) d
        WHERE difference IS NOT NULL ORDER BY code COLLATE "C"
        """).ToListAsync(ct);
}

using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Assignments;

/// <summary>Absences of the unit that are not over, newest first.</summary>
internal sealed class ListAbsences(DossierDbContext db, Caller caller, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/", (string? after, int? limit, ListAbsences handler, CancellationToken ct) => handler.HandleAsync(after, limit, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Who of the unit is away and who stands in")
        .Answers<Page<AbsenceView>>(200, 400, 403);

    private async Task<IResult> HandleAsync(string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var (unit, today) = (caller.Unit ?? "", LocalTime.Date(time.Now()));
        var absences = db.Absences.AsNoTracking().Where(a => a.UnitCode == unit && a.EndedAt == null && a.To >= today);
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            absences = absences.Where(a => a.Id < last);
        }
        var rows = await absences.OrderByDescending(a => a.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(AbsenceView.Of), size.Value, a => [a.Id.ToString()]));
    }
}

using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Deadlines.Calendars;

/// <summary>Which days are not worked, or worked on a Saturday, in a year.</summary>
internal static class GetCalendar
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/v1/calendar", HandleAsync)
        .AllowAnonymous()
        .WithTags("Calendar")
        .WithSummary("Holidays, days in lieu and swapped days of a year (default: this year), and whether they are confirmed")
        .Answers<CalendarView>(200, 400);

    private static async Task<IResult> HandleAsync(int? year, DossierDbContext db, CalendarDesk desk, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        var wanted = year ?? LocalTime.Date(time.GetUtcNow()).Year;
        if (wanted < WorkCalendar.First.Year || wanted > WorkCalendar.Last.Year)
            return DeadlineErrors.InvalidCalendar.WithField(
                "year", $"Năm từ {WorkCalendar.First.Year} đến {WorkCalendar.Last.Year}.", $"A year from {WorkCalendar.First.Year} to {WorkCalendar.Last.Year}.").ToProblem();
        var row = await db.CalendarYears.AsNoTracking().SingleOrDefaultAsync(y => y.Year == wanted, ct);
        if (row is not null)
            Etag.Set(http.Response, row.Version);
        return TypedResults.Ok(CalendarView.Of(wanted, row, await desk.DaysAsync(wanted, ct)));
    }
}

using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Deadlines.Calendars;

/// <summary>An administrator has the draft of a year made, from the law and the moon.</summary>
internal static class DraftCalendar
{
    private const int LastYear = 2100, MostDaysBefore = 4, UsualDaysBefore = 2;

    /// <param name="Year">Which.</param>
    /// <param name="TetDaysBefore">How many of the five days of Tết lie before its first day; 2 unless said.</param>
    /// <param name="NationalDayNeighbour">before (1 September) or after (3 September); unless said, the one nearer to a weekend.</param>
    /// <param name="Reason">Why, such as the number of a notice.</param>
    internal sealed record Request(int Year, int? TetDaysBefore, string? NationalDayNeighbour, string? Reason);

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPost("/drafts", HandleAsync)
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator).RequireStrong()
        .WithSummary("Make the draft of a year: lunar dates, days in lieu; to be compared with the official notice and confirmed")
        .Answers<CalendarView>(201, 400, 409, 422);

    private static async Task<IResult> HandleAsync(Request request, DossierDbContext db, CalendarDesk desk, HttpContext http, CancellationToken ct)
    {
        if (Check(request) is { } error)
            return error.ToProblem();
        if (await db.CalendarYears.AnyAsync(y => y.Year == request.Year, ct))
            return DeadlineErrors.YearExists.ToProblem();
        var rows = CalendarDraft.Of(request.Year, request.TetDaysBefore ?? UsualDaysBefore, request.NationalDayNeighbour is { } side ? side == "before" : null);
        var year = new CalendarYear { Year = request.Year };
        db.CalendarYears.Add(year);
        db.CalendarDays.AddRange(rows.Select(CalendarDay.Of));
        try
        {
            return await desk.SaveAsync(year, "draft", request.Reason!, [], rows, StatusCodes.Status201Created, http, ct);
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            // Two administrators at once.
            return DeadlineErrors.YearExists.ToProblem();
        }
    }

    private static Error? Check(Request request)
    {
        var error = CalendarDesk.CheckReason(null, request.Reason);
        if (request.Year < WorkCalendar.First.Year || request.Year > LastYear)
            error = (error ?? DeadlineErrors.InvalidCalendar).WithField("year", $"Năm từ {WorkCalendar.First.Year} đến {LastYear}.", $"A year from {WorkCalendar.First.Year} to {LastYear}.");
        if (request.TetDaysBefore is < 0 or > MostDaysBefore)
            error = (error ?? DeadlineErrors.InvalidCalendar).WithField("tetDaysBefore", $"Từ 0 đến {MostDaysBefore} ngày.", $"0 to {MostDaysBefore} days.");
        if (request.NationalDayNeighbour is not (null or "before" or "after"))
            error = (error ?? DeadlineErrors.InvalidCalendar).WithField("nationalDayNeighbour", "Chỉ có “before” (01/9) và “after” (03/9).", "Either “before” (1 September) or “after” (3 September).");
        return error;
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Deadlines.Calendars;

/// <summary>Changes years of the calendar: each change has a reason, a row that says who and what, and a new number of the calendar's state.</summary>
internal sealed class CalendarDesk(DossierDbContext db, Caller caller, TimeProvider time)
{
    private const int LeastReason = 5;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The year, to be changed; checks If-Match.</summary>
    public async Task<Result<CalendarYear>> TakeAsync(int year, HttpRequest request, CancellationToken ct)
    {
        if (await db.CalendarYears.SingleOrDefaultAsync(y => y.Year == year, ct) is not { } found)
            return DeadlineErrors.YearNotFound;
        return Etag.Check(request, found.Version) is { } stale ? stale : found;
    }

    /// <summary>The days of a year.</summary>
    public Task<List<CalendarDay>> DaysAsync(int year, CancellationToken ct) => Within(year).OrderBy(d => d.Date).ToListAsync(ct);

    /// <summary>Saves what was changed together with the record of it; gives the answer.</summary>
    public async Task<IResult> SaveAsync(
        CalendarYear year, string action, string reason, IEnumerable<SpecialDay> before, IEnumerable<SpecialDay> after, int status, HttpContext http, CancellationToken ct)
    {
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        year.UpdatedAt = time.Now();
        // The year first: who lost a race for it stops here and not in the middle.
        await db.SaveChangesAsync(ct);
        db.CalendarChanges.Add(new CalendarChange
        {
            Version = await db.NextCalendarVersionAsync(ct),
            Year = year.Year,
            Action = action,
            ActorId = caller.ActorId,
            ActorUnit = caller.Unit,
            At = year.UpdatedAt,
            Reason = reason.Trim(),
            Before = JsonSerializer.Serialize(before.Select(CalendarView.DayView.Of), Json),
            After = JsonSerializer.Serialize(after.Select(CalendarView.DayView.Of), Json),
        });
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, year.Version);
        return Results.Json(CalendarView.Of(year.Year, year, await DaysAsync(year.Year, ct)), statusCode: status);
    }

    public static Error? CheckReason(Error? error, string? reason) => reason?.Trim().Length is >= LeastReason and <= CalendarTables.ReasonLength
        ? error
        : (error ?? DeadlineErrors.InvalidCalendar).WithField(
            "reason", $"Hãy nêu lý do, từ {LeastReason} đến {CalendarTables.ReasonLength} ký tự, ví dụ số thông báo.", $"Give a reason of {LeastReason} to {CalendarTables.ReasonLength} characters, such as the number of a notice.");

    private IQueryable<CalendarDay> Within(int year)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        return db.CalendarDays.Where(d => d.Date >= first && d.Date <= last);
    }
}

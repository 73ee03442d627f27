using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Deadlines.Calendars;

/// <summary>An administrator sets or removes days of a year. Open dossiers whose date moves by it get a new one, and their people are told.</summary>
internal static class ChangeCalendar
{
    private const int MostDays = 60;

    /// <param name="Kind">HOLIDAY, COMPENSATION, SWAP_OFF or SWAP_WORK.</param>
    /// <param name="Source">Number of the notice that says so.</param>
    internal sealed record Day(DateOnly Date, string? Kind, string? NameVi, string? NameEn, string? Source);

    /// <param name="Reason">Why.</param>
    /// <param name="Set">Days to add or to replace.</param>
    /// <param name="Remove">Days that become what their weekday says.</param>
    internal sealed record Request(string? Reason, IReadOnlyList<Day>? Set, IReadOnlyList<DateOnly>? Remove);

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPatch("/{year:int}", HandleAsync)
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator).RequireStrong()
        .WithSummary("Set or remove days of a year, with a reason; due dates of open dossiers follow")
        .Answers<CalendarView>(200, 400, 404, 409, 412, 422);

    private static async Task<IResult> HandleAsync(int year, Request request, DossierDbContext db, CalendarDesk desk, HttpContext http, CancellationToken ct)
    {
        if (Check(year, request) is { } error)
            return error.ToProblem();
        var taken = await desk.TakeAsync(year, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var days = (await desk.DaysAsync(year, ct)).ToDictionary(d => d.Date);
        // What an administrator enters into a confirmed year is as good as the year; into a draft it waits with it.
        var set = (request.Set ?? []).Select(d => new SpecialDay(d.Date, DayKinds.Parse(d.Kind)!.Value, d.NameVi!.Trim(), d.NameEn!.Trim(), d.Source!.Trim(), taken.Value.Confirmed)).ToList();
        var touched = set.Select(d => d.Date).Concat(request.Remove ?? []).Where(days.ContainsKey).Select(d => days[d]).ToList();
        if (set.All(d => days.GetValueOrDefault(d.Date)?.Row == d) && !(request.Remove ?? []).Any(days.ContainsKey))
            return DeadlineErrors.NothingChanged.ToProblem();
        var before = touched.ConvertAll(d => d.Row);
        foreach (var day in touched)
            db.Entry(day).State = Microsoft.EntityFrameworkCore.EntityState.Detached;
        var known = days.Keys.ToHashSet();
        db.CalendarDays.RemoveRange((request.Remove ?? []).Where(known.Contains).Select(d => days[d]));
        db.CalendarDays.UpdateRange(set.Where(d => known.Contains(d.Date)).Select(CalendarDay.Of));
        db.CalendarDays.AddRange(set.Where(d => !known.Contains(d.Date)).Select(CalendarDay.Of));
        return await desk.SaveAsync(taken.Value, "change", request.Reason!, before, set, StatusCodes.Status200OK, http, ct);
    }

    private static Error? Check(int year, Request request)
    {
        var error = CalendarDesk.CheckReason(null, request.Reason);
        var (set, remove) = (request.Set ?? [], request.Remove ?? []);
        if (set.Count + remove.Count is 0 or > MostDays)
            error = Add(error, "set", $"Từ 1 đến {MostDays} ngày mỗi lần.", $"1 to {MostDays} days at a time.");
        if (set.Select(d => d.Date).Concat(remove).GroupBy(d => d).Any(g => g.Count() > 1))
            error = Add(error, "set", "Mỗi ngày chỉ được nêu một lần.", "Each day may be named once.");
        foreach (var day in set)
            error = CheckDay(error, year, day);
        return remove.Any(d => d.Year != year) ? Add(error, "remove", "Ngày phải thuộc năm đang sửa.", "The day must lie in the year.") : error;
    }

    private static Error? CheckDay(Error? error, int year, Day day)
    {
        var weekend = day.Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        if (day.Date.Year != year)
            error = Add(error, "set", "Ngày phải thuộc năm đang sửa.", "The day must lie in the year.");
        switch (DayKinds.Parse(day.Kind))
        {
            case null:
                error = Add(error, "set", "Loại ngày là HOLIDAY, COMPENSATION, SWAP_OFF hoặc SWAP_WORK.", "The kind is HOLIDAY, COMPENSATION, SWAP_OFF or SWAP_WORK.");
                break;
            case DayKind.SwapWork when !weekend:
                error = Add(error, "set", "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.", "A swapped working day is a Saturday or Sunday.");
                break;
            case DayKind.Compensation or DayKind.SwapOff when weekend:
                error = Add(error, "set", "Ngày nghỉ bù, nghỉ hoán đổi phải từ thứ Hai đến thứ Sáu.", "A day in lieu or swapped off is a Monday to Friday.");
                break;
        }
        foreach (var (text, most) in (ReadOnlySpan<(string?, int)>)[(day.NameVi, CalendarTables.NameLength), (day.NameEn, CalendarTables.NameLength), (day.Source, CalendarTables.SourceLength)])
        {
            if (string.IsNullOrWhiteSpace(text) || text.Trim().Length > most || text.Contains('\0', StringComparison.Ordinal))
                return Add(error, "set", $"Tên và nguồn của mỗi ngày có từ 1 đến {CalendarTables.NameLength} ký tự.", $"Names and source of each day have 1 to {CalendarTables.NameLength} characters.");
        }
        return error;
    }

    private static Error Add(Error? error, string field, string vi, string en) => (error ?? DeadlineErrors.InvalidCalendar).WithField(field, vi, en);
}

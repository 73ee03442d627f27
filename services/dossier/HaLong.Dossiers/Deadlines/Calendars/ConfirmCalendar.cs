using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Deadlines.Calendars;

/// <summary>An administrator has compared a year with the official notice: from now on nothing that is counted by it is assumed.</summary>
internal static class ConfirmCalendar
{
    /// <param name="Reason">By which notice.</param>
    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPost("/{year:int}/confirmation", HandleAsync)
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator).RequireStrong()
        .WithSummary("Confirm a year and all its days")
        .Answers<CalendarView>(200, 400, 404, 409, 412, 422);

    private static async Task<IResult> HandleAsync(int year, Request request, CalendarDesk desk, HttpContext http, CancellationToken ct)
    {
        if (CalendarDesk.CheckReason(null, request.Reason) is { } error)
            return error.ToProblem();
        var taken = await desk.TakeAsync(year, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var open = (await desk.DaysAsync(year, ct)).Where(d => !d.Confirmed).ToList();
        if (taken.Value.Confirmed && open.Count == 0)
            return DeadlineErrors.AlreadyConfirmed.ToProblem();
        var before = open.ConvertAll(d => d.Row);
        taken.Value.Confirmed = true;
        open.ForEach(d => d.Confirmed = true);
        return await desk.SaveAsync(taken.Value, "confirm", request.Reason!, before, open.ConvertAll(d => d.Row), StatusCodes.Status200OK, http, ct);
    }
}

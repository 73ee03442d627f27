using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Decisions;

/// <summary>The agency apologises and gives a new appointment: once, and at least a day before the old one (form 04).</summary>
internal sealed class ExtendDeadline(LifecycleDesk desk)
{
    private static readonly TimeOnly Closing = new(17, 0);

    /// <param name="DueDate">The new local day; a working day.</param>
    /// <param name="Reason">Reason of the delay, printed in the letter.</param>
    internal sealed record Request(DateOnly? DueDate, string? Reason);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/extension",
            (Guid id, Request request, ExtendDeadline handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Apologise and give a new appointment, once")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct) =>
        desk.ActAsync(id, Moves.Extend, http, deed => ExtendAsync(deed, request, ct), ct);

    private async Task<Result> ExtendAsync(Deed deed, Request request, CancellationToken ct)
    {
        var (dossier, actor, now) = deed;
        var (input, calendar) = (new Input(), await desk.CalendarAsync(ct));
        var reason = input.Need("reason", request.Reason);
        var day = request.DueDate ?? LocalTime.Date(now);
        if (day > LocalTime.Date(now).AddDays(desk.WaitsOf(dossier).MaxDays) || day <= LocalTime.Date(now) || !calendar.IsWorking(day))
            input.Wrong("dueDate", "Phải là một ngày làm việc sau hôm nay.", "Must be a working day after today.");
        if (input.Error is { } error)
            return error;
        // Of a dossier whose clock has not begun there is no date to move: the table refuses it.
        var deadline = dossier.AcceptedAt is null ? default : await desk.AfterAsync(dossier, ClockEffect.Extend, now, LocalTime.Instant(day, Closing), ct);
        return dossier.Extend(actor, reason, deadline, desk.RulesOf(dossier), now);
    }
}

using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Decisions;

/// <summary>The agency apologises and gives a new appointment: once, and at least a day before the old one (form 04).</summary>
internal sealed class ExtendDeadline(LifecycleDesk desk, DeadlineDesk deadlines)
{
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
        var input = new Input();
        var reason = input.Need("reason", request.Reason);
        var day = request.DueDate ?? LocalTime.Date(now);
        if (request.DueDate is null || !(await desk.CalendarAsync(ct)).IsWorking(day))
            input.Wrong("dueDate", "Phải là một ngày làm việc.", "Must be a working day.");
        if (input.Error is { } error)
            return error;
        // Where the table refuses it anyway there is no clock to ask.
        if (Transitions.Find(Moves.Extend, dossier.Status) is null)
            return dossier.Extend(actor, reason, default, desk.RulesOf(dossier), now);
        var appointment = await deadlines.ExtensionAsync(dossier, now, day, ct);
        if (!appointment.IsSuccess)
            return appointment.Error;
        var deadline = await deadlines.AfterAsync(dossier, ClockEffect.Extend, now, appointment.Value, ct);
        return dossier.Extend(actor, reason, deadline, desk.RulesOf(dossier), now);
    }
}

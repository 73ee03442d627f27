using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Opinions;

/// <summary>The case officer asks another agency; several can be asked at once, each with its own clock.</summary>
internal sealed class RequestOpinion(LifecycleDesk desk, IdentityDirectory directory)
{
    private const int UsualDays = 10;

    /// <param name="UnitCode">Which unit.</param>
    /// <param name="Question">What.</param>
    /// <param name="Deadline">Last local day for the answer; absent: in ten days.</param>
    internal sealed record Request(string? UnitCode, string? Question, DateOnly? Deadline);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/opinions",
            (Guid id, Request request, RequestOpinion handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Officer)
        .WithSummary("Ask another agency for its opinion")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct) =>
        desk.ActAsync(id, Moves.RequestOpinion, http, deed => RequestAsync(deed, request, ct), ct);

    private async Task<Result> RequestAsync(Deed deed, Request request, CancellationToken ct)
    {
        var input = new Input();
        var question = input.Need("question", request.Question);
        var deadline = input.Until("deadline", request.Deadline, deed.Now, UsualDays, desk.WaitsOf(deed.Dossier).MaxDays, await desk.CalendarAsync(ct));
        if (request.UnitCode == deed.Dossier.UnitCode)
            input.Wrong("unitCode", "Phải là đơn vị khác.", "Must be another unit.");
        if (input.Error is { } error)
            return error;
        var unit = await directory.FindUnitAsync(request.UnitCode?.Trim() ?? "", ct);
        return unit.IsSuccess ? deed.Dossier.RequestOpinion(deed.Actor, new OpinionAsk(unit.Value, question, deadline), deed.Now) : unit.Error;
    }
}

using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Reception;

/// <summary>The one-stop unit forwards an accepted dossier to those who handle it; it waits there for an officer.</summary>
internal sealed class ForwardDossier(LifecycleDesk desk)
{
    /// <param name="Note">For the control slip.</param>
    internal sealed record Request(string? Note);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/forwarding",
            (Guid id, Request? request, ForwardDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Forward an accepted dossier to those who handle it")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request? request, HttpContext http, CancellationToken ct)
    {
        var input = new Input();
        var note = input.May("note", request?.Note);
        return await desk.ActAsync(id, Moves.Forward, http, deed => input.Error is { } error ? error : deed.Dossier.Forward(deed.Actor, note, deed.Now), ct);
    }
}

using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features;

/// <summary>An approver decides; the result is then written and signed in the background.</summary>
internal sealed class ApproveDossier(LifecycleDesk desk, IOptions<DossierOptions> options)
{
    private const int MaxDecision = 4000;

    /// <param name="Decision">What was decided; printed in the result.</param>
    /// <param name="Sign">The approver signs the result himself, before the unit seals it; a setting may demand it.</param>
    internal sealed record Request(string? Decision, bool? Sign);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/approval",
            (Guid id, Request request, ApproveDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Approver)
        .WithSummary("Approve the result; it is sealed in the background, with sign=true after the approver has signed it in a signing session")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var input = new Input();
        var decision = input.Need("decision", request.Decision, MaxDecision);
        return await desk.ActAsync(id, Moves.Approve, http, deed => input.Error is { } error
            ? error
            : deed.Dossier.Approve(deed.Actor, decision, Guid.CreateVersion7(deed.Now), deed.Now, options.Value.SignsPersonally(request.Sign)), ct);
    }
}

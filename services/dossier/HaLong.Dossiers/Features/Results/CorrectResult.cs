using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features.Results;

/// <summary>An error was found in a result that was handed over: a corrected one is written and signed in the background and takes its place.</summary>
internal sealed class CorrectResult(DossierDbContext db, LifecycleDesk desk, IOptions<DossierOptions> options)
{
    /// <param name="Decision">What the corrected result says.</param>
    /// <param name="Reason">What was wrong.</param>
    /// <param name="Sign">The approver signs it himself, before the unit seals it; a setting may demand it.</param>
    internal sealed record Request(string? Decision, string? Reason, bool? Sign);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/result",
            (Guid id, Request request, CorrectResult handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Approver)
        .WithSummary("Correct a wrong result after its return: a new version is signed, the old one no longer counts")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var input = new Input();
        var (decision, reason) = (input.Need("decision", request.Decision), input.Need("reason", request.Reason));
        return await desk.ActAsync(id, Moves.Correct, http, deed =>
        {
            if (input.Error is { } error)
                return error;
            var document = Guid.CreateVersion7(deed.Now);
            var corrected = deed.Dossier.Correct(deed.Actor, decision, reason, document, deed.Now, options.Value.SignsPersonally(request.Sign));
            if (corrected.IsSuccess)
                db.Enqueue(new CorrectionWritingDue(id, document));
            return corrected;
        }, ct);
    }
}

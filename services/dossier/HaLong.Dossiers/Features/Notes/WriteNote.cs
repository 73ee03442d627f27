using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Notes;

/// <summary>An official writes something down about a dossier, for colleagues or for the applicant too.</summary>
internal sealed class WriteNote(LifecycleDesk desk)
{
    /// <param name="Text">What.</param>
    /// <param name="Visible">True: the applicant sees it, and the timeline says that there is one.</param>
    internal sealed record Request(string? Text, bool? Visible);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/notes",
            (Guid id, Request request, WriteNote handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Write a note, for officials or for the applicant too")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var input = new Input();
        var text = input.Need("text", request.Text);
        return await desk.ActAsync(id, Moves.Note, http,
            deed => input.Error is { } error ? error : deed.Dossier.Note(deed.Actor, text, request.Visible == true, deed.Now), ct);
    }
}

using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>An officer or reception hands the result over, over the counter or by post: the dossier is finished.</summary>
internal sealed class ReturnDossier(LifecycleDesk desk)
{
    /// <param name="Method">COUNTER (default) or POST; what is downloaded needs no handing over.</param>
    /// <param name="ReceivedBy">Who took it over the counter; absent: the owner.</param>
    /// <param name="IdCheck">How that person's identity was checked; no numbers.</param>
    /// <param name="Carrier">Which post.</param>
    /// <param name="TrackingNumber">Its number; needed by post.</param>
    /// <param name="OriginalsReturned">True when the originals that were taken go back with it.</param>
    internal sealed record Request(string? Method, string? ReceivedBy, string? IdCheck, string? Carrier, string? TrackingNumber, bool? OriginalsReturned);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/return",
            (Guid id, Request? request, ReturnDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Hand the result over: over the counter or by post")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private Task<IResult> HandleAsync(Guid id, Request? request, HttpContext http, CancellationToken ct) =>
        desk.ActAsync(id, Moves.Return, http, deed => Return(deed, request), ct);

    private static Result Return(Deed deed, Request? request)
    {
        var input = new Input();
        var method = request?.Method ?? ReturnMethod.Counter;
        if (!ReturnMethod.ByOfficials.Contains(method))
            input.Wrong("method", "Chỉ có COUNTER và POST.", "Either COUNTER or POST.");
        var byPost = method == ReturnMethod.Post;
        var how = new HandingOver(
            method,
            byPost ? null : input.May("receivedBy", request?.ReceivedBy, Input.Short) ?? deed.Dossier.OwnerName,
            byPost ? null : input.May("idCheck", request?.IdCheck, Input.Short),
            byPost ? input.May("carrier", request?.Carrier, Input.Short) : null,
            byPost ? input.Need("trackingNumber", request?.TrackingNumber, Input.Short) : null,
            request?.OriginalsReturned == true);
        return input.Error is { } error ? error : deed.Dossier.Return(deed.Actor, how, deed.Now);
    }
}

using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Features.Sessions;

/// <summary><c>GET /api/v1/signing-sessions/{id}</c>.</summary>
internal static class GetSession
{
    public static void Map(IEndpointRouteBuilder sessions) => sessions.MapGet("/{id:guid}", HandleAsync)
        .WithName("getSigningSession").WithSummary("A signing session, with its ETag")
        .WithDescription("For its signers and whoever made it; for others there is none. Not for delegates and helpers. Scope halong.api. Strong consistency.")
        .Produces<SessionView>().ProducesProblem(StatusCodes.Status404NotFound)
        .RequireAuthorization(Policies.SignedIn);

    private static async Task<IResult> HandleAsync(Guid id, SessionDesk desk, Caller caller, HttpResponse response, CancellationToken ct)
    {
        var session = await desk.ReadAsync(id, ct);
        if (!session.IsSuccess)
            return session.Error.ToProblem();
        Etag.Set(response, session.Value.Version);
        return TypedResults.Ok(SessionView.Of(session.Value, caller.AccountId));
    }
}

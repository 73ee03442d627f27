using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>A signer refuses, or whoever made the session takes it back.</summary>
internal static class EndSession
{
    private const int MaxReason = 500;

    /// <param name="Reason">Why, in words; the parties of the session read it.</param>
    internal sealed record Refusal(string? Reason);

    public static void Map(IEndpointRouteBuilder sessions)
    {
        Describe(sessions.MapPost("/{id:guid}/refusal", RefuseAsync), "refuseSigning", "Refuse to sign, with a reason",
            "Ends the session for everybody. For a signer in his turn.");
        Describe(sessions.MapPost("/{id:guid}/cancellation", CancelAsync), "cancelSigningSession", "Take a session back", "For whoever made it.");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary, string description) => route
        .WithName(name).WithSummary(summary).WithDescription(description + " If-Match is heeded. Scope halong.api.")
        .Produces<SessionView>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .WithIdempotency<SignatureDbContext>()
        .RequireAuthorization(Policies.SignedIn);

    private static async Task<IResult> RefuseAsync(Guid id, Refusal body, SessionDesk desk, Caller caller, TimeProvider time, HttpContext http)
    {
        var reason = body.Reason?.Trim() ?? "";
        if (reason.Length is 0 or > MaxReason || SessionPlan.HasNul(reason))
            return SessionErrors.InvalidRefusal.ToProblem();
        return await desk.ChangeAsync(id, http,
            s => s.SignerOf(caller.AccountId) is { } signer ? s.Refuse(signer, reason, desk.Actor, time.GetUtcNow()) : SessionErrors.NotSigner);
    }

    private static async Task<IResult> CancelAsync(Guid id, SessionDesk desk, Caller caller, TimeProvider time, HttpContext http) =>
        await desk.ChangeAsync(id, http,
            s => s.CreatorAccount == caller.AccountId ? s.Cancel(desk.Actor, time.GetUtcNow()) : SessionErrors.NotCreator);
}

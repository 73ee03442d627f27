using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Sessions;

namespace HaLong.Signatures.Features.Sessions;

/// <summary><c>/api/v1/signing-sessions/{id}/signing</c>: begin, authorise, see how it stands.</summary>
internal static class SignSession
{
    /// <param name="Provider">built-in, csc-…, smartca or imported.</param>
    /// <param name="CredentialId">The provider's id of the credential.</param>
    /// <param name="Consent">Version of the text that the person agrees to.</param>
    internal sealed record Beginning(string? Provider, string? CredentialId, string? Consent);

    /// <param name="Pin">The secret number of the credential, where it is needed.</param>
    /// <param name="OneTimeCode">The code that was sent, where it is needed.</param>
    /// <param name="Signatures">Made with a key of one's own over the hashes, Base64, in their order, where they are needed.</param>
    internal sealed record Authorisation(string? Pin, string? OneTimeCode, IReadOnlyList<string>? Signatures)
    {
        /// <summary>Secrets do not show, whatever prints this.</summary>
        public override string ToString() => nameof(Authorisation);

        /// <returns>SIG-0315 when a signature is no Base64.</returns>
        public Result<SignerProof> Proof()
        {
            try
            {
                return new SignerProof(Pin ?? "", OneTimeCode ?? "") { Signatures = [.. (Signatures ?? []).Select(Convert.FromBase64String)] };
            }
            catch (FormatException)
            {
                return SessionErrors.InvalidSignatures;
            }
        }
    }

    public static void Map(IEndpointRouteBuilder sessions)
    {
        Describe(sessions.MapPost("/{id:guid}/signing", BeginAsync), "beginSigning", "Begin to sign what remains of a session",
            "Says what to give next, until when, and where a code went. Each document must have been shown to the signer as it stands. Begun again, it is the same order.");
        Describe(sessions.MapPost("/{id:guid}/signing/authorisation", AuthoriseAsync), "authoriseSigning", "Give what the provider needs, and sign",
            "Given again after signing, the answer is how it stands. Where the answer is still to come, the order stays begun: ask again.");
        Describe(sessions.MapGet("/{id:guid}/signing", StatusAsync), "getSigning", "How the caller's signing stands",
            "The latest order of the caller in this session.");
    }

    private static void Describe(RouteHandlerBuilder route, string name, string summary, string description) => route
        .WithName(name).WithSummary(summary)
            .WithDescription(description + " For signers in their turn, in their own name. Scope halong.api. Strong consistency.")
        .Produces<OrderView>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .RequireAuthorization(Policies.SignedIn);

    private static async Task<IResult> BeginAsync(Guid id, Beginning body, BeginSigning handler, CancellationToken ct)
    {
        var order = await handler.HandleAsync(id, body.Provider, body.CredentialId, body.Consent, ct);
        return order.Match(o => TypedResults.Ok(OrderView.Of(o)));
    }

    private static async Task<IResult> AuthoriseAsync(Guid id, Authorisation body, SessionDesk desk, OrderSteps steps, Caller caller, CancellationToken ct)
    {
        var order = await OrderOfAsync(id, desk, caller, ct);
        if (!order.IsSuccess)
            return order.Error.ToProblem();
        // A batch is authorised as a whole, with its own stronger sign-in.
        if (await steps.ReadAsync(order.Value, ct) is not { BatchId: null })
            return SessionErrors.BeingSigned.ToProblem();
        var proof = body.Proof();
        if (!proof.IsSuccess)
            return proof.Error.ToProblem();
        var authorised = await steps.AuthoriseAsync(order.Value, proof.Value, ct);
        return authorised.IsSuccess ? TypedResults.Ok(OrderView.Of((await steps.ReadAsync(order.Value, ct))!)) : authorised.Error.ToProblem();
    }

    private static async Task<IResult> StatusAsync(Guid id, SessionDesk desk, OrderSteps steps, Caller caller, CancellationToken ct)
    {
        var order = await OrderOfAsync(id, desk, caller, ct);
        return order.IsSuccess ? TypedResults.Ok(OrderView.Of((await steps.ReadAsync(order.Value, ct))!)) : order.Error.ToProblem();
    }

    private static async Task<Result<Guid>> OrderOfAsync(Guid id, SessionDesk desk, Caller caller, CancellationToken ct)
    {
        var session = await desk.ReadAsync(id, ct);
        if (!session.IsSuccess)
            return session.Error;
        if (session.Value.SignerOf(caller.AccountId) is not { } signer)
            return SessionErrors.NotSigner;
        return signer.OrderId is { } order ? order : SessionErrors.NothingBegun;
    }
}

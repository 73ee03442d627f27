using System.Security.Claims;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace HaLong.Identity.OpenId;

/// <summary>
/// A code or refresh token that comes a second time is in two hands, and nobody can tell whose are the right ones: the whole sign-in ends.
/// That holds for the loser of a race too, so a client must not refresh twice at once; a pause of grace would be the thief's as well.
/// </summary>
internal sealed partial class TokenReuse(IServiceScopeFactory scopes, IdentityInstruments instruments, ILogger<TokenReuse> log)
{
    public async Task EndSessionAsync(ClaimsPrincipal principal, CancellationToken ct)
    {
        var kind = principal.GetTokenType() ?? "";
        if (!Guid.TryParse(principal.FindFirst(SessionCookie.SessionClaim)?.Value, out var id))
            return;

        // A unit of work of its own: the request's one is in the middle of something.
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var session = await db.Sessions.FromSql($"SELECT * FROM session WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);
        instruments.TokenReused(kind);
        if (session is null || session.EndedAt is not null)
            return;
        scope.ServiceProvider.GetRequiredService<Revocations>().End(session, EndReasons.TokenReused);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Reused(log, kind, principal.GetClaim(Claims.Private.Presenter) ?? "", id);
    }

    [LoggerMessage(40, LogLevel.Warning, "Security: a {Kind} of client {ClientId} was used twice; session {SessionId} is ended")]
    private static partial void Reused(ILogger log, string kind, string clientId, Guid sessionId);

    /// <summary>Stands before the check that refuses a used token.</summary>
    internal sealed class Detect(TokenReuse reuse, IOpenIddictTokenManager tokens) : IOpenIddictServerHandler<ValidateTokenContext>
    {
        public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseScopedHandler<Detect>()
            .SetOrder(OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

        public async ValueTask HandleAsync(ValidateTokenContext context)
        {
            // Only where tokens are redeemed: who revokes a used token does no harm.
            if (context.EndpointType is not OpenIddictServerEndpointType.Token || context.Principal is not { } principal || context.TokenId is not { } id
                || !(principal.HasTokenType(TokenTypeIdentifiers.RefreshToken) || principal.HasTokenType(TokenTypeIdentifiers.Private.AuthorizationCode)))
            {
                return;
            }

            if (await tokens.FindByIdAsync(id, context.CancellationToken) is { } token && await tokens.HasStatusAsync(token, Statuses.Redeemed, context.CancellationToken))
                await reuse.EndSessionAsync(principal, context.CancellationToken);
        }
    }
}

using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace HaLong.Identity.OpenId;

/// <summary>
/// What <c>/connect/revocation</c> means beyond the token itself (RFC 7009 §2.1): a client that gives back its refresh token has signed
/// the person out, and an access token given back is void everywhere and not only here.
/// </summary>
internal sealed class TokenRevoked(SessionCookie sessions, Revocations revocations, IdentityDbContext db) : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleRevocationRequestContext>()
        .UseScopedHandler<TokenRevoked>()
        .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order + 500)
        .SetType(OpenIddictServerHandlerType.Custom)
        .Build();

    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        var principal = context.GenericTokenPrincipal;
        if (principal.HasTokenType(TokenTypeIdentifiers.AccessToken) && principal.GetTokenId() is { } id)
            revocations.EndToken(id);
        else if (principal.HasTokenType(TokenTypeIdentifiers.RefreshToken) && await sessions.FindAsync(principal, context.CancellationToken) is { } session)
            revocations.End(session, EndReasons.RevokedByClient);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

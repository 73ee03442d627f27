using System.Globalization;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace HaLong.Identity.OpenId.Clients;

/// <summary>
/// private_key_jwt (RFC 7523), stricter than OpenIddict by itself: named algorithms, our issuer as audience and nothing else, minutes of life,
/// and each proof once.
/// </summary>
internal sealed class ClientAssertions(IdentityDbContext db, IOptions<IdentityOptions> identity, TimeProvider time) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static readonly IReadOnlyList<string> Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    /// <summary>How long a proof may be good for: it is made for one request.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
        .AddFilter<OpenIddictServerHandlerFilters.RequireClientAssertionPrincipal>()
        .UseScopedHandler<ClientAssertions>()
        .SetOrder(OpenIddictServerHandlers.ValidateClientAssertionIssuer.Descriptor.Order + 500)
        .SetType(OpenIddictServerHandlerType.Custom)
        .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        var principal = context.ClientAssertionPrincipal!; // The filter has seen to it.
        var now = time.GetUtcNow();
        var client = principal.GetClaim(Claims.Issuer) ?? "";
        var id = principal.GetClaim(Claims.JwtId);
        var expires = Time(principal.GetClaim(Claims.ExpiresAt));
        var flaw = id is not { Length: > 0 and <= UsedAssertion.LongestId } ? "jti must be there, with at most 200 characters"
            : !IsForUs(principal.GetClaims(Claims.Audience)) ? "aud must be the issuer and nothing else"
            : expires is null || expires < now - Skew || expires > now + LongestLife + Skew ? "exp must lie within the next five minutes"
            : Time(principal.GetClaim(Claims.NotBefore)) > now + Skew || Time(principal.GetClaim(Claims.IssuedAt)) > now + Skew ? "it is from the future"
            : await UseAsync(client, id, expires.Value + Skew, context.CancellationToken) ? null : "it was used before";
        if (flaw is not null)
            context.Reject(Errors.InvalidClient, $"The client assertion is not accepted: {flaw}.");
    }

    private bool IsForUs(IReadOnlyCollection<string> audiences)
    {
        var issuer = identity.Value.Issuer().AbsoluteUri;
        return audiences.Count == 1 && audiences.All(a => a == issuer || a + "/" == issuer);
    }

    private async Task<bool> UseAsync(string client, string id, DateTimeOffset until, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"INSERT INTO used_assertion (client_id, token_id, expires_at) VALUES ({client}, {id}, {until}) ON CONFLICT DO NOTHING", ct) == 1;

    private static DateTimeOffset? Time(string? seconds) =>
        double.TryParse(seconds, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1e11 ? DateTimeOffset.FromUnixTimeSeconds((long)value) : null;

    /// <summary>Whatever else a registered key could be made to do, only these algorithms are tried.</summary>
    internal sealed class NameAlgorithms : IOpenIddictServerHandler<ValidateTokenContext>
    {
        public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseSingletonHandler<NameAlgorithms>()
            .SetOrder(OpenIddictServerHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

        public ValueTask HandleAsync(ValidateTokenContext context)
        {
            if (context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.ClientAssertion) && context.TokenValidationParameters is { } parameters)
            {
                parameters.ValidAlgorithms = Algorithms;
                parameters.RequireSignedTokens = true;
                // RFC 7523 as published asks for no type at all; only its draft successor does.
                parameters.TypeValidator = (type, token, _) => type is null or "" or JwtConstants.HeaderType or JsonWebTokenTypes.ClientAuthentication
                    ? JsonWebTokenTypes.ClientAuthentication
                    : throw new SecurityTokenInvalidTypeException("The type of the client assertion is another one.");
            }

            return default;
        }
    }
}

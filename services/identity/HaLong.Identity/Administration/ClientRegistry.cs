using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Identity.Domain;
using HaLong.Identity.OpenId.Clients;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.Administration;

/// <summary>The OpenID clients that administrators manage: what they may do, their secrets, and what makes their tokens void.</summary>
internal sealed class ClientRegistry(
    IdentityDbContext db, IOpenIddictApplicationManager clients, IOpenIddictTokenManager tokens, IOpenIddictAuthorizationManager authorizations, TimeProvider time)
{
    /// <summary>The client and its registration, for a change; refuses the platform's own.</summary>
    public async Task<Result<(object Client, ClientRegistration Registration)>> TakeAsync(string clientId, HttpRequest request, CancellationToken ct)
    {
        if (await clients.FindByClientIdAsync(clientId, ct) is not { } client)
            return IdentityErrors.ClientNotFound;
        if (await db.ClientRegistrations.SingleOrDefaultAsync(r => r.ClientId == clientId && r.DeletedAt == null, ct) is not { } registration)
            return IdentityErrors.ClientByConfiguration;
        return Etag.Check(request, registration.Version) is { } stale ? stale : (client, registration);
    }

    public async Task<OpenIddictApplicationDescriptor> DescribeAsync(object client, CancellationToken ct)
    {
        var descriptor = new OpenIddictApplicationDescriptor();
        await clients.PopulateAsync(descriptor, client, ct);
        return descriptor;
    }

    /// <summary>Writes the input into a descriptor; type, authentication and grant stay what they were once the client exists.</summary>
    public static void Fill(OpenIddictApplicationDescriptor descriptor, ClientInput input)
    {
        descriptor.ClientId = input.ClientId;
        descriptor.DisplayName = input.Name?.Trim();
        descriptor.ClientType = input.Type == ClientInput.Public ? ClientTypes.Public : ClientTypes.Confidential;
        descriptor.ApplicationType = (input.RedirectUris ?? []).All(u => u.StartsWith("https:", StringComparison.Ordinal)) ? ApplicationTypes.Web : ApplicationTypes.Native;
        descriptor.ConsentType = ConsentTypes.Implicit;
        descriptor.Permissions.Clear();
        descriptor.Permissions.UnionWith(PermissionsOf(input));
        descriptor.Requirements.Clear();
        if (input.Grant == ClientInput.AuthorizationCode)
            descriptor.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        descriptor.RedirectUris.Clear();
        descriptor.RedirectUris.UnionWith((input.RedirectUris ?? []).Select(u => new Uri(u, UriKind.Absolute)));
        descriptor.PostLogoutRedirectUris.Clear();
        descriptor.PostLogoutRedirectUris.UnionWith((input.PostLogoutRedirectUris ?? []).Select(u => new Uri(u, UriKind.Absolute)));
        descriptor.Properties.Remove(BackChannel.AddressProperty);
        if (input.BackchannelLogoutUri is { } back)
            descriptor.Properties[BackChannel.AddressProperty] = BackChannel.Property(new Uri(back, UriKind.Absolute));
        descriptor.Properties.Remove(ClientContact.Property);
        if (input.ContactEmail is { } mailbox)
            descriptor.Properties[ClientContact.Property] = JsonSerializer.SerializeToElement(mailbox);
        descriptor.JsonWebKeySet = input.Jwks is { } jwks ? new JsonWebKeySet(jwks.GetRawText()) : null;
    }

    public static string NewSecret() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    /// <summary>What the client holds is void: codes and refresh tokens now, access tokens as soon as the services have read it.</summary>
    public async Task VoidTokensAsync(object client, ClientRegistration registration, CancellationToken ct)
    {
        var id = await clients.GetIdAsync(client, ct) ?? throw new InvalidOperationException("A client without an id.");
        await tokens.RevokeByApplicationIdAsync(id, ct);
        await authorizations.RevokeByApplicationIdAsync(id, ct);
        var now = time.GetUtcNow();
        db.Revocations.Add(new Revocation { Id = Guid.CreateVersion7(now), At = now, Subject = registration.ClientId, Epoch = registration.Epoch });
    }

    private static IEnumerable<string> PermissionsOf(ClientInput input)
    {
        string[] ways = input.Grant == ClientInput.AuthorizationCode
            ?
            [
                Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
                Permissions.Endpoints.Revocation, Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
            ]
            : [Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.GrantTypes.ClientCredentials];
        var scopes = (input.Scopes ?? []).Where(s => s is not (OpenIddictConstants.Scopes.OpenId or OpenIddictConstants.Scopes.OfflineAccess));
        return [.. ways, .. scopes.Select(s => Permissions.Prefixes.Scope + s)];
    }
}

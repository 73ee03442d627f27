using System.Text.Json;
using HaLong.Identity.Administration;
using HaLong.Identity.OpenId;
using HaLong.Identity.OpenId.Clients;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.Seeding;

/// <summary>Registers the clients as the configuration says; a changed secret or address takes effect with the next <c>migrate</c>.</summary>
internal sealed class ClientSeed(
    IOpenIddictApplicationManager clients, IConfiguration configuration, IOptions<IdentityOptions> options, IHostEnvironment environment)
{
    private static readonly string[] Services = ["identity", "dossier", "payment", "notification", "e-signature", "gateway"];

    public async Task RunAsync(CancellationToken ct)
    {
        var site = options.Value.PublicUrl.TrimEnd('/');
        var portal = configuration["Portal:Url"]?.TrimEnd('/');
        string?[] fronts = portal is null ? [site] : [site, portal];
        // Command-line tools of developers listen on the loopback address; elsewhere nobody may.
        string[] loopback = environment.IsDevelopment() ? ["http://127.0.0.1/callback"] : [];

        await SaveAsync(AsConfigured(Public("web", "Cổng dịch vụ công", [.. fronts.Select(f => f + "/signin-oidc"), .. loopback],
            [.. fronts.Select(f => f + "/signout-callback-oidc"), .. fronts.Select(f => f + "/")])), ct);
        await SaveAsync(AsConfigured(Public("mobile", "Ứng dụng di động", ["vn.halong.app:/callback", .. loopback], ["vn.halong.app:/signed-out"])), ct);
        // Other software that lets people sign with their credentials here.
        if (configuration["Clients:signing:RedirectUrl"] is { Length: > 0 } signing)
            await SaveAsync(Public("signing", "Phần mềm ký số", [signing], []), ct);
        if (configuration["Clients:partner:Secret"] is { Length: > 0 } partner)
            await SaveAsync(WithContact(WithKeys(Confidential("partner", partner, ApiScopes.Events))), ct);
        foreach (var service in Services)
            await SaveAsync(Confidential(service, SecretOf(service), ApiScopes.Internal), ct);
    }

    private string SecretOf(string service) => configuration[$"Clients:{service}:Secret"] is { Length: > 0 } secret
        ? secret
        : throw new InvalidOperationException($"Clients:{service}:Secret is missing: the {service} service proves itself with it.");

    /// <summary>Where a front end wants to hear of ended sessions, and whether it must push its requests.</summary>
    private OpenIddictApplicationDescriptor AsConfigured(OpenIddictApplicationDescriptor client)
    {
        if (configuration[$"Clients:{client.ClientId}:BackChannelLogoutUrl"] is { Length: > 0 } text)
        {
            client.Properties[BackChannel.AddressProperty] = BackChannel.Property(BackChannel.TryRead(text)
                ?? throw new InvalidOperationException($"Clients:{client.ClientId}:BackChannelLogoutUrl must be an https address without credentials or fragment."));
        }

        if (configuration.GetValue<bool>($"Clients:{client.ClientId}:RequirePushedRequests"))
            client.Requirements.Add(Requirements.Features.PushedAuthorizationRequests);
        return client;
    }

    /// <summary>Public keys beside the secret: the client may then prove itself by private_key_jwt.</summary>
    private OpenIddictApplicationDescriptor WithKeys(OpenIddictApplicationDescriptor client)
    {
        if (configuration[$"Clients:{client.ClientId}:Keys"] is { Length: > 0 } text)
        {
            client.JsonWebKeySet = ClientKeys.TryRead(text)
                ?? throw new InvalidOperationException($"Clients:{client.ClientId}:Keys must be a JSON Web Key Set of public keys: RSA of 2048 bits or more, or P-256.");
        }

        return client;
    }

    /// <summary>Whom to tell when something does not work.</summary>
    private OpenIddictApplicationDescriptor WithContact(OpenIddictApplicationDescriptor client)
    {
        if (configuration[$"Clients:{client.ClientId}:ContactEmail"] is { Length: > 0 } mailbox)
        {
            client.Properties[ClientContact.Property] = ClientContact.IsMailbox(mailbox)
                ? JsonSerializer.SerializeToElement(mailbox)
                : throw new InvalidOperationException($"Clients:{client.ClientId}:ContactEmail must be a mailbox.");
        }

        return client;
    }

    private async Task SaveAsync(OpenIddictApplicationDescriptor descriptor, CancellationToken ct)
    {
        if (await clients.FindByClientIdAsync(descriptor.ClientId!, ct) is { } known)
            await clients.UpdateAsync(known, descriptor, ct);
        else
            await clients.CreateAsync(descriptor, ct);
    }

    private static OpenIddictApplicationDescriptor Public(string id, string name, IEnumerable<string> redirects, IEnumerable<string> afterSignOut)
    {
        var addresses = redirects.Select(u => new Uri(u, UriKind.Absolute)).ToList();
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = id,
            DisplayName = name,
            ClientType = ClientTypes.Public,
            // Native: a loopback address matches whatever port the tool found free (RFC 8252 §7.3); all others match exactly.
            ApplicationType = addresses.Exists(a => a.IsLoopback || !a.Scheme.StartsWith("http", StringComparison.Ordinal)) ? ApplicationTypes.Native : ApplicationTypes.Web,
            ConsentType = ConsentTypes.Implicit,
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession, Permissions.Endpoints.Revocation,
                Permissions.Endpoints.PushedAuthorization,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
                Permissions.GrantTypes.TokenExchange,
                Permissions.Scopes.Profile, Permissions.Scopes.Email, Permissions.Prefixes.Scope + ApiScopes.Api,
                Permissions.Prefixes.Scope + ApiScopes.Sign,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        descriptor.RedirectUris.UnionWith(addresses);
        descriptor.PostLogoutRedirectUris.UnionWith(afterSignOut.Select(u => new Uri(u, UriKind.Absolute)));
        return descriptor;
    }

    private static OpenIddictApplicationDescriptor Confidential(string id, string secret, string scope) => new()
    {
        ClientId = id,
        ClientSecret = secret,
        DisplayName = id,
        ClientType = ClientTypes.Confidential,
        ConsentType = ConsentTypes.Implicit,
        Permissions =
        {
            Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.GrantTypes.ClientCredentials, Permissions.Prefixes.Scope + scope,
        },
    };
}

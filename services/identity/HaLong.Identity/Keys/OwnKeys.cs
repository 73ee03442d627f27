using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace HaLong.Identity.Keys;

/// <summary>Other services read our keys over HTTP; this service checks tokens with the ones it holds.</summary>
internal sealed class OwnKeys(KeyRing ring, IOptions<IdentityOptions> options) : IConfigurationManager<OpenIdConnectConfiguration>
{
    private (KeySet Keys, OpenIdConnectConfiguration Configuration)? _cached;

    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        var keys = ring.Current;
        if (_cached is { } cached && ReferenceEquals(cached.Keys, keys))
            return Task.FromResult(cached.Configuration);

        var configuration = new OpenIdConnectConfiguration { Issuer = options.Value.Issuer().AbsoluteUri };
        foreach (var key in keys.Signing)
            configuration.SigningKeys.Add(key);
        _cached = (keys, configuration);
        return Task.FromResult(configuration);
    }

    public void RequestRefresh()
    {
        // Nothing to fetch: the ring watches the database.
    }
}

using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Providers;

namespace HaLong.Signatures.Sessions;

/// <summary>The providers of this platform, by name.</summary>
internal sealed class SigningProviders(IEnumerable<ISigningProvider> providers)
{
    /// <returns>SIG-0311 when there is none of that name.</returns>
    public Result<ISigningProvider> Find(string? name) =>
        providers.FirstOrDefault(p => p.Name == name) is { } found ? Result.Of(found) : SessionErrors.UnknownProvider;

    /// <returns>SIG-0311 or SIG-0312 when there is no such provider, or the person has no such credential there; or what the provider says.</returns>
    public async Task<Result<ProviderCredential>> CredentialAsync(string? name, Guid account, string? credential, CancellationToken ct)
    {
        var provider = Find(name);
        if (!provider.IsSuccess)
            return provider.Error;
        var known = await provider.Value.ListAsync(new SignerIdentity(account), ct);
        if (!known.IsSuccess)
            return known.Error;
        return known.Value.FirstOrDefault(c => c.Id == credential) is { } found ? found : SessionErrors.UnknownCredential;
    }
}

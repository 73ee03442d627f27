using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Providers.Links;

/// <summary>What providers call people, for asking those providers and nothing else.</summary>
internal sealed class ProviderLinks(IServiceScopeFactory scopes, LinkVault vault)
{
    /// <summary>The provider's name of the person; null when he has not said.</summary>
    /// <exception cref="ErrorException">SIG-0009 when <c>Pki:KeyPassword</c> is not the one it was sealed under.</exception>
    public async Task<string?> UserAsync(Guid account, string provider, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var link = await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().ProviderLinks.AsNoTracking()
            .SingleOrDefaultAsync(l => l.AccountId == account && l.Provider == provider, ct);
        return link is null ? null : Open(link);
    }

    /// <inheritdoc cref="UserAsync"/>
    public string Open(ProviderLink link)
    {
        try
        {
            return vault.Open(link.AccountId, link.Provider, link.SealedUser);
        }
        catch (CryptographicException e)
        {
            throw new ErrorException(Domain.SignatureErrors.NotReady, e);
        }
    }
}

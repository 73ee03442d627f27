using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Pki;

/// <summary>The chain that this service signs under and trusts.</summary>
internal sealed record AuthorityChain(X509Certificate2 Root, X509Certificate2 Issuing, Guid IssuingId, byte[] IssuingKey, byte[] RootKey)
{
    public X509Certificate2Collection Roots { get; } = [Root];
}

/// <summary>Reads the authorities once; they are made by the migration and never change while a replica runs.</summary>
internal sealed class Authorities(IServiceScopeFactory scopes, IOptions<PkiOptions> options) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private AuthorityChain? chain;

    /// <exception cref="ErrorException">SIG-0009 while there are none.</exception>
    public async Task<AuthorityChain> GetAsync(CancellationToken ct)
    {
        if (chain is { } known)
            return known;
        await gate.WaitAsync(ct);
        try
        {
            return chain ??= await LoadAsync(ct);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The key of the issuing authority, for as long as one certificate takes.</summary>
    /// <exception cref="ErrorException">SIG-0009 when the configured password does not open it.</exception>
    public ECDsa OpenIssuingKey(AuthorityChain authorities) => Open(authorities.IssuingKey);

    public ECDsa Open(byte[] encryptedKey)
    {
        try
        {
            return KeyVault.Open(encryptedKey, options.Value.KeyPassword);
        }
        catch (CryptographicException e)
        {
            throw new ErrorException(SignatureErrors.NotReady, e);
        }
    }

    public void Dispose()
    {
        gate.Dispose();
        chain?.Root.Dispose();
        chain?.Issuing.Dispose();
    }

    private async Task<AuthorityChain> LoadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().Authorities.AsNoTracking().ToListAsync(ct);
        var (root, issuing) = (rows.Find(a => a.Kind == AuthorityKind.Root), rows.Find(a => a.Kind == AuthorityKind.Issuing));
        return root is not null && issuing is not null
            ? new AuthorityChain(X509CertificateLoader.LoadCertificate(root.Certificate),
                X509CertificateLoader.LoadCertificate(issuing.Certificate), issuing.Id, issuing.EncryptedKey, root.EncryptedKey)
            : throw new ErrorException(SignatureErrors.NotReady);
    }
}

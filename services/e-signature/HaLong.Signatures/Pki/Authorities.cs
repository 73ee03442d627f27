using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Cryptography.Pkcs11;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Pki;

/// <summary>The chain that this service signs under and trusts.</summary>
/// <param name="Root">Everybody's trust begins here.</param>
/// <param name="Issuing">Certified by the root.</param>
/// <param name="IssuingId">Row of it.</param>
/// <param name="IssuingKey">Reference for <see cref="KeyStore"/>.</param>
/// <param name="RootKey">Reference; empty when the root is off line.</param>
internal sealed record AuthorityChain(X509Certificate2 Root, X509Certificate2 Issuing, Guid IssuingId, byte[] IssuingKey, byte[] RootKey)
{
    /// <summary>The root's key is elsewhere: its list comes by hand.</summary>
    public bool IsRootOffline => RootKey.Length == 0;

    public X509Certificate2Collection Roots { get; } = [Root];
}

/// <summary>Reads the authorities once; they are made by the migration and never change while a replica runs.</summary>
internal sealed class Authorities(IServiceScopeFactory scopes, KeyStore keys) : IDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> opened = new(StringComparer.Ordinal);
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
    public ECDsa OpenIssuingKey(AuthorityChain authorities) => OpenAuthority(authorities.IssuingKey);

    /// <summary>The key of an authority. Stretching the password takes longer than all the rest of issuing, so it is done once in a process: what was opened stays in its
    /// memory, where it would be during every signature anyway. A key in a token never is there.</summary>
    /// <exception cref="ErrorException">SIG-0009, SIG-0435.</exception>
    public ECDsa OpenAuthority(byte[] reference)
    {
        if (TokenKey.Is(reference))
            return Open(reference);
        var name = Convert.ToHexString(SHA256.HashData(reference));
        if (!opened.TryGetValue(name, out var plain))
        {
            using var key = Open(reference);
            opened[name] = plain = key.ExportPkcs8PrivateKey();
        }

        var copy = ECDsa.Create();
        copy.ImportPkcs8PrivateKey(plain, out _);
        return copy;
    }

    /// <param name="reference">As <see cref="KeyStore"/> made it.</param>
    /// <exception cref="ErrorException">SIG-0009 when the configured password does not open it, SIG-0435 when its token is away.</exception>
    public ECDsa Open(byte[] reference)
    {
        try
        {
            return keys.Open(reference);
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
        var rows = await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().Authorities.AsNoTracking()
            .Where(a => a.SupersededAt == null).ToListAsync(ct);
        var (root, issuing) = (rows.Find(a => a.Kind == AuthorityKind.Root), rows.Find(a => a.Kind == AuthorityKind.Issuing));
        return root is not null && issuing is not null
            ? new AuthorityChain(X509CertificateLoader.LoadCertificate(root.Certificate),
                X509CertificateLoader.LoadCertificate(issuing.Certificate), issuing.Id, issuing.EncryptedKey, root.EncryptedKey)
            : throw new ErrorException(SignatureErrors.NotReady);
    }
}

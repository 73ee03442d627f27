using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki.Ceremony;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Pki;

/// <summary>
/// Lists of revoked certificates (RFC 5280 §5): of the root about authorities, of the issuing authority about signers. Made when asked for,
/// kept for <c>Pki:StatusSeconds</c>.
/// </summary>
internal sealed class RevocationLists(IServiceScopeFactory scopes, Authorities authorities, IOptions<PkiOptions> options, TimeProvider time)
    : IDisposable
{
    private readonly ConcurrentDictionary<AuthorityKind, (byte[] List, DateTimeOffset SignedAt)> kept = new();
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <param name="kind">Root or Issuing.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>DER.</returns>
    public async Task<byte[]> GetAsync(AuthorityKind kind, CancellationToken ct)
    {
        if (Kept(kind) is { } known)
            return known;
        // Signing opens a key, which costs 60 ms: one at a time, the others take what it made.
        await gate.WaitAsync(ct);
        try
        {
            if (Kept(kind) is { } made)
                return made;
            var now = time.GetUtcNow();
            var list = await MakeAsync(kind, now, ct);
            kept[kind] = (list, now);
            return list;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>What was just changed here is listed at once; other replicas follow within <c>Pki:StatusSeconds</c>.</summary>
    public void Forget() => kept.Clear();

    public void Dispose() => gate.Dispose();

    private byte[]? Kept(AuthorityKind kind) =>
        kept.TryGetValue(kind, out var list) && time.GetUtcNow() - list.SignedAt is var age && age >= TimeSpan.Zero
            && age < TimeSpan.FromSeconds(options.Value.StatusSeconds) ? list.List : null;

    private async Task<byte[]> MakeAsync(AuthorityKind kind, DateTimeOffset now, CancellationToken ct)
    {
        var chain = await authorities.GetAsync(ct);
        if (kind == AuthorityKind.Root && chain.IsRootOffline)
            return await ImportedAsync(ct);
        var builder = new CertificateRevocationListBuilder();
        if (kind == AuthorityKind.Issuing)
            await AddRevokedAsync(builder, now, ct);
        var (issuer, encrypted) = kind == AuthorityKind.Root ? (chain.Root, chain.RootKey) : (chain.Issuing, chain.IssuingKey);
        using var key = authorities.OpenAuthority(encrypted);
        // Milliseconds count upwards whichever replica signs, with nothing to share.
        return builder.Build(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(key), new BigInteger(now.ToUnixTimeMilliseconds()),
            now.AddHours(options.Value.ListValidHours), HashAlgorithmName.SHA384,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false), now);
    }

    // Past its end too: whoever reads it sees that himself, and operators were told a week before (RootListHealth).
    private async Task<byte[]> ImportedAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignatureDbContext>().AuthorityLists.OrderByDescending(l => l.Number).Select(l => l.List)
            .FirstOrDefaultAsync(ct) ?? throw new ServiceDefaults.ErrorException(CeremonyErrors.NoRootList);
    }

    // Who is past the certificate's end is not listed any more: it holds nothing anyway.
    private async Task AddRevokedAsync(CertificateRevocationListBuilder builder, DateTimeOffset now, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SignatureDbContext>();
        var revoked = await db.Credentials.Where(c => c.RevokedAt != null && c.NotAfter > now)
            .Select(c => new { Number = c.SerialNumber, c.RevokedAt, c.RevocationReason }).ToListAsync(ct);
        revoked.AddRange(await db.PersonCredentials.Where(c => c.RevokedAt != null && c.SerialNumber != null && c.NotAfter > now)
            .Select(c => new { Number = c.SerialNumber!, c.RevokedAt, c.RevocationReason }).ToListAsync(ct));
        foreach (var row in revoked.OrderBy(r => r.RevokedAt))
            builder.AddEntry(Convert.FromHexString(row.Number), row.RevokedAt!.Value, (X509RevocationReason)(int)(row.RevocationReason ?? 0));
    }
}

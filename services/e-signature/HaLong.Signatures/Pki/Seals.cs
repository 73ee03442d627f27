using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Pki;

/// <summary>The seal of a unit: found, or issued at the first signature and again before it expires.</summary>
internal sealed class Seals(SignatureDbContext db, Authorities authorities, KeyStore keys, OpenKeys openKeys, IOptions<PkiOptions> options,
    TimeProvider time)
{
    /// <summary>Must be called inside the transaction that signs: a seal issued here commits with its first signature, and a
    /// revocation waits until it has.</summary>
    /// <returns>SIG-0102 while the seal is suspended, SIG-0103 when the unit ceased to seal.</returns>
    public async Task<Result<(Credential Credential, SigningKey Key)>> ForUnitAsync(string unitCode, CancellationToken ct)
    {
        var chain = await authorities.GetAsync(ct);
        await db.ShareSealAsync(unitCode, ct);
        var credential = await CurrentAsync(unitCode, ct);
        if (credential is null || (credential.RevokedAt is null && !credential.IsUsable(time.GetUtcNow())))
            credential = await IssueAsync(unitCode, chain, ct);
        if (credential.RevokedAt is not null)
            return credential.IsSuspended ? SignatureErrors.SealSuspended : SignatureErrors.SealClosed;
        return (credential, openKeys.Get(credential, chain, authorities));
    }

    private Task<Credential?> CurrentAsync(string unitCode, CancellationToken ct) =>
        db.Credentials.SingleOrDefaultAsync(c => c.UnitCode == unitCode && c.SupersededAt == null, ct);

    private async Task<Credential> IssueAsync(string unitCode, AuthorityChain chain, CancellationToken ct)
    {
        // Others who want this seal wait here until we commit, then find it.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"seal:" + unitCode}, 0))", ct);
        db.ChangeTracker.Clear();
        var now = time.GetUtcNow();
        if (await CurrentAsync(unitCode, ct) is { } current)
        {
            if (current.IsUsable(now) || current.RevokedAt is not null)
                return current;
            current.Supersede(now);
            await db.SaveChangesAsync(ct);
        }

        var made = keys.New(ECCurve.NamedCurves.nistP256);
        using var issuerKey = authorities.OpenIssuingKey(chain);
        var name = CertificateProfiles.Name("Con dấu điện tử đơn vị " + unitCode, unitCode, options.Value.Organisation);
        using var certificate = CertificateProfiles.Seal(name, made.Key, chain.Issuing, issuerKey, now, options.Value.PkiUrl);
        var credential = Credential.Issue(
            unitCode, chain.IssuingId, certificate.SerialNumber, DistinguishedName.Write(certificate.SubjectName), certificate.RawData,
            made.Reference, certificate.NotAfter.ToUniversalTime(), now);
        db.Add(credential);
        db.Record("signature.seal-issued", credential.Id.ToString(), new { credential.UnitCode, credential.SerialNumber, credential.Certificate });
        await db.SaveChangesAsync(ct);
        // It is open now; opening it again would stretch the password once more. Should this transaction fail, nobody ever asks for this id.
        openKeys.Keep(credential, made.Key, chain);
        return credential;
    }
}

/// <summary>Keys opened by this process: opening one costs 60 ms of key stretching.</summary>
internal sealed class OpenKeys : IDisposable
{
    private readonly ConcurrentDictionary<Guid, SigningKey> keys = new();

    /// <summary>A key that was just made.</summary>
    public void Keep(Credential credential, ECDsa key, AuthorityChain chain) => keys.TryAdd(credential.Id,
        SigningKey.Of(key, X509CertificateLoader.LoadCertificate(credential.Certificate), chain.Issuing, chain.Root));

    public SigningKey Get(Credential credential, AuthorityChain chain, Authorities authorities)
    {
        if (keys.TryGetValue(credential.Id, out var known))
            return known;
        var opened = SigningKey.Of(authorities.Open(credential.EncryptedKey),
            X509CertificateLoader.LoadCertificate(credential.Certificate), chain.Issuing, chain.Root);
        var kept = keys.GetOrAdd(credential.Id, opened);
        if (kept != opened)
            opened.Dispose();
        return kept;
    }

    public void Dispose()
    {
        foreach (var key in keys.Values)
            key.Dispose();
    }
}

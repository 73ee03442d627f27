using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Messaging;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Pki;

/// <summary>
/// The keys that speak in the authority's name: time-stamps, status answers. Made when first needed and again well before their end,
/// once for all replicas; so an older installation has them without being migrated by hand.
/// </summary>
internal sealed class Responders(IServiceScopeFactory scopes, Authorities authorities, KeyStore store, IOptions<PkiOptions> options, TimeProvider time)
    : IDisposable
{
    private readonly ConcurrentDictionary<AuthorityKind, SigningKey> keys = new();
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <param name="kind">TimeStamp or StatusResponder.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ServiceDefaults.ErrorException">SIG-0009 while the authority is not ready.</exception>
    public async Task<SigningKey> GetAsync(AuthorityKind kind, CancellationToken ct)
    {
        if (keys.TryGetValue(kind, out var known) && IsFresh(kind, known.Certificate))
            return known;
        await gate.WaitAsync(ct);
        try
        {
            if (keys.TryGetValue(kind, out known) && IsFresh(kind, known.Certificate))
                return known;
            // The older key is not disposed: somebody may be signing with it at this moment.
            return keys[kind] = await LoadAsync(kind, ct);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        gate.Dispose();
        foreach (var key in keys.Values)
            key.Dispose();
    }

    // A time-stamp is to outlive the certificates it is used with; an answer about status only its hour.
    private bool IsFresh(AuthorityKind kind, X509Certificate2 certificate) =>
        certificate.NotBefore.ToUniversalTime() <= time.GetUtcNow().UtcDateTime
        && certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime > TimeSpan.FromDays(kind == AuthorityKind.TimeStamp ? 365 : 30);

    private async Task<SigningKey> LoadAsync(AuthorityKind kind, CancellationToken ct)
    {
        var chain = await authorities.GetAsync(ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SignatureDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Another replica that wants the same waits here, then finds it.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"responder:" + kind}, 0))", ct);
        var current = await db.Authorities.SingleOrDefaultAsync(a => a.Kind == kind && a.SupersededAt == null, ct);
        var certificate = current is null ? null : X509CertificateLoader.LoadCertificate(current.Certificate);
        if (current is null || certificate is null || !IsFresh(kind, certificate))
        {
            current?.Supersede(time.GetUtcNow());
            // Saved before the new row, so that the index never sees two current ones.
            await db.SaveChangesAsync(ct);
            (current, certificate) = Issue(kind, chain);
            db.Add(current);
            db.Record("signature.authority-issued", current.Id.ToString(), new { kind = kind.ToString(), current.Certificate });
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return SigningKey.Of(authorities.Open(current.EncryptedKey), certificate, chain.Issuing, chain.Root);
    }

    private (Authority Row, X509Certificate2 Certificate) Issue(AuthorityKind kind, AuthorityChain chain)
    {
        using var issuerKey = authorities.OpenIssuingKey(chain);
        using var made = store.New(ECCurve.NamedCurves.nistP256);
        var (now, organisation) = (time.GetUtcNow(), options.Value.Organisation);
        var certificate = kind == AuthorityKind.TimeStamp
            ? CertificateProfiles.TimeStamp(CertificateProfiles.Name("HaLong Development Time-Stamp Authority", unit: null, organisation), made.Key,
                chain.Issuing, issuerKey, now, options.Value.PkiUrl)
            : CertificateProfiles.StatusResponder(CertificateProfiles.Name("HaLong Development Status Responder", unit: null, organisation),
                made.Key, chain.Issuing, issuerKey, now);
        return (Authority.Create(kind, certificate.RawData, made.Reference, now), certificate);
    }
}

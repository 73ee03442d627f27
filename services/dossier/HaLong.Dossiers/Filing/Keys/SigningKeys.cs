using System.Security.Cryptography;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Dossiers.Filing.Keys;

/// <summary>A key as published (RFC 7517).</summary>
internal sealed record PublicKey(string Kty, string Crv, string X, string Y, string Kid, string Alg, string Use)
{
    public static PublicKey Of(SigningKey key) => new("EC", "P-256", key.X, key.Y, key.Id, "ES256", "sig");
}

/// <summary>The keys at one moment: all that are published, newest first, and those that can sign.</summary>
internal sealed record KeyRing(IReadOnlyList<PublicKey> Published, IReadOnlyList<(DateTimeOffset From, ECDsaSecurityKey Key)> Private)
{
    /// <summary>The key that signs at an instant: the last one that has taken over; null when none can be opened.</summary>
    public ECDsaSecurityKey? SignerAt(DateTimeOffset now) => Private.LastOrDefault(k => k.From <= now).Key ?? (Private is [var next, ..] ? next.Key : null);
}

/// <summary>Holds the opened keys in memory. A database that is away later does not stop signing with them.</summary>
internal sealed partial class SigningKeys(IServiceScopeFactory scopes, IOptions<KeyOptions> options, ILogger<SigningKeys> log) : IDisposable
{
    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile KeyRing? ring;

    public async ValueTask<KeyRing> GetAsync(CancellationToken ct) => ring ?? await ReadAsync(onlyIfMissing: true, ct);

    /// <summary>Reads the keys anew, and makes what is missing or due.</summary>
    public Task<KeyRing> RefreshAsync(CancellationToken ct) => ReadAsync(onlyIfMissing: false, ct);

    public void Dispose() => reading.Dispose();

    private async Task<KeyRing> ReadAsync(bool onlyIfMissing, CancellationToken ct)
    {
        await reading.WaitAsync(ct);
        try
        {
            if (onlyIfMissing && ring is { } known)
                return known;
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<KeyKeeper>().KeepAsync(ct);
            var rows = await scope.ServiceProvider.GetRequiredService<DossierDbContext>().SigningKeys.AsNoTracking().OrderBy(k => k.ActivatesAt).ToListAsync(ct);
            // Opening costs a tenth of a second on purpose: only what is new is opened.
            var opened = ring?.Private.ToDictionary(k => k.Key.KeyId, k => k.Key) ?? [];
            return ring = new KeyRing(
                [.. rows.OrderByDescending(k => k.ActivatesAt).Select(PublicKey.Of)],
                [.. rows.Where(k => k.Sealed is not null).Select(k => (k.ActivatesAt, Key: opened.GetValueOrDefault(k.Id) ?? Open(k))).Where(k => k.Key is not null)
                    .Select(k => (k.ActivatesAt, k.Key!))]);
        }
        finally
        {
            reading.Release();
        }
    }

    // What cannot be opened stays published: what it signed can still be checked.
    private ECDsaSecurityKey? Open(SigningKey row)
    {
        try
        {
            return new ECDsaSecurityKey(SealedKeys.Open(row, [options.Value.Password, .. options.Value.PreviousPasswords]).Key) { KeyId = row.Id };
        }
        catch (CryptographicException e)
        {
            NotOpened(log, e, row.Id);
            return null;
        }
    }

    [LoggerMessage(4061, LogLevel.Error, "Keys:Password does not open the private part of signing key {KeyId}")]
    private static partial void NotOpened(ILogger log, Exception e, string keyId);
}

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
    /// <summary>The key that signs at an instant: the last one that has taken over.</summary>
    public ECDsaSecurityKey SignerAt(DateTimeOffset now) => Private.LastOrDefault(k => k.From <= now).Key ?? Private[0].Key;
}

/// <summary>Holds the opened keys in memory. A database that is away later does not stop signing with them.</summary>
internal sealed class SigningKeys(IServiceScopeFactory scopes, IOptions<KeyOptions> options) : IDisposable
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
                [.. rows.Where(k => k.Sealed is not null).Select(k => (k.ActivatesAt, opened.GetValueOrDefault(k.Id) ?? Open(k)))]);
        }
        finally
        {
            reading.Release();
        }
    }

    private ECDsaSecurityKey Open(SigningKey row) =>
        new(SealedKeys.Open(row, [options.Value.Password, .. options.Value.PreviousPasswords]).Key) { KeyId = row.Id };
}

using System.Collections.Frozen;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Keys;

/// <summary>The opened data keys at one moment.</summary>
internal sealed record DataKeys(
    FrozenDictionary<Guid, byte[]> Fields, Guid Field, IndexKey Index, IndexKey? NextIndex, byte[] Chain, byte[] Hash, DateTimeOffset ReadAt);

/// <summary>A key of the blind index and its number.</summary>
internal sealed record IndexKey(int Version, byte[] Key);

/// <summary>Holds the opened data keys in memory. Never older than <c>Keys:StaleAfter</c> when something is sealed with them.</summary>
internal sealed class DataKeyRing(IServiceScopeFactory scopes, KeyVault vault, IOptions<KeyOptions> options, TimeProvider time)
{
    private volatile DataKeys? _current;

    /// <summary>For opening: whatever is in memory.</summary>
    public DataKeys Current => _current ?? Read();

    /// <summary>
    /// For sealing and indexing. A key is destroyed only a good while after it was retired; so who seals must have heard of that by then.
    /// While a new index is being computed every use asks anew, for the moment it takes over.
    /// </summary>
    public DataKeys Fresh => _current is { NextIndex: null } keys && time.GetUtcNow() - keys.ReadAt < options.Value.StaleAfter ? keys : Read();

    /// <summary>Reads the keys now. Blocks: it happens once at the start and in moments of rotation.</summary>
    public DataKeys Read()
    {
        using var scope = scopes.CreateScope();
        return Take(scope.ServiceProvider.GetRequiredService<IdentityDbContext>().DataKeys.AsNoTracking().ToList());
    }

    public async Task<DataKeys> ReadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ReadAsync(scope.ServiceProvider.GetRequiredService<IdentityDbContext>(), ct);
    }

    /// <summary>Reads them in the caller's transaction, which may have made some.</summary>
    public async Task<DataKeys> ReadAsync(IdentityDbContext db, CancellationToken ct) => Take(await db.DataKeys.AsNoTracking().ToListAsync(ct));

    private DataKeys Take(List<DataKey> rows)
    {
        var open = rows.Where(k => k.DestroyedAt is null).ToLookup(k => k.Use);
        if (open[DataKey.Field].SingleOrDefault(k => k.IsInForce) is not { } field || open[DataKey.Index].SingleOrDefault(k => k.IsInForce) is not { } index
            || open[DataKey.Chain].SingleOrDefault(k => k.IsInForce) is not { } chain || open[DataKey.Hash].SingleOrDefault(k => k.IsInForce) is not { } hash)
            throw new InvalidOperationException("There are no data keys in the database: run this service with 'migrate' first.");

        var next = open[DataKey.Index].SingleOrDefault(k => k.ActivatedAt is null);
        return _current = new DataKeys(
            open[DataKey.Field].ToFrozenDictionary(k => k.Id, Unwrap), field.Id, new IndexKey(index.Version, Unwrap(index)),
            next is null ? null : new IndexKey(next.Version, Unwrap(next)), Unwrap(chain), Unwrap(hash), time.GetUtcNow());
    }

    private byte[] Unwrap(DataKey key) => vault.Open(KeyVault.DataKeys, key.Id.ToString(), key.Wrapped);
}

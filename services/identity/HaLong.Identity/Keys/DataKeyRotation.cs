using System.Security.Cryptography;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Keys;

/// <summary>Makes the first data keys and new ones. Moving what is sealed over to them is the work of <see cref="Reencryption"/>.</summary>
internal sealed class DataKeyRotation(IdentityDbContext db, KeyVault vault, DataKeyRing ring, TimeProvider time)
{
    /// <summary>Adds what is missing and takes the keys into memory; the caller holds the seeding lock.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        var uses = await db.DataKeys.Select(k => k.Use).Distinct().ToListAsync(ct);
        var now = time.GetUtcNow();
        foreach (var use in new[] { DataKey.Field, DataKey.Index, DataKey.Chain, DataKey.Hash }.Except(uses))
        {
            // Accounts from before index keys were stored can be found only by the index they have.
            var inherited = use == DataKey.Index && await db.Accounts.AnyAsync(a => a.PersonalNumberIndex != null, ct);
            db.DataKeys.Add(Create(use, 1, now, now, inherited ? vault.IndexKey(KeyVault.PersonalNumbers) : RandomNumberGenerator.GetBytes(32)));
        }

        await db.SaveChangesAsync(ct);
        await ring.ReadAsync(db, ct);
    }

    /// <summary>A new field key seals from now on; what the old one sealed stays readable and is moved over in the background.</summary>
    public async Task<Guid> RotateFieldKeyAsync(CancellationToken ct)
    {
        await using var transaction = await db.LockSeedingAsync(ct);
        var now = time.GetUtcNow();
        var old = await db.DataKeys.SingleAsync(k => k.Use == DataKey.Field && k.RetiredAt == null, ct);
        old.RetiredAt = now;
        await db.SaveChangesAsync(ct);
        var next = Create(DataKey.Field, old.Version + 1, now, now, RandomNumberGenerator.GetBytes(32));
        db.DataKeys.Add(next);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return next.Id;
    }

    /// <summary>A new index key, whose index is computed in the background and then takes over at once. Null when one is on its way already.</summary>
    public async Task<int?> RotateIndexKeyAsync(CancellationToken ct)
    {
        await using var transaction = await db.LockSeedingAsync(ct);
        var keys = await db.DataKeys.Where(k => k.Use == DataKey.Index).ToListAsync(ct);
        if (keys.Any(k => k.ActivatedAt is null))
            return null;
        var next = Create(DataKey.Index, keys.Max(k => k.Version) + 1, time.GetUtcNow(), null, RandomNumberGenerator.GetBytes(32));
        db.DataKeys.Add(next);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return next.Version;
    }

    private DataKey Create(string use, int version, DateTimeOffset now, DateTimeOffset? activatedAt, byte[] secret)
    {
        var id = Guid.CreateVersion7(now);
        return new DataKey
        {
            Id = id,
            Use = use,
            Version = version,
            Wrapped = vault.Seal(KeyVault.DataKeys, id.ToString(), secret),
            CreatedAt = now,
            ActivatedAt = activatedAt,
        };
    }
}

using System.Security.Cryptography;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Keys;

/// <summary>Creates the first keys and replaces the signing key, leaving the old one published until its last token is gone.</summary>
internal sealed class KeyRotation(IdentityDbContext db, KeyVault vault, IOptions<KeyOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>What services need to read a new key: they hear of it every two seconds and ask at most every five.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(7);

    /// <summary>How long a new key is only published: as configured, but never before every replica publishes it and every service has read it.</summary>
    public TimeSpan Delay => options.Value.ActivationDelay > options.Value.PollInterval + Spread ? options.Value.ActivationDelay : options.Value.PollInterval + Spread;

    /// <summary>Adds what is missing; the caller holds the seeding lock.</summary>
    public async Task EnsureKeysAsync(CancellationToken ct)
    {
        var uses = await db.ServerKeys.Select(k => k.Use).Distinct().ToListAsync(ct);
        var now = time.GetUtcNow();
        if (!uses.Contains(ServerKey.Signing))
            db.ServerKeys.Add(CreateSigningKey(now, now));
        if (!uses.Contains(ServerKey.Encryption))
            db.ServerKeys.Add(Seal(ServerKey.Encryption, RandomNumberGenerator.GetBytes(32), now, now));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Adds a signing key that takes over after the activation delay; returns its id.</summary>
    public async Task<string> RotateAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var next = CreateSigningKey(now, now + Delay);
        await using var transaction = await db.LockSeedingAsync(ct);
        foreach (var old in await db.ServerKeys.Where(k => k.Use == ServerKey.Signing).ToListAsync(ct))
        {
            // Refresh tokens are signed too, so an old key stays until the longest of them has run out.
            old.RetiresAt ??= next.ActivatesAt + TokenLifetimes.Refresh + Slack;
            if (old.RetiresAt < now)
                db.ServerKeys.Remove(old);
        }

        db.ServerKeys.Add(next);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return next.Id;
    }

    private ServerKey CreateSigningKey(DateTimeOffset now, DateTimeOffset activatesAt)
    {
        using var rsa = RSA.Create(2048);
        return Seal(ServerKey.Signing, rsa.ExportPkcs8PrivateKey(), now, activatesAt);
    }

    private ServerKey Seal(string use, byte[] secret, DateTimeOffset now, DateTimeOffset activatesAt)
    {
        var id = Guid.CreateVersion7(now).ToString("N");
        return new ServerKey
        {
            Id = id,
            Use = use,
            Sealed = vault.Seal(KeyVault.ServerKeys, id, secret),
            CreatedAt = now,
            ActivatesAt = activatesAt,
        };
    }
}

using System.Security.Cryptography;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Filing.Keys;

/// <summary>Makes the first key, the next one in time, and destroys private parts that no longer sign. Replicas take turns.</summary>
internal sealed class KeyKeeper(DossierDbContext db, IOptions<KeyOptions> options, TimeProvider time)
{
    /// <summary>How long after its successor took over a private part is kept: replicas hear of the successor within seconds.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private KeyOptions Keys => options.Value;

    /// <summary>Brings the keys up to date; true when something changed.</summary>
    public Task<bool> KeepAsync(CancellationToken ct) => InTurnAsync(
        rows =>
        {
            var now = time.GetUtcNow();
            var newest = rows.MaxBy(k => k.ActivatesAt);
            if (newest is null)
                db.SigningKeys.Add(SealedKeys.Create(Keys.Password, now, now));
            else if (newest.ActivatesAt + Keys.RotateAfter <= now)
                db.SigningKeys.Add(SealedKeys.Create(Keys.Password, now, now + Keys.ActivationDelay));
            foreach (var old in rows.Where(k => k.Sealed is not null && rows.Exists(n => n.ActivatesAt > k.ActivatesAt && n.ActivatesAt + Grace <= now)))
                (old.Sealed, old.DestroyedAt) = (null, now);
            foreach (var row in rows.Where(k => k.Sealed is not null && Keys.PreviousPasswords.Length > 0))
                Reseal(row);
        },
        ct);

    /// <summary>The <c>rotate-keys</c> run mode: a new key that takes over after the activation delay.</summary>
    public Task<bool> RotateAsync(CancellationToken ct) => InTurnAsync(
        _ =>
        {
            var now = time.GetUtcNow();
            db.SigningKeys.Add(SealedKeys.Create(Keys.Password, now, now + Keys.ActivationDelay));
        },
        ct);

    private void Reseal(SigningKey row)
    {
        try
        {
            var (key, byCurrent) = SealedKeys.Open(row, [Keys.Password, .. Keys.PreviousPasswords]);
            using (key)
                if (!byCurrent)
                    row.Sealed = SealedKeys.Seal(key, Keys.Password);
        }
        catch (CryptographicException)
        {
            // Who wants to sign with it says so.
        }
    }

    private async Task<bool> InTurnAsync(Action<List<SigningKey>> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('halong.dossier.signing-keys'))", ct);
        change(await db.SigningKeys.ToListAsync(ct));
        var changed = await db.SaveChangesAsync(ct) > 0;
        await transaction.CommitAsync(ct);
        return changed;
    }
}

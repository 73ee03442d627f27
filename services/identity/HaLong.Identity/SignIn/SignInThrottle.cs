using System.Security.Cryptography;
using System.Text;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.SignIn;

/// <summary>
/// Wrong attempts for one user name. Kept by the hash of the name typed, whether or not such an account exists, so that being
/// locked out says nothing about who has an account.
/// </summary>
internal sealed class SignInThrottle
{
    public required byte[] Key { get; init; }

    public int Failures { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public static byte[] KeyOf(string userName) => SHA256.HashData(Encoding.UTF8.GetBytes(Account.Normalize(userName)));
}

/// <summary>Counts an attempt before the password is looked at, so that parallel guesses cannot outrun the limit.</summary>
internal sealed class SignInLimiter(IdentityDbContext db, TimeProvider time)
{
    public const int FreeAttempts = 5;

    /// <summary>The first lock; each further wrong attempt doubles it, up to the longest.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>Old failures are forgiven after this long.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    /// <summary>Takes one attempt; null when it is allowed, else how long to wait.</summary>
    public async Task<TimeSpan?> TakeAsync(string userName, CancellationToken ct)
    {
        var key = SignInThrottle.KeyOf(userName);
        var now = time.GetUtcNow();
        var forgotten = now - Memory;
        var first = FirstDelay.TotalSeconds;
        var longest = LongestDelay.TotalSeconds;
        // One statement decides and counts: the row lock orders concurrent attempts. Nothing is updated while locked.
        var taken = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO sign_in_throttle AS t (key, failures, locked_until, updated_at)
            VALUES ({key}, 1, NULL, {now})
            ON CONFLICT (key) DO UPDATE SET
                failures = CASE WHEN t.updated_at < {forgotten} THEN 1 ELSE t.failures + 1 END,
                locked_until = CASE WHEN t.updated_at >= {forgotten} AND t.failures + 1 >= {FreeAttempts}
                    THEN {now} + make_interval(secs => least({longest}, {first} * power(2, least(20, t.failures + 1 - {FreeAttempts}))))
                    END,
                updated_at = {now}
            WHERE t.locked_until IS NULL OR t.locked_until <= {now}
            """, ct);
        if (taken == 1)
            return null;

        var until = await db.SignInThrottles.AsNoTracking().Where(t => t.Key == key).Select(t => t.LockedUntil).SingleOrDefaultAsync(ct);
        return until > now ? until - now : TimeSpan.FromSeconds(1);
    }

    /// <summary>The password was right: the slate is clean.</summary>
    public Task ForgiveAsync(string userName, CancellationToken ct)
    {
        var key = SignInThrottle.KeyOf(userName);
        return db.SignInThrottles.Where(t => t.Key == key).ExecuteDeleteAsync(ct);
    }
}

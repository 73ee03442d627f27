using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.NationalPortal;

/// <summary>Work that one replica does at a time: the lock is of a connection, so a crash gives it back.</summary>
internal static class OneReplica
{
    /// <param name="db">Whose connection has the lock; it stays open.</param>
    /// <param name="name">Of the work.</param>
    /// <param name="work">Done while nobody else does it.</param>
    /// <param name="ct">Cancels the wait, not the unlocking.</param>
    /// <returns>What the work gives; nothing (null, false) when another replica is at it.</returns>
    public static async Task<T?> RunAsync<T>(DossierDbContext db, string name, Func<Task<T?>> work, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        if (!await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock(hashtext({name})) AS \"Value\"").SingleAsync(ct))
            return default;
        try
        {
            return await work();
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock(hashtext({name}))", CancellationToken.None);
        }
    }

    /// <summary>When the last night's work was due: an hour of the local day, today or yesterday.</summary>
    public static DateTimeOffset LastNight(DateTimeOffset now, int hour)
    {
        var night = LocalTime.Instant(LocalTime.Date(now), new TimeOnly(hour, 0));
        return night > now ? night.AddDays(-1) : night;
    }
}

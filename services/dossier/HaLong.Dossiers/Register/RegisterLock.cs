using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Register;

/// <summary>Who gives numbers in a unit's register, or closes a book of it, does so alone until the transaction ends.</summary>
internal static class RegisterLock
{
    /// <summary>False when somebody else is at it.</summary>
    public static async Task<bool> TryLockRegisterAsync(this DossierDbContext db, string unit, CancellationToken ct) => (await db.Database
        .SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtextextended({Key(unit)}, 0)) AS \"Value\"").ToListAsync(ct)).Single();

    public static Task LockRegisterAsync(this DossierDbContext db, string unit, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({Key(unit)}, 0))", ct);

    private static string Key(string unit) => "halong.dossier.register:" + unit;
}

using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HaLong.Identity.Units;

/// <summary>
/// Whoever appoints somebody to a unit shares the units; whoever reorganises them has them alone. So nobody is appointed to a unit that is
/// being closed at the same moment.
/// </summary>
internal static class UnitLock
{
    private const long Key = 0x48614C6F6E68;

    /// <summary>In the transaction under way, or in one of its own.</summary>
    public static Task<Turn> ShareUnitsAsync(this IdentityDbContext db, CancellationToken ct) => TurnAsync(db, shared: true, ct);

    /// <summary>Waits until nobody else is at it.</summary>
    public static Task<Turn> TakeUnitsAsync(this IdentityDbContext db, CancellationToken ct) => TurnAsync(db, shared: false, ct);

    private static async Task<Turn> TurnAsync(IdentityDbContext db, bool shared, CancellationToken ct)
    {
        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (shared)
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared({Key})", ct);
        else
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Key})", ct);
        return new Turn(own);
    }

    /// <summary>Ends with the transaction it was taken in.</summary>
    internal sealed class Turn(IDbContextTransaction? own) : IAsyncDisposable
    {
        public Task CommitAsync(CancellationToken ct) => own?.CommitAsync(ct) ?? Task.CompletedTask;

        public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}

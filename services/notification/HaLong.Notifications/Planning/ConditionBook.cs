using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Planning;

/// <summary>
/// Whether what a message speaks of is still so, as far as this service has heard: facts reach it a second or so after they become true. What it
/// has never heard of is taken to hold: rather a reminder too many than one too few.
/// </summary>
internal sealed class ConditionBook(NotificationDbContext db)
{
    /// <param name="condition">See <see cref="Conditions"/>; null always holds.</param>
    /// <param name="dossier">Nothing of a dossier that is over is still open.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<bool> HoldsAsync(string? condition, Guid? dossier, CancellationToken ct)
    {
        if (condition is null)
            return true;
        if (Conditions.MessageOf(condition) is { } message)
            return !await db.Messages.AnyAsync(m => m.Id == message && m.ReadAt != null, ct);
        string[] keys = dossier is { } id ? [condition, Conditions.DossierOpen(id)] : [condition];
        return !await db.Set<Demand>().AnyAsync(d => keys.Contains(d.Key) && d.ClosedAt != null, ct);
    }

    public Task OpenAsync(string key, DateTimeOffset at, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"INSERT INTO demand AS known (key, opened_at) VALUES ({key}, {at}) ON CONFLICT (key) DO UPDATE SET opened_at = coalesce(known.opened_at, excluded.opened_at)", ct);

    public Task CloseAsync(string key, DateTimeOffset at, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"INSERT INTO demand AS known (key, closed_at) VALUES ({key}, {at}) ON CONFLICT (key) DO UPDATE SET closed_at = coalesce(known.closed_at, excluded.closed_at)", ct);
}

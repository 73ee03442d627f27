using System.Security.Cryptography;
using System.Text;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Sending.Push;

/// <summary>The devices on which people want to be told things.</summary>
internal sealed partial class PushDevices(NotificationDbContext db, SecretVault vault, TimeProvider clock, ILogger<PushDevices> logger)
{
    /// <summary>The person's devices, newest first; a message to one of them has its id as target.</summary>
    public async Task<IReadOnlyList<Guid>> OfAsync(Guid account, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.PushSubscriptions.Where(d => d.AccountId == account && (d.ExpiresAt == null || d.ExpiresAt > now))
            .OrderByDescending(d => d.Id).Select(d => d.Id).ToListAsync(ct);
    }

    /// <summary>Where to reach the device, or null when it is not this person's (any more).</summary>
    public async Task<PushAddress?> FindAsync(Guid account, Guid device, CancellationToken ct) =>
        await db.PushSubscriptions.AsNoTracking().SingleOrDefaultAsync(d => d.Id == device && d.AccountId == account, ct) is { } found ? Open(found) : null;

    /// <summary>The push service says that nobody is there: the browser withdrew it, or renewed it under another address.</summary>
    public async Task RemoveGoneAsync(Guid device, CancellationToken ct)
    {
        var removed = await db.PushSubscriptions.Where(d => d.Id == device).ExecuteDeleteAsync(ct);
        if (removed > 0)
            LogGone(logger, device);
    }

    public byte[] Seal(PushAddress address) => vault.Seal(address.Id, Encoding.UTF8.GetBytes(address.ToJson()));

    /// <summary>Null when it was sealed under a password that is no longer ours: then the device has to be signed up anew.</summary>
    public PushAddress? Open(PushSubscription device)
    {
        try
        {
            return PushAddress.Parse(Encoding.UTF8.GetString(vault.Open(device.Id, device.Sealed)));
        }
        catch (CryptographicException)
        {
            LogNotReadable(logger, device.Id);
            return null;
        }
    }

    [LoggerMessage(4260, LogLevel.Information, "Push device {DeviceId} is gone and was removed")]
    private static partial void LogGone(ILogger logger, Guid deviceId);

    [LoggerMessage(4261, LogLevel.Warning, "Push device {DeviceId} cannot be read: it was sealed under another password")]
    private static partial void LogNotReadable(ILogger logger, Guid deviceId);
}

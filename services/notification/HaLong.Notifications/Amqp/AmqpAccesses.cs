using System.Net;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Amqp;

/// <summary>Brings the broker to what the rows say; rows come first, so nothing at the broker is without a reason for long.</summary>
internal sealed partial class AmqpAccesses(
    NotificationDbContext db, BrokerUsers users, BrokerAddress broker, PartnerPasswords passwords, IOptions<AmqpOptions> options, TimeProvider clock,
    ILogger<AmqpAccesses> logger)
{
    private const int MostTries = 10;

    public Task<AmqpAccess?> FindAsync(string client, CancellationToken ct) => db.Set<AmqpAccess>().SingleOrDefaultAsync(a => a.Client == client, ct);

    public AmqpAccessView ViewOf(AmqpAccess access, bool withPassword = false) =>
        AmqpAccessView.Of(access, broker, options.Value, withPassword ? passwords.Of(access.Client, access.Salt) : null);

    /// <summary>
    /// Gives the broker the password of the client's row, again until the row has not changed meanwhile: of two who change it at once, the one
    /// that writes last at the broker has then seen the last row.
    /// </summary>
    /// <returns>False when the broker cannot be changed now; it is tried again by and by.</returns>
    public async Task<bool> ApplyAsync(string client, CancellationToken ct)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (await TryAsync(client, mayDiffer: attempt < MostTries, ct))
                    return true;
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            LogBrokerAway(logger, client, e.Message);
            return false;
        }
    }

    // Of two who change a user at once the broker may tell the slower one 400, because the user has just come or has just gone, or break with 500
    // over removing what the other has just removed. Then the row is looked at again, like after any change.
    private async Task<bool> TryAsync(string client, bool mayDiffer, CancellationToken ct)
    {
        var salt = await SaltAsync(client, ct);
        try
        {
            if (salt is null)
                await users.RemoveAsync(client, ct);
            else
                await users.PutAsync(client, passwords.HashOf(client, salt), ct);
        }
        catch (HttpRequestException e) when (mayDiffer && e.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.InternalServerError)
        {
            return false;
        }

        return await MarkAsync(client, salt, ct);
    }

    // Nothing changed meanwhile: the row has still this salt, or is still not there.
    private async Task<bool> MarkAsync(string client, byte[]? salt, CancellationToken ct)
    {
        if (salt is null)
            return await SaltAsync(client, ct) is null;
        var now = clock.GetUtcNow();
        return await db.Set<AmqpAccess>().Where(a => a.Client == client && a.Salt == salt)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.AppliedAt, now), ct) == 1;
    }

    private Task<byte[]?> SaltAsync(string client, CancellationToken ct) =>
        db.Set<AmqpAccess>().AsNoTracking().Where(a => a.Client == client).Select(a => a.Salt).SingleOrDefaultAsync(ct)!;

    [LoggerMessage(4330, LogLevel.Warning, "The broker's user of client {Client} cannot be changed now: {Reason}")]
    private static partial void LogBrokerAway(ILogger logger, string client, string reason);
}

using Grpc.Core;
using HaLong.Identity.V1;
using HaLong.Messaging;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Amqp;

/// <summary>
/// Compares now and then the broker's users with the accesses that there should be: a client that identity has disabled, or that may not have
/// events any more, loses its access; a user without a row is removed; one that the broker has lost, never got, or that was changed there, is made right.
/// </summary>
internal sealed partial class AmqpReconciler(
    IServiceScopeFactory scopes, BrokerUsers users, PartnerClients.PartnerClientsClient identity, IOptions<AmqpOptions> options, TimeProvider clock,
    ILogger<AmqpReconciler> logger) : BackgroundService
{
    private const int MostAtOnce = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (users.AreOffered)
            await Recurring.RunAsync(options.Value.ReconcileInterval, clock, RunAsync, e => LogFailed(logger, e), stoppingToken, atOnce: true);
    }

    internal async Task RunAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDbContext>();
        var accesses = scope.ServiceProvider.GetRequiredService<AmqpAccesses>();
        await users.LimitQueuesAsync(ct);
        await EndDisabledAsync(db, ct);

        // Also those that seem right are written again: rights and limits may have been changed, here or there.
        var there = (await users.ListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        var wanted = await db.Set<AmqpAccess>().AsNoTracking().ToDictionaryAsync(a => a.Client, a => a.AppliedAt is not null, StringComparer.Ordinal, ct);
        foreach (var client in there.Union(wanted.Keys, StringComparer.Ordinal))
        {
            if (!there.Contains(client) || !wanted.GetValueOrDefault(client))
                LogRepaired(logger, client);
            await accesses.ApplyAsync(client, ct);
        }
    }

    // On doubt an access stays: what identity has not said is not known. It opens nothing beyond what the partner was given.
    private async Task EndDisabledAsync(NotificationDbContext db, CancellationToken ct)
    {
        var clients = await db.Set<AmqpAccess>().AsNoTracking().Select(a => a.Client).ToListAsync(ct);
        foreach (var some in clients.Chunk(MostAtOnce))
        {
            BatchCheckClientsResponse answer;
            try
            {
                answer = await identity.BatchCheckAsync(new BatchCheckClientsRequest { ClientIds = { some } }, cancellationToken: ct);
            }
            catch (Exception e) when (e is RpcException or ErrorException)
            {
                LogIdentityAway(logger, e.Message);
                return;
            }

            var entitled = answer.Clients.Where(c => c.Active && c.Scopes.Contains(Policies.EventsScope)).Select(c => c.ClientId)
                .ToHashSet(StringComparer.Ordinal);
            foreach (var client in some.Where(c => !entitled.Contains(c)))
            {
                if (await db.Set<AmqpAccess>().SingleOrDefaultAsync(a => a.Client == client, ct) is not { } access)
                    continue;
                db.Remove(access);
                db.Record("notification.amqp-access-revoked", client, new { access.CreatedAt });
                await db.SaveChangesAsync(ct);
                LogRevoked(logger, client);
            }
        }
    }

    [LoggerMessage(4331, LogLevel.Warning, "Comparing the broker's users failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);

    [LoggerMessage(4332, LogLevel.Information, "The broker's user of client {Client} is brought to what is recorded")]
    private static partial void LogRepaired(ILogger logger, string client);

    [LoggerMessage(4333, LogLevel.Warning, "Identity did not say how partners' clients stand, their accesses stay: {Reason}")]
    private static partial void LogIdentityAway(ILogger logger, string reason);

    [LoggerMessage(4334, LogLevel.Warning, "Client {Client} may not have events any more: its access to the broker ends")]
    private static partial void LogRevoked(ILogger logger, string client);
}

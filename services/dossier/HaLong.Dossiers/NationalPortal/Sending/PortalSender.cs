using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Sending;

/// <summary>Sends what is due, several messages at once, for as long as there is something and the portal answers.</summary>
internal sealed partial class PortalSender(
    IServiceScopeFactory scopes, PortalCircuit circuit, PortalTelemetry telemetry, IOptions<PortalOptions> options, TimeProvider time,
        ILogger<PortalSender> log) : BackgroundService
{
    /// <summary>All that is due; ends early when the portal is away.</summary>
    /// <returns>How many messages were taken up.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var taken = 0;
        if (options.Value.Enabled)
        {
            while (circuit.State is var state && state != CircuitState.Open)
            {
                var (messages, rows) = await TakeAsync(state == CircuitState.HalfOpen ? 1 : options.Value.Sending.Batch, ct);
                if (rows == 0)
                    break;
                taken += messages.Count;
                await Parallel.ForEachAsync(messages, new ParallelOptions
                {
                    MaxDegreeOfParallelism = options.Value.Sending.Concurrency,
                    CancellationToken = ct
                }, SendAsync);
            }
        }

        telemetry.Circuit(circuit.State);
        await LookAsync(ct);
        return taken;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Sending.Interval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    private async Task<(List<PortalMessage> Messages, int Rows)> TakeAsync(int size, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MessageClaim>().TakeAsync(size, ct);
    }

    private async ValueTask SendAsync(PortalMessage message, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<MessageSender>().SendAsync(message, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // What it was is written down as sent: after the lease somebody asks the portal. The others go on.
            telemetry.Attempted(message.Kind, "failed");
            NotRecorded(log, e, message.DossierId, message.Id);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        telemetry.Looked(await LedgerCounts.GaugeAsync(scope.ServiceProvider.GetRequiredService<DossierDbContext>(), time.Now(), ct));
    }

    [LoggerMessage(4484, LogLevel.Error, "What became of message {MessageId} of dossier {DossierId} could not be recorded; the portal is asked about it later")]
    private static partial void NotRecorded(ILogger log, Exception e, Guid dossierId, Guid messageId);

    [LoggerMessage(4485, LogLevel.Error, "Nothing could be sent to the national portal; tried again in the next round")]
    private static partial void RoundFailed(ILogger log, Exception e);
}

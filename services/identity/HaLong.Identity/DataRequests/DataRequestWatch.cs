using System.Diagnostics.Metrics;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.DataRequests;

/// <summary><c>halong.identity.data_requests.overdue</c> by limit (acknowledge, complete): anything above zero breaks the law.</summary>
internal sealed class DataRequestInstruments
{
    private long _acknowledge, _complete;

    public DataRequestInstruments(IMeterFactory factory) => factory.Create(IdentityInstruments.MeterName).CreateObservableGauge(
        "halong.identity.data_requests.overdue",
        () => new[]
        {
            new Measurement<long>(Interlocked.Read(ref _acknowledge), new KeyValuePair<string, object?>("limit", "acknowledge")),
            new Measurement<long>(Interlocked.Read(ref _complete), new KeyValuePair<string, object?>("limit", "complete")),
        },
        "{request}", "Requests of data subjects past a limit of the law.");

    public void Overdue(long acknowledge, long complete)
    {
        Interlocked.Exchange(ref _acknowledge, acknowledge);
        Interlocked.Exchange(ref _complete, complete);
    }
}

/// <summary>Counts every few minutes which requests have passed a limit.</summary>
internal sealed partial class DataRequestWatch(
    IServiceScopeFactory scopes, DataRequestInstruments instruments, TimeProvider time, ILogger<DataRequestWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    internal async Task CountAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var open = scope.ServiceProvider.GetRequiredService<IdentityDbContext>().DataRequests.Where(r => DataRequestStates.Open.Contains(r.State));
        var now = time.GetUtcNow();
        var acknowledge = await open.LongCountAsync(r => r.AcknowledgedAt == null && r.AcknowledgeBy < now, ct);
        var complete = await open.LongCountAsync(r => r.CompleteBy < now, ct);
        instruments.Overdue(acknowledge, complete);
        if (acknowledge + complete > 0)
            LogOverdue(logger, acknowledge, complete);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(Interval, time, CountAsync, e => LogFailed(logger, e), stoppingToken, atOnce: true);

    [LoggerMessage(620, LogLevel.Warning, "Requests about personal data past a limit of the law: {Acknowledge} to acknowledge, {Complete} to complete")]
    private static partial void LogOverdue(ILogger logger, long acknowledge, long complete);

    [LoggerMessage(621, LogLevel.Warning, "Overdue requests could not be counted")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

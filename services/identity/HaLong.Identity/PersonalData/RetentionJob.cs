using System.Diagnostics.Metrics;
using HaLong.Identity.AccessLog;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.PersonalData;

/// <summary><c>halong.identity.retention.destroyed</c> by class.</summary>
internal sealed class RetentionInstruments(IMeterFactory factory)
{
    private readonly Counter<long> _destroyed = factory.Create(IdentityInstruments.MeterName)
        .CreateCounter<long>("halong.identity.retention.destroyed", "{record}", "Records destroyed at the end of their retention, by class.");

    public void Destroyed(string recordClass, long count) => _destroyed.Add(count, new KeyValuePair<string, object?>("class", recordClass));
}

/// <summary>Once a night: destroys what has been kept long enough, and checks that the access log is whole.</summary>
internal sealed partial class RetentionJob(
    IServiceScopeFactory scopes, IOptions<PersonalDataOptions> options, TimeProvider time, ILogger<RetentionJob> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>The last local day whose work is done.</summary>
    internal DateOnly DoneOn { get; private set; } = DateOnly.MinValue;

    /// <summary>True when it was time and the night's work was done.</summary>
    internal async Task<bool> RunDueAsync(CancellationToken ct)
    {
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), LocalTime.Zone);
        var day = DateOnly.FromDateTime(now.DateTime);
        if (day <= DoneOn || now.Hour < options.Value.RetentionHour)
            return false;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RetentionRun>().RunAsync(ct);
        var verdict = await scope.ServiceProvider.GetRequiredService<ChainCheck>().RunAsync(null, ct);
        if (verdict.Faults.Count > 0)
            LogBroken(logger, verdict.Faults.Count, verdict.Faults[0]);
        // The log is kept elsewhere than the database: a line a night proves later that nothing before it was replaced.
        LogHead(logger, verdict.HeadSequence, verdict.HeadHash);
        DoneOn = day;
        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(Interval, time, RunDueAsync, e => LogFailed(logger, e), stoppingToken, atOnce: true);

    [LoggerMessage(610, LogLevel.Warning, "Expired data could not be destroyed; tried again in ten minutes")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(611, LogLevel.Critical, "The access log is not whole: {Count} faults, first: {Fault}")]
    private static partial void LogBroken(ILogger logger, int count, string fault);

    [LoggerMessage(612, LogLevel.Information, "Access log head {Sequence} {Hash}")]
    private static partial void LogHead(ILogger logger, long sequence, string hash);
}

using System.Diagnostics.Metrics;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Waits.BackTest;

/// <summary>Looks back each night, by one replica. What a crash interrupts is done in the next round.</summary>
internal sealed partial class AccuracyRounds(
    IServiceScopeFactory scopes, AccuracyTelemetry telemetry, IOptions<AccuracyOptions> options, TimeProvider time, ILogger<AccuracyRounds> log)
    : BackgroundService
{
    /// <summary>One round. Gives how many weeks this replica made.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        using var span = DossierTelemetry.Source.StartActivity("expected wait accuracy");
        var start = time.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var weeks = await scope.ServiceProvider.GetRequiredService<AccuracyMaker>().RunAsync(ct);
        span?.SetTag("weeks", weeks);
        if (weeks == 0)
            return 0;
        var took = time.GetElapsedTime(start);
        telemetry.Made(weeks, took);
        Made(log, weeks, (long)took.TotalMilliseconds);
        return weeks;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Interval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    [LoggerMessage(4530, LogLevel.Information, "How well the expected wait held was made for {Weeks} weeks in {Milliseconds} ms")]
    private static partial void Made(ILogger log, int weeks, long milliseconds);

    [LoggerMessage(4531, LogLevel.Warning, "How well the expected wait held could not be made; tried again in the next round")]
    private static partial void RoundFailed(ILogger log, Exception e);
}

/// <summary>Metrics: <c>dossier.wait_accuracy_weeks</c>, weeks that were looked back at; <c>dossier.wait_accuracy_duration</c>, seconds of a round.</summary>
internal sealed class AccuracyTelemetry
{
    private readonly Counter<long> weeks;
    private readonly Histogram<double> duration;

    public AccuracyTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        weeks = meter.CreateCounter<long>("dossier.wait_accuracy_weeks");
        duration = meter.CreateHistogram<double>("dossier.wait_accuracy_duration", "s");
    }

    public void Made(int count, TimeSpan took)
    {
        weeks.Add(count);
        duration.Record(took.TotalSeconds);
    }
}

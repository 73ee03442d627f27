using System.Diagnostics.Metrics;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Amqp;

/// <summary>
/// <c>amqp.published</c> events; <c>amqp.latency</c> seconds from release to the broker's confirmation; <c>amqp.waiting</c> released events that
/// are not published, <c>amqp.oldest_waiting</c> seconds.
/// </summary>
internal sealed class AmqpMetrics
{
    private readonly Counter<long> published;
    private readonly Histogram<double> latency;
    private double oldest;
    private long waiting;

    public AmqpMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(NotificationMetrics.Name);
        published = meter.CreateCounter<long>("amqp.published");
        latency = meter.CreateHistogram<double>("amqp.latency", "s");
        meter.CreateObservableGauge("amqp.waiting", () => Interlocked.Read(ref waiting));
        meter.CreateObservableGauge("amqp.oldest_waiting", () => Volatile.Read(ref oldest), "s");
    }

    public void Published(TimeSpan sinceReleased)
    {
        published.Add(1);
        latency.Record(sinceReleased.TotalSeconds);
    }

    public void Waiting(long count, TimeSpan age)
    {
        Interlocked.Exchange(ref waiting, count);
        Volatile.Write(ref oldest, age.TotalSeconds);
    }
}

/// <summary>Measures what waits for the exchange, also while the publisher itself cannot.</summary>
internal sealed partial class AmqpSampler(ReleasedEvents log, AmqpMetrics metrics, TimeProvider clock, ILogger<AmqpSampler> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(Interval, clock, SampleAsync, e => LogFailed(logger, e), stoppingToken, atOnce: true);

    internal async Task SampleAsync(CancellationToken ct)
    {
        var (count, since) = await log.WaitingAsync(ct);
        metrics.Waiting(count, since is null ? TimeSpan.Zero : clock.GetUtcNow() - since.Value);
    }

    [LoggerMessage(4341, LogLevel.Warning, "Measuring what waits for the public exchange failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);
}

using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Satisfaction.Petitions;

/// <summary>Looks at intervals which feedback became late and which was not completed, and counts what is open.</summary>
internal sealed partial class FeedbackRounds(
    IServiceScopeFactory scopes, SatisfactionTelemetry telemetry, IOptions<SatisfactionOptions> options, TimeProvider time, ILogger<FeedbackRounds> log)
        : BackgroundService
{
    /// <summary>One round.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var span = DossierTelemetry.Source.StartActivity("feedback round");
        var (late, lapsed, closed) = (0, 0, 0);
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            var (claim, now) = (scope.ServiceProvider.GetRequiredService<FeedbackClaim>(), time.Now());
            late += await claim.MarkLateAsync(now, ct);
            lapsed += closed = await claim.LapseAsync(options.Value.Batch, now, ct);
            telemetry.Counted(await claim.CountAsync(now, ct), now);
        }
        while (closed == options.Value.Batch);
        if (late > 0)
            telemetry.Step("late", late);
        span?.SetTag("late", late).SetTag("lapsed", lapsed);
        if (late + lapsed > 0)
            Looked(log, late, lapsed);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Interval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    [LoggerMessage(4470, LogLevel.Information, "Feedback: {Late} became late, {Lapsed} closed because nothing was added")]
    private static partial void Looked(ILogger log, int late, int lapsed);

    [LoggerMessage(4471, LogLevel.Warning, "Looking for late feedback failed; tried again in the next round")]
    private static partial void RoundFailed(ILogger log, Exception e);
}

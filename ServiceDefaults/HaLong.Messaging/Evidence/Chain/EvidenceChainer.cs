using HaLong.ServiceDefaults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenTelemetry;

namespace HaLong.Messaging;

/// <summary>Chains what has come since, every second; one replica at a time. What it does not get to now it finds later, also after a crash.</summary>
internal sealed partial class EvidenceChainer(
    NpgsqlDataSource database, EvidenceOwner owner, EvidenceMetrics metrics, IOptions<EvidenceOptions> options, TimeProvider time, ILogger<EvidenceChainer> log)
    : BackgroundService
{
    private readonly ChainStep _step = new(database, owner.Name);
    private bool _failing, _cutOff;

    /// <summary>Chains all there is.</summary>
    /// <returns>How many rows.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        // Looking for work every second is not worth a trace.
        using var quiet = SuppressInstrumentationScope.Begin();
        for (var total = 0; ;)
        {
            var round = await _step.RunAsync(time.GetUtcNow(), options.Value.BatchSize, ct);
            Report(round);
            total += round.Rows ?? 0;
            if (round.Rows != options.Value.BatchSize)
            {
                return total;
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(options.Value.ChainInterval, time, async ct =>
    {
        await RunAsync(ct);
        _failing = false;
    }, Report, stoppingToken, atOnce: true);

    // Said once and not every second.
    private void Report(Exception e)
    {
        if (!_failing)
        {
            Failed(log, e);
        }

        _failing = true;
    }

    private void Report(ChainRound round)
    {
        if (round.Rows is { } rows)
        {
            metrics.Chained(rows, round.Oldest is { } oldest ? time.GetUtcNow() - oldest : TimeSpan.Zero);
        }

        if (round.CutOff && !_cutOff)
        {
            metrics.CutOff();
            CutOff(log);
        }

        _cutOff = round.Rows is null ? _cutOff : round.CutOff;
    }

    [LoggerMessage(1180, LogLevel.Warning, "Evidence cannot be chained; the rows are untouched and tried again")]
    private static partial void Failed(ILogger log, Exception e);

    [LoggerMessage(1181, LogLevel.Critical, "The evidence chain ends before its head: rows were deleted. Run 'evidence verify'")]
    private static partial void CutOff(ILogger log);
}

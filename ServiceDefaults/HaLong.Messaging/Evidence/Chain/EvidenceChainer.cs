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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
                _failing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Said once and not every second.
                if (!_failing)
                {
                    Failed(log, e);
                }

                _failing = true;
            }

            await Task.Delay(options.Value.ChainInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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

using HaLong.ServiceDefaults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Messaging;

/// <summary>Shows the chain to the witness every ten minutes. One that is away is asked again at the next turn; nothing is lost by that.</summary>
internal sealed partial class EvidenceAnchorer(
    NpgsqlDataSource database, IWitness witness, EvidenceOwner owner, EvidenceMetrics metrics, IOptions<EvidenceOptions> options, TimeProvider time,
    ILogger<EvidenceAnchorer> log) : BackgroundService
{
    /// <summary>A service that was restarted does not start its ten minutes again.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    private readonly AnchorStep _step = new(database, witness, owner.Name);
    private bool _failing;

    /// <summary>Anchors all there is.</summary>
    /// <returns>How it ended: <see cref="AnchorOutcome.Nothing"/> is well.</returns>
    /// <exception cref="ErrorException">The witness did not accept it, or not now.</exception>
    public async Task<AnchorOutcome> RunAsync(CancellationToken ct)
    {
        AnchorOutcome outcome;
        do
        {
            outcome = await _step.RunAsync(ct);
            if (outcome is AnchorOutcome.Anchored or AnchorOutcome.Contradicted)
            {
                metrics.Anchored(outcome == AnchorOutcome.Anchored ? "anchored" : "contradicted");
            }
        }
        while (outcome == AnchorOutcome.Anchored);

        if (outcome == AnchorOutcome.Contradicted)
        {
            Contradicted(log);
        }

        return outcome;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = options.Value.AnchorInterval < FirstPause ? options.Value.AnchorInterval : FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = options.Value.AnchorInterval;
            try
            {
                stoppingToken.ThrowIfCancellationRequested();
                await RunAsync(stoppingToken);
                _failing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                metrics.Anchored(e is ErrorException { Error.Kind: ErrorKind.Conflict } ? "refused" : "failed");
                Report(e);
            }
        }
    }

    private void Report(Exception e)
    {
        if (e is ErrorException { Error.Kind: ErrorKind.Conflict } refused)
        {
            Refused(log, refused.Error.Code);
        }
        else if (!_failing)
        {
            Failed(log, e);
        }

        _failing = true;
    }

    [LoggerMessage(1182, LogLevel.Warning, "The evidence chain could not be anchored; the next anchor covers what this one would have")]
    private static partial void Failed(ILogger log, Exception e);

    [LoggerMessage(1183, LogLevel.Critical, "The evidence chain contradicts the anchor that the witness keeps. Run 'evidence verify'")]
    private static partial void Contradicted(ILogger log);

    [LoggerMessage(1184, LogLevel.Critical, "The witness refuses the anchor of the evidence chain: {Code}. Run 'evidence verify'")]
    private static partial void Refused(ILogger log, string code);
}

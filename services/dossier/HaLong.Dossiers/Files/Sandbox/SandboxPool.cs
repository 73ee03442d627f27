using System.Collections.Concurrent;
using HaLong.Dossiers.Files.Checks;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>
/// Has files opened by child processes with limits of memory and time. A process lives on for the next file; one that dies or takes too long
/// is replaced. The first one is started when the first file comes.
/// </summary>
internal sealed partial class SandboxPool(IOptions<FileOptions> options, FileTelemetry telemetry, ILogger<SandboxPool> log) : IDisposable
{
    private readonly PreflightOptions settings = options.Value.Preflight;
    private readonly SemaphoreSlim places = new(Math.Max(1, options.Value.Preflight.Workers));
    private readonly ConcurrentBag<SandboxWorker> idle = [];

    /// <summary>Process ids of those that wait for work.</summary>
    internal IReadOnlyList<int> Idle => [.. idle.Select(w => w.Id)];

    /// <summary>What the file is like; <see cref="SandboxAnswer.TooComplex"/> when no process survived it.</summary>
    public Task<SandboxAnswer> InspectAsync(string path, string mediaType, CancellationToken ct) => AskAsync(new SandboxRequest([path], mediaType, null), settings.TimeLimit, ct);

    /// <summary>Joins photos into a PDF at <paramref name="output"/>.</summary>
    public Task<SandboxAnswer> JoinAsync(IReadOnlyList<string> photos, string output, CancellationToken ct) =>
        AskAsync(new SandboxRequest(photos, null, output), settings.TimeLimit * 2, ct);

    public void Dispose()
    {
        while (idle.TryTake(out var worker))
            worker.Dispose();
        places.Dispose();
    }

    private async Task<SandboxAnswer> AskAsync(SandboxRequest request, TimeSpan limit, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            // A second process is asked when the first is gone: it may have been ended for another reason than this file.
            for (var attempt = 1; attempt <= 2; attempt++)
            {
                var worker = Take();
                using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
                time.CancelAfter(limit);
                try
                {
                    if (await worker.AskAsync(request, time.Token) is { } answer)
                    {
                        idle.Add(worker);
                        return answer;
                    }
                }
                catch (OperationCanceledException)
                {
                    worker.Dispose();
                    ct.ThrowIfCancellationRequested();
                    break;
                }
                worker.Dispose();
            }
            telemetry.SandboxDied();
            Died(log, limit);
            return SandboxAnswer.TooComplex;
        }
        finally
        {
            places.Release();
        }
    }

    private SandboxWorker Take()
    {
        while (idle.TryTake(out var worker))
        {
            if (worker.IsAlive)
                return worker;
            worker.Dispose();
        }
        return new SandboxWorker(settings);
    }

    [LoggerMessage(4040, LogLevel.Warning, "A file was too much for the process that reads files (limit {Limit})")]
    private static partial void Died(ILogger log, TimeSpan limit);
}

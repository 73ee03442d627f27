using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Keys;

/// <summary>Reads the data keys before the first request, and works off rotations in the background.</summary>
internal sealed partial class DataKeyJob(
    IServiceScopeFactory scopes, DataKeyRing ring, IOptions<KeyOptions> options, TimeProvider time, ILogger<DataKeyJob> logger)
    : BackgroundService, IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => ring.ReadAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first pass also looks for boxes from before there were data keys; later ones run only while a rotation is under way.
        var first = true;
        return Recurring.RunAsync(options.Value.ReencryptionInterval, time, async ct =>
        {
            first = !await RunOnceAsync(first, ct) && first;
        }, e => LogFailed(logger, e), stoppingToken, atOnce: true);
    }

    private async Task<bool> RunOnceAsync(bool always, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rotating = await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().DataKeys
            .AnyAsync(k => k.DestroyedAt == null && (k.RetiredAt != null || k.ActivatedAt == null), ct);
        if (!rotating && !always)
            return true;
        await scope.ServiceProvider.GetRequiredService<IndexRebuild>().RunAsync(ct);
        return await scope.ServiceProvider.GetRequiredService<Reencryption>().RunAsync(ct) == 0;
    }

    [LoggerMessage(605, LogLevel.Warning, "Re-encryption was interrupted; it goes on at the next interval")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

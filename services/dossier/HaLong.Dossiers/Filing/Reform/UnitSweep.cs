using HaLong.Dossiers.Features;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Filing.Reform;

/// <summary>Looks after each local midnight, every hour, and when told for open dossiers whose unit is no longer in force.</summary>
internal sealed partial class UnitSweep(IServiceScopeFactory scopes, IOptions<FilingOptions> options, TimeProvider time, ILogger<UnitSweep> log) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1), AfterMidnight = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim wake = new(0, 1);

    /// <summary>Looks now.</summary>
    public void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has said so already.
        }
    }

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    /// <summary>How long to the next look: at most until a new local day has begun.</summary>
    internal static TimeSpan Pause(DateTimeOffset now, TimeSpan interval)
    {
        var untilTomorrow = LocalTime.Instant(LocalTime.Date(now).AddDays(1), TimeOnly.MinValue) - now + AfterMidnight;
        return untilTomorrow < interval ? untilTomorrow : interval;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var interval = First; ; interval = options.Value.UnitSweep)
        {
            await wake.WaitAsync(Pause(time.GetUtcNow(), interval < options.Value.UnitSweep ? interval : options.Value.UnitSweep), stoppingToken);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                if (await scope.ServiceProvider.GetRequiredService<OpenUnits>().FollowAsync(stoppingToken) is var done && done is not { Moved: 0, Waiting: 0, Received: 0 })
                    Followed(log, done.Moved, done.Waiting, done.Received);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(log, e);
            }
        }
    }

    [LoggerMessage(4071, LogLevel.Information, "Units were rearranged: {Moved} dossiers passed on, {Waiting} wait for a choice, {Received} are received elsewhere")]
    private static partial void Followed(ILogger log, int moved, int waiting, int received);

    [LoggerMessage(4072, LogLevel.Warning, "Following the units of open dossiers failed; it is tried again")]
    private static partial void Failed(ILogger log, Exception e);
}

/// <summary>Identity says that a unit changed: what is remembered about it is forgotten, and open dossiers are looked through.</summary>
internal sealed class FollowUnit(IdentityDirectory directory, UnitSweep sweep) : IConsumer<UnitChanged>
{
    public async Task Consume(ConsumeContext<UnitChanged> context)
    {
        await directory.ForgetAsync(context.Message.Code, context.CancellationToken);
        sweep.Wake();
    }
}

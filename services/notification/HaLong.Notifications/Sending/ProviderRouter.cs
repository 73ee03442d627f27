using System.Collections.Frozen;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending;

/// <summary>
/// Chooses who carries a message: by weight among those that work, the preferred one first. Where only one is left it is taken whatever its circuit
/// says: then the message's own schedule is the brake.
/// </summary>
internal sealed partial class ProviderRouter
{
    private readonly ProviderStanding[] standings;
    private readonly FrozenDictionary<string, ProviderStanding> byName;
    private readonly SendingMetrics metrics;
    private readonly ILogger<ProviderRouter> logger;

    public ProviderRouter(
        IEnumerable<IMessageProvider> providers, IOptions<SendingOptions> options, SendingMetrics metrics, TimeProvider clock, ILogger<ProviderRouter> logger)
    {
        (this.metrics, this.logger) = (metrics, logger);
        standings = [.. providers.Select(p => new ProviderStanding(p, options.Value, clock))];
        byName = standings.ToFrozenDictionary(s => s.Provider.Name, StringComparer.Ordinal);
        metrics.Watch(standings);
    }

    public IReadOnlyList<ProviderStanding> All => standings;

    /// <summary>The one to take now; null when nobody carries this channel.</summary>
    /// <param name="channel">Through what.</param>
    /// <param name="except">Names of those that have been tried in vain just now.</param>
    public IMessageProvider? Choose(MessageChannel channel, IReadOnlySet<string>? except = null)
    {
        var usable = standings.Where(s => s.Provider.Channel == channel && s.IsUsable && except?.Contains(s.Provider.Name) != true).ToList();
        if (usable.Count < 2)
            return usable.FirstOrDefault()?.Provider;
        // Preferred ones first, and within them those whose circuit is closed; who may try again is told only when it is its turn.
        var candidates = Drawn(usable);
        return (candidates.FirstOrDefault(s => s.Circuit.LetsThrough()) ?? candidates[0]).Provider;
    }

    public IMessageProvider? Named(string name) => byName.GetValueOrDefault(name)?.Provider;

    public ProviderStanding? StandingOf(string name) => byName.GetValueOrDefault(name);

    /// <summary>False when nobody may be given messages of this channel.</summary>
    public bool Carries(MessageChannel channel) => standings.Any(s => s.Provider.Channel == channel && s.IsUsable);

    /// <summary>How many messages that are no codes the channel's providers would take now.</summary>
    public int Room(MessageChannel channel)
    {
        var room = 0L;
        foreach (var standing in standings)
        {
            if (standing.Provider.Channel == channel && standing.IsUsable)
                room += standing.Room;
        }

        return (int)Math.Min(int.MaxValue, room);
    }

    /// <summary>What an attempt said about its provider. That a number is refused says nothing about who refuses it.</summary>
    public void Learn(IMessageProvider provider, ProviderAnswer answer, TimeSpan took)
    {
        metrics.Attempted(provider, answer, took);
        if (byName.GetValueOrDefault(provider.Name) is not { } standing)
            return;
        if (answer is ProviderAnswer.Later or ProviderAnswer.Unknown)
        {
            if (!standing.Circuit.Fail())
                return;
            metrics.Switched(provider, "circuitOpened");
            LogOpened(logger, provider.Name);
        }
        else if (standing.Circuit.Succeed())
        {
            metrics.Switched(provider, "circuitClosed");
            LogClosed(logger, provider.Name);
        }
    }

    /// <summary>Takes over what was measured and what an administrator decided: here at once, in other replicas within the interval.</summary>
    public async Task LearnAsync(NotificationDbContext db, CancellationToken ct)
    {
        foreach (var state in await db.Providers.AsNoTracking().ToListAsync(ct))
            StandingOf(state.Name)?.Learn(state.Mode, state.Share);
    }

    private static List<ProviderStanding> Drawn(List<ProviderStanding> usable)
    {
        // Each gets a number that is small with a likelihood by its weight: sorted by it they are drawn without putting back.
        return [.. usable
            .Select(s => (Standing: s, Draw: s.Weight > 0 ? -Math.Log(1 - Random.Shared.NextDouble()) / s.Weight : double.MaxValue))
            .OrderByDescending(d => d.Standing.Mode == ProviderMode.Preferred).ThenBy(d => d.Draw).Select(d => d.Standing)];
    }

    [LoggerMessage(4200, LogLevel.Warning, "Provider {Provider} fails time after time: others go first")]
    private static partial void LogOpened(ILogger logger, string provider);

    [LoggerMessage(4201, LogLevel.Information, "Provider {Provider} works again")]
    private static partial void LogClosed(ILogger logger, string provider);
}

using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending;

/// <summary>
/// Before anything is sent again: what became of an attempt that has no answer, because its process died or the answer was lost. Only its provider
/// knows, and until it says so nobody else gets the message.
/// </summary>
internal sealed partial class LostAttempts(
    NotificationDbContext db, ProviderRouter router, SendOutcomes outcomes, SendingMetrics metrics, IOptions<SendingOptions> options, TimeProvider clock,
    ILogger<LostAttempts> logger)
{
    /// <summary>Attempts of which it is not known whether the provider took the message.</summary>
    public static IQueryable<MessageAttempt> In(NotificationDbContext db) => db.Attempts.Where(a => a.Outcome == null || a.Outcome == Outcomes.Unknown);

    public async Task<Inquiry> AskAsync(Message message, CancellationToken ct)
    {
        var open = await In(db).Where(a => a.MessageId == message.Id).OrderBy(a => a.Number).ToListAsync(ct);
        if (open.Count == 0)
            return new Inquiry.Free();

        var standing = router.StandingOf(open[^1].Provider);
        var report = standing is { Provider.IsOn: true }
            ? await AskAsync(standing.Provider, message, open[0].StartedAt, ct)
            : new ProviderReport.Away("no longer set up");
        var now = clock.GetUtcNow();
        LogAsked(logger, message.Channel, message.Id, open[^1].Provider, report.GetType().Name);
        switch (report)
        {
            case ProviderReport.Taken taken:
                Resolve(open, Outcomes.Accepted);
                outcomes.Taken(message, open[^1].Provider, taken.Reference);
                return new Inquiry.Settled();
            case ProviderReport.Arrived arrived:
                Resolve(open, Outcomes.Accepted);
                outcomes.Taken(message, open[^1].Provider, arrived.Reference);
                outcomes.Arrived(message, arrived.At);
                return new Inquiry.Settled();
            case ProviderReport.Lost lost:
                Resolve(open, Outcomes.Lost, lost.Reason);
                await outcomes.FailAsync(message, lost.Reason, lost.BadAddress, ct);
                return new Inquiry.Settled();
            case ProviderReport.NotKnown:
                Resolve(open, Outcomes.NotTaken);
                // It may still be under way to it: the same key at the same place is safe whatever happens.
                return standing!.IsUsable ? new Inquiry.Pinned(standing.Provider) : new Inquiry.Free();
            case ProviderReport.SafeToRepeat when standing!.IsUsable:
                // Still without an answer until the repeat has one.
                Resolve(open, Outcomes.Unknown);
                return new Inquiry.Pinned(standing.Provider);
            case ProviderReport.Away or ProviderReport.SafeToRepeat when now < open[^1].StartedAt + options.Value.AskFor:
                return new Inquiry.Wait(
                    now + options.Value.AskAfter, report is ProviderReport.Away away ? $"{open[^1].Provider} cannot be asked: {away.Reason}" : "provider disabled");
            default:
                Resolve(open, Outcomes.CannotTell);
                message.MarkUncertain();
                metrics.MayBeTwice(message.Channel);
                return new Inquiry.Free();
        }
    }

    private static void Resolve(List<MessageAttempt> open, string outcome, string? reason = null) => open.ForEach(a => a.Resolve(outcome, reason));

    private static async Task<ProviderReport> AskAsync(IMessageProvider provider, Message message, DateTimeOffset since, CancellationToken ct)
    {
        try
        {
            return await provider.FindAsync(message.Key, since, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return new ProviderReport.Away(e.GetType().Name);
        }
    }

    [LoggerMessage(4202, LogLevel.Information, "{Channel} message {MessageId} has an attempt without an answer; {Provider} says {Report}")]
    private static partial void LogAsked(ILogger logger, MessageChannel channel, Guid messageId, string provider, string report);
}

/// <summary>What follows from asking about attempts without an answer.</summary>
internal abstract record Inquiry
{
    private Inquiry()
    {
    }

    /// <summary>Anybody may carry it.</summary>
    internal sealed record Free : Inquiry;

    /// <summary>Only this one may carry it.</summary>
    internal sealed record Pinned(IMessageProvider Provider) : Inquiry;

    /// <summary>Nobody may, before this.</summary>
    internal sealed record Wait(DateTimeOffset Until, string Reason) : Inquiry;

    /// <summary>It is known what became of it, and written into the unit of work.</summary>
    internal sealed record Settled : Inquiry;
}

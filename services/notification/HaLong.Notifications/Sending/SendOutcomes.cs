using HaLong.Messaging;
using HaLong.Notifications.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;

namespace HaLong.Notifications.Sending;

/// <summary>Writes down how a message went, in the unit of work of the caller.</summary>
internal sealed partial class SendOutcomes(
    NotificationDbContext db, Fallbacks fallbacks, NotificationMetrics metrics, TimeProvider clock, ILogger<SendOutcomes> logger)
{
    public void Taken(Message message, string provider, string? reference)
    {
        var now = clock.GetUtcNow();
        message.MarkSent(now, provider, reference);
        Tell(message, now);
    }

    /// <summary>The provider reported that it arrived; that it was never noted as sent does not matter any more.</summary>
    public void Arrived(Message message, DateTimeOffset at)
    {
        var known = message.SentAt is not null;
        message.MarkDelivered(at);
        if (!known)
            Tell(message, clock.GetUtcNow());
    }

    /// <summary>Given up; another channel takes over, once.</summary>
    public async Task FailAsync(Message message, string reason, bool badAddress, CancellationToken ct)
    {
        message.End(MessageState.Failed, reason);
        // Its provider may have taken an attempt whose answer was lost, and the next channel tells the same.
        if (db.Attempts.Local.Any(a => a.MessageId == message.Id && a.Outcome == Outcomes.Unknown))
            message.MarkUncertain();
        if (message.DossierId is { } dossier)
            db.Enqueue(new MessageFailed(message.Id, message.RecipientId, dossier, Words.Of(message.Channel), reason, clock.GetUtcNow()));
        metrics.Failed(message.Channel);
        LogFailed(logger, message.Channel, message.Id, message.Attempts, reason);
        if (message.HandOn())
            await fallbacks.TakeOverAsync(message, badAddress, ct);
    }

    public void Dropped(Message message, MessageState state, string reason)
    {
        message.End(state, reason);
        metrics.Dropped(message.Channel);
    }

    private void Tell(Message message, DateTimeOffset now)
    {
        // What neighbours hear of is the life of dossiers; an account's security is its owner's business.
        if (message.DossierId is { } dossier)
            db.Enqueue(new MessageDelivered(message.Id, message.RecipientId, dossier, Words.Of(message.Channel), now));
        metrics.Sent(message.Channel);
    }

    [LoggerMessage(4003, LogLevel.Warning, "{Channel} message {MessageId} failed for good after {Attempts} attempts: {Reason}")]
    private static partial void LogFailed(ILogger logger, MessageChannel channel, Guid messageId, int attempts, string reason);
}

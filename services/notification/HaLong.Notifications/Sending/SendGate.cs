using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Planning;

namespace HaLong.Notifications.Sending;

/// <summary>The last question before a message leaves: may it, now? Asked at every attempt, so that a repeat at night waits too.</summary>
internal sealed class SendGate(ConditionBook conditions, TelephoneLimit limit, RuleMetrics metrics, TimeProvider clock)
{
    public const string Quiet = "quiet hours", Unfounded = "condition", OptedOut = "opted out";

    public async ValueTask<GateAnswer> AskAsync(Message message, Contact contact, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (message.ExpiresAt < now)
            return new GateAnswer.Drop(MessageState.Expired, "expired");
        if (message.Class == NoticeClass.Optional && !contact.OptionalMessages)
            return new GateAnswer.Drop(MessageState.Cancelled, OptedOut);
        if (!await conditions.HoldsAsync(message.Condition, message.DossierId, ct))
            return new GateAnswer.Drop(MessageState.Cancelled, Unfounded);
        if (MessagePlanner.Waits(message.Channel, message.Class, contact) && QuietHours.Hold(now))
            return Held(new GateAnswer.Wait(QuietHours.End(now, message.RecipientId), Quiet));
        return message.Channel is MessageChannel.Sms or MessageChannel.Zalo or MessageChannel.Push && message.Class != NoticeClass.Urgent
            ? Held(await limit.TakeAsync(message, now, ct))
            : new GateAnswer.Go();
    }

    private GateAnswer Held(GateAnswer answer)
    {
        if (answer is GateAnswer.Wait wait)
            metrics.Held(wait.Reason);
        return answer;
    }
}

/// <summary>What the gate says.</summary>
internal abstract record GateAnswer
{
    private GateAnswer()
    {
    }

    internal sealed record Go : GateAnswer;

    /// <summary>Not before this; costs no attempt.</summary>
    internal sealed record Wait(DateTimeOffset Until, string Reason) : GateAnswer;

    /// <summary>Never; <paramref name="State"/> is expired or cancelled.</summary>
    internal sealed record Drop(MessageState State, string Reason) : GateAnswer;
}

using System.Diagnostics;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending;

/// <summary>What one claim on one message does: asks about attempts without an answer, then gate, address, provider, attempt; each written down before the next.</summary>
internal sealed partial class MessageSender(
    NotificationDbContext db, ContactBook contacts, SendGate gate, AddressBook addresses, ProviderRouter router, LostAttempts lost, SendOutcomes outcomes,
    MessageAttempts attempts, IOptions<NoticeOptions> notices, IOptions<SendingOptions> options, TimeProvider clock, ILogger<MessageSender> logger)
{
    /// <summary>What a provider whose rate is used up makes a message wait.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(250);

    public async Task SendAsync(ClaimedMessage claim, CancellationToken ct)
    {
        if (await db.Messages.SingleOrDefaultAsync(m => m.Id == claim.Id && m.Claim == claim.Claim && m.State == MessageState.Pending, ct) is not { } message)
            return;

        ActivityContext.TryParse(message.TraceParent, null, isRemote: true, out var parent);
        using var activity = NotificationMetrics.Source.StartActivity("send message", ActivityKind.Internal, parent);
        activity?.SetTag("halong.message_id", message.Id).SetTag("halong.channel", Words.Of(message.Channel)).SetTag("halong.attempt", message.Attempts + 1);
        try
        {
            await SendAsync(message, ct);
            // What was learnt should not be lost for want of a row: not cancelled when the host stops.
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else has it by now, or its provider has told what became of it. Nothing was sent: that is saved where it happens.
            LogLostClaim(logger, message.Id);
        }
    }

    private async Task SendAsync(Message message, CancellationToken ct)
    {
        switch (await lost.AskAsync(message, ct))
        {
            case Inquiry.Wait wait:
                message.GiveBack(wait.Until, wait.Reason);
                break;
            case Inquiry.Pinned pinned:
                await SendAsync(message, pinned.Provider, ct);
                break;
            case Inquiry.Free:
                await SendAsync(message, null, ct);
                break;
        }
    }

    private async Task SendAsync(Message message, IMessageProvider? pinned, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await contacts.FindAsync(message.RecipientId, ct) is not { } contact)
        {
            message.GiveBack(now + notices.Value.ContactDelay, "identity away");
            return;
        }

        switch (await gate.AskAsync(message, contact, ct))
        {
            case GateAnswer.Wait wait:
                message.GiveBack(wait.Until, wait.Reason);
                return;
            case GateAnswer.Drop drop:
                outcomes.Dropped(message, drop.State, drop.Reason);
                return;
        }

        var schedule = options.Value.ScheduleOf(message.Channel);
        if (schedule.IsLast(message.Tries))
            await outcomes.FailAsync(message, message.LastError ?? "no more attempts", badAddress: false, ct);
        else if (await addresses.AddressOfAsync(message, contact, ct) is not { } address)
            await outcomes.FailAsync(message, "no address", badAddress: false, ct);
        else if ((pinned ?? router.Choose(message.Channel)) is not { } provider)
            message.GiveBack(now + schedule.After(1, options.Value.Jitter, Random.Shared.NextDouble()), "no provider");
        else if (!router.StandingOf(provider.Name)!.TryTake(code: false))
            message.GiveBack(now + Breath, "provider at its rate");
        else
            await attempts.MakeAsync(message, address, provider, ct);
    }

    [LoggerMessage(4203, LogLevel.Information, "Message {MessageId} is in other hands by now; nothing was sent")]
    private static partial void LogLostClaim(ILogger logger, Guid messageId);
}

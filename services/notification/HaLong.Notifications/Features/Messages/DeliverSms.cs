using HaLong.Messaging;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Direct;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Sends a recorded SMS; an outage is waited out as for an e-mail, a number that the provider never serves fails for good.</summary>
internal sealed partial class DeliverSms(
    NotificationDbContext db, ContactBook contacts, SmsProvider provider, NotificationMetrics metrics, IOptions<NoticeOptions> options, TimeProvider clock,
    ILogger<DeliverSms> logger) : IConsumer<SendSms>
{
    public async Task Consume(ConsumeContext<SendSms> context)
    {
        var ct = context.CancellationToken;
        if (await db.Messages.SingleOrDefaultAsync(m => m.Id == context.Message.MessageId && m.State == MessageState.Pending, ct) is not { } message)
            return;
        if (await contacts.FindAsync(message.RecipientId, ct) is not { } contact)
        {
            db.Enqueue(context.Message, options.Value.ContactDelay);
            return;
        }

        if (PhoneOf(contact) is not { } phone)
        {
            Fail(message, "The person has no mobile number any more.");
            return;
        }

        try
        {
            // The provider sends one id once: a repeat after a crash is no second SMS.
            await provider.SendAsync(message.Id.ToString("N"), phone, message.Body, ct);
            message.RecordAttempt(null);
            message.MarkSent(clock.GetUtcNow());
            metrics.Sent(MessageChannel.Sms);
        }
        catch (ErrorException e)
        {
            message.RecordAttempt(e.Error.Code);
            if (e.Error.Kind == ErrorKind.Validation || message.Attempts >= options.Value.EmailAttempts)
                Fail(message, e.Error.Code);
            else
                db.Enqueue(context.Message, options.Value.EmailWait(message.Attempts));
        }
    }

    /// <summary>E.164, as the provider wants it; numbers of older accounts are kept with the trunk zero.</summary>
    private static string? PhoneOf(Contact contact) => contact.Phone switch
    {
        ['+', ..] number => number,
        ['0', .. var rest] => "+84" + rest,
        _ => null,
    };

    private void Fail(Message message, string reason)
    {
        message.MarkFailed(reason);
        metrics.Failed(message.Channel);
        LogFailed(logger, message.Id, message.Attempts, reason);
    }

    [LoggerMessage(4004, LogLevel.Warning, "SMS {MessageId} failed for good after {Attempts} attempts: {Reason}")]
    private static partial void LogFailed(ILogger logger, Guid messageId, int attempts, string reason);
}

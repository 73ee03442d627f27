using System.Diagnostics;
using HaLong.Messaging;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Sends a recorded e-mail; what fails for now is tried again by a delayed message, what fails for good says why.</summary>
internal sealed partial class DeliverEmail(
    NotificationDbContext db, ContactBook contacts, SmtpMailer mailer, NotificationMetrics metrics, IOptions<NoticeOptions> options, TimeProvider clock,
    ILogger<DeliverEmail> logger) : IConsumer<SendEmail>
{
    public async Task Consume(ConsumeContext<SendEmail> context)
    {
        var ct = context.CancellationToken;
        var message = await db.Messages.SingleOrDefaultAsync(m => m.Id == context.Message.MessageId && m.State == MessageState.Pending, ct);
        if (message is null)
            return;

        if (await contacts.FindAsync(message.RecipientId, ct) is not { } contact)
        {
            // Identity's outage costs the message no attempt.
            db.Enqueue(context.Message, options.Value.ContactDelay);
            return;
        }

        if (contact.Email is null)
        {
            Fail(message, "The person has no e-mail address any more.");
            return;
        }

        using var activity = NotificationMetrics.Source.StartActivity("send mail", ActivityKind.Client);
        var outcome = await mailer.SendAsync(message, contact.Email, ct);
        message.RecordAttempt(outcome.Error);
        if (outcome.Error is null)
        {
            var now = clock.GetUtcNow();
            message.MarkSent(now);
            if (message.DossierId is { } dossier)
                db.Enqueue(new MessageDelivered(message.Id, message.RecipientId, dossier, Words.Of(message.Channel), now));
            metrics.Sent(MessageChannel.Email);
        }
        else if (outcome.IsPermanent || message.Attempts >= options.Value.EmailAttempts)
        {
            Fail(message, outcome.Error);
        }
        else
        {
            db.Enqueue(context.Message, options.Value.EmailWait(message.Attempts));
            LogPostponed(logger, message.Id, message.Attempts, outcome.Error);
        }
    }

    private void Fail(Message message, string reason)
    {
        message.MarkFailed(reason);
        metrics.Failed(message.Channel);
        LogFailed(logger, message.Id, message.Attempts, reason);
    }

    [LoggerMessage(4002, LogLevel.Information, "E-mail {MessageId} waits after attempt {Attempt}: {Reason}")]
    private static partial void LogPostponed(ILogger logger, Guid messageId, int attempt, string reason);

    [LoggerMessage(4003, LogLevel.Warning, "E-mail {MessageId} failed for good after {Attempts} attempts: {Reason}")]
    private static partial void LogFailed(ILogger logger, Guid messageId, int attempts, string reason);
}

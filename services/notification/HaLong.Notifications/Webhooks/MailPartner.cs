using HaLong.Messaging;
using HaLong.Notifications.Direct;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Webhooks;

/// <summary>Mails the contact that identity keeps of a client. Waits while identity or the mail server is away.</summary>
internal sealed partial class MailPartner(
    NotificationDbContext db, PartnerStanding partners, DirectSender sender, IOptions<SendingOptions> options, ILogger<MailPartner> logger) : IConsumer<TellPartner>
{
    public async Task Consume(ConsumeContext<TellPartner> context)
    {
        var notice = context.Message;
        var contact = await partners.ContactAsync(notice.Owner, context.CancellationToken);
        if (contact is "")
        {
            LogNobody(logger, notice.Owner, notice.SubscriptionId);
            return;
        }

        if (contact is null || !await SentAsync(notice, contact, context.CancellationToken))
            Later(notice);
    }

    /// <summary>False when it is worth another try.</summary>
    private async Task<bool> SentAsync(TellPartner notice, string contact, CancellationToken ct)
    {
        var (subject, text) = PartnerNotice.Of(notice);
        var key = $"partner-{notice.SubscriptionId:N}-{notice.At.ToUnixTimeSeconds()}";
        try
        {
            await sender.SendAsync(MessageChannel.Email, "partner-notice", new OutgoingMessage(key, contact, "vi", subject, text), ct);
            return true;
        }
        catch (ErrorException e)
        {
            LogFailed(logger, notice.SubscriptionId, notice.Attempt, e.Error.Code);
            return e.Error.Kind != ErrorKind.Unavailable;
        }
    }

    private void Later(TellPartner notice)
    {
        var (schedule, attempt) = (options.Value.ScheduleOf(MessageChannel.Email), notice.Attempt + 1);
        if (!schedule.IsLast(attempt))
            db.Enqueue(notice with { Attempt = attempt }, schedule.After(attempt, options.Value.Jitter, Random.Shared.NextDouble()));
    }

    [LoggerMessage(4351, LogLevel.Warning, "Nobody is known who could be told that subscription {SubscriptionId} of {Owner} has stopped or resumed")]
    private static partial void LogNobody(ILogger logger, string owner, Guid subscriptionId);

    [LoggerMessage(4352, LogLevel.Warning, "The partner of subscription {SubscriptionId} could not be told, attempt {Attempt}: {Code}")]
    private static partial void LogFailed(ILogger logger, Guid subscriptionId, int attempt, string code);
}

using System.Diagnostics;
using HaLong.Messaging;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Workers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Features.Messages;

/// <summary>The one step behind every notice: writes the owner's messages in the transaction of the event that caused them.</summary>
internal sealed partial class OwnerNotifier(
    NotificationDbContext db, ContactBook contacts, TemplateCatalog templates, MessagePlanner planner, ConditionBook conditions, NotificationMetrics metrics,
    IOptions<NoticeOptions> options, IOptions<PlatformOptions> platform, TimeProvider clock, ILogger<OwnerNotifier> logger)
{
    public async Task NotifyAsync(NotifyOwner notice, CancellationToken ct)
    {
        var known = await db.Messages.AnyAsync(m => m.RecipientId == notice.RecipientId && m.Kind == notice.Kind && m.Trigger == notice.Trigger, ct);
        if (known || !await conditions.HoldsAsync(notice.Condition, notice.DossierId, ct))
            return;

        if (await contacts.FindAsync(notice.RecipientId, ct) is not { } contact)
        {
            // Nothing is lost: the notice waits in the outbox until identity answers.
            var later = notice with { Attempt = notice.Attempt + 1 };
            var wait = options.Value.ContactWait(later.Attempt);
            db.Enqueue(later, wait);
            LogPostponed(logger, notice.Kind, notice.DossierId, later.Attempt, wait);
            return;
        }

        await WriteAsync(notice, contact, ct);
    }

    private async Task WriteAsync(NotifyOwner notice, Contact contact, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var text = await templates.RenderAsync(notice.Kind, contact.Language, NoticeValues.Of(notice, contact.Language, platform.Value.PublicUrl), ct);

        var inApp = New(notice, contact, text, new PlannedMessage(MessageChannel.InApp, now, text.Title, text.Body), now);
        // It is where it should be by being written.
        inApp.MarkDelivered(now);
        db.Add(inApp);
        // What neighbours hear of is the life of dossiers; an account's security is its owner's business.
        if (inApp.DossierId is { } dossier)
            db.Enqueue(new MessageDelivered(inApp.Id, inApp.RecipientId, dossier, Words.Of(inApp.Channel), now));
        metrics.Sent(MessageChannel.InApp);

        var plan = await planner.PlanAsync(notice, contact, text, ct);
        foreach (var planned in plan)
            Add(notice, New(notice, contact, text, planned, now), planned);
        if (plan.Count > 0)
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Signals.MailChannel}, '')", ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_notify({InboxStreams.Channel}, {$"{notice.RecipientId:N}"})", ct);
    }

    private void Add(NotifyOwner notice, Message message, PlannedMessage planned)
    {
        db.Add(message);
        if (planned.Channel == MessageChannel.Sms)
            templates.SmsWritten(notice.Kind, planned.Body);
        if (planned.Slot is { } slot)
            db.Add(new DigestItem { MessageId = message.Id, RecipientId = message.RecipientId, Slot = slot });
        foreach (var (channel, text) in planned.Reserves)
        {
            // Devices of one person share theirs.
            if (db.ChangeTracker.Entries<ReserveText>().Any(e => IsOf(e.Entity, notice, channel)))
                continue;
            db.Add(new ReserveText
            {
                RecipientId = notice.RecipientId,
                Kind = notice.Kind,
                Trigger = notice.Trigger,
                Channel = channel,
                Title = text.Title,
                Body = text.Body,
                Html = text.Html,
                Data = text.Data,
                CreatedAt = message.CreatedAt,
            });
        }
    }

    private static bool IsOf(ReserveText reserve, NotifyOwner notice, MessageChannel channel) =>
        reserve.Channel == channel && reserve.RecipientId == notice.RecipientId && reserve.Kind == notice.Kind && reserve.Trigger == notice.Trigger;

    private static Message New(NotifyOwner notice, Contact contact, RenderedNotice text, PlannedMessage planned, DateTimeOffset now)
    {
        var message = new Message
        {
            Id = Guid.CreateVersion7(now),
            RecipientId = notice.RecipientId,
            DossierId = notice.DossierId,
            DossierCode = notice.DossierCode,
            Kind = notice.Kind,
            Class = NoticeKinds.ClassOf(notice.Kind),
            Trigger = notice.Trigger,
            Channel = planned.Channel,
            Target = planned.Target,
            Language = contact.Language,
            Title = planned.Title,
            Body = planned.Body,
            Html = planned.Html,
            Data = planned.Data,
            TemplateVersion = text.Version,
            CreatedAt = now,
            ExpiresAt = planned.ExpiresAt,
            Fallback = [.. planned.Fallback.Select(Words.Of)],
            Condition = planned.Condition,
            TraceParent = Activity.Current?.Id,
        };
        message.Schedule(planned.DueAt);
        return message;
    }

    [LoggerMessage(4001, LogLevel.Warning, "Identity cannot be asked: notice {Kind} about {DossierId} waits (attempt {Attempt}, {Wait})")]
    private static partial void LogPostponed(ILogger logger, string kind, Guid? dossierId, int attempt, TimeSpan wait);
}

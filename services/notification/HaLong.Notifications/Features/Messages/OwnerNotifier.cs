using HaLong.Messaging;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Contracts.Events;
using HaLong.Notifications.Direct;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Features.Messages;

/// <summary>The one step behind every notice: writes the owner's messages in the transaction of the event that caused them.</summary>
internal sealed partial class OwnerNotifier(
    NotificationDbContext db, ContactBook contacts, TemplateCatalog templates, NotificationMetrics metrics, IOptions<NoticeOptions> options,
    IOptions<PlatformOptions> platform, TimeProvider clock, ILogger<OwnerNotifier> logger)
{
    public async Task NotifyAsync(NotifyOwner notice, CancellationToken ct)
    {
        var known = await db.Messages.AnyAsync(m => m.RecipientId == notice.RecipientId && m.Kind == notice.Kind && m.Trigger == notice.Trigger, ct);
        if (known)
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

        Write(notice, contact);
    }

    private void Write(NotifyOwner notice, Contact contact)
    {
        var now = clock.GetUtcNow();
        var text = templates.Render(notice.Kind, contact.Language, NoticeValues.Of(notice, contact.Language, platform.Value.PublicUrl));

        var inApp = New(notice, MessageChannel.InApp, contact.Language, text.Title, text.Body, null, now);
        inApp.MarkSent(now);
        db.Add(inApp);
        // What neighbours hear of is the life of dossiers; an account's security is its owner's business.
        if (inApp.DossierId is { } dossier)
            db.Enqueue(new MessageDelivered(inApp.Id, inApp.RecipientId, dossier, Words.Of(inApp.Channel), now));
        metrics.Sent(MessageChannel.InApp);

        if (notice.Quiet)
            return;
        if (contact.Email is not null)
        {
            var email = New(notice, MessageChannel.Email, contact.Language, text.Subject, text.Text, text.Html, now);
            db.Add(email);
            db.Enqueue(new SendEmail(email.Id));
        }
        else if (SmsText(notice, contact) is { } words)
        {
            var sms = New(notice, MessageChannel.Sms, contact.Language, text.Title, words, null, now);
            db.Add(sms);
            db.Enqueue(new SendSms(sms.Id));
        }
    }

    /// <summary>The SMS for who has no mailbox and must hear of a change at once; null where none is due, or identity sends one itself.</summary>
    private static string? SmsText(NotifyOwner notice, Contact contact) =>
        notice is { Kind: NoticeKinds.AccountSecurityChanged, Change: { } change and not AccountChanges.PasswordChanged } && contact.Phone is not null
            ? DirectTexts.Notice(DirectTexts.SecurityChanged, contact.Language, new Dictionary<string, string>
            {
                ["what"] = AccountChanges.Plain(change, contact.Language),
                ["time"] = NoticeValues.Short(notice.OccurredAt),
            })
            : null;

    private static Message New(NotifyOwner notice, MessageChannel channel, string language, string title, string body, string? html, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        RecipientId = notice.RecipientId,
        DossierId = notice.DossierId,
        DossierCode = notice.DossierCode,
        Kind = notice.Kind,
        Trigger = notice.Trigger,
        Channel = channel,
        Language = language,
        Title = title,
        Body = body,
        Html = html,
        CreatedAt = now,
    };

    [LoggerMessage(4001, LogLevel.Warning, "Identity cannot be asked: notice {Kind} about {DossierId} waits (attempt {Attempt}, {Wait})")]
    private static partial void LogPostponed(ILogger logger, string kind, Guid? dossierId, int attempt, TimeSpan wait);
}

using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Sending.Push;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Workers;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Sending;

/// <summary>What happens when a channel fails for good: the next one of the order takes over, once, and a bad address becomes a task.</summary>
internal sealed partial class Fallbacks(
    NotificationDbContext db, ContactBook contacts, ContactProblems problems, PushDevices devices, TemplateCatalog templates, RuleMetrics metrics, TimeProvider clock, ILogger<Fallbacks> logger)
{
    /// <summary>
    /// Saves the unit of work in which the message failed, and its successor with it: neither is ever there without the other. Who has no
    /// transaction gets one.
    /// </summary>
    /// <param name="message">The message that failed, or of which nothing was heard.</param>
    /// <param name="badAddress">Nobody is reached at that address.</param>
    /// <param name="ct">Stops it before anything is written.</param>
    public async Task TakeOverAsync(Message message, bool badAddress, CancellationToken ct)
    {
        if (message.Fallback.Length == 0 && !badAddress)
            return;
        var contact = message.Fallback.Length == 0 ? Contact.Unknown : await contacts.FindAsync(message.RecipientId, ct);
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(CancellationToken.None) : null;
        // The row first, then the notice: whoever locks both does so in this order.
        await db.SaveChangesAsync(CancellationToken.None);
        // Two devices of one person that fail at once: the second sees what the first has done.
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({$"{message.RecipientId:N}/{message.Kind}/{message.Trigger}"}, 0))", CancellationToken.None);
        if (badAddress)
            await problems.NoteAsync(message.RecipientId, message.Channel, message.LastError ?? "undelivered");
        if (message.Fallback.Length > 0)
            await StartNextAsync(message, contact);
        await db.SaveChangesAsync(CancellationToken.None);
        if (own is not null)
            await own.CommitAsync(CancellationToken.None);
    }

    /// <param name="message">What failed.</param>
    /// <param name="contact">Null when identity cannot be asked: then no channel is passed over, and the sender asks again.</param>
    private async Task StartNextAsync(Message message, Contact? contact)
    {
        var order = message.Fallback.Select(Words.Parse<MessageChannel>).ToList();
        var others = await db.Messages.AsNoTracking()
            .Where(m => m.RecipientId == message.RecipientId && m.Kind == message.Kind && m.Trigger == message.Trigger && m.Id != message.Id)
            .Select(m => new { m.Channel, m.State }).ToListAsync(CancellationToken.None);
        var anotherDevice = message.Channel == MessageChannel.Push
            && others.Exists(o => o.Channel == MessageChannel.Push && o.State is MessageState.Pending or MessageState.Sent or MessageState.Delivered);
        if (anotherDevice || others.Exists(o => order.Contains(o.Channel)))
            return;

        var texts = await db.Set<ReserveText>().AsNoTracking()
            .Where(r => r.RecipientId == message.RecipientId && r.Kind == message.Kind && r.Trigger == message.Trigger)
            .ToDictionaryAsync(r => r.Channel, CancellationToken.None);
        foreach (var (place, channel) in order.Index())
        {
            if (!texts.TryGetValue(channel, out var text) || await TargetsAsync(message.RecipientId, channel, contact) is not { Count: > 0 } targets)
                continue;
            db.AddRange(targets.Select(target => Next(message, contact, text, target, order[(place + 1)..])));
            if (channel == MessageChannel.Sms)
                templates.SmsWritten(message.Kind, text.Body);
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Signals.MailChannel}, '')", CancellationToken.None);
            metrics.TakenOver(channel);
            LogTakenOver(logger, channel, message.Channel, message.Id);
            return;
        }

        LogNobodyLeft(logger, message.Channel, message.Id);
    }

    private async Task<IReadOnlyList<string>> TargetsAsync(Guid person, MessageChannel channel, Contact? contact) => channel switch
    {
        MessageChannel.Push => [.. (await devices.OfAsync(person, CancellationToken.None)).Select(d => d.ToString("N"))],
        MessageChannel.Email => contact is null || contact.Email is not null ? [""] : [],
        _ => contact is null || contact.Phone is not null ? [""] : [],
    };

    private Message Next(Message failed, Contact? contact, ReserveText text, string target, List<MessageChannel> rest)
    {
        var now = clock.GetUtcNow();
        var due = MessagePlanner.DueAt(text.Channel, failed.Class, contact ?? Contact.Unknown, failed.RecipientId, now);
        var message = new Message
        {
            Id = Guid.CreateVersion7(now),
            RecipientId = failed.RecipientId,
            DossierId = failed.DossierId,
            DossierCode = failed.DossierCode,
            Kind = failed.Kind,
            Class = failed.Class,
            Trigger = failed.Trigger,
            Channel = text.Channel,
            Target = target,
            Language = failed.Language,
            Title = text.Title,
            Body = text.Body,
            Html = text.Html,
            Data = text.Data,
            TemplateVersion = failed.TemplateVersion,
            CreatedAt = now,
            ExpiresAt = text.Channel == MessageChannel.Email ? null : due + MessagePlanner.TelephoneUse,
            Fallback = [.. rest.Select(Words.Of)],
            Condition = failed.Condition,
            TraceParent = failed.TraceParent,
        };
        message.Schedule(due);
        return message;
    }

    [LoggerMessage(4300, LogLevel.Information, "{Channel} takes over from {Failed} message {MessageId}")]
    private static partial void LogTakenOver(ILogger logger, MessageChannel channel, MessageChannel failed, Guid messageId);

    [LoggerMessage(4301, LogLevel.Warning, "No channel is left to take over from {Failed} message {MessageId}: its reader has it in the inbox only")]
    private static partial void LogNobodyLeft(ILogger logger, MessageChannel failed, Guid messageId);
}

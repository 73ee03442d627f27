using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Sending.Push;
using HaLong.Notifications.Templates;

namespace HaLong.Notifications.Planning;

/// <summary>Which messages a notice gives rise to, beside the one in the inbox, and when.</summary>
internal sealed class MessagePlanner(PushDevices devices, ContactProblems problems, OptOutLinks optOut, TimeProvider clock)
{
    /// <summary>What a telephone has not been told within this is not told by it any more: the inbox and the mailbox have it.</summary>
    public static readonly TimeSpan TelephoneUse = TimeSpan.FromDays(2);

    public async ValueTask<IReadOnlyList<PlannedMessage>> PlanAsync(NotifyOwner notice, Contact contact, RenderedNotice text, CancellationToken ct)
    {
        if (notice.Quiet)
            return [];
        var texts = Enum.GetValues<MessageChannel>().Where(c => c != MessageChannel.InApp)
            .Select(c => (Channel: c, Text: NoticeTexts.In(c, notice, contact, text)))
            .Where(t => t.Text is not null).ToDictionary(t => t.Channel, t => t.Text!); // filtered in the line above
        var mine = texts.ContainsKey(MessageChannel.Push) && contact.Channels.Contains(MessageChannel.Push)
            ? await devices.OfAsync(notice.RecipientId, ct) : [];
        var phone = contact.Phone is not null;
        var reach = new Reach(
            contact.Email is not null, contact.Email is not null && await problems.IsOpenAsync(notice.RecipientId, MessageChannel.Email, ct),
            phone && texts.ContainsKey(MessageChannel.Sms), phone && texts.ContainsKey(MessageChannel.Zalo), mine.Count > 0);
        var weight = NoticeKinds.ClassOf(notice.Kind);
        return [.. ChannelChoice.Of(notice.Kind, weight, contact, reach).SelectMany(chosen => Messages(notice, contact, weight, chosen, texts, mine))];
    }

    private IEnumerable<PlannedMessage> Messages(
        NotifyOwner notice, Contact contact, NoticeClass weight, ChosenChannel chosen, Dictionary<MessageChannel, ChannelText> texts, IReadOnlyList<Guid> mine)
    {
        var now = clock.GetUtcNow();
        var text = chosen.Channel == MessageChannel.Email && weight == NoticeClass.Optional
            ? optOut.AddTo(texts[chosen.Channel], contact.Language, notice.RecipientId) : texts[chosen.Channel];
        var slot = weight is NoticeClass.Reminder or NoticeClass.Optional && chosen.Channel == MessageChannel.Email
            ? DigestSlots.Next(now, contact, notice.Deadline) : null;
        var due = slot + DigestSlots.Patience ?? DueAt(chosen.Channel, weight, contact, notice.RecipientId, now);
        var message = new PlannedMessage(chosen.Channel, due, text.Title, text.Body)
        {
            Html = text.Html,
            Data = text.Data,
            Fallback = chosen.Fallback,
            Reserves = chosen.Fallback.ToDictionary(c => c, c => texts[c]),
            Condition = notice.Condition,
            ExpiresAt = chosen.Channel == MessageChannel.Email ? null : due + TelephoneUse,
            Slot = slot,
        };
        return chosen.Channel == MessageChannel.Push ? mine.Select(device => message with { Target = device.ToString("N") }) : [message];
    }

    /// <summary>When a message through the channel may leave, if it is ready now.</summary>
    public static DateTimeOffset DueAt(MessageChannel channel, NoticeClass weight, Contact contact, Guid person, DateTimeOffset now) =>
        Waits(channel, weight, contact) ? QuietHours.End(now, person) : now;

    /// <summary>
    /// True for what waits at night: what rings a telephone, unless it is urgent; and for who asked for quiet hours also the letters that no law
    /// demands at once.
    /// </summary>
    public static bool Waits(MessageChannel channel, NoticeClass weight, Contact contact) => (channel, weight) switch
    {
        (_, NoticeClass.Urgent) or (MessageChannel.InApp, _) => false,
        (MessageChannel.Email, NoticeClass.Status) => false,
        (MessageChannel.Email, _) => contact.QuietHours,
        _ => true,
    };
}

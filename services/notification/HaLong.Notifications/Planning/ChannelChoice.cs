using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Planning;

/// <summary>Through what a person can be told a notice: there is an address, and a text for it.</summary>
/// <param name="Email">A mailbox.</param>
/// <param name="EmailFails">Nobody was reached at the mailbox of late.</param>
/// <param name="Sms">A telephone, and a text for SMS.</param>
/// <param name="Zalo">A telephone, and a template that Zalo has approved.</param>
/// <param name="Push">A device, and a text for it.</param>
internal sealed record Reach(bool Email, bool EmailFails, bool Sms, bool Zalo, bool Push)
{
    public bool Has(MessageChannel channel) => channel switch
    {
        MessageChannel.Email => Email,
        MessageChannel.Sms => Sms,
        MessageChannel.Zalo => Zalo,
        MessageChannel.Push => Push,
        _ => false,
    };
}

/// <summary>A channel that a notice takes, and those that take over from it, in this order.</summary>
internal sealed record ChosenChannel(MessageChannel Channel, IReadOnlyList<MessageChannel> Fallback);

/// <summary>Which channels a notice takes, beside the inbox that it always takes. The table in docs/services/notification-rules.md says it in words.</summary>
internal static class ChannelChoice
{
    /// <summary>
    /// What somebody must know to act in time or to come: told by SMS to who has neither mailbox nor a wish for the telephone.
    /// </summary>
    public static readonly IReadOnlySet<string> MustKnow = new HashSet<string>(StringComparer.Ordinal)
    {
        NoticeKinds.DossierSupplementRequested, NoticeKinds.DossierResultReady, NoticeKinds.DossierResultEarly, NoticeKinds.DossierRefused, NoticeKinds.DossierNotAccepted,
        NoticeKinds.PaymentRequested, NoticeKinds.DossierFeeDue, NoticeKinds.MoneyRestDue,
    };

    public static IReadOnlyList<ChosenChannel> Of(string kind, NoticeClass weight, Contact contact, Reach reach) => weight switch
    {
        NoticeClass.Optional when !contact.OptionalMessages => [],
        NoticeClass.Reminder or NoticeClass.Optional => WantedOnly(contact, reach),
        NoticeClass.Urgent => Urgent(contact, reach),
        _ => Status(kind, contact, reach),
    };

    /// <summary>The mailbox whatever the wishes (Decree 224/2026, art. 15); beside it the telephone channel that is wanted most.</summary>
    private static List<ChosenChannel> Status(string kind, Contact contact, Reach reach)
    {
        var chosen = new List<ChosenChannel>();
        var telephone = Telephone(contact, reach);
        var must = MustKnow.Contains(kind);
        if (must && reach.Sms && !telephone.Contains(MessageChannel.Sms) && (telephone.Count > 0 || !reach.Email || reach.EmailFails))
            telephone.Add(MessageChannel.Sms);
        if (reach.Email)
            chosen.Add(new ChosenChannel(MessageChannel.Email, must && telephone.Count == 0 && reach.Sms ? [MessageChannel.Sms] : []));
        if (telephone.Count > 0)
            chosen.Add(new ChosenChannel(telephone[0], telephone[1..]));
        return chosen;
    }

    /// <summary>Mailbox and wanted devices at once; SMS for who has no mailbox that works.</summary>
    private static List<ChosenChannel> Urgent(Contact contact, Reach reach)
    {
        var chosen = new List<ChosenChannel>();
        if (reach.Email)
            chosen.Add(new ChosenChannel(MessageChannel.Email, reach.Sms && !reach.EmailFails ? [MessageChannel.Sms] : []));
        if (reach.Push && contact.Channels.Contains(MessageChannel.Push))
            chosen.Add(new ChosenChannel(MessageChannel.Push, []));
        if (reach.Sms && (!reach.Email || reach.EmailFails))
            chosen.Add(new ChosenChannel(MessageChannel.Sms, []));
        return chosen;
    }

    /// <summary>One channel, the one wanted most; a gathered mail where the person wants that.</summary>
    private static List<ChosenChannel> WantedOnly(Contact contact, Reach reach)
    {
        var wanted = contact.Channels.Where(reach.Has).ToList();
        if (contact.Digest != "none" && wanted.Remove(MessageChannel.Email))
            wanted.Insert(0, MessageChannel.Email);
        return wanted.Count == 0 ? [] : [new ChosenChannel(wanted[0], wanted[1..])];
    }

    private static List<MessageChannel> Telephone(Contact contact, Reach reach) =>
        [.. contact.Channels.Where(c => c is MessageChannel.Sms or MessageChannel.Zalo or MessageChannel.Push && reach.Has(c))];
}

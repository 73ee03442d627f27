using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Planning;
using static HaLong.Notifications.Domain.MessageChannel;

namespace HaLong.Notifications.Tests.Planning;

/// <summary>The whole table of docs/services/notification-rules.md. Written as: where the person is reached, what is wanted → channels, each with who takes over.</summary>
public sealed class ChannelChoiceTests
{
    private const string Must = NoticeKinds.DossierResultReady;
    private const string May = NoticeKinds.DossierSupplemented;

    // reach: e = mailbox, f = mailbox that fails, s = telephone and SMS text, z = Zalo template, p = device.
    [Theory]
    // Status: the mailbox always, and the telephone channel that is wanted most.
    [InlineData(Must, "e", "email", "Email")]
    [InlineData(Must, "e", "", "Email")]
    [InlineData(Must, "", "email", "")]
    [InlineData(Must, "es", "email", "Email>Sms")]
    [InlineData(May, "es", "email", "Email")]
    [InlineData(Must, "es", "email sms", "Email Sms")]
    [InlineData(May, "es", "sms email", "Email Sms")]
    [InlineData(May, "esz", "zalo sms", "Email Zalo>Sms")]
    [InlineData(May, "esz", "sms zalo", "Email Sms>Zalo")]
    [InlineData(May, "ez", "zalo sms", "Email Zalo")]
    [InlineData(May, "es", "zalo sms", "Email Sms")]
    [InlineData(May, "esz", "zalo", "Email Zalo")]
    [InlineData(Must, "esz", "zalo", "Email Zalo>Sms")]
    [InlineData(May, "eszp", "push zalo sms", "Email Push>Zalo,Sms")]
    [InlineData(Must, "eszp", "push", "Email Push>Sms")]
    [InlineData(May, "ep", "push", "Email Push")]
    [InlineData(May, "esz", "push zalo", "Email Zalo")]
    // Without a mailbox: SMS for what must be known, nothing for the rest.
    [InlineData(Must, "s", "email", "Sms")]
    [InlineData(Must, "s", "", "Sms")]
    [InlineData(May, "s", "email", "")]
    [InlineData(May, "s", "sms", "Sms")]
    [InlineData(Must, "z", "email", "")]
    [InlineData(Must, "sz", "zalo", "Zalo>Sms")]
    // With one that fails: as if there were none, and it is tried all the same.
    [InlineData(Must, "fs", "email", "Email Sms")]
    [InlineData(May, "fs", "email", "Email")]
    [InlineData(Must, "f", "email", "Email")]
    public void A_status_notice_takes(string kind, string reach, string wanted, string channels) =>
        Assert.Equal(channels, Chosen(kind, NoticeClass.Status, reach, wanted));

    [Theory]
    [InlineData("e", "email", "Email")]
    [InlineData("es", "email", "Email>Sms")]
    [InlineData("s", "email", "Sms")]
    [InlineData("s", "", "Sms")]
    [InlineData("fs", "email", "Email Sms")]
    [InlineData("esp", "email push", "Email>Sms Push")]
    [InlineData("esp", "email", "Email>Sms")]
    [InlineData("", "email", "")]
    public void An_urgent_notice_takes(string reach, string wanted, string channels) =>
        Assert.Equal(channels, Chosen(NoticeKinds.AccountSecurityChanged, NoticeClass.Urgent, reach, wanted));

    [Theory]
    [InlineData("es", "email", "none", "Email")]
    [InlineData("es", "", "none", "")]
    [InlineData("es", "sms email", "none", "Sms>Email")]
    [InlineData("eszp", "push zalo sms email", "none", "Push>Zalo,Sms,Email")]
    [InlineData("s", "email", "none", "")]
    [InlineData("es", "sms email", "daily", "Email>Sms")]
    [InlineData("es", "sms", "daily", "Sms")]
    [InlineData("s", "sms email", "weekly", "Sms")]
    public void A_reminder_and_an_optional_notice_take_only_what_is_wanted(string reach, string wanted, string digest, string channels)
    {
        Assert.Equal(channels, Chosen(NoticeKinds.PaymentReminder, NoticeClass.Reminder, reach, wanted, digest));
        Assert.Equal(channels, Chosen(NoticeKinds.RatingInvited, NoticeClass.Optional, reach, wanted, digest));
    }

    [Fact]
    public void Who_wants_no_optional_messages_gets_none_and_is_still_reminded()
    {
        Assert.Equal("", Chosen(NoticeKinds.RatingInvited, NoticeClass.Optional, "esz", "email sms", optional: false));
        Assert.Equal("Email>Sms", Chosen(NoticeKinds.PaymentReminder, NoticeClass.Reminder, "esz", "email sms", optional: false));
        Assert.Equal("Email Sms", Chosen(May, NoticeClass.Status, "esz", "email sms", optional: false));
    }

    /// <summary>Whatever is wanted and wherever somebody is reached: never a channel without address, none twice, and status never without the mailbox.</summary>
    [Fact]
    public void In_every_combination_the_order_is_possible()
    {
        MessageChannel[] all = [Email, Sms, Zalo, Push];
        var wishes = all.SelectMany(a => all.SelectMany(b => all.Select(c => (MessageChannel[])[.. new[] { a, b, c }.Distinct()]))).Append([]).ToList();
        foreach (var wanted in wishes)
            foreach (var bits in Enumerable.Range(0, 32))
                foreach (var weight in Enum.GetValues<NoticeClass>())
                    foreach (var kind in (string[])[Must, May])
                    {
                        var reach = new Reach((bits & 1) > 0, (bits & 16) > 0, (bits & 2) > 0, (bits & 4) > 0, (bits & 8) > 0);
                        var chosen = ChannelChoice.Of(kind, weight, Contact.Unknown with { Channels = wanted }, reach);

                        Assert.All(chosen.Select(c => c.Channel).Concat(chosen.SelectMany(c => c.Fallback)), c => Assert.True(reach.Has(c)));
                        Assert.All(chosen, c => Assert.DoesNotContain(c.Channel, c.Fallback));
                        Assert.All(chosen, c => Assert.Equal(c.Fallback.Distinct(), c.Fallback));
                        Assert.Equal(chosen.Select(c => c.Channel).Distinct(), chosen.Select(c => c.Channel));
                        if (weight == NoticeClass.Status)
                            Assert.Equal(reach.Email, chosen.Any(c => c.Channel == Email));
                        if (weight is NoticeClass.Reminder or NoticeClass.Optional)
                            Assert.All(chosen.SelectMany(c => c.Fallback.Prepend(c.Channel)), c => Assert.Contains(c, wanted));
                    }
    }

    [Theory]
    [InlineData(nameof(Sms), nameof(NoticeClass.Status), false, true)]
    [InlineData(nameof(Zalo), nameof(NoticeClass.Reminder), false, true)]
    [InlineData(nameof(Push), nameof(NoticeClass.Optional), false, true)]
    [InlineData(nameof(Sms), nameof(NoticeClass.Urgent), true, false)]
    [InlineData(nameof(Push), nameof(NoticeClass.Urgent), true, false)]
    [InlineData(nameof(Email), nameof(NoticeClass.Status), true, false)]
    [InlineData(nameof(Email), nameof(NoticeClass.Reminder), false, false)]
    [InlineData(nameof(Email), nameof(NoticeClass.Reminder), true, true)]
    [InlineData(nameof(InApp), nameof(NoticeClass.Optional), true, false)]
    public void At_night_waits_what_rings_and_what_its_reader_wants_to_wait(string channel, string weight, bool wanted, bool waits) =>
        Assert.Equal(waits, MessagePlanner.Waits(Words.Parse<MessageChannel>(channel), Words.Parse<NoticeClass>(weight), Contact.Unknown with { QuietHours = wanted }));

    private static string Chosen(string kind, NoticeClass weight, string reach, string wanted, string digest = "none", bool optional = true)
    {
        var contact = Contact.Unknown with
        {
            Channels = [.. wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Words.Parse<MessageChannel>)],
            Digest = digest,
            OptionalMessages = optional,
        };
        var chosen = ChannelChoice.Of(kind, weight, contact, new Reach(reach.AsSpan().ContainsAny('e', 'f'), reach.Contains('f'), reach.Contains('s'), reach.Contains('z'), reach.Contains('p')));
        return string.Join(" ", chosen.Select(c => c.Channel + (c.Fallback.Count > 0 ? ">" + string.Join(",", c.Fallback) : "")));
    }
}

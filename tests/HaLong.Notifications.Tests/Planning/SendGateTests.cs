using HaLong.Identity.V1;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Planning;

/// <summary>What is asked just before a message leaves, with the queue and its carriers around it.</summary>
public sealed class SendGateTests(RuleWorld world) : IClassFixture<RuleWorld>
{
    [Theory]
    [InlineData("sms", false)]
    [InlineData("email", true)]
    public async Task At_night_a_letter_leaves_and_an_SMS_waits_for_the_morning(string channel, bool leaves)
    {
        var phone = RuleWorld.Phone();
        var person = world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn", "vi", phone);
        world.SetTo(RuleWorld.Tuesday(23));

        var message = await world.AddAsync(person, Words.Parse<MessageChannel>(channel));

        if (leaves)
        {
            await world.UntilAsync(message.Id, m => m.State == MessageState.Sent, "sent at once");
            return;
        }

        var held = await world.UntilAsync(message.Id, m => m.LastError == SendGate.Quiet, "held back");
        Assert.Equal((MessageState.Pending, 0, QuietHours.End(RuleWorld.Tuesday(23), person)), (held.State, held.Attempts, held.DueAt));
        Assert.Empty(await world.World.Mail.SmsAsync(phone));

        world.SetTo(held.DueAt);
        await world.UntilAsync(message.Id, m => m.State == MessageState.Sent, "sent in the morning");
        Assert.Single(await world.World.Mail.SmsAsync(phone));
    }

    [Fact]
    public async Task What_is_urgent_rings_at_night_too()
    {
        var phone = RuleWorld.Phone();
        var person = world.Accounts.Person("", "vi", phone);
        world.SetTo(RuleWorld.Tuesday(3));

        var message = await world.AddAsync(person, MessageChannel.Sms, NoticeKinds.AccountSecurityChanged, NoticeClass.Urgent);

        await world.UntilAsync(message.Id, m => m.State == MessageState.Sent, "sent at night");
        Assert.Single(await world.World.Mail.SmsAsync(phone));
    }

    [Fact]
    public async Task A_repeat_that_falls_due_at_night_waits_too()
    {
        var phone = RuleWorld.Phone();
        var person = world.Accounts.Person("", "vi", phone);
        world.SetTo(RuleWorld.Tuesday(21, 59));
        // As if an attempt by day had been put off into the night.
        var message = await world.AddAsync(person, MessageChannel.Sms, due: RuleWorld.Tuesday(22, 5));

        world.SetTo(RuleWorld.Tuesday(22, 5));

        var held = await world.UntilAsync(message.Id, m => m.LastError == SendGate.Quiet, "held back");
        Assert.True(held.DueAt > RuleWorld.Tuesday(23));
        Assert.Empty(await world.World.Mail.SmsAsync(phone));
        world.SetTo(RuleWorld.Tuesday(10));
    }

    [Fact]
    public async Task A_reminder_of_what_is_done_is_cancelled_and_one_of_what_is_unknown_is_sent()
    {
        world.SetTo(RuleWorld.Tuesday(10));
        var person = world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn");
        var (paid, open, unheard, over) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await CloseAsync(Conditions.Unpaid(paid));
        await CloseAsync(Conditions.DossierOpen(over));
        await world.World.InDatabaseAsync(async db =>
        {
            await new ConditionBook(db).OpenAsync(Conditions.Unpaid(open), RuleWorld.Tuesday(9), World.Ct);
            return 0;
        });

        var done = await ReminderAsync(person, Conditions.Unpaid(paid));
        var due = await ReminderAsync(person, Conditions.Unpaid(open));
        var unknown = await ReminderAsync(person, Conditions.Unpaid(unheard));
        var ended = await ReminderAsync(person, Conditions.SupplementOpen(over, 1), over);
        var alive = await ReminderAsync(person, Conditions.SupplementOpen(unheard, 1), unheard);

        foreach (var cancelled in (Message[])[done, ended])
            Assert.Equal(SendGate.Unfounded, (await world.UntilAsync(cancelled.Id, m => m.State == MessageState.Cancelled, "cancelled")).LastError);
        foreach (var sent in (Message[])[due, unknown, alive])
            await world.UntilAsync(sent.Id, m => m.State == MessageState.Sent, "sent");
    }

    [Fact]
    public async Task What_was_read_in_the_inbox_needs_no_other_channel()
    {
        world.SetTo(RuleWorld.Tuesday(10));
        var person = world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn");
        var (read, unread) = (await InboxAsync(person), await InboxAsync(person));
        await world.World.InDatabaseAsync(db => db.Messages.Where(m => m.Id == read).ExecuteUpdateAsync(s => s.SetProperty(m => m.ReadAt, RuleWorld.Tuesday(9))));

        var needless = await ReminderAsync(person, Conditions.Unread(read));
        var needed = await ReminderAsync(person, Conditions.Unread(unread));

        await world.UntilAsync(needless.Id, m => m.State == MessageState.Cancelled, "cancelled");
        await world.UntilAsync(needed.Id, m => m.State == MessageState.Sent, "sent");
    }

    [Fact]
    public async Task Who_opted_out_after_it_was_planned_gets_no_optional_message()
    {
        world.SetTo(RuleWorld.Tuesday(10));
        var person = world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn");
        world.Accounts.Wishes[person] = new Preferences { Channels = { "inApp", "email" }, OptionalMessages = false };

        var invitation = await world.AddAsync(person, MessageChannel.Email, NoticeKinds.RatingInvited, NoticeClass.Optional);
        var status = await world.AddAsync(person, MessageChannel.Email);

        Assert.Equal(SendGate.OptedOut, (await world.UntilAsync(invitation.Id, m => m.State == MessageState.Cancelled, "cancelled")).LastError);
        await world.UntilAsync(status.Id, m => m.State == MessageState.Sent, "sent");
    }

    [Fact]
    public async Task Beyond_the_hours_number_messages_wait_with_a_reason_and_go_when_their_time_comes()
    {
        world.SetTo(RuleWorld.Tuesday(13));
        var phone = RuleWorld.Phone();
        var person = world.Accounts.Person("", "vi", phone);

        var messages = new List<Message>();
        for (var i = 0; i < 5; i++)
            messages.Add(await world.AddAsync(person, MessageChannel.Sms));
        await Eventually.Async(async () => (await world.ToAsync(person)).Count(m => m.State == MessageState.Sent) == 3, "three sent");
        await Eventually.Async(async () => (await world.ToAsync(person)).Count(m => m.LastError == TelephoneLimit.Reason) == 2, "two that wait");
        Assert.All((await world.ToAsync(person)).Where(m => m.State == MessageState.Pending), m => Assert.Equal(RuleWorld.Tuesday(14), m.DueAt));
        // What is urgent is not counted.
        var urgent = await world.AddAsync(person, MessageChannel.Sms, NoticeKinds.AccountSecurityChanged, NoticeClass.Urgent);
        await world.UntilAsync(urgent.Id, m => m.State == MessageState.Sent, "the urgent one");

        world.SetTo(RuleWorld.Tuesday(14));
        await Eventually.Async(async () => (await world.ToAsync(person)).TrueForAll(m => m.State == MessageState.Sent), "all sent");
        Assert.Equal(6, (await world.World.Mail.SmsAsync(phone)).Count);
    }

    [Fact]
    public async Task The_same_words_a_third_time_are_cancelled_with_a_reason()
    {
        world.SetTo(RuleWorld.Tuesday(15));
        var person = world.Accounts.Person("", "vi", RuleWorld.Phone());

        for (var i = 0; i < 3; i++)
            await world.AddAsync(person, MessageChannel.Sms, body: "Ho so da co ket qua");

        await Eventually.Async(async () => (await world.ToAsync(person)).TrueForAll(m => m.State != MessageState.Pending), "all decided");
        var all = await world.ToAsync(person);
        Assert.Equal(2, all.Count(m => m.State == MessageState.Sent));
        Assert.Equal(TelephoneLimit.SameText, all.Single(m => m.State == MessageState.Cancelled).LastError);
    }

    [Fact]
    public async Task What_came_too_late_expires_and_is_not_sent()
    {
        world.SetTo(RuleWorld.Tuesday(16));
        var phone = RuleWorld.Phone();
        var person = world.Accounts.Person("", "vi", phone);

        var message = await world.AddAsync(person, MessageChannel.Sms, expires: RuleWorld.Tuesday(15));

        await world.UntilAsync(message.Id, m => m.State == MessageState.Expired, "expired");
        Assert.Empty(await world.World.Mail.SmsAsync(phone));
    }

    private Task<Message> ReminderAsync(Guid person, string condition, Guid? dossier = null) =>
        world.AddAsync(person, MessageChannel.Email, NoticeKinds.PaymentReminder, NoticeClass.Reminder, condition: condition, dossier: dossier);

    private Task<int> CloseAsync(string key) => world.World.InDatabaseAsync(async db =>
    {
        await new ConditionBook(db).CloseAsync(key, RuleWorld.Tuesday(9), World.Ct);
        return 0;
    });

    private async Task<Guid> InboxAsync(Guid person)
    {
        var message = await world.AddAsync(person, MessageChannel.InApp, due: RuleWorld.Tuesday(23).AddYears(1));
        return message.Id;
    }
}

using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.Payments.Contracts.Events;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Planning;

/// <summary>What is told again before it is too late, if it is still so.</summary>
public sealed class RemindersTests(RuleWorld world) : IClassFixture<RuleWorld>
{
    private static readonly DateTimeOffset Fact = RuleWorld.Tuesday(10);

    [Fact]
    public async Task Who_has_not_paid_two_days_before_the_last_one_is_reminded_once()
    {
        world.SetTo(Fact);
        var (owner, facts) = Owner();
        await world.World.PublishAllAsync([Requested(facts, owner), Requested(facts, owner)]);
        await ScheduledAsync(owner, 1);

        world.SetTo(Fact.AddDays(8).AddMinutes(-1));
        await world.TurnAsync();
        Assert.Empty(await OfKindAsync(owner, NoticeKinds.PaymentReminder));
        world.SetTo(Fact.AddDays(8));
        await world.TurnAsync();
        await world.TurnAsync();

        var reminder = await OfKindAsync(owner, NoticeKinds.PaymentReminder);
        Assert.Equal([MessageChannel.InApp, MessageChannel.Email], reminder.Select(m => m.Channel).Order());
        Assert.All(reminder, m => Assert.Equal((NoticeClass.Reminder, facts.Dossier), (m.Class, m.DossierId)));
        Assert.Equal(Conditions.Unpaid(facts.Payment), reminder.Single(m => m.Channel == MessageChannel.Email).Condition);
        Assert.Contains("10:00 ngày 25/12/2026", reminder.Single(m => m.Channel == MessageChannel.InApp).Body, StringComparison.Ordinal);
        await ScheduledAsync(owner, 0);
    }

    public static TheoryData<string> Ends => ["settled", "expired", "cancelled", "withdrawn", "stopped", "not accepted"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task What_is_paid_or_over_is_not_reminded_of(string end)
    {
        world.SetTo(Fact);
        var (owner, facts) = Owner();
        object over = end switch
        {
            "settled" => facts.Settled(),
            "expired" => new PaymentExpired(facts.Payment, facts.Dossier, facts.Code, owner, 150000, Fact),
            "cancelled" => new PaymentCancelled(facts.Payment, facts.Dossier, facts.Code, owner, 150000, "withdrawn", Fact),
            "withdrawn" => facts.Withdrawn(),
            "stopped" => facts.Stopped(),
            _ => facts.NotAccepted(),
        };
        // Facts come in any order.
        await world.World.PublishAllAsync(end.Length % 2 == 0 ? [over, Requested(facts, owner)] : [Requested(facts, owner), over]);
        await ScheduledAsync(owner, 1);
        await ClosedAsync(end is "settled" or "expired" or "cancelled" ? Conditions.Unpaid(facts.Payment) : Conditions.DossierOpen(facts.Dossier));

        world.SetTo(Fact.AddDays(9));
        await world.TurnAsync();

        await ScheduledAsync(owner, 0);
        Assert.Empty(await OfKindAsync(owner, NoticeKinds.PaymentReminder));
    }

    [Fact]
    public async Task Who_has_not_completed_a_dossier_three_days_before_the_last_one_is_reminded_and_who_has_is_not()
    {
        world.SetTo(Fact);
        var ((slow, late), (quick, done)) = (Owner(), Owner());
        await world.World.PublishAllAsync([Asked(late, slow), Asked(done, quick), done.Supplemented()]);
        await ScheduledAsync(slow, 1);
        await ScheduledAsync(quick, 1);
        await ClosedAsync(Conditions.SupplementOpen(done.Dossier, 1));

        world.SetTo(Fact.AddDays(17));
        await world.TurnAsync();

        Assert.Equal(2, (await OfKindAsync(slow, NoticeKinds.SupplementReminder)).Count);
        Assert.Empty(await OfKindAsync(quick, NoticeKinds.SupplementReminder));
    }

    [Fact]
    public async Task A_demand_that_ends_so_soon_that_the_reminder_would_follow_on_its_heels_has_none()
    {
        world.SetTo(Fact);
        var (owner, facts) = Owner();

        await world.World.PublishAsync(Requested(facts, owner, days: 2));
        await Eventually.Async(() => world.World.InDatabaseAsync(db => db.Set<Demand>().AnyAsync(d => d.Key == Conditions.Unpaid(facts.Payment))), "the demand");

        await ScheduledAsync(owner, 0);
    }

    [Fact]
    public async Task A_day_after_the_result_was_handed_over_who_takes_optional_messages_is_asked_for_an_opinion_with_a_way_out()
    {
        world.SetTo(Fact);
        var ((pleased, first), (silent, second)) = (Owner(), Owner());
        world.Accounts.Wishes[silent] = new Identity.V1.Preferences { Channels = { "inApp", "email" }, OptionalMessages = false };
        await world.World.PublishAllAsync([Returned(first, pleased), Returned(second, silent)]);
        await ScheduledAsync(pleased, 1);
        await ScheduledAsync(silent, 1);

        world.SetTo(Fact.AddDays(1));
        await world.TurnAsync();

        var invitation = await OfKindAsync(pleased, NoticeKinds.RatingInvited);
        var letter = invitation.Single(m => m.Channel == MessageChannel.Email);
        Assert.Equal(NoticeClass.Optional, letter.Class);
        Assert.Contains("/api/v1/notices/unsubscribe/", letter.Body, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://halong.test/api/v1/notices/unsubscribe/", letter.Html, StringComparison.Ordinal);
        // Who wants none finds it in the inbox, and nothing comes to the house.
        Assert.Equal(MessageChannel.InApp, Assert.Single(await OfKindAsync(silent, NoticeKinds.RatingInvited)).Channel);
    }

    [Fact]
    public async Task Replicas_that_come_round_at_once_remind_once()
    {
        world.SetTo(Fact);
        await using var replica = await world.World.ReplicaAsync(("Rules:Interval", "10:00:00"));
        var owners = Enumerable.Range(0, 6).Select(_ => Owner()).ToList();
        await world.World.PublishAllAsync(owners.Select(o => (object)Requested(o.Facts, o.Id)));
        foreach (var (id, _) in owners)
            await ScheduledAsync(id, 1);

        world.SetTo(Fact.AddDays(8));
        await Task.WhenAll(world.TurnAsync(), RuleWorld.WorkerOf(replica).TurnAsync(World.Ct), world.TurnAsync());

        foreach (var (id, _) in owners)
            Assert.Equal(2, (await OfKindAsync(id, NoticeKinds.PaymentReminder)).Count);
    }

    [Fact]
    public async Task One_that_cannot_be_given_holds_back_none_behind_it()
    {
        world.SetTo(Fact);
        var (owner, facts) = Owner();
        await world.World.PublishAsync(Requested(facts, owner));
        await ScheduledAsync(owner, 1);
        var broken = new ScheduledNotice { Id = Guid.CreateVersion7(), RecipientId = Guid.CreateVersion7(), Kind = "unheard-of", Trigger = "x", DueAt = Fact, Notice = "\"not a notice\"" };
        await world.World.InDatabaseAsync(db =>
        {
            db.Add(broken);
            return db.SaveChangesAsync();
        });

        world.SetTo(Fact.AddDays(8));
        await world.TurnAsync();

        Assert.Equal(2, (await OfKindAsync(owner, NoticeKinds.PaymentReminder)).Count);
        var due = await world.World.InDatabaseAsync(db => db.Set<ScheduledNotice>().Where(n => n.Id == broken.Id).Select(n => n.DueAt).SingleAsync());
        Assert.Equal(Fact.AddDays(8).AddMinutes(10), due);
        await world.World.InDatabaseAsync(db => db.Set<ScheduledNotice>().Where(n => n.Id == broken.Id).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task Identity_away_puts_a_reminder_off_and_loses_none()
    {
        world.SetTo(Fact);
        var (owner, facts) = Owner();
        await world.World.PublishAsync(Requested(facts, owner));
        await world.World.InboxAsync(owner, 1);
        await ScheduledAsync(owner, 1);
        var stranger = world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn"); // whom nobody has asked about yet
        await world.World.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"UPDATE scheduled_notice SET recipient_id = {stranger}, notice = jsonb_set(notice, ARRAY['recipientId'], to_jsonb({stranger}::text)) WHERE recipient_id = {owner}"));

        world.SetTo(Fact.AddDays(8));
        world.Accounts.IsDown = true;
        await world.TurnAsync();
        Assert.Empty(await OfKindAsync(stranger, NoticeKinds.PaymentReminder));
        world.Accounts.IsDown = false;
        world.SetTo(Fact.AddDays(8).AddMinutes(1));

        await Eventually.Async(async () => (await OfKindAsync(stranger, NoticeKinds.PaymentReminder)).Count == 2, "the reminder");
    }

    private (Guid Id, Facts Facts) Owner()
    {
        var id = world.Accounts.Person($"{Guid.CreateVersion7():N}@example.vn");
        return (id, new Facts(id));
    }

    private static PaymentRequested Requested(Facts facts, Guid owner, int days = 10) =>
        new(facts.Payment, facts.Dossier, facts.Code, owner, 150000, Fact, "HLQ7K3M9XW2P", Fact.AddDays(days));

    private static DossierSupplementRequested Asked(Facts facts, Guid owner) =>
        new(facts.Dossier, facts.Code, 1, Fact, Facts.Procedure, Facts.Unit, owner, "PROCESSING", 1, 2, Fact.AddDays(20));

    private static DossierReturned Returned(Facts facts, Guid owner) => new(facts.Dossier, facts.Code, 7, Fact, Facts.Procedure, Facts.Unit, owner, facts.Result);

    private Task ScheduledAsync(Guid owner, int count) => Eventually.Async(
        () => world.World.InDatabaseAsync(async db => await db.Set<ScheduledNotice>().CountAsync(n => n.RecipientId == owner) == count), $"{count} scheduled notices");

    private Task ClosedAsync(string key) => Eventually.Async(
        () => world.World.InDatabaseAsync(db => db.Set<Demand>().AnyAsync(d => d.Key == key && d.ClosedAt != null)), "the end of " + key);

    private async Task<List<Message>> OfKindAsync(Guid person, string kind) => (await world.ToAsync(person)).FindAll(m => m.Kind == kind);
}

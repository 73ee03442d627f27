using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

public sealed class NotifyOwnerTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Each_fact_of_a_dossier_gives_its_owner_one_message_in_the_inbox_and_one_mail()
    {
        var owner = world.Accounts.Person();
        var facts = new Facts(owner);

        await world.PublishAllAsync([facts.Submitted(), facts.Requested(), facts.Settled(), facts.Accepted(), facts.ResultReady(), facts.Returned()]);

        var inbox = await world.InboxAsync(owner, 6);
        Assert.Equal(
            ["dossier-accepted", "dossier-result-ready", "dossier-returned", "dossier-submitted", "payment-requested", "payment-settled"],
            inbox.Select(m => m.GetProperty("kind").GetString()).Order());
        Assert.All(inbox, m => Assert.Equal(facts.Code, m.GetProperty("dossierCode").GetString()));
        Assert.All(inbox, m => Assert.Equal(facts.Dossier, m.GetProperty("dossierId").GetGuid()));
        var accepted = inbox.Single(m => m.GetProperty("kind").GetString() == "dossier-accepted");
        Assert.Equal($"Hồ sơ {facts.Code} đã được tiếp nhận", accepted.GetProperty("title").GetString());
        Assert.Contains("Hạn trả kết quả: 09:15 ngày 03/12/2026.", accepted.GetProperty("body").GetString(), StringComparison.Ordinal);
        await Eventually.Async(async () => (await world.MessagesAsync(facts.Dossier)).Count(m => m.Channel == MessageChannel.Email && m.State == MessageState.Sent) == 6, "six mails sent");
    }

    [Fact]
    public async Task What_happens_on_the_way_is_told_too_each_once()
    {
        var owner = world.Accounts.Person("tien.do@example.vn");
        var facts = new Facts(owner);

        await world.PublishAllAsync([.. facts.Progress(), facts.RequestedOnTheWay(), .. facts.Progress(), facts.RequestedOnTheWay()]);

        var inbox = await world.InboxAsync(owner, 10);
        Assert.Equal(
            ["dossier-deadline-extended", "dossier-fee-due", "dossier-not-accepted", "dossier-overdue", "dossier-refused", "dossier-result-corrected", "dossier-stopped",
             "dossier-supplement-requested", "dossier-supplemented", "dossier-withdrawn"],
            inbox.Select(m => m.GetProperty("kind").GetString()).Order());
        Assert.Contains("900.000 đồng", inbox.Single(m => m.GetProperty("kind").GetString() == "dossier-fee-due").GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Contains("09:15 ngày 02/12/2026", inbox.Single(m => m.GetProperty("kind").GetString() == "dossier-deadline-extended").GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_due_date_that_moved_with_the_calendar_is_told_with_the_new_date()
    {
        var owner = world.Accounts.Person();
        var facts = new Facts(owner);

        await world.PublishAsync(facts.DeadlineChanged());

        var message = Assert.Single(await world.InboxAsync(owner, 1));
        Assert.Equal($"Ngày hẹn trả kết quả hồ sơ {facts.Code} thay đổi", message.GetProperty("title").GetString());
        Assert.Contains("Hạn mới: 09:15 ngày 04/12/2026.", message.GetProperty("body").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_is_told_in_the_language_of_his_preference()
    {
        var owner = world.Accounts.Person("john@example.com", "en");
        var facts = new Facts(owner);

        await world.PublishAsync(facts.Requested());

        var message = Assert.Single(await world.InboxAsync(owner, 1));
        Assert.Equal("en", message.GetProperty("language").GetString());
        Assert.Equal($"VND 150,000 due for dossier {facts.Code}", message.GetProperty("title").GetString());
    }

    [Fact]
    public async Task The_same_event_delivered_many_times_at_once_tells_once()
    {
        var owner = world.Accounts.Person("mot.lan@example.vn");
        var facts = new Facts(owner);
        var id = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.PublishAsync(facts.Submitted(), id)));

        await AssertToldOnceAsync(facts, "mot.lan@example.vn");
    }

    [Fact]
    public async Task The_same_fact_under_other_message_ids_tells_once_too()
    {
        var owner = world.Accounts.Person("hai.lan@example.vn");
        var facts = new Facts(owner);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => world.PublishAsync(facts.Submitted())));

        await AssertToldOnceAsync(facts, "hai.lan@example.vn");
    }

    [Fact]
    public async Task A_person_without_mail_address_or_unknown_to_identity_is_still_told_in_the_inbox()
    {
        var silent = world.Accounts.Person(email: "");
        var unknown = Guid.CreateVersion7();
        var first = new Facts(silent);
        var second = new Facts(unknown);

        await world.PublishAllAsync([first.Submitted(), second.Submitted()]);

        Assert.Single(await world.InboxAsync(silent, 1));
        Assert.Single(await world.InboxAsync(unknown, 1));
        Assert.Equal(MessageChannel.InApp, Assert.Single(await world.MessagesAsync(first.Dossier)).Channel);
        Assert.Equal(MessageChannel.InApp, Assert.Single(await world.MessagesAsync(second.Dossier)).Channel);
    }

    [Fact]
    public async Task Identity_is_asked_with_the_services_own_token_and_not_again_for_a_few_minutes()
    {
        var owner = world.Accounts.Person();
        var facts = new Facts(owner);
        await world.PublishAsync(facts.Submitted());
        await world.InboxAsync(owner, 1);
        Assert.StartsWith("Bearer ", world.Accounts.LastAuthorization, StringComparison.Ordinal);

        // Another language now would be seen if identity were asked again.
        world.Accounts.People[owner] = ("other@example.vn", "en", "");
        await world.PublishAsync(facts.Accepted());

        Assert.All(await world.InboxAsync(owner, 2), m => Assert.Equal("vi", m.GetProperty("language").GetString()));
    }

    [Fact]
    public async Task What_neighbours_learn_is_that_a_message_was_delivered_not_what_it_says()
    {
        var owner = world.Accounts.Person(email: "");
        var facts = new Facts(owner);
        await using var ear = await BusEar.ListenAsync<Contracts.Events.MessageDelivered>(world.Service.Broker, m => m.DossierId == facts.Dossier);

        await world.PublishAsync(facts.Submitted());

        var heard = await ear.NextAsync();
        Assert.Equal(("inApp", owner), (heard.Channel, heard.RecipientId));
        Assert.Equal(Assert.Single(await world.MessagesAsync(facts.Dossier)).Id, heard.MessageId);
    }

    private async Task AssertToldOnceAsync(Facts facts, string address)
    {
        // A fact published after all copies is surely consumed after most of them; the inbox of the copies is then empty.
        await Eventually.Async(async () => (await world.MessagesAsync(facts.Dossier)).Any(m => m.Channel == MessageChannel.Email && m.State == MessageState.Sent), "the mail");
        await QueueIsEmptyAsync();
        Assert.Equal([MessageChannel.InApp, MessageChannel.Email], (await world.MessagesAsync(facts.Dossier)).Select(m => m.Channel).Order());
        Assert.Single(await world.Mail.ToAsync(address));
    }

    private Task QueueIsEmptyAsync() => Eventually.Async(
        () => world.InDatabaseAsync(async db => !await db.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT 1 FROM outbox_message) AS \"Value\"").SingleAsync()), "an empty outbox");
}

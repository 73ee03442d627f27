using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

/// <summary>What happens while identity or the mail server is away. A world of its own: the neighbours' faults are everybody's.</summary>
public sealed class NeighboursDownTests(Servers servers) : IAsyncLifetime
{
    private readonly World world = new(servers);

    public ValueTask InitializeAsync() => world.InitializeAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task While_identity_is_down_notices_wait_and_then_arrive_once()
    {
        var owner = world.Accounts.Person("cho.doi@example.vn");
        var facts = new Facts(owner);
        world.Accounts.IsDown = true;
        await world.PublishAllAsync([facts.Submitted(), facts.Accepted()]);
        await Eventually.Async(() => WaitingAsync("halong.notification.notify-owner.v1", 2), "two waiting notices");
        Assert.Empty(await world.MessagesAsync(facts.Dossier));

        world.Accounts.IsDown = false;

        Assert.Equal(2, (await world.InboxAsync(owner, 2)).Count);
        await SentAsync(facts, 2);
        Assert.Equal(2, (await world.Mail.ToAsync("cho.doi@example.vn")).Count);
    }

    [Fact]
    public async Task While_the_mail_server_is_down_mail_waits_and_then_arrives_once()
    {
        var owner = world.Accounts.Person("thu.cho@example.vn");
        var facts = new Facts(owner);
        var port = world.Mail.Port;
        await world.Mail.DisposeAsync();

        await world.PublishAsync(facts.Submitted());

        Assert.Single(await world.InboxAsync(owner, 1));
        var waiting = await Eventually.ValueAsync(() => EmailAsync(facts), m => m is { Attempts: >= 2 }, "two attempts in vain");
        Assert.Equal(MessageState.Pending, waiting!.State);
        Assert.Contains("cannot be reached", waiting.LastError, StringComparison.Ordinal);

        world.Mail = await MailServer.StartAsync(port);
        await SentAsync(facts, 1);
        Assert.Single(await world.Mail.ToAsync("thu.cho@example.vn"));
        Assert.Null((await EmailAsync(facts))!.LastError);
    }

    [Fact]
    public async Task A_temporary_refusal_of_the_mail_server_is_tried_again()
    {
        var owner = world.Accounts.Person("tam.thoi@example.vn");
        var facts = new Facts(owner);
        await world.Mail.DialAsync("mail.failStatus", new { value = 451, times = 2 });

        await world.PublishAsync(facts.Submitted());

        await SentAsync(facts, 1);
        Assert.Equal(3, (await EmailAsync(facts))!.Attempts);
        Assert.Single(await world.Mail.ToAsync("tam.thoi@example.vn"));
    }

    [Fact]
    public async Task A_permanent_refusal_fails_at_once_with_its_reason()
    {
        var owner = world.Accounts.Person("khong.nhan@example.vn");
        var facts = new Facts(owner);
        await world.Mail.DialAsync("mail.failStatus", new { value = 554, times = 1 });

        await world.PublishAsync(facts.Submitted());

        var failed = await Eventually.ValueAsync(() => EmailAsync(facts), m => m?.State == MessageState.Failed, "a failed mail");
        Assert.Equal((1, "The mail server answered 554."), (failed!.Attempts, failed.LastError));
        Assert.Empty(await world.Mail.ToAsync("khong.nhan@example.vn"));
    }

    [Fact]
    public async Task An_address_that_is_none_fails_at_once()
    {
        var owner = world.Accounts.Person("not an address <");
        var facts = new Facts(owner);

        await world.PublishAsync(facts.Submitted());

        var failed = await Eventually.ValueAsync(() => EmailAsync(facts), m => m?.State == MessageState.Failed, "a failed mail");
        Assert.Equal("The address is not a mailbox.", failed!.LastError);
    }

    [Fact]
    public async Task After_the_last_attempt_mail_has_failed_with_the_last_reason()
    {
        await using var impatient = await world.Factory().WithSetting("Sending:Channels:Email:Attempts", "2")
            .WithDatabase<Persistence.NotificationDbContext>("notification-db", o => new Persistence.NotificationDbContext(o)).StartAsync();
        var facts = new Facts(world.Accounts.Person("qua.lan@example.vn"));
        await world.Mail.DialAsync("mail.failStatus", new { value = 421 });

        await impatient.PublishAsync(facts.Submitted());

        var failed = await Eventually.ValueAsync(
            () => impatient.InScopeAsync<Persistence.NotificationDbContext, Message?>(db =>
                db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.DossierId == facts.Dossier && m.Channel == MessageChannel.Email)),
            m => m?.State == MessageState.Failed, "a failed mail");
        Assert.Equal((2, "The mail server answered 421."), (failed!.Attempts, failed.LastError));
    }

    private Task<Message?> EmailAsync(Facts facts) => world.InDatabaseAsync(db =>
        db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.DossierId == facts.Dossier && m.Channel == MessageChannel.Email));

    private Task SentAsync(Facts facts, int count) => Eventually.Async(
        async () => (await world.MessagesAsync(facts.Dossier)).Count(m => m is { Channel: MessageChannel.Email, State: MessageState.Sent }) == count, $"{count} mails sent");

    private Task<bool> WaitingAsync(string type, int count) => world.InDatabaseAsync(async db =>
        await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM outbox_message WHERE type = {type}").SingleAsync() == count);
}

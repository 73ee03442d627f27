using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Planning;

/// <summary>What can wait comes in one letter.</summary>
public sealed class DigestTests(RuleWorld world) : IClassFixture<RuleWorld>
{
    private static readonly DateTimeOffset Now = RuleWorld.Tuesday(10);
    private static readonly DateTimeOffset Morning = LocalTime.Instant(new DateOnly(2026, 12, 16), new TimeOnly(7, 30));

    [Fact]
    public async Task What_can_wait_comes_in_one_letter_in_the_morning_and_nothing_is_told_twice()
    {
        var (person, mailbox) = Person();
        await RemindAsync(person, 3);
        Assert.Equal(3, (await LettersAsync(person)).Count(m => m.State == MessageState.Pending && m.DueAt == Morning + DigestSlots.Patience));

        world.SetTo(Morning.AddMinutes(-1));
        await world.TurnAsync();
        Assert.DoesNotContain(await LettersAsync(person), m => m.Kind == NoticeKinds.Digest);
        world.SetTo(Morning);
        await world.TurnAsync();
        await world.TurnAsync();
        await Eventually.Async(async () => (await LettersAsync(person)).Exists(m => m is { Kind: NoticeKinds.Digest, State: MessageState.Sent }), "the letter");
        world.SetTo(Morning + DigestSlots.Patience + TimeSpan.FromMinutes(1));
        await world.TurnAsync();

        var digest = Assert.Single(await world.World.Mail.ToAsync(mailbox));
        Assert.StartsWith("Tổng hợp 3 thông báo", digest.Subject, StringComparison.Ordinal);
        Assert.Equal(3, digest.TextBody!.Split("• ").Length - 1); // our mails have a text
        var letters = await LettersAsync(person);
        Assert.Equal(3, letters.Count(m => m.State == MessageState.Cancelled && m.LastError == DigestGatherer.Gathered));
        Assert.Equal(0, await ItemsAsync(person));
    }

    [Fact]
    public async Task When_nobody_gathers_each_letter_goes_by_itself()
    {
        var (person, mailbox) = Person();
        await RemindAsync(person, 2);

        world.SetTo(Morning + DigestSlots.Patience);

        await Eventually.Async(async () => (await world.World.Mail.ToAsync(mailbox)).Count == 2, "two letters");
        // Who comes too late finds nothing to gather.
        await world.TurnAsync();
        Assert.DoesNotContain(await LettersAsync(person), m => m.Kind == NoticeKinds.Digest);
        Assert.Equal(0, await ItemsAsync(person));
    }

    [Fact]
    public async Task A_single_one_goes_as_it_is()
    {
        var (person, mailbox) = Person();
        await RemindAsync(person, 1);

        world.SetTo(Morning);
        await world.TurnAsync();

        var mails = await Eventually.ValueAsync(() => world.World.Mail.ToAsync(mailbox), m => m.Count > 0, "the letter");
        Assert.Contains("000.00.01.H49-261215-0002", Assert.Single(mails).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_done_by_the_morning_is_left_out()
    {
        var (person, _) = Person();
        var demands = await RemindAsync(person, 3);
        await world.World.InDatabaseAsync(async db =>
        {
            await new ConditionBook(db).CloseAsync(Conditions.Unpaid(demands[0]), Now, World.Ct);
            return 0;
        });

        world.SetTo(Morning);
        await world.TurnAsync();

        var letters = await LettersAsync(person);
        Assert.Contains("2 thông báo", letters.Single(m => m.Kind == NoticeKinds.Digest).Title, StringComparison.Ordinal);
        Assert.Single(letters, m => m is { State: MessageState.Cancelled, LastError: SendGate.Unfounded });
    }

    [Fact]
    public async Task Status_is_never_gathered()
    {
        var (person, _) = Person();
        await NotifyAsync(new NotifyOwner(NoticeKinds.DossierAccepted, "x", person, Guid.CreateVersion7(), "000.00.01.H49-261215-0001", Now, Deadline: Now.AddDays(30)));

        await world.UntilAsync((await LettersAsync(person)).Single().Id, m => m.State == MessageState.Sent, "sent at once");
        Assert.Equal(0, await ItemsAsync(person));
    }

    [Fact]
    public async Task Replicas_that_gather_at_once_write_one_letter()
    {
        var (person, _) = Person();
        await RemindAsync(person, 4);
        await using var replica = await world.World.ReplicaAsync(("Rules:Interval", "10:00:00"));

        world.SetTo(Morning);
        await Task.WhenAll(world.TurnAsync(), RuleWorld.WorkerOf(replica).TurnAsync(World.Ct), world.TurnAsync(), RuleWorld.WorkerOf(replica).TurnAsync(World.Ct));

        var letters = await LettersAsync(person);
        Assert.Single(letters, m => m.Kind == NoticeKinds.Digest);
        Assert.Equal(4, letters.Count(m => m.LastError == DigestGatherer.Gathered));
    }

    [Fact]
    public async Task A_crash_before_the_end_leaves_everything_as_it_was_for_the_next()
    {
        var (person, _) = Person();
        await RemindAsync(person, 2);
        world.SetTo(Morning);
        // A constraint that only the digest breaks stands for a process that dies just before its commit.
        await SqlAsync("ALTER TABLE message ADD CONSTRAINT no_digest CHECK (kind <> 'digest') NOT VALID");
        await world.TurnAsync();
        Assert.All(await LettersAsync(person), m => Assert.Equal(MessageState.Pending, m.State));
        Assert.Equal(2, await ItemsAsync(person));
        await SqlAsync("ALTER TABLE message DROP CONSTRAINT no_digest");

        await world.TurnAsync();

        Assert.Single(await LettersAsync(person), m => m.Kind == NoticeKinds.Digest);
    }

    private Task<int> SqlAsync(string sql) => world.World.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(sql));

    private (Guid Id, string Mailbox) Person()
    {
        world.SetTo(Now);
        var mailbox = $"{Guid.CreateVersion7():N}@example.vn";
        return (world.Accounts.Person(mailbox, RuleWorld.Phone(), quietHours: false, "daily", "email"), mailbox);
    }

    private async Task<List<Guid>> RemindAsync(Guid person, int count)
    {
        var payments = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var payment in payments)
            await NotifyAsync(new NotifyOwner(
                NoticeKinds.PaymentReminder, $"{payment:N}", person, Guid.CreateVersion7(), "000.00.01.H49-261215-0002", Now, 150000, Now.AddDays(20), Condition: Conditions.Unpaid(payment)));
        return payments;
    }

    private Task<int> NotifyAsync(NotifyOwner notice) => world.World.Service.InScopeAsync<IServiceProvider, int>(async services =>
    {
        await services.GetRequiredService<OwnerNotifier>().NotifyAsync(notice, World.Ct);
        return await services.GetRequiredService<NotificationDbContext>().SaveChangesAsync();
    });

    private async Task<List<Message>> LettersAsync(Guid person) => (await world.ToAsync(person)).FindAll(m => m.Channel == MessageChannel.Email);

    private Task<int> ItemsAsync(Guid person) => world.World.InDatabaseAsync(db => db.Set<DigestItem>().CountAsync(i => i.RecipientId == person));
}

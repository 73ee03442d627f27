using HaLong.Messaging;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Webhooks;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Http;

namespace HaLong.Notifications.Tests.Webhooks;

/// <summary>A subscription outlives the token that made it: its owner is looked at again before each delivery; and what the owner hears when it stops.</summary>
public sealed class StandingTests(World world) : IClassFixture<World>
{
    private FakePartners Partners => world.Accounts.Partners;

    [Fact]
    public async Task Who_is_disabled_gets_nothing_more_and_all_that_waited_once_enabled_and_resumed()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await world.SubscribeAsync(receiver.Url, "switched");
        var before = new Facts(Guid.CreateVersion7());
        await world.PublishAsync(before.Submitted());
        await Eventually.Async(() => Task.FromResult(receiver.SequencesOf(before.Dossier).Count == 1), "the first event");

        Partners.Active["switched"] = false;
        await HeardAsync("switched", Standing.Revoked);
        var after = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync([after.Submitted(), after.FeePaid()]);
        await world.Service.BecomesAsync(id, "suspended");
        Assert.DoesNotContain(receiver.Deliveries, d => d.Subject == after.Dossier);
        Assert.All((await world.DeliveriesAsync(id)).Where(d => d.DossierId == after.Dossier), d => Assert.Equal(0, d.Attempts));

        Partners.Active["switched"] = true;
        using var partner = world.AsPartner("switched");
        Assert.Equal("revoked", (await partner.ReadAsync(id)).Text("stateReason"));
        await partner.OkAsync(HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { state = "active" });
        await Eventually.Async(() => Task.FromResult(receiver.SequencesOf(after.Dossier).Count == 2), "what waited");
        Assert.Equal([1, 2], receiver.SequencesOf(after.Dossier));
    }

    [Theory]
    [InlineData("unknown-client")]
    [InlineData("no-scope")]
    public async Task Who_is_not_known_or_has_lost_the_scope_is_suspended(string owner)
    {
        Partners.Scopes["no-scope"] = ["halong.api"];
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await world.SubscribeAsync(receiver.Url, owner);

        await world.PublishAsync(new Facts(Guid.CreateVersion7()).Submitted());

        await world.Service.BecomesAsync(id, "suspended");
        Assert.Empty(receiver.Deliveries);
    }

    [Fact]
    public async Task While_identity_is_away_deliveries_wait_without_costing_attempts()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await world.SubscribeAsync(receiver.Url, "doubtful");
        Partners.IsDown = true;
        var facts = new Facts(Guid.CreateVersion7());
        try
        {
            await HeardAsync("doubtful", Standing.Unknown);
            var calls = Partners.Calls;
            await world.PublishAllAsync([facts.Submitted(), facts.FeePaid()]);
            await world.ReleasedAsync(facts.Dossier, 2);
            await Eventually.Async(() => Task.FromResult(Partners.Calls > calls + 1), "identity is asked in vain");
            Assert.Empty(receiver.Deliveries);
            Assert.Equal("active", await world.Service.StateAsync(id));
        }
        finally
        {
            Partners.IsDown = false;
        }

        await Eventually.Async(() => Task.FromResult(receiver.SequencesOf(facts.Dossier).Count == 2), "the events once identity is back");
        Assert.All(await world.DeliveriesAsync(id), d => Assert.Equal(1, d.Attempts));
    }

    [Fact]
    public async Task A_receiver_that_answers_410_is_left_alone_and_its_keeper_gets_a_mail()
    {
        var mailbox = $"keeper-{Guid.CreateVersion7():N}@partner.example";
        Partners.Contacts["gone"] = mailbox;
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => Task.FromResult(StatusCodes.Status410Gone);
        var (id, _) = await world.SubscribeAsync(receiver.Url, "gone");
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync([facts.Submitted(), facts.FeePaid()]);

        await world.Service.BecomesAsync(id, "paused");
        var mail = await Eventually.ValueAsync(() => world.Mail.ToAsync(mailbox), m => m.Count > 0, "a mail to the keeper");
        Assert.Contains("410", Assert.Single(mail).TextBody, StringComparison.Ordinal);
        Assert.Contains(id.ToString(), mail[0].TextBody, StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail[0].Headers["Auto-Submitted"]);
        Assert.Single(receiver.Deliveries);

        receiver.Answer = _ => Task.FromResult(204);
        using var partner = world.AsPartner("gone");
        Assert.Equal("gone", (await partner.ReadAsync(id)).Text("stateReason"));
        await partner.OkAsync(HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { state = "active" });
        await Eventually.Async(() => Task.FromResult(receiver.SequencesOf(facts.Dossier).Count == 2), "what waited");
        Assert.Equal([1, 2], receiver.SequencesOf(facts.Dossier));
    }

    [Fact]
    public async Task A_mail_to_a_keeper_waits_while_identity_is_away_and_is_sent_once_it_is_back()
    {
        var mailbox = $"later-{Guid.CreateVersion7():N}@partner.example";
        Partners.Contacts["later"] = mailbox;
        Partners.IsDown = true;
        try
        {
            var calls = Partners.Calls;
            await world.InDatabaseAsync(db =>
            {
                db.Enqueue(new TellPartner(Guid.CreateVersion7(), "later", PartnerNotice.Resumed, "recovered", "hooks.partner.vn", Facts.At));
                return db.SaveChangesAsync();
            });
            await Eventually.Async(() => Task.FromResult(Partners.Calls > calls), "identity is asked in vain");
            Assert.Empty(await world.Mail.ToAsync(mailbox));
        }
        finally
        {
            Partners.IsDown = false;
        }

        var mail = await Eventually.ValueAsync(() => world.Mail.ToAsync(mailbox), m => m.Count > 0, "the mail");
        Assert.Contains("hooks.partner.vn", Assert.Single(mail).TextBody, StringComparison.Ordinal);
        Assert.Contains("resumed", mail[0].Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identity_is_asked_about_many_at_once_and_about_each_no_more_than_its_word_counts()
    {
        var standing = world.Service.Part<PartnerStanding>();
        var owners = Enumerable.Range(0, 250).Select(i => $"crowd-{Guid.CreateVersion7():N}-{i}").ToList();

        var first = await standing.CheckAsync(owners.Concat(owners), World.Ct);
        // The worker asks meanwhile about the partners of other tests.
        var asked = Partners.Asked.Select(clients => clients.Count(owners.Contains)).Where(count => count > 0).ToList();

        Assert.Equal(250, first.Count);
        Assert.All(first.Values, s => Assert.Equal(Standing.Entitled, s));
        Assert.Equal([200, 50], asked);
    }

    [Fact]
    public async Task Who_has_no_contact_has_none_and_of_whom_nobody_can_say_it_is_not_known()
    {
        var standing = world.Service.Part<PartnerStanding>();
        Partners.Contacts["reachable"] = "a@b.vn";

        Assert.Equal("a@b.vn", await standing.ContactAsync("reachable", World.Ct));
        Assert.Equal("", await standing.ContactAsync("silent", World.Ct));
        Partners.IsDown = true;
        try
        {
            Assert.Null(await standing.ContactAsync("never-asked", World.Ct));
            Assert.Equal(Standing.Unknown, Assert.Single(await standing.CheckAsync(["never-asked"], World.Ct)).Value);
        }
        finally
        {
            Partners.IsDown = false;
        }
    }

    /// <summary>Until the service has heard identity's present word: its last one counts for a second in tests.</summary>
    private Task HeardAsync(string owner, Standing expected) => Eventually.Async(
        async () => (await world.Service.Part<PartnerStanding>().CheckAsync([owner], World.Ct))[owner] == expected, $"{owner} is {expected}");
}

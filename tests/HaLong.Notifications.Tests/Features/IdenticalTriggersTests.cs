using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

/// <summary>A fact that is told a thousand times at once tells its owner once.</summary>
public sealed class IdenticalTriggersTests(World world) : IClassFixture<World>
{
    private const int Many = 1000;

    [Fact]
    public async Task A_thousand_identical_triggers_over_two_replicas_are_one_message_per_channel()
    {
        await using var replica = await world.ReplicaAsync();
        var mailbox = $"{Guid.CreateVersion7():N}@example.vn";
        var facts = new Facts(world.Accounts.Person(mailbox));
        var fact = facts.Accepted(1);

        // Each under an id of its own: the bus cannot tell them apart, only the rule can.
        await Parallel.ForEachAsync(Enumerable.Range(0, Many), World.Ct, async (n, _) => await (n % 2 == 0 ? world.Service : replica).PublishAsync(fact));

        await Eventually.ValueAsync(ConsumedAsync, consumed => consumed == Many, $"{Many} consumed triggers", TimeSpan.FromSeconds(90));
        var messages = await Eventually.ValueAsync(() => world.MessagesAsync(facts.Dossier), m => m.TrueForAll(x => x.State is MessageState.Sent or MessageState.Delivered), "both sent");
        Assert.Equal([MessageChannel.InApp, MessageChannel.Email], messages.Select(m => m.Channel).Order());
        Assert.Single(await world.Mail.ToAsync(mailbox));
        Assert.Equal(1, await world.InDatabaseAsync(db => db.Events.CountAsync(e => e.DossierId == facts.Dossier)));
    }

    private Task<int> ConsumedAsync() => world.InDatabaseAsync(
        db => db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM inbox_message WHERE endpoint = 'notification-notify-dossier-accepted'").SingleAsync());
}

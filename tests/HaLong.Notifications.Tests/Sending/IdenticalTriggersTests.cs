using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>The whole service, with its workers: however often a fact is told, its owner hears of it once.</summary>
public sealed class IdenticalTriggersTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_thousand_identical_triggers_are_one_message_in_each_channel()
    {
        var facts = new Facts(world.Accounts.Person("mot.nghin@example.vn"));
        var fact = facts.Submitted();
        var bus = world.Service.Services.GetRequiredService<IBus>();

        // As different messages: no inbox can tell that they are the same.
        await Parallel.ForAsync(0, 1000, World.Ct, async (_, ct) => await bus.Publish(fact, c => c.MessageId = Guid.CreateVersion7(), ct));
        await Eventually.Async(
            () => world.InDatabaseAsync(async db => await db.Database.SqlQuery<int>(
                $"SELECT count(*)::int AS \"Value\" FROM inbox_message WHERE endpoint LIKE '%notify-dossier-submitted'").SingleAsync() >= 1000),
            "all thousand were heard", TimeSpan.FromSeconds(60));

        await Eventually.Async(
            async () => (await world.MessagesAsync(facts.Dossier)).Any(m => m is { Channel: MessageChannel.Email, State: MessageState.Sent }), "the mail");
        Assert.Equal(["Email", "InApp"], (await world.MessagesAsync(facts.Dossier)).Select(m => m.Channel.ToString()).Order());
        Assert.Single(await world.Mail.ToAsync("mot.nghin@example.vn"));
    }
}

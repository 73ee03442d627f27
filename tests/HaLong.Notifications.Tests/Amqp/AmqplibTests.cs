using System.Text.Json;
using HaLong.Notifications.Amqp;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Amqp;

/// <summary>An independent client, amqplib, finds the doors open that should be, and the others shut.</summary>
public sealed class AmqplibTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_partner_may_do_what_it_needs_with_its_own_queues_and_nothing_else()
    {
        Assert.SkipUnless(await Node.HasAsync("amqplib"), Node.Missing);
        await using var other = await Partner.ListenAsync(world);
        var client = Partner.NewClient();
        var url = Partner.UrlOf(world, await Partner.GrantAsync(world, client));

        var (exit, output) = await Node.RunAsync("node", "amqp-partner.mjs", "rights", url, PartnerNames.QueuePrefix(client), PublicExchange.Name, other.Queue);

        Assert.True(exit == 0, output);
        var tried = JsonElement.Parse(output).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString());
        string[] allowed = ["declareOwnQueue", "bindOwnQueue", "readOwnQueue", "declareOwnExchange", "deadLetterToOwnExchange", "removeOwnQueue"];
        Assert.Equal(18, tried.Count);
        Assert.All(allowed, name => Assert.Equal((name, "allowed"), (name, tried[name])));
        // 403 is the broker's ACCESS_REFUSED.
        Assert.All(tried.Keys.Except(allowed), name => Assert.Equal((name, "403"), (name, tried[name])));
    }

    [Fact]
    public async Task A_partner_takes_events_in_order_from_a_queue_that_kept_them()
    {
        Assert.SkipUnless(await Node.HasAsync("amqplib"), Node.Missing);
        var client = Partner.NewClient();
        var url = Partner.UrlOf(world, await Partner.GrantAsync(world, client));
        var queue = PartnerNames.QueuePrefix(client) + "kept";
        var (bound, why) = await Node.RunAsync("node", "amqp-partner.mjs", "bind", url, queue, PublicExchange.Name, "vn.halong.dossier.#");
        Assert.True(bound == 0, why);
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync(facts.All().Reverse());

        var (exit, output) = await Node.RunAsync("node", "amqp-partner.mjs", "take", url, queue, "7");

        Assert.True(exit == 0, output);
        var messages = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], messages.Select(m => m.GetProperty("sequence").GetInt64()));
        Assert.All(messages, m =>
        {
            var body = JsonElement.Parse(m.GetProperty("body").GetString()!);
            Assert.Equal(m.GetProperty("id").GetString(), body.GetProperty("id").GetString());
            Assert.Equal(facts.Dossier.ToString(), m.GetProperty("dossier").GetString());
            Assert.Equal(m.GetProperty("type").GetString(), body.GetProperty("type").GetString());
            Assert.True(m.GetProperty("persistent").GetBoolean());
        });
    }
}

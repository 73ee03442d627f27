using HaLong.Notifications.Amqp;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Amqp;

public sealed class AmqpPublisherTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_partner_gets_the_very_bytes_of_the_feed_with_what_it_needs_to_sort_them()
    {
        await using var partner = await Partner.ListenAsync(world);
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync(facts.All());
        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(facts.Dossier).Count == 7), "seven messages");

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], partner.SequencesOf(facts.Dossier));
        var message = partner.Messages.Single(m => m.Dossier == facts.Dossier && m.Sequence == 3);
        var logged = await world.InDatabaseAsync(db => db.Events.SingleAsync(e => e.DossierId == facts.Dossier && e.Sequence == 3));
        Assert.Equal(logged.Envelope, message.Body);
        Assert.Equal("vn.halong.dossier.accepted.v1.06658.1-013978", message.Key);
        Assert.Equal("application/cloudevents+json; charset=utf-8", message.Properties.ContentType);
        Assert.Equal((logged.Id.ToString(), logged.Type), (message.Properties.MessageId, message.Properties.Type));
        Assert.True(message.Properties.Persistent);
        Assert.Equal(3L, message.Properties.Headers!["sequence"]);
        Assert.Equal(facts.Dossier.ToString(), System.Text.Encoding.UTF8.GetString((byte[])message.Properties.Headers["dossier"]!));
        Assert.NotEmpty((byte[])message.Properties.Headers["traceparent"]!);
    }

    [Fact]
    public async Task Each_dossier_keeps_its_order_while_many_write_at_once_and_two_processes_publish_nothing_twice()
    {
        await using var replica = await world.ReplicaAsync();
        await using var partner = await Partner.ListenAsync(world);
        var dossiers = Enumerable.Range(0, 20).Select(_ => new Facts(Guid.CreateVersion7())).ToList();

        await Task.WhenAll(dossiers.Select(d => world.PublishAllAsync(d.All().OrderBy(_ => Random.Shared.Next()))));
        await Eventually.Async(() => Task.FromResult(dossiers.All(d => partner.SequencesOf(d.Dossier).Count >= 7)), "all messages", TimeSpan.FromSeconds(60));

        Assert.All(dossiers, d => Assert.Equal([1, 2, 3, 4, 5, 6, 7], partner.SequencesOf(d.Dossier)));
    }

    [Theory]
    [InlineData("vn.halong.dossier.accepted.v1.#", new long[] { 3 })]
    [InlineData("*.*.*.*.*.06658.*", new long[] { 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData("#.1-013978", new long[] { 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData("vn.halong.dossier.*.v1.00000.*", new long[0])]
    public async Task A_binding_chooses_by_type_unit_or_procedure(string pattern, long[] expected)
    {
        await using var chosen = await Partner.ListenAsync(world, pattern);
        await using var all = await Partner.ListenAsync(world);
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync(facts.All());
        await Eventually.Async(() => Task.FromResult(all.SequencesOf(facts.Dossier).Count == 7), "seven messages");
        await Eventually.Async(() => Task.FromResult(chosen.SequencesOf(facts.Dossier).Count >= expected.Length), "the chosen ones");

        Assert.Equal(expected, chosen.SequencesOf(facts.Dossier));
    }

    [Fact]
    public async Task A_process_that_died_before_it_moved_the_cursor_repeats_events_under_the_same_ids()
    {
        await using var partner = await Partner.ListenAsync(world);
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync(facts.All());
        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(facts.Dossier).Count == 7), "seven messages");
        var fifth = await world.InDatabaseAsync(db => db.Events.SingleAsync(e => e.DossierId == facts.Dossier && e.Sequence == 5));

        await CursorAtLeastAsync(fifth.Position!.Value + 2);
        await world.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"UPDATE amqp_cursor SET position = {fifth.Position} - 1"));
        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(facts.Dossier).Count >= 10), "three messages again");

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 5, 6, 7], partner.SequencesOf(facts.Dossier));
        Assert.Equal(7, partner.Messages.Where(m => m.Dossier == facts.Dossier).Select(m => m.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_process_that_lost_its_place_does_not_move_the_cursor_back()
    {
        var log = world.Service.Services.GetRequiredService<ReleasedEvents>();
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAsync(facts.Submitted());
        await world.ReleasedAsync(facts.Dossier, 1);
        var position = await world.InDatabaseAsync(db => db.Events.Where(e => e.DossierId == facts.Dossier).Select(e => e.Position!.Value).SingleAsync());
        await CursorAtLeastAsync(position);

        Assert.False(await log.MoveAsync(position - 1, position, World.Ct));
        Assert.True(await log.CursorAsync(World.Ct) >= position);
    }

    [Fact]
    public async Task Events_that_wait_for_a_predecessor_are_not_published()
    {
        await using var partner = await Partner.ListenAsync(world);
        var gap = new Facts(Guid.CreateVersion7());
        var whole = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync([gap.Submitted(), gap.Accepted(), whole.Submitted()]);
        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(whole.Dossier).Count == 1 && partner.SequencesOf(gap.Dossier).Count == 1), "the first of both");
        await world.PublishAsync(gap.FeePaid());
        await Eventually.Async(() => Task.FromResult(partner.SequencesOf(gap.Dossier).Count == 3), "all three");

        Assert.Equal([1, 2, 3], partner.SequencesOf(gap.Dossier));
    }

    [Theory]
    [InlineData("06658", "1.013978", "t.v1.06658.1-013978")]
    [InlineData("H49.12", null, "t.v1.H49-12.-")]
    [InlineData("", "", "t.v1.-.-")]
    public void A_code_is_one_word_of_the_key(string? unit, string? procedure, string key) =>
        Assert.Equal(key, new ReleasedEvent(1, Guid.Empty, Guid.Empty, 1, "t.v1", null, "{}", default, unit, procedure).RoutingKey);

    private Task CursorAtLeastAsync(long position) =>
        Eventually.Async(async () => await world.Service.Services.GetRequiredService<ReleasedEvents>().CursorAsync(World.Ct) >= position, "the cursor");
}

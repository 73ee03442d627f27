using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

public sealed class EventFeedTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_feed_gives_a_dossiers_events_in_their_order_however_they_arrived()
    {
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync(facts.All().Reverse());
        await world.ReleasedAsync(facts.Dossier, 7);

        var (events, _) = await ReadAsync($"subject={facts.Dossier}");
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], events.Select(e => e.GetProperty("sequence").GetInt64()));
        Assert.Equal("vn.halong.dossier.submitted.v1", events[0].GetProperty("type").GetString());
        Assert.Equal("vn.halong.dossier.returned.v1", events[6].GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_event_waits_for_its_predecessors_and_holds_up_no_other_dossier()
    {
        var gap = new Facts(Guid.CreateVersion7());
        var whole = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync([gap.Submitted(), gap.Accepted(), whole.Submitted(), whole.FeePaid()]);
        await world.ReleasedAsync(whole.Dossier, 2);
        await world.ReleasedAsync(gap.Dossier, 1);

        await world.PublishAsync(gap.FeePaid());
        await world.ReleasedAsync(gap.Dossier, 3);
    }

    [Fact]
    public async Task The_same_event_twice_is_in_the_log_once()
    {
        var facts = new Facts(Guid.CreateVersion7());
        var id = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => world.PublishAsync(facts.Submitted(), i % 2 == 0 ? id : Guid.CreateVersion7())));
        await world.PublishAsync(facts.FeePaid());
        await world.ReleasedAsync(facts.Dossier, 2);

        Assert.Equal(2, (await ReadAsync($"subject={facts.Dossier}")).Events.Count);
    }

    [Fact]
    public async Task A_reader_with_a_cursor_misses_nothing_while_many_write_at_once()
    {
        var (_, cursor) = await ReadAllAsync("");
        var dossiers = Enumerable.Range(0, 40).Select(_ => new Facts(Guid.CreateVersion7())).ToList();
        var seen = new List<JsonElement>();

        var writing = Task.WhenAll(dossiers.Select(d => world.PublishAllAsync(d.All().OrderBy(_ => Random.Shared.Next()))));
        await Eventually.Async(
            async () =>
            {
                var (events, after) = await ReadAsync($"after={cursor}&limit=7");
                cursor = after;
                seen.AddRange(events);
                return seen.Count(e => dossiers.Any(d => d.Dossier == e.GetProperty("subject").GetGuid())) == dossiers.Count * 7;
            },
            "all events through the cursor", TimeSpan.FromSeconds(90));
        await writing;

        Assert.Equal(seen.Count, seen.Select(e => e.GetProperty("id").GetGuid()).Distinct().Count());
        foreach (var dossier in dossiers)
            Assert.Equal([1, 2, 3, 4, 5, 6, 7], seen.Where(e => e.GetProperty("subject").GetGuid() == dossier.Dossier).Select(e => e.GetProperty("sequence").GetInt64()));
        var positions = await world.InDatabaseAsync(db => db.Events.Where(e => e.Position != null).Select(e => e.Position!.Value).OrderBy(p => p).ToListAsync());
        Assert.Equal(Enumerable.Range(1, positions.Count).Select(i => (long)i), positions);
    }

    [Fact]
    public async Task The_feed_can_be_narrowed_to_types_and_an_empty_page_keeps_the_cursor()
    {
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync(facts.All());
        await world.ReleasedAsync(facts.Dossier, 7);

        var (accepted, _) = await ReadAsync($"subject={facts.Dossier}&type=vn.halong.dossier.accepted");
        var (all, end) = await ReadAllAsync("");
        var (none, still) = await ReadAsync($"after={end}&subject={facts.Dossier}");

        Assert.Equal(3, Assert.Single(accepted).GetProperty("sequence").GetInt64());
        Assert.Contains(all, e => e.GetProperty("subject").GetGuid() == facts.Dossier);
        Assert.Empty(none);
        Assert.Equal(end, still);
    }

    [Theory]
    [InlineData("after=nonsense", "CMN-0400")]
    [InlineData("after=WyJ4Il0", "CMN-0400")]
    [InlineData("limit=1000", "CMN-0400")]
    [InlineData("type=com.example.", "NOT-0005")]
    [InlineData("subject=me", "NOT-0008")]
    public async Task A_question_that_makes_no_sense_is_refused(string query, string code)
    {
        using var partner = world.AsPartner();

        using var response = await partner.GetAsync(new Uri("/api/v1/events?" + query, UriKind.Relative), World.Ct);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task An_event_carries_the_trace_of_its_fact()
    {
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAsync(facts.Submitted());
        await world.ReleasedAsync(facts.Dossier, 1);

        var (events, _) = await ReadAsync($"subject={facts.Dossier}");

        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", Assert.Single(events).GetProperty("traceparent").GetString());
    }

    private async Task<(IReadOnlyList<JsonElement> Events, string After)> ReadAllAsync(string after)
    {
        var all = new List<JsonElement>();
        while (true)
        {
            var (events, next) = await ReadAsync($"limit=100&after={after}");
            all.AddRange(events);
            after = next;
            if (events.Count == 0)
                return (all, after);
        }
    }

    private async Task<(IReadOnlyList<JsonElement> Events, string After)> ReadAsync(string query)
    {
        using var partner = world.AsPartner("reader");
        var page = await partner.GetFromJsonAsync<JsonElement>("/api/v1/events?" + query, World.Ct);
        return ([.. page.GetProperty("items").EnumerateArray()], page.GetProperty("after").GetString()!);
    }
}

using System.Diagnostics;
using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Messaging.Tests;

public sealed class OutboxTests(Servers servers)
{
    [Fact]
    public async Task Rolled_back_work_sends_nothing()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        await using var observer = await sample.ObserveAsync("sample.work-done.v1");
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<SampleDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Enqueue(new WorkDone(Guid.CreateVersion7(), "never"));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        await host.CommitAsync(1);
        await sample.SettledAsync(1);
        Assert.Single(observer.MessageIds);
    }

    [Fact]
    public async Task A_save_that_fails_sends_nothing()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        var taken = (await host.CommitAsync(1))[0];
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<SampleDb>();
            db.Works.Add(new Work { Id = taken, Name = "the same key" });
            db.Enqueue(new WorkDone(Guid.CreateVersion7(), "never"));
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        }

        await host.CommitAsync(1);
        await sample.SettledAsync(2);
    }

    [Fact]
    public async Task A_commit_wakes_the_dispatcher_long_before_it_would_poll()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync(settings: ("Outbox:PollInterval", "00:02:00"));
        await host.CommitAsync(1);
        await sample.SettledAsync(1, TimeSpan.FromSeconds(20));

        var watch = Stopwatch.StartNew();
        await host.CommitAsync(1);
        await sample.SettledAsync(2, TimeSpan.FromSeconds(20));
        TestContext.Current.SendDiagnosticMessage($"two hops took {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Rows_that_another_process_wrote_are_found_by_polling()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await sample.HostAsync();
        await sample.QueryAsync(async db =>
        {
            db.Enqueue(new WorkDone(Guid.CreateVersion7(), "from outside"));
            return await db.SaveChangesAsync();
        });
        await sample.SettledAsync(1);
    }

    [Fact]
    public async Task A_delayed_row_is_sent_when_its_time_has_come_and_not_before()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        var written = TimeProvider.System.GetUtcNow();
        var late = (await host.CommitAsync(1, TimeSpan.FromSeconds(3)))[0];
        var soon = (await host.CommitAsync(1))[0];
        await sample.SettledAsync(2);
        var effects = await sample.QueryAsync(db => db.Effects.Where(e => e.Consumer == nameof(RecordWork)).OrderBy(e => e.Id).ToListAsync());
        Assert.Equal([soon, late], effects.Select(e => e.WorkId));
        Assert.InRange(effects[1].At - written, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Poison_rows_back_off_with_their_error_and_block_nobody()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await sample.QueryAsync(async db =>
        {
            // First in line: a name no contract carries, and bodies that are none.
            for (var i = 0; i < 5; i++)
            {
                db.Add(Row("sample.unknown.v1", "{}"));
                db.Add(Row("sample.work-done.v1", "\"not an object\""));
            }

            return await db.SaveChangesAsync();
        });

        // Smaller than the number of poison rows: a batch of nothing else.
        var host = await sample.HostAsync(settings: [("Outbox:BatchSize", "4"), ("Outbox:Backoff", "00:00:30")]);
        using var meters = host.Meters();
        await host.CommitAsync(20);
        await Eventually.Async(async () => await sample.CountAsync(nameof(RecordFollowUp)) == 20 && await sample.OutboxAsync() == 10, "the neighbours delivered");

        var poison = await sample.QueryAsync(db => db.Set<OutboxMessage>().ToListAsync());
        Assert.All(poison, row =>
        {
            Assert.Equal(1, row.Attempts);
            Assert.InRange(row.AvailableAt - row.OccurredAt, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(90));
        });
        Assert.All(poison.Where(p => p.Type == "sample.unknown.v1"), p => Assert.Contains("No contract is named 'sample.unknown.v1'", p.LastError, StringComparison.Ordinal));
        Assert.All(poison.Where(p => p.Type != "sample.unknown.v1"), p => Assert.Contains("JsonException", p.LastError, StringComparison.Ordinal));

        // An operator mends a row by hand.
        var id = Guid.CreateVersion7();
        var mended = poison.First(p => p.Type != "sample.unknown.v1").Sequence;
        var body = $$"""{"workId":"{{id}}","name":"mended"}""";
        await sample.QueryAsync(db => db.Database.ExecuteSqlAsync($"UPDATE outbox_message SET payload = {body}::jsonb, available_at = now() WHERE sequence = {mended}"));
        await Eventually.Async(async () => await sample.CountAsync(nameof(RecordFollowUp)) == 21 && await sample.OutboxAsync() == 9, "the mended row delivered");
    }

    [Fact]
    public async Task The_back_off_of_a_row_doubles_up_to_its_limit()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await sample.QueryAsync(async db =>
        {
            db.Add(Row("sample.unknown.v1", "{}"));
            return await db.SaveChangesAsync();
        });
        await sample.HostAsync(settings: [("Outbox:Backoff", "00:00:00.100"), ("Outbox:MaxBackoff", "00:00:00.300"), ("Outbox:PollInterval", "00:00:00.050")]);
        await Eventually.Async(() => sample.QueryAsync(db => db.Set<OutboxMessage>().AnyAsync(m => m.Attempts >= 6)), "six attempts", TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_message_without_a_wire_name_cannot_be_enqueued()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => sample.QueryAsync(db => Task.FromResult(db.Enqueue("nameless"))));
        Assert.Contains("[EntityName]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_past_its_retention_is_removed()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var now = TimeProvider.System.GetUtcNow();
        await sample.QueryAsync(async db =>
        {
            foreach (var age in new[] { 1, 8 })
            {
                db.Add(new InboxMessage { MessageId = Guid.CreateVersion7(), Endpoint = "age-" + age, ReceivedAt = now.AddDays(-age) });
                db.Add(new IdempotencyKey { Principal = "p", Key = "age-" + age, RequestHash = [], CreatedAt = now.AddDays(-age) });
            }

            return await db.SaveChangesAsync();
        });
        await sample.HostAsync(settings: ("Outbox:CleanUpInterval", "00:00:01"));
        await Eventually.Async(() => sample.QueryAsync(async db => !await db.Set<InboxMessage>().AnyAsync(m => m.Endpoint == "age-8")), "clean-up");
        Assert.Equal(["age-1"], await sample.QueryAsync(db => db.Set<InboxMessage>().Select(m => m.Endpoint).ToListAsync()));
        Assert.Equal(["age-1"], await sample.QueryAsync(db => db.Set<IdempotencyKey>().Select(m => m.Key).ToListAsync()));
    }

    [Fact]
    public async Task Backlog_and_traffic_are_measured()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var now = TimeProvider.System.GetUtcNow();
        await sample.QueryAsync(async db =>
        {
            db.Add(Row("sample.unknown.v1", "{}", now.AddMinutes(-10)));
            return await db.SaveChangesAsync();
        });
        var host = await sample.HostAsync(settings: ("Outbox:CleanUpInterval", "00:00:01"));
        using var meters = host.Meters();
        await host.CommitAsync(3);
        await Eventually.Async(async () => await sample.CountAsync(nameof(RecordFollowUp)) == 3, "three works");
        await Eventually.Async(() => Task.FromResult(meters["outbox.pending"] is 1 && meters["outbox.oldest_age"] is >= 600 and < 700), "backlog measured");
        // Counted once what was done is committed.
        await Eventually.Async(() => Task.FromResult(meters["inbox.consumed"] is >= 6 && meters["outbox.published"] is >= 6), "traffic measured");
        Assert.Equal(6, meters["inbox.consumed"]);
        Assert.True(meters["outbox.published"] is 6, $"published {meters["outbox.published"]}");
        Assert.True(meters.Knows("outbox.delay"));
    }

    private static OutboxMessage Row(string type, string payload, DateTimeOffset? at = null) => new()
    {
        MessageId = Guid.CreateVersion7(),
        Type = type,
        Payload = payload,
        OccurredAt = at ?? TimeProvider.System.GetUtcNow(),
        AvailableAt = at ?? TimeProvider.System.GetUtcNow(),
    };
}

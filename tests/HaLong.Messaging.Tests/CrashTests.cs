using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Messaging.Tests;

public sealed class CrashTests(Servers servers)
{
    [Fact]
    public async Task A_process_killed_between_publish_and_delete_publishes_again_and_nothing_happens_twice()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await using var observer = await sample.ObserveAsync("sample.work-done.v1");
        var ids = await EnqueueAsync(sample, 10);
        await using (var brake = new NpgsqlConnection(sample.Database))
        {
            // The dispatcher reads and publishes, but its DELETE waits for these row locks.
            await brake.OpenAsync();
            await using var transaction = await brake.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("SELECT 1 FROM outbox_message FOR UPDATE", brake, transaction);
            await command.ExecuteNonQueryAsync();
            await using (var child = Child.Start(sample))
            {
                await child.UntilAsync(() => Task.FromResult(observer.MessageIds.Count == 10), "everything published");
                await child.UntilAsync(async () => await sample.CountAsync(nameof(RecordWork)) == 10, "everything consumed");
                await child.KillAsync();
            }
        }

        // The ten rows are still there (their events may be too): the delete was never done.
        Assert.InRange(await sample.OutboxAsync(), 10, 20);
        await using var heir = Child.Start(sample);
        await sample.SettledAsync(10, TimeSpan.FromSeconds(60));
        Assert.Equal(20, observer.MessageIds.Count);
        Assert.Equal(10, observer.MessageIds.Distinct().Count());
        Assert.Equal(ids.Order(), await sample.QueryAsync(db => db.Effects.Where(e => e.Consumer == nameof(RecordWork)).Select(e => e.WorkId).OrderBy(w => w).ToListAsync()));
    }

    [Fact]
    public async Task A_process_killed_while_consuming_loses_and_doubles_nothing()
    {
        await using var sample = await Sample.CreateAsync(servers);
        await EnqueueAsync(sample, 20);
        await using (var brake = new NpgsqlConnection(sample.Database))
        {
            // Consumers get as far as writing their effect.
            await brake.OpenAsync();
            await using var transaction = await brake.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("LOCK TABLE effects IN EXCLUSIVE MODE", brake, transaction);
            await command.ExecuteNonQueryAsync();
            await using var child = Child.Start(sample);
            await child.UntilAsync(
                async () =>
                {
                    await using var watcher = new NpgsqlConnection(sample.Database);
                    await watcher.OpenAsync();
                    await using var waiting = new NpgsqlCommand(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%effects%'", watcher);
                    return (long)(await waiting.ExecuteScalarAsync())! > 3;
                },
                "consumers in the middle of their work");
            await child.KillAsync();
        }

        Assert.Equal(0, await sample.CountAsync(nameof(RecordWork)));
        await using var heir = Child.Start(sample);
        await sample.SettledAsync(20, TimeSpan.FromSeconds(60));
    }

    internal static Task<List<Guid>> EnqueueAsync(Sample sample, int works) => sample.QueryAsync(async db =>
    {
        var ids = Enumerable.Range(0, works).Select(_ => Guid.CreateVersion7()).ToList();
        ids.ForEach(id => db.Enqueue(new WorkDone(id, "before the crash")));
        await db.SaveChangesAsync();
        return ids;
    });
}

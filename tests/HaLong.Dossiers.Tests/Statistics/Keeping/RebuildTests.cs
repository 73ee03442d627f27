using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Keeping.Rebuilding;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Keeping;

/// <summary>Making everything anew: what it repairs, what it leaves, and what may go wrong.</summary>
public sealed class RebuildTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static DossierFact[] Some(int count) => [.. SampleFacts.Many(count, count, "06688", "06652")];

    private async Task<KeptCity> CityAsync(int facts = 60)
    {
        var city = await KeptCity.StartAsync(dossiers);
        await city.HappensAsync(Some(facts));
        await city.KeepAsync();
        return city;
    }

    [Fact]
    public async Task What_is_wrong_is_counted_and_made_right()
    {
        await using var city = await CityAsync();
        var right = await city.RowsAsync();
        await city.SqlAsync("UPDATE statistics.cube_day SET received = 7 WHERE ctid = (SELECT ctid FROM statistics.cube_day WHERE received IS NOT NULL LIMIT 1)");
        await city.SqlAsync("DELETE FROM statistics.cube_month WHERE ctid = (SELECT ctid FROM statistics.cube_month LIMIT 1)");
        await city.SqlAsync("UPDATE statistics.fact SET refused = NOT refused WHERE ctid = (SELECT ctid FROM statistics.fact LIMIT 1)");

        var rebuilt = (await city.RebuildAsync())!;
        Assert.Equal((60L, 1L, 2L), (rebuilt.Facts, rebuilt.DifferingFacts, rebuilt.DifferingCells));
        Assert.Equal(right.Count, rebuilt.Facts + rebuilt.Cells);
        Assert.Equal(right, await city.RowsAsync());
    }

    [Fact]
    public async Task A_check_counts_what_is_wrong_and_changes_nothing()
    {
        await using var city = await CityAsync();
        await city.SqlAsync("UPDATE statistics.wait_cell SET stays = stays + 1 WHERE ctid = (SELECT ctid FROM statistics.wait_cell LIMIT 1)");
        var (before, marked) = (await city.RowsAsync(), Some(3));
        await city.HappensAsync(marked);

        var check = (await city.RebuildAsync(RebuildKind.Check))!;
        Assert.Equal((RebuildState.Done, 0L, 1L), (check.State, check.DifferingFacts, check.DifferingCells));
        Assert.Equal(before, await city.RowsAsync());
        // What waits is no difference, and waits still.
        Assert.Equal(3, await city.NumberAsync("SELECT count(*) FROM statistics.changed"));
    }

    [Fact]
    public async Task What_waits_at_the_beginning_is_contained_and_waits_no_more()
    {
        await using var city = await CityAsync();
        await city.HappensAsync([.. SampleFacts.Many(9, 99, "06688")]);
        var rebuilt = (await city.RebuildAsync())!;
        Assert.Equal((69L, 9L, 9L), (rebuilt.Facts, rebuilt.Taken, rebuilt.DifferingFacts));
        Assert.Equal(0, await city.NumberAsync("SELECT count(*) FROM statistics.changed"));
        Assert.Equal(await city.AnewAsync(), await city.RowsAsync());
    }

    [Fact]
    public async Task Of_nothing_comes_nothing()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        var rebuilt = (await city.RebuildAsync())!;
        Assert.Equal((RebuildState.Done, 0L, 0L, 0L), (rebuilt.State, rebuilt.Facts, rebuilt.Cells, rebuilt.DifferingCells));
        Assert.Empty(await city.RowsAsync());
    }

    [Fact]
    public async Task Tables_have_their_names_keys_and_indexes_afterwards_and_the_others_are_gone()
    {
        await using var city = await CityAsync();
        const string Shape = """
            SELECT string_agg(what, chr(10) ORDER BY what) FROM (
              SELECT indexdef AS what FROM pg_indexes WHERE schemaname = 'statistics'
              UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'statistics'::regnamespace
              UNION ALL SELECT table_name || ' ' || ordinal_position || column_name || data_type || is_nullable || coalesce(collation_name, '')
                FROM information_schema.columns WHERE table_schema = 'statistics') s
            """;
        var before = await TextAsync(city, Shape);
        await city.RebuildAsync();
        await city.RebuildAsync();
        Assert.Equal(before, await TextAsync(city, Shape));
        Assert.Contains("ix_fact_unit_code_received_day", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_leaves_what_is_in_use_and_is_told_without_details()
    {
        await using var city = await CityAsync();
        var before = await city.RowsAsync();
        city.Histories.During = n => n == 30 ? throw new InvalidOperationException("secret") : Task.CompletedTask;
        var failed = (await city.RebuildAsync())!;
        Assert.Equal((RebuildState.Failed, "InvalidOperationException"), (failed.State, failed.Error));
        Assert.Equal(before, await city.RowsAsync());
        Assert.Equal(0, await city.NumberAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'statistics' AND (tablename LIKE '%\\_new' OR tablename LIKE '%\\_part')"));

        city.Histories.During = null;
        Assert.Equal(0, (await city.RebuildAsync())!.DifferingCells);
    }

    [Fact]
    public async Task Only_one_at_a_time_also_on_two_replicas()
    {
        await using var city = await CityAsync();
        await using var other = await city.ReplicaAsync();
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        city.Histories.During = async n =>
        {
            if (n == 5)
            {
                reached.SetResult();
                await go.Task;
            }
        };
        var running = city.RebuildAsync();
        await reached.Task;
        Assert.Null(await other.RebuildAsync());
        Assert.Null(await city.RebuildAsync());
        go.SetResult();
        Assert.Equal(RebuildState.Done, (await running)!.State);
        city.Histories.During = null;
        Assert.Equal(RebuildState.Done, (await other.RebuildAsync())!.State);
    }

    [Fact]
    public async Task The_next_one_finds_what_a_dead_process_left_and_says_that_it_was_interrupted()
    {
        await using var city = await CityAsync();
        // As if the process had ended in the middle: its row is open, its tables are there, its lock is gone.
        await city.SqlAsync("""
            INSERT INTO statistics.rebuild (id, kind, state, phase, started_at, facts, cells, taken) VALUES (gen_random_uuid(), 'rebuild', 'running', 'facts', now() - interval '1 hour', 5, 0, 0);
            CREATE TABLE statistics.fact_new (x int); CREATE TABLE statistics.cube_day_part (x int);
            """);
        // What is kept meanwhile is noted for nobody, and costs nothing.
        await city.HappensAsync(Some(4));
        await city.KeepAsync();
        Assert.Equal(4, await city.NumberAsync("SELECT count(*) FROM statistics.rebuild_touched"));

        Assert.Equal((RebuildState.Done, 0L), ((await city.RebuildAsync())!.State, (await city.RebuildAsync())!.DifferingCells));
        Assert.Equal(1, await city.NumberAsync("SELECT count(*) FROM statistics.rebuild WHERE state = 'interrupted' AND ended_at IS NOT NULL"));
        Assert.Equal(await city.AnewAsync(), await city.RowsAsync());
    }

    [Fact]
    public async Task Figures_stay_readable_all_the_time()
    {
        await using var city = await CityAsync();
        var cubes = city.Services.GetRequiredService<HaLong.Dossiers.Statistics.Cubes.CubeReader>();
        using var over = new CancellationTokenSource();
        var reads = Task.Run(async () =>
        {
            var seen = new List<long>();
            while (!over.IsCancellationRequested)
                seen.Add((await cubes.ReadAsync(new(new(2026, 1, 1), new(2026, 12, 31)), Ct))[0].Figures[HaLong.Dossiers.Statistics.Cubes.Measure.Received]);
            return seen;
        });
        for (var i = 0; i < 5; i++)
            await city.RebuildAsync();
        await over.CancelAsync();
        var numbers = await reads;
        Assert.NotEmpty(numbers);
        Assert.All(numbers, n => Assert.Equal(60, n));
    }

    [Fact]
    public async Task A_sample_finds_facts_that_are_not_what_histories_say()
    {
        await using var city = await CityAsync();
        async Task<long?> SampleAsync()
        {
            var row = new Rebuild { Kind = RebuildKind.Sample };
            await city.Factory.InScopeAsync<SampleCheck, int>(async c =>
            {
                await c.RunAsync(row, 100, Ct);
                return 0;
            });
            Assert.Equal(60, row.Facts);
            return row.DifferingFacts;
        }

        Assert.Equal(0, await SampleAsync());
        foreach (var fact in city.Histories.Facts.Values.Take(3).ToList())
            city.Histories.Facts[fact.DossierId] = Replays.With(fact, (nameof(fact.HasFees), !fact.HasFees));
        Assert.Equal(3, await SampleAsync());
        // What is marked will be kept in a moment: no difference.
        await city.MarkAsync([.. city.Histories.Facts.Keys]);
        Assert.Equal(0, await SampleAsync());
    }

    [Fact]
    public async Task Rows_of_rebuilds_stay_as_a_record()
    {
        await using var city = await CityAsync(5);
        await city.RebuildAsync();
        await city.RebuildAsync(RebuildKind.Check);
        var rows = await city.Factory.InScopeAsync<DossierDbContext, List<Rebuild>>(db => db.Set<Rebuild>().AsNoTracking().OrderBy(r => r.StartedAt).ToListAsync(Ct));
        Assert.Equal([RebuildKind.Rebuild, RebuildKind.Check], rows.Select(r => r.Kind));
        Assert.All(rows, r => Assert.Equal((RebuildState.Done, "clean", 5L), (r.State, r.Phase, r.Facts)));
    }

    private static async Task<string> TextAsync(KeptCity city, string sql)
    {
        await using var command = city.Database.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Ct))!; // these always have rows
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace HaLong.Dossiers.Filing.Codes;

/// <summary>
/// Numbers for dossier codes without a row for which every filing waits. A replica leases a block of numbers of an agency and day in a short
/// transaction of its own and hands them out from memory. Numbers are never given twice, not even after a failure; so there are gaps: what a
/// replica had left when it stopped, and what a failed filing had drawn.
/// </summary>
internal sealed class CodeBlocks : IAsyncDisposable
{
    /// <summary>Largest block: what can be lost when a replica stops, out of 9,999 a day in the form of 2018.</summary>
    public const int Largest = 64;

    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource database;
    private readonly ConcurrentDictionary<(string Counter, DateOnly Day), Block> blocks = new();

    /// <param name="connectionString">The service's database; with connections of its own: a filing that waits for a number holds one already.</param>
    public CodeBlocks(string connectionString) => database = new NpgsqlDataSourceBuilder(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 2, ApplicationName = "dossier-codes" }.ConnectionString).Build();

    /// <summary>A number that nobody else gets.</summary>
    /// <param name="counter">Whose numbers.</param>
    /// <param name="day">Local day.</param>
    /// <param name="ct">Stops the work.</param>
    public async ValueTask<long> NextAsync(string counter, DateOnly day, CancellationToken ct)
    {
        var block = blocks.GetOrAdd((counter, day), _ => new Block());
        if (block.TryTake(out var number))
            return number;
        await block.Gate.WaitAsync(ct);
        try
        {
            while (!block.TryTake(out number))
            {
                var size = block.NextSize();
                block.Fill(await LeaseAsync(counter, day, size, ct), size);
            }
            return number;
        }
        finally
        {
            block.Gate.Release();
            Forget(day);
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task<long> LeaseAsync(string counter, DateOnly day, int size, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO code_counter AS c (agency, day, last) VALUES ($1, $2, $3)
            ON CONFLICT (agency, day) DO UPDATE SET last = c.last + excluded.last
            RETURNING last
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = counter });
        command.Parameters.Add(new NpgsqlParameter { Value = day });
        command.Parameters.Add(new NpgsqlParameter { Value = (long)size });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    // Yesterday is kept: a filing that began before midnight may still ask.
    private void Forget(DateOnly day)
    {
        foreach (var old in blocks.Keys.Where(k => k.Day < day.AddDays(-1)))
            blocks.TryRemove(old, out _);
    }

    private sealed class Block
    {
        private readonly Lock padlock = new();
        private long next = 1, last;
        private int size;
        private long leasedAt;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public bool TryTake(out long number)
        {
            lock (padlock)
            {
                number = next;
                if (next > last)
                    return false;
                next++;
                return true;
            }
        }

        /// <summary>One number at a time while it is quiet, so that codes have no gaps; larger blocks while they are used up within a second.</summary>
        public int NextSize()
        {
            var busy = size > 0 && Stopwatch.GetElapsedTime(leasedAt) < Busy;
            return size = busy ? Math.Min(size * 2, Largest) : Math.Max(1, size / 4);
        }

        public void Fill(long lastOfBlock, int count)
        {
            lock (padlock)
                (next, last, leasedAt) = (lastOfBlock - count + 1, lastOfBlock, Stopwatch.GetTimestamp());
        }
    }
}

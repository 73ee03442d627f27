using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HaLong.Bench.Limits;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Cli.Platform;
using Npgsql;
using Spectre.Console;

namespace HaLong.Bench.Seed;

/// <summary>Fills the database of the running platform with a city, by COPY and in one transaction: it is there whole or not at all.</summary>
internal sealed class SeedScenario(NpgsqlConnection open, SeedOptions options, BenchOptions bench)
{
    private static readonly string[] Tables = ["dossier", "timeline_entry", "dossier_document", "clock_entry", "dossier_clock"];

    private readonly ResultFile _result = new("seed", MachineInfo.Describe(), [], [], []);

    public static async Task<int> RunAsync(string[] args)
    {
        var bench = BenchOptions.Parse([.. args.Where(a => a is not "--append" and not "--force")]);
        var platform = PlatformFile.Read(bench.RunDirectory) ?? throw new InvalidOperationException($"No platform.json in {bench.RunDirectory}: start the platform first (./run.sh --detach).");
        // Demonstration accounts exist in Development only, and only the development host writes this file.
        if (platform.Accounts.Count == 0)
        {
            return Refuse("This is no development platform; nothing is seeded into it.");
        }

        var options = SeedOptions.Parse(args, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(7).DateTime));
        var server = new NpgsqlConnectionStringBuilder(PgbenchLimit.Server(platform, bench.RunDirectory).ConnectionString) { Database = "dossier-db", CommandTimeout = 0 };
        await using var open = new NpgsqlConnection(server.ConnectionString);
        await open.OpenAsync();
        if (!options.Append && await NumberAsync(open, "SELECT count(*) FROM (SELECT FROM dossier WHERE submitted_at IS NOT NULL LIMIT 1) d") > 0)
        {
            return Refuse("There are filed dossiers already. With --append the city comes in addition.");
        }

        return await new SeedScenario(open, options, bench).RunAsync(platform.Gateway);
    }

    private async Task<int> RunAsync(string gateway)
    {
        var watch = Stopwatch.StartNew();
        AnsiConsole.MarkupLineInterpolated($"[bold]seed[/] {options.Dossiers:N0} dossiers, seed {options.Seed}, as of {options.Today:yyyy-MM-dd}, on {MachineInfo.Describe()}");
        var city = await CityReader.ReadAsync(gateway, open, options.Today);
        var maker = new CityMaker(city, options);
        await using var transaction = await open.BeginTransactionAsync();
        // Whoever fills a table as its owner's superuser answers for its references himself.
        await ExecuteAsync("SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL synchronous_commit = off");
        var indexes = new TableIndexes(open);
        await indexes.DropAsync(Tables);
        Copy("dossier", DossierTable.All, maker.All());
        Copy("timeline_entry", OtherTables.Timeline, maker.All().SelectMany(d => Enumerable.Range(1, d.Steps.Count).Select(n => (d, n))));
        Copy("clock_entry", OtherTables.ClockEntries, maker.All().SelectMany(d => Enumerable.Range(1, d.Clock.Count).Select(n => (d, n))));
        Copy("dossier_clock", OtherTables.Clocks(city.CalendarVersion), maker.All().Where(d => d.Clock.Count > 0));
        Copy("dossier_document", OtherTables.Documents, maker.All().SelectMany(d => Enumerable.Range(1, d.ResultId is null ? 1 : 2).Select(n => (d, n))));
        await TimedAsync("indexes", indexes.CreateAsync);
        await TimedAsync("commit", () => transaction.CommitAsync());
        await TimedAsync("analyze", () => ExecuteAsync("VACUUM (ANALYZE) " + string.Join(", ", Tables)));
        _result.Metrics["seconds"] = watch.Elapsed.TotalSeconds;
        _result.Metrics["dossiers"] = options.Dossiers;
        _result.Metrics["open_share"] = await NumberAsync(open, "SELECT count(*) FROM dossier WHERE queued_for IS NOT NULL") / (double)options.Dossiers;
        _result.Metrics["overdue_share_of_open"] = await NumberAsync(open, "SELECT count(*) FROM dossier WHERE queued_for IS NOT NULL AND due_order < now()")
            / (_result.Metrics["open_share"] * options.Dossiers);
        _result.Metrics["database_megabytes"] = await NumberAsync(open, "SELECT pg_database_size(current_database())") / 1e6;
        ResultTables.Print(_result);
        AnsiConsole.MarkupLineInterpolated($"checksum {Checksum(maker.All())}");
        AnsiConsole.MarkupLineInterpolated($"written to {_result.Write(bench.OutputDirectory)}");
        return 0;
    }

    /// <summary>Over everything that a dossier is made of; two cities with the same one are the same.</summary>
    internal static string Checksum(IEnumerable<SeedDossier> dossiers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var d in dossiers)
        {
            var steps = string.Join(' ', d.Steps.Select(s => $"{s.Action} {s.At.UtcTicks} {s.Actor}"));
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"{d.Id} {d.Code} {d.Status} {d.Unit.Code} {d.Procedure.Code} {d.OwnerId} {d.OwnerName} {d.OfficerId} {d.DueAt?.UtcTicks} {d.Data} {steps}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Copy<T>(string table, IReadOnlyList<Column<T>> columns, IEnumerable<T> rows)
    {
        var (watch, count) = (Stopwatch.StartNew(), 0L);
        using (var copy = open.BeginBinaryImport($"COPY {table} ({string.Join(", ", columns.Select(c => c.Name))}) FROM STDIN (FORMAT BINARY)"))
        {
            copy.Timeout = TimeSpan.FromHours(1);
            foreach (var row in rows)
            {
                copy.StartRow();
                foreach (var column in columns)
                {
                    if (column.Value(row) is { } value)
                    {
                        copy.Write(value, column.Type);
                    }
                    else
                    {
                        copy.WriteNull();
                    }
                }

                count++;
            }

            copy.Complete();
        }

        Tell(table, watch.Elapsed, count);
    }

    private async Task TimedAsync(string what, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        Tell(what, watch.Elapsed, null);
    }

    private void Tell(string what, TimeSpan took, long? rows)
    {
        _result.Metrics[what + "_seconds"] = took.TotalSeconds;
        AnsiConsole.MarkupLineInterpolated($"{what,-18} {rows,12:N0} {took.TotalSeconds,8:0.0} s");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, open) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> NumberAsync(NpgsqlConnection open, string sql)
    {
        await using var command = new NpgsqlCommand(sql, open) { CommandTimeout = 0 };
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HaLong.Cli.Platform;
using Npgsql;

namespace HaLong.Bench.Limits;

/// <summary>
/// How many transactions per second this PostgreSQL commits that write the rows of one submission and do nothing else: a stored answer, a
/// counter, the dossier's row, a step of its timeline, an outbox row. On a scratch database of the platform's own server.
/// </summary>
internal static partial class PgbenchLimit
{
    private const string Database = "halong_bench";
    private const int Clients = 16;

    private const string Schema = """
        CREATE TABLE idempotency_key (principal varchar(100), key varchar(200), request_hash bytea, created_at timestamptz, status int, body bytea, PRIMARY KEY (principal, key));
        CREATE TABLE code_counter (agency varchar(35), day date, last bigint, PRIMARY KEY (agency, day));
        CREATE TABLE dossier (id int PRIMARY KEY, code varchar(64) UNIQUE, status varchar(32), data jsonb, fees jsonb, submitted_at timestamptz, updated_at timestamptz);
        CREATE TABLE timeline_entry (dossier_id int, step bigint GENERATED ALWAYS AS IDENTITY, at timestamptz, action varchar(32), note_vi text, note_en text, PRIMARY KEY (dossier_id, step));
        CREATE TABLE outbox_message (sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, message_id uuid UNIQUE, type varchar(200), payload jsonb, occurred_at timestamptz, available_at timestamptz, attempts int);
        CREATE INDEX ON idempotency_key (created_at);
        CREATE INDEX ON outbox_message (available_at, sequence);
        INSERT INTO code_counter SELECT 'agency-' || n, current_date, 0 FROM generate_series(1, 20) n;
        INSERT INTO dossier SELECT n, NULL, 'DRAFT', '{"parcel":"12","mapSheet":"34"}', '[{"amount": 50000}]', NULL, now() FROM generate_series(1, 50000) n;
        """;

    private const string Statements = """
        INSERT INTO idempotency_key VALUES ('citizen', gen_random_uuid()::text, '\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', now(), 200, decode(repeat('7b', 2000), 'hex'));
        UPDATE code_counter SET last = last + 1 WHERE agency = 'agency-' || :agency AND day = current_date;
        UPDATE dossier SET code = gen_random_uuid()::text, status = 'SUBMITTED', submitted_at = now(), updated_at = now() WHERE id = :id;
        INSERT INTO timeline_entry (dossier_id, at, action, note_vi, note_en) VALUES (:id, now(), 'submit', 'Hồ sơ đã nộp', 'Filed');
        INSERT INTO outbox_message (message_id, type, payload, occurred_at, available_at, attempts) VALUES (gen_random_uuid(), 'halong.dossier-submitted.v1', '{"dossierId":"0198a8f0","code":"H49","fees":[{"amount": 50000}]}', now(), now(), 0);
        """;

    /// <returns>Commits per second: one round trip per statement, and all statements of a transaction in one.</returns>
    public static async Task<(double RoundTrips, double Pipelined)> MeasureAsync(PlatformFile platform, string runDirectory, int seconds)
    {
        var server = Server(platform, runDirectory);
        await ExecuteAsync(server, "postgres", $"DROP DATABASE IF EXISTS {Database} WITH (FORCE)");
        await ExecuteAsync(server, "postgres", $"CREATE DATABASE {Database}");
        try
        {
            await ExecuteAsync(server, Database, Schema);
            return (await RunAsync(server, Script(pipelined: false), seconds), await RunAsync(server, Script(pipelined: true), seconds));
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(server, "postgres", $"DROP DATABASE IF EXISTS {Database} WITH (FORCE)");
        }
    }

    internal static string Script(bool pipelined) => string.Join('\n',
        (string[])["\\set id random(1, 50000)", "\\set agency random(1, 20)", .. pipelined ? ["\\startpipeline"] : Array.Empty<string>(), "BEGIN;", Statements, "COMMIT;", .. pipelined ? ["\\endpipeline"] : Array.Empty<string>(), ""]);

    internal static double Rate(string output) => Tps().Match(output) is { Success: true } match
        ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException("pgbench said no rate: " + output);

    internal static NpgsqlConnectionStringBuilder Server(PlatformFile platform, string runDirectory)
    {
        if (platform.Resources.FirstOrDefault(r => r.Name == "postgres")?.Urls is not [var url, ..])
        {
            throw new InvalidOperationException("The platform shows no address of PostgreSQL.");
        }

        var address = new Uri(url);
        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(runDirectory, "secrets.json"))) ?? [];
        return new NpgsqlConnectionStringBuilder
        {
            Host = address.Host, Port = address.Port, Username = "postgres", Password = secrets["postgres-password"], Pooling = false, CommandTimeout = 120,
        };
    }

    private static async Task<double> RunAsync(NpgsqlConnectionStringBuilder server, string script, int seconds)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, script);
        try
        {
            var start = new ProcessStartInfo(Binary()) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[]
            {
                "-n", "-f", file, "-M", "prepared", "-c", $"{Clients}", "-j", "2", "-T", $"{seconds}", "-h", server.Host!, "-p", $"{server.Port}", "-U", server.Username!, Database,
            })
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment["PGPASSWORD"] = server.Password;
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? Rate(output) : throw new InvalidOperationException("pgbench failed: " + await errors);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnectionStringBuilder server, string database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Binary() => (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .Select(d => Path.Combine(d, "bin", "pgbench")).Where(File.Exists).OrderDescending(StringComparer.Ordinal).FirstOrDefault() ?? "pgbench";

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}

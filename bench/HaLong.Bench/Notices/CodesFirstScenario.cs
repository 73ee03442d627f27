using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Cli.Platform;
using HaLong.Notifications.V1;
using Npgsql;
using Spectre.Console;

namespace HaLong.Bench.Notices;

/// <summary>
/// How long a one-time code takes from the service that asks for it to its provider's answer while 200 other messages a second, half mail and half SMS, go
/// through the same service; the same with nothing else going on; and what the bare provider takes on this machine in the same run.
/// </summary>
internal sealed class CodesFirstScenario(
    PlatformFile platform, BenchOptions options, NpgsqlDataSource database, HttpClient http, string smsKey, string identitySecret)
{
    private const int OtherPerSecond = 200, CodesPerSecond = 10;
    private const double Goal = 2000;

    private readonly ResultFile _result = new("codes-first", MachineInfo.Describe(), [], [], []);
    private int _errors;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var platform = PlatformFile.Read(options.RunDirectory)
            ?? throw new InvalidOperationException($"No platform.json in {options.RunDirectory}: start the platform first (./run.sh --detach).");
        if (platform.Accounts.Count == 0)
            throw new InvalidOperationException("This is no development platform: nobody is sent messages that mean nothing.");
        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(options.RunDirectory, "secrets.json")))!;
        var server = PgbenchLimit.Server(platform, options.RunDirectory);
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "notification-db" }.ConnectionString);
        using var http = new HttpClient();
        return await new CodesFirstScenario(platform, options, database, http, secrets["sms-api-key"], secrets["identity-client-secret"]).RunAsync();
    }

    private Uri At(string resource, string path) => new(new Uri(platform.Resources.First(r => r.Name == resource).Urls[0]), path);

    private async Task<int> RunAsync()
    {
        var span = TimeSpan.FromSeconds(options.StepSeconds * 3);
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]codes-first[/] on {MachineInfo.Describe()}, {CodesPerSecond} codes/s beside {OtherPerSecond} other messages/s");
        using var channel = GrpcChannel.ForAddress(platform.Resources.First(r => r.Name == "notification").Urls[^1]);
        var client = new DirectMessages.DirectMessagesClient(channel);
        var token = new Metadata { { "authorization", "Bearer " + await TokenAsync() } };
        var recipient = await RecipientAsync();

        // The code that sends is compiled while it runs.
        await CodesAsync("warm-up", client, token, TimeSpan.FromSeconds(5), isKept: false);
        var provider = await MeasureAsync("provider_alone", TimeSpan.FromSeconds(5), _ => ProviderAsync());
        var quiet = await CodesAsync("codes_alone", client, token, TimeSpan.FromSeconds(10), isKept: true);

        using var over = new CancellationTokenSource();
        var began = TimeProvider.System.GetTimestamp();
        var others = OthersAsync(recipient, over.Token);
        var busy = await CodesAsync("codes_under_load", client, token, span, isKept: true);
        await over.CancelAsync();
        var offered = await others;
        await ReportAsync(offered, TimeProvider.System.GetElapsedTime(began));

        _result.Ratios["codes_under_load_p95_to_goal_of_2_s"] = busy.Milliseconds(0.95) / Goal;
        _result.Ratios["codes_under_load_p95_to_codes_alone_p95"] = busy.Milliseconds(0.95) / quiet.Milliseconds(0.95);
        _result.Ratios["codes_alone_p50_to_provider_alone_p50"] = quiet.Milliseconds(0.5) / provider.Milliseconds(0.5);
        _result.Metrics["errors"] = _errors;
        ResultTables.Print(_result);
        AnsiConsole.MarkupLineInterpolated($"written to {_result.Write(options.OutputDirectory)}");
        return _errors == 0 && busy.Milliseconds(0.95) <= Goal ? 0 : 1;
    }

    private async Task<Histogram> CodesAsync(string name, DirectMessages.DirectMessagesClient client, Metadata token, TimeSpan span, bool isKept)
    {
        var latency = await MeasureAsync(isKept ? name : null, span, async _ => await client.SendCodeAsync(
            new SendCodeRequest
            {
                Id = Guid.CreateVersion7().ToString("N"),
                Phone = Number(),
                Language = "vi",
                Purpose = "registration",
                Code = Random.Shared.Next(100_000, 1_000_000).ToString(CultureInfo.InvariantCulture),
                ExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(5).ToTimestamp(),
            },
            token));
        return latency;
    }

    private async Task<Histogram> MeasureAsync(string? name, TimeSpan span, Func<TimeSpan, Task> work)
    {
        var run = await new OpenLoop(CodesPerSecond, span).RunAsync(work);
        foreach (var (kind, count) in run.Errors)
            AnsiConsole.MarkupLineInterpolated($"  [red]{count} × {kind}[/]");
        if (name is null)
            return run.Whole;
        _errors += run.ErrorCount;
        foreach (var (suffix, share) in new[] { ("p50", 0.5), ("p95", 0.95), ("p99", 0.99) })
            (name == "provider_alone" ? _result.Limits : _result.Metrics)[$"{name}_{suffix}_milliseconds"] = run.Whole.Milliseconds(share);
        var (p50, p95, p99) = (run.Whole.Milliseconds(0.5), run.Whole.Milliseconds(0.95), run.Whole.Milliseconds(0.99));
        AnsiConsole.MarkupLineInterpolated($"{name,-18} p50 {p50,8:0.0} ms, p95 {p95,8:0.0} ms, p99 {p99,8:0.0} ms");
        return run.Whole;
    }

    /// <summary>Messages as the planner writes them, a portion ten times a second or so, until told to stop; says how many.</summary>
    private async Task<int> OthersAsync(Guid recipient, CancellationToken ct)
    {
        var offered = 0;
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!ct.IsCancellationRequested)
        {
            await using var insert = database.CreateCommand("""
                INSERT INTO message (id, recipient_id, kind, class, trigger, channel, target, language, title, body, template_version, created_at, due_at, fallback,
                    state, claim, attempts, attempts_before, round, may_be_twice, handed_on)
                SELECT gen_random_uuid(), $1, 'bench', 1, gen_random_uuid()::text, CASE n % 2 WHEN 0 THEN 'email' ELSE 'sms' END, '', 'vi', 'Hồ sơ',
                    'Ho so cua ban da duoc tiep nhan.',
                    1, now(), now(), ARRAY[]::text[], 'pending', 0, 0, 0, 0, false, false
                FROM generate_series(1, $2::int) n
                """);
            insert.Parameters.Add(new() { Value = recipient });
            // What a busy machine delayed comes with the next portion.
            insert.Parameters.Add(new() { Value = (int)(TimeProvider.System.GetElapsedTime(began).TotalSeconds * OtherPerSecond) - offered });
            offered += await insert.ExecuteNonQueryAsync(CancellationToken.None);
            await database.CreateCommand("SELECT pg_notify('halong_message_due', '')").ExecuteNonQueryAsync(CancellationToken.None);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return offered;
    }

    private async Task ReportAsync(int offered, TimeSpan took)
    {
        await using var count = database.CreateCommand(
            "SELECT count(*) FILTER (WHERE state = 'sent'), count(*) FILTER (WHERE state = 'failed') FROM message WHERE kind = 'bench'");
        await using (var row = await count.ExecuteReaderAsync())
        {
            await row.ReadAsync();
            _result.Metrics["other_messages_offered_per_second"] = offered / took.TotalSeconds;
            _result.Metrics["other_messages_sent_per_second"] = row.GetInt64(0) / took.TotalSeconds;
            _errors += (int)row.GetInt64(1);
        }

        await database.CreateCommand("DELETE FROM message WHERE kind = 'bench'").ExecuteNonQueryAsync();
    }

    private async Task ProviderAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At("partner-lab", "/sms/messages"))
        {
            Content = JsonContent.Create(new { to = Number(), sender = "HALONG", text = "Ma 482913" }),
            Headers = { { "X-Api-Key", smsKey }, { "Idempotency-Key", Guid.CreateVersion7().ToString("N") } },
        };
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> TokenAsync()
    {
        using var answer = await http.PostAsync(At("identity", "/connect/token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "identity",
            ["client_secret"] = identitySecret,
            ["scope"] = "halong.internal",
        }));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.GetValue<string>();
    }

    /// <summary>The account of the demonstration's citizen, who has a telephone and a mailbox.</summary>
    private async Task<Guid> RecipientAsync()
    {
        var account = platform.Account("citizen");
        var tokens = await Cli.Journey.SignIn.TokensAsync(platform.Gateway, account.UserName, account.Password);
        var payload = tokens["access_token"]!.GetValue<string>().Split('.')[1].Replace('-', '+').Replace('_', '/');
        var claims = JsonNode.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')))!;
        return Guid.Parse(claims["sub"]!.GetValue<string>());
    }

    private static string Number() => $"+8491{Random.Shared.Next(1_000_000, 10_000_000)}";
}

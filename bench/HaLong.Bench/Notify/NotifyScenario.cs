using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Cli.Platform;
using RabbitMQ.Client;
using Spectre.Console;

namespace HaLong.Bench.Notify;

/// <summary>
/// How many facts a second reach a partner's webhook, and how long one takes from the broker's confirmation to the first attempt at half that rate; beside it the same bytes straight
/// through the broker and an HTTP client to the same receiver, in the same run.
/// </summary>
internal sealed class NotifyScenario(BenchOptions options, EventReceiver receiver, PlatformFile? platform = null)
{
    private const int PerSecond = 100, Least = 200, Publishers = 32;
    private const double Pace = 0.5;

    private readonly ResultFile _result = new("notify", MachineInfo.Describe(), [], [], []);

    private int Count => Math.Max(Least, (int)(options.StepSeconds * PerSecond));

    private TimeSpan Patience => TimeSpan.FromSeconds(60 + (options.StepSeconds * 12));

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var platform = PlatformFile.Read(options.RunDirectory) ?? throw new InvalidOperationException($"No platform.json in {options.RunDirectory}: start the platform first (./run.sh --detach).");
        if (platform.Accounts.Count == 0)
            throw new InvalidOperationException("This is no development platform: a receiver on this machine cannot be subscribed there.");
        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(options.RunDirectory, "secrets.json"))) ?? [];
        await using var connection = await new ConnectionFactory { Uri = Broker(platform), UserName = "guest", Password = secrets["broker-password"] }.CreateConnectionAsync();
        await using var receiver = await EventReceiver.StartAsync();
        return await new NotifyScenario(options, receiver, platform).RunAsync(connection);
    }

    /// <summary>Where the broker listens.</summary>
    internal static Uri Broker(PlatformFile platform)
    {
        var url = platform.Resources.FirstOrDefault(r => r.Name == "broker")?.Urls.FirstOrDefault(u => !u.StartsWith("http", StringComparison.Ordinal))
            ?? throw new InvalidOperationException("The platform shows no address of the broker.");
        var address = new Uri(url);
        return new Uri($"amqp://{address.Host}:{address.Port}");
    }

    private async Task<int> RunAsync(IConnection connection)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]notify[/] on {MachineInfo.Describe()}, one partner, {Count} events a step");
        await using var straight = new StraightLimit(connection, receiver);
        await straight.OpenAsync();
        await using var facts = new FactPublisher(connection);
        using var partner = await PartnerAsync(platform!); // given by who calls this
        var subscription = await SubscribeAsync(partner);
        try
        {
            await MeasureAsync("warm_up", facts.PublishAsync);
            await MeasureAsync("straight", straight.PublishAsync);
            await MeasureAsync("webhook", facts.PublishAsync);
        }
        finally
        {
            await partner.DeleteAsync(new Uri($"/api/v1/subscriptions/{subscription}", UriKind.Relative));
        }

        Conclude(_result, receiver.Others);
        ResultTables.Print(_result);
        AnsiConsole.MarkupLineInterpolated($"written to {_result.Write(options.OutputDirectory)}");
        return 0;
    }

    internal static void Conclude(ResultFile result, int repeated)
    {
        result.Metrics["repeated"] = repeated;
        result.Ratios["webhook_to_straight_events"] = result.Metrics["webhook_events_per_second"] / result.Limits["straight_events_per_second"];
        foreach (var share in new[] { "p50", "p99" })
            result.Ratios[$"webhook_to_straight_{share}"] = result.Metrics[$"webhook_commit_to_first_attempt_{share}_milliseconds"] / result.Limits[$"straight_{share}_milliseconds"];
    }

    /// <summary>At full speed, then at half of what that gave.</summary>
    private async Task MeasureAsync(string name, Func<Guid, DateTimeOffset, Task> publish)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = Publishers }, async (_, _) => await SendAsync(publish));
        var (_, last) = await receiver.ArrivedAsync(Count, Patience);
        var rate = Count / TimeProvider.System.GetElapsedTime(began, last).TotalSeconds;
        if (name == "warm_up")
            return;
        var paced = Math.Max(1, rate * Pace);
        var run = await new OpenLoop(paced, TimeSpan.FromSeconds(Math.Min(options.StepSeconds, Count / paced))).RunAsync(_ => SendAsync(publish));
        var (latency, _) = await receiver.ArrivedAsync(run.Completed, Patience);
        var (p50, p99) = (latency.Milliseconds(0.5), latency.Milliseconds(0.99));
        AnsiConsole.MarkupLineInterpolated($"{name,-10} {rate,8:0.0} events/s; at {paced:0.0}/s p50 {p50:0.0} ms, p99 {p99:0.0} ms");
        if (name == "straight")
            (_result.Limits["straight_events_per_second"], _result.Limits["straight_p50_milliseconds"], _result.Limits["straight_p99_milliseconds"]) = (rate, p50, p99);
        else
            (_result.Metrics["webhook_events_per_second"], _result.Metrics["webhook_commit_to_first_attempt_p50_milliseconds"], _result.Metrics["webhook_commit_to_first_attempt_p99_milliseconds"]) = (rate, p50, p99);
    }

    // The clock of an event runs from the moment when the broker has it.
    private async Task SendAsync(Func<Guid, DateTimeOffset, Task> publish)
    {
        var now = TimeProvider.System.GetUtcNow();
        var dossier = Guid.CreateVersion7(now);
        receiver.Sent(dossier);
        await publish(dossier, now);
    }

    private async Task<Guid> SubscribeAsync(HttpClient partner)
    {
        using var created = await partner.PostAsJsonAsync(new Uri("/api/v1/subscriptions", UriKind.Relative), new { url = receiver.Url, types = new[] { "vn.halong.dossier.processing-started." }, units = new[] { FactPublisher.Unit } });
        created.EnsureSuccessStatusCode();
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        for (var tries = 0; ; tries++)
        {
            var state = (await partner.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/subscriptions/{id}", UriKind.Relative))).GetProperty("state").GetString();
            if (state == "active")
                return id;
            if (tries == 100)
                throw new InvalidOperationException($"The address was not proved; the subscription is {state}.");
            await Task.Delay(200);
        }
    }

    private static async Task<HttpClient> PartnerAsync(PlatformFile platform)
    {
        var client = platform.Client("partner");
        var http = new HttpClient { BaseAddress = new Uri(platform.Gateway) };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = client.ClientId, ["client_secret"] = client.ClientSecret, ["scope"] = "halong.events" });
        using var answer = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}

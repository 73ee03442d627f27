using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Bench.Limits;
using HaLong.Bench.Notify;
using HaLong.Bench.Results;
using HaLong.Cli.Platform;

namespace HaLong.Bench.Tests;

public sealed class NotifyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 2, 15, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_receiver_proves_itself_and_counts_each_event_once()
    {
        await using var receiver = await EventReceiver.StartAsync();
        using var http = new HttpClient();
        using var proof = await http.PostAsJsonAsync(receiver.Url, new { subject = Guid.CreateVersion7(), data = new { challenge = "give me back" } }, TestContext.Current.CancellationToken);
        Assert.Equal("give me back", await proof.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var (mine, strange) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        receiver.Sent(mine);

        foreach (var dossier in new[] { mine, strange, mine })
        {
            using var content = new ByteArrayContent(StraightLimit.Body(dossier, Now));
            using var answer = await http.PostAsync(new Uri(receiver.Url), content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        var (latency, _) = await receiver.ArrivedAsync(1, TimeSpan.FromSeconds(10));
        Assert.Equal((1, 2, 0), (latency.Count, receiver.Others, receiver.Arrived));
        await Assert.ThrowsAsync<InvalidOperationException>(() => receiver.ArrivedAsync(1, TimeSpan.Zero));
    }

    [Fact]
    public void A_fact_is_what_the_dossier_service_would_publish()
    {
        var dossier = Guid.CreateVersion7();

        var envelope = JsonElement.Parse(FactPublisher.Envelope(Guid.CreateVersion7(), dossier, Now));

        Assert.Equal("urn:message:halong.dossier-processing-started.v1", envelope.GetProperty("messageType")[0].GetString());
        var fact = envelope.GetProperty("message");
        Assert.Equal(
            ["code", "dossierId", "occurredAt", "officerId", "ownerId", "procedureCode", "sequence", "unitCode"],
            fact.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal((dossier, 1), (fact.GetProperty("dossierId").GetGuid(), fact.GetProperty("sequence").GetInt32()));
    }

    [Fact]
    public void Ratios_are_of_the_same_run()
    {
        var result = new ResultFile("notify", "m", [], [], []);
        (result.Metrics["webhook_events_per_second"], result.Limits["straight_events_per_second"]) = (200, 800);
        (result.Metrics["webhook_commit_to_first_attempt_p50_milliseconds"], result.Limits["straight_p50_milliseconds"]) = (30, 10);
        (result.Metrics["webhook_commit_to_first_attempt_p99_milliseconds"], result.Limits["straight_p99_milliseconds"]) = (90, 30);

        NotifyScenario.Conclude(result, 2);

        Assert.Equal((0.25, 3, 3, 2), (
            result.Ratios["webhook_to_straight_events"], result.Ratios["webhook_to_straight_p50"], result.Ratios["webhook_to_straight_p99"], result.Metrics["repeated"]));
    }

    [Fact]
    public void The_brokers_address_is_found_among_the_platforms_or_missed_by_name()
    {
        var platform = Platform(new Resource("broker", "container", "Running", "Healthy", ["http://localhost:15672", "tcp://localhost:5673"], []));

        Assert.Equal(new Uri("amqp://localhost:5673"), NotifyScenario.Broker(platform));
        Assert.Contains("broker", Assert.Throws<InvalidOperationException>(() => NotifyScenario.Broker(Platform())).Message, StringComparison.Ordinal);
    }

    private static PlatformFile Platform(params Resource[] resources) => new("http://g", "http://p", resources, [], [], new Dictionary<string, string>());
}

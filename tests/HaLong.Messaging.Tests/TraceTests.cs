using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using HaLong.Messaging.CrashHost;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Messaging.Tests;

public sealed class TraceTests(Servers servers)
{
    [Fact]
    public async Task One_trace_leads_from_the_request_through_two_hops()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var sample = await Sample.CreateAsync(servers);
        var host = await sample.HostAsync();
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var client = host.Client(sample.Identity.Token());
        client.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        using var answer = await client.PostAsJsonAsync("/work", new NewWork("traced"));
        answer.EnsureSuccessStatusCode();
        await sample.SettledAsync(1);

        Assert.All(await sample.QueryAsync(db => db.Effects.ToListAsync()), effect => Assert.Equal(trace, effect.TraceId));
        var ours = spans.Where(s => s.TraceId.ToHexString() == trace).ToList();
        var byId = ours.ToDictionary(s => s.SpanId);
        var publish = Assert.Single(ours, s => s.DisplayName == "outbox publish sample.work-recorded.v1");
        var chain = new List<string>();
        for (Activity? s = publish; s is not null; s = byId.GetValueOrDefault(s.ParentSpanId))
        {
            chain.Add(s.Source.Name + ": " + s.DisplayName);
        }

        // From the second publication back to the request: consumer, first publication, request.
        Assert.Contains(chain, s => s.StartsWith("MassTransit: ", StringComparison.Ordinal));
        Assert.Contains("HaLong.Messaging: outbox publish sample.work-done.v1", chain);
        Assert.Contains("POST", chain[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_for_work_leaves_no_traces()
    {
        await using var sample = await Sample.CreateAsync(servers);
        var spans = new ConcurrentQueue<Activity>();
        await sample.HostAsync(settings: ("Outbox:PollInterval", "00:00:00.050"));
        var database = new Npgsql.NpgsqlConnectionStringBuilder(sample.Database).Database;
        using var listener = new ActivityListener
        {
            // Samples nothing by itself: sees what the host's own tracing records.
            ShouldListenTo = s => s.Name == "Npgsql",
            ActivityStopped = s =>
            {
                if (s.Recorded && Equals(s.GetTagItem("db.name") ?? s.GetTagItem("db.namespace"), database))
                {
                    spans.Enqueue(s);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await Task.Delay(TimeSpan.FromSeconds(2));
        var looks = spans.Count(s => s.Tags.Any(t => t.Value?.Contains("outbox_message", StringComparison.Ordinal) == true && t.Value.Contains("LIMIT", StringComparison.Ordinal)));
        // Some forty looks were made. A single one can be seen by a host of another test that starts at this moment.
        Assert.InRange(looks, 0, 3);
    }
}

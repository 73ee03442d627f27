using System.Net;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Webhooks;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Webhooks;

/// <summary>The steps of a proof one by one, at a time of the test's own.</summary>
public sealed class ProofEndsTests(QuietWorld quiet) : IClassFixture<QuietWorld>, IAsyncLifetime
{
    private readonly ShiftedClock clock = quiet.Clock;
    private readonly ServiceFactory<NotificationDbContext> service = quiet.Service;

    public ValueTask InitializeAsync() => quiet.CleanAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_proof_that_never_comes_expires_with_what_waited_and_can_be_begun_anew()
    {
        using var partner = quiet.Partner("late");
        var id = await CreateAsync(partner);
        await service.LoggedAsync(facts: 3);
        Assert.Equal(3, (await service.DeliveriesAsync(id)).Count);

        await FailAsync(expected: 1);
        clock.Shift = TimeSpan.FromHours(25);
        await FailAsync(expected: 2);

        Assert.Equal("expired", await service.StateAsync(id));
        Assert.Empty(await service.DeliveriesAsync(id));
        Assert.Null((await service.HealthAsync(id))!.ProbeDueAt);
        await service.LoggedAsync(facts: 1);
        Assert.Empty(await service.DeliveriesAsync(id));
        await partner.RefusedAsync(HttpStatusCode.Conflict, "NOT-0331", HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { state = "active" });

        Assert.Equal("pending", (await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{id}/verification")).Text("state"));
        await service.LoggedAsync(facts: 1);
        Assert.Single(await service.DeliveriesAsync(id));
        await ProbeAsync(Assert.Single(await service.Part<ProbeQueue>().ClaimAsync(10, World.Ct)), null);
        Assert.Equal("active", await service.StateAsync(id));
    }

    [Fact]
    public async Task Validation_events_come_at_longer_and_longer_waits_and_one_worker_sends_each()
    {
        using var partner = quiet.Partner("waits");
        var id = await CreateAsync(partner);

        var claims = (await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => service.Part<ProbeQueue>().ClaimAsync(10, World.Ct)))).SelectMany(c => c).ToList();
        var first = Assert.Single(claims);
        await ProbeAsync(first, "noAnswer");
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromSeconds(5), (await service.HealthAsync(id))!.ProbeDueAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Empty(await service.Part<ProbeQueue>().ClaimAsync(10, World.Ct));
        clock.Shift += TimeSpan.FromSeconds(6);
        await FailAsync(expected: 2);

        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromSeconds(10), (await service.HealthAsync(id))!.ProbeDueAt!.Value, TimeSpan.FromMilliseconds(1));
        var proof = (await partner.ReadAsync(id)).GetProperty("proof");
        Assert.Equal((2, "noAnswer"), (proof.GetProperty("attempts").GetInt32(), proof.Text("lastError")));
    }

    [Fact]
    public async Task An_answer_to_an_old_challenge_or_from_an_old_address_proves_nothing()
    {
        using var partner = quiet.Partner("stale");
        var id = await CreateAsync(partner);
        var old = Assert.Single(await service.Part<ProbeQueue>().ClaimAsync(10, World.Ct));
        await partner.OkAsync(HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { url = "http://127.0.0.1:9/elsewhere" });

        await ProbeAsync(old, null);
        Assert.Equal("pending", await service.StateAsync(id));

        // A worker that died in the middle: its claim runs out and the next one counts.
        var lost = Assert.Single(await service.Part<ProbeQueue>().ClaimAsync(10, World.Ct));
        clock.Shift += TimeSpan.FromSeconds(61);
        var current = Assert.Single(await service.Part<ProbeQueue>().ClaimAsync(10, World.Ct));
        await ProbeAsync(lost, null);
        Assert.Equal("pending", await service.StateAsync(id));
        await ProbeAsync(current, null);
        Assert.Equal("active", await service.StateAsync(id));
    }

    [Fact]
    public async Task A_link_does_not_work_after_the_time_of_the_proof_and_each_proof_has_its_own()
    {
        using var partner = quiet.Partner("links");
        using var nobody = service.Client();
        var id = await CreateAsync(partner);
        var probe = Assert.Single(await service.Part<ProbeQueue>().ClaimAsync(10, World.Ct));
        var link = $"/api/v1/subscription-confirmations/{id}?token={service.Part<SecretVault>().Challenge(id, probe.Target.Url, probe.ProofStartedAt)}";

        clock.Shift += TimeSpan.FromHours(25);
        await nobody.RefusedAsync(HttpStatusCode.NotFound, "NOT-0323", HttpMethod.Get, link);
        await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{id}/verification");
        await nobody.RefusedAsync(HttpStatusCode.NotFound, "NOT-0323", HttpMethod.Get, link);

        Assert.Equal("pending", await service.StateAsync(id));
    }

    private async Task FailAsync(int expected)
    {
        var probe = Assert.Single(await service.Part<ProbeQueue>().ClaimAsync(10, World.Ct));
        Assert.Equal(expected, probe.Number);
        await ProbeAsync(probe, "noAnswer");
    }

    private Task<bool> ProbeAsync(ClaimedProbe probe, string? error) => service.InScopeAsync<SubscriptionStates, bool>(async states =>
    {
        await states.ProbedAsync(probe, error, World.Ct);
        return true;
    });

    private static async Task<Guid> CreateAsync(HttpClient partner) =>
        (await partner.OkAsync(HttpMethod.Post, "/api/v1/subscriptions", new { url = "http://127.0.0.1:9/hook", types = new[] { "vn.halong." } })).GetProperty("id").GetGuid();
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HaLong.AppHost.Native;
using HaLong.Cli.Journey;
using HaLong.TestSupport;

namespace HaLong.EndToEnd.Tests;

/// <summary>Processes die by kill -9 in the middle of things; nothing is lost and nothing happens twice.</summary>
[Collection("platform")]
public sealed class FaultTests(Platform platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("broker", "citizen submits")]
    [InlineData("payment", "citizen gets the payment request")]
    [InlineData("dossier", "case officer takes it up")]
    [InlineData("e-signature", "approver approves")]
    [InlineData("notification", "approver approves")]
    [InlineData("identity", "approver approves")]
    [InlineData("gateway", "citizen submits")]
    public async Task A_journey_completes_when_a_process_is_killed(string resource, string afterStep)
    {
        platform.SignOut();
        using var journey = new DossierJourney(platform.File, new Evidence(null))
        {
            AfterStep = step =>
            {
                if (step == afterStep)
                {
                    platform.Kill(resource);
                }

                return Task.CompletedTask;
            },
        };
        await journey.RunAsync();
        await platform.HealthyAsync(Patience);

        await OneOfEachAsync(journey.DossierId);
    }

    [Fact]
    public async Task While_the_broker_is_down_filing_goes_on_and_the_events_come_afterwards()
    {
        platform.SignOut();
        using var citizen = await platform.AsAsync("citizen");
        var id = await Dossiers.DraftWithPapersAsync(platform, citizen);

        // Killed again and again, as long as the submission takes.
        using var held = new CancellationTokenSource();
        var holding = HoldDownAsync("broker", held.Token);
        using (var response = await Dossiers.SubmitAsync(citizen, id))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await held.CancelAsync();
        await holding;
        await Eventually.Async(async () => (await Dossiers.ReadAsync(citizen, id))["payment"] is JsonObject, "the payment request arrives once the broker is back", Patience);
        await platform.HealthyAsync(Patience);
    }

    [Fact]
    public async Task While_redis_is_down_everything_is_served()
    {
        platform.SignOut();
        using var citizen = await platform.AsAsync("citizen");
        using var held = new CancellationTokenSource();
        var holding = HoldDownAsync("cache", held.Token);
        foreach (var path in (string[])["/api/v1/procedures?q=dat&limit=5", "/api/v1/units?limit=5", "/api/v1/dossiers?limit=5", "/api/v1/me/messages?limit=5"])
        {
            using var response = await citizen.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, path + " " + response.StatusCode);
        }

        var id = await Dossiers.DraftWithPapersAsync(platform, citizen);
        using (var response = await Dossiers.SubmitAsync(citizen, id))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await held.CancelAsync();
        await holding;
        await platform.HealthyAsync(Patience);
    }

    [Fact]
    public async Task A_service_that_is_down_is_a_503_with_retry_after()
    {
        platform.SignOut();
        using var citizen = await platform.AsAsync("citizen");
        using var held = new CancellationTokenSource();
        var holding = HoldDownAsync("payment", held.Token);
        await Eventually.Async(
            async () =>
            {
                using var response = await citizen.GetAsync(new Uri("/api/v1/payments/" + Guid.CreateVersion7(), UriKind.Relative));
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    return false;
                }

                Assert.NotNull(response.Headers.RetryAfter);
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
                Assert.Equal("CMN-0503", (await response.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>());
                return true;
            },
            "a 503 problem with Retry-After", Patience);
        await held.CancelAsync();
        await holding;
        await platform.HealthyAsync(Patience);
    }

    private async Task HoldDownAsync(string resource, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            foreach (var pid in platform.App.GetProcessIds(resource))
            {
                try
                {
                    using var process = System.Diagnostics.Process.GetProcessById(pid);
                    process.Kill();
                }
                catch (ArgumentException)
                {
                    // It is gone already.
                }
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }

    private async Task OneOfEachAsync(string dossierId)
    {
        using var citizen = await platform.AsAsync("citizen");
        var timeline = await citizen.GetFromJsonAsync<JsonNode>(new Uri($"/api/v1/dossiers/{dossierId}/timeline", UriKind.Relative));
        var steps = (timeline as JsonArray ?? timeline!["items"]!.AsArray()).Select(t => t!["to"]!.ToString()).ToList();
        foreach (var state in (string[])["ACCEPTED", "RESOLVED", "RETURNED"])
        {
            Assert.Single(steps, state);
        }

        var payments = await citizen.GetFromJsonAsync<JsonNode>(new Uri($"/api/v1/payments?dossierId={dossierId}", UriKind.Relative));
        Assert.Single(payments as JsonArray ?? payments!["items"]!.AsArray());

        var code = (await Dossiers.ReadAsync(citizen, dossierId))["code"]!.GetValue<string>();
        // Filed, fee due, fee paid, accepted, result ready, returned: each once.
        var titles = await Eventually.ValueAsync(
            async () =>
            {
                var notices = await citizen.GetFromJsonAsync<JsonNode>(new Uri("/api/v1/me/messages?limit=100", UriKind.Relative));
                return notices!["items"]!.AsArray().Where(m => m!.ToJsonString().Contains(code, StringComparison.Ordinal)).Select(m => m!["title"]!.GetValue<string>()).ToList();
            },
            t => t.Count >= 6, "six notices about the dossier", Patience);
        Assert.Equal(6, titles.Count);
        Assert.Equal(6, titles.Distinct().Count());
    }
}

using System.Net;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Http;

namespace HaLong.Notifications.Tests.Webhooks;

/// <summary>An address gets events only after it has shown that it wants them.</summary>
public sealed class ProofTests(World world) : IClassFixture<World>
{
    private static readonly string[] All = ["vn.halong.dossier."];

    [Fact]
    public async Task A_receiver_that_gives_the_challenge_back_gets_what_happened_since_it_was_subscribed()
    {
        await using var receiver = await Receiver.StartAsync();
        var answer = new TaskCompletionSource();
        receiver.Validate = async validation =>
        {
            receiver.Validations.Enqueue(validation);
            await answer.Task.WaitAsync(World.Ct);
            return Results.Json(new { challenge = validation.GetProperty("data").Text("challenge") });
        };
        using var partner = world.AsPartner("prover");
        var id = (await CreateAsync(partner, receiver.Url)).GetProperty("id").GetGuid();
        await Eventually.Async(() => Task.FromResult(!receiver.Validations.IsEmpty), "a validation event");
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync([facts.Submitted(), facts.FeePaid()]);
        await world.ReleasedAsync(facts.Dossier, 2);
        Assert.Empty(receiver.Deliveries);
        Assert.Equal("pending", (await partner.ReadAsync(id)).Text("state"));

        answer.SetResult();

        await world.Service.BecomesAsync(id, "active");
        await Eventually.Async(() => Task.FromResult(receiver.SequencesOf(facts.Dossier).Count == 2), "the events of the time before");
        var validation = receiver.Validations.First();
        Assert.Equal("urn:halong:notification", validation.Text("source"));
        Assert.Equal(id, validation.GetProperty("subject").GetGuid());
        Assert.Equal("proof", validation.GetProperty("data").Text("reason"));
        var now = await partner.ReadAsync(id);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, now.GetProperty("proof").ValueKind);
        Assert.Equal(["proved", "created"], (await partner.ReadAsync(id, "/history")).GetProperty("items").EnumerateArray().Select(c => c.Text("what")));
    }

    [Fact]
    public async Task The_challenge_as_plain_text_is_a_proof_too()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Validate = v => Task.FromResult(Results.Text(v.GetProperty("data").Text("challenge") + "\n"));
        using var partner = world.AsPartner("prover");

        var id = (await CreateAsync(partner, receiver.Url)).GetProperty("id").GetGuid();

        await world.Service.BecomesAsync(id, "active");
    }

    [Fact]
    public async Task Whoever_only_says_ok_has_proved_nothing_until_the_link_is_visited()
    {
        await using var receiver = await Receiver.StartAsync();
        string? link = null;
        receiver.Validate = v =>
        {
            Volatile.Write(ref link, v.GetProperty("data").Text("confirmUrl"));
            return Task.FromResult(Results.Ok("ok"));
        };
        using var partner = world.AsPartner("visitor");
        var id = (await CreateAsync(partner, receiver.Url)).GetProperty("id").GetGuid();
        var seen = await Eventually.ValueAsync(() => partner.ReadAsync(id), s => s.GetProperty("proof").Text("lastError") is not null, "a failed proof");
        Assert.Equal("challengeNotEchoed", seen.GetProperty("proof").Text("lastError"));
        Assert.Equal("pending", seen.Text("state"));
        await partner.RefusedAsync(HttpStatusCode.Conflict, "NOT-0321", HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { state = "active" });
        await partner.RefusedAsync(HttpStatusCode.Conflict, "NOT-0321", HttpMethod.Post, $"/api/v1/subscriptions/{id}/test");
        await partner.RefusedAsync(HttpStatusCode.Conflict, "NOT-0321", HttpMethod.Post, $"/api/v1/subscriptions/{id}/replay", new { dead = true });

        // The link is for whoever got it, with no token of a client.
        using var nobody = world.Service.Client();
        var path = new Uri(Volatile.Read(ref link)!).PathAndQuery;
        await nobody.RefusedAsync(HttpStatusCode.NotFound, "NOT-0323", HttpMethod.Get, path + "x");
        await nobody.RefusedAsync(HttpStatusCode.NotFound, "NOT-0323", HttpMethod.Get, path.Split('?')[0]);
        await nobody.RefusedAsync(HttpStatusCode.NotFound, "NOT-0323", HttpMethod.Get, path.Replace(id.ToString(), Guid.CreateVersion7().ToString(), StringComparison.Ordinal));
        using var confirmed = await nobody.GetAsync(new Uri(path, UriKind.Relative), World.Ct);
        using var again = await nobody.PostAsync(new Uri(path, UriKind.Relative), null, World.Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (confirmed.StatusCode, again.StatusCode));
        Assert.Equal("active", await world.Service.StateAsync(id));
        await partner.RefusedAsync(HttpStatusCode.Conflict, "NOT-0322", HttpMethod.Post, $"/api/v1/subscriptions/{id}/verification");
    }

    [Fact]
    public async Task Another_address_must_be_proved_again_and_gets_what_waited()
    {
        await using var old = await Receiver.StartAsync();
        await using var other = await Receiver.StartAsync();
        var silent = true;
        other.Validate = v => Task.FromResult(Volatile.Read(ref silent) ? Results.StatusCode(503) : Results.Json(new { challenge = v.GetProperty("data").Text("challenge") }));
        var (id, _) = await world.SubscribeAsync(old.Url, "mover");
        using var partner = world.AsPartner("mover");

        var moved = await partner.OkAsync(HttpMethod.Patch, $"/api/v1/subscriptions/{id}", new { url = other.Url });
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync([facts.Submitted(), facts.FeePaid()]);
        await world.ReleasedAsync(facts.Dossier, 2);
        Assert.Equal("pending", moved.Text("state"));
        var waiting = await Eventually.ValueAsync(() => partner.ReadAsync(id), s => s.GetProperty("proof").Text("lastError") is not null, "a failed proof");
        Assert.Equal("status503", waiting.GetProperty("proof").Text("lastError"));

        Volatile.Write(ref silent, false);
        var restarted = await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{id}/verification");

        Assert.Equal("pending", restarted.Text("state"));
        await Eventually.Async(() => Task.FromResult(other.SequencesOf(facts.Dossier).Count == 2), "the events at the new address");
        Assert.DoesNotContain(old.Deliveries, d => d.Subject == facts.Dossier);
        var history = (await partner.ReadAsync(id, "/history?limit=2")).GetProperty("items").EnumerateArray().Select(c => c.Text("what"));
        Assert.Equal(["proved", "proofStarted"], history);
    }

    [Fact]
    public async Task Validation_events_carry_the_signature_of_the_secret_and_the_own_headers()
    {
        await using var receiver = await Receiver.StartAsync();
        using var partner = world.AsPartner("signer");
        var created = await partner.OkAsync(HttpMethod.Post, "/api/v1/subscriptions", new { url = receiver.Url + "?signed", types = All, headers = new Dictionary<string, string> { ["X-Tenant"] = "qn" } });

        await world.Service.BecomesAsync(created.GetProperty("id").GetGuid(), "active");

        var test = await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{created.GetProperty("id").GetGuid()}/test");
        var delivery = Assert.Single(receiver.Deliveries, d => d.Type == "vn.halong.subscription.test.v1");
        Assert.True(test.GetProperty("delivered").GetBoolean());
        Assert.Equal(test.GetProperty("eventId").GetString(), delivery.Id);
        Assert.Equal("qn", delivery.Headers["x-tenant"]);
        Assert.Equal([delivery.Headers["webhook-signature"]], SignedBy.Of(delivery, created.Text("secret")!));
    }

    private static Task<System.Text.Json.JsonElement> CreateAsync(HttpClient partner, string url) =>
        partner.OkAsync(HttpMethod.Post, "/api/v1/subscriptions", new { url, types = All });
}

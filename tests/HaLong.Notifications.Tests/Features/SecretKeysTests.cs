using System.Net;
using System.Text;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Webhooks;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

/// <summary>Secrets that come and go while events are delivered, and headers that are secrets too.</summary>
public sealed class SecretKeysTests(QuietWorld quiet) : IClassFixture<QuietWorld>, IAsyncLifetime
{
    private readonly ShiftedClock clock = quiet.Clock;
    private readonly ServiceFactory<NotificationDbContext> service = quiet.Service;

    public ValueTask InitializeAsync() => quiet.CleanAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task While_two_are_valid_each_delivery_is_signed_by_both_newest_first_and_by_one_when_the_old_one_ends()
    {
        await using var receiver = await Receiver.StartAsync();
        using var partner = quiet.Partner("rotating");
        var (id, old) = await service.ProvedAsync(receiver.Url, "rotating");
        await service.LoggedAsync(facts: 3);
        await quiet.DeliverAsync();
        clock.Shift = TimeSpan.FromSeconds(1);
        var fresh = (await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{id}/secrets", new { retireOthersAfterHours = 24 })).Text("secret")!;
        await quiet.DeliverAsync();
        var both = await partner.ReadAsync(id);
        clock.Shift = TimeSpan.FromHours(25);
        await quiet.DeliverAsync();

        var deliveries = receiver.Deliveries.ToList();
        Assert.Equal(3, deliveries.Count);
        Assert.Equal(SignedBy.Of(deliveries[0], old), deliveries[0].Headers["webhook-signature"].Split(' '));
        Assert.Equal(SignedBy.Of(deliveries[1], fresh, old), deliveries[1].Headers["webhook-signature"].Split(' '));
        Assert.Equal(SignedBy.Of(deliveries[2], fresh), deliveries[2].Headers["webhook-signature"].Split(' '));
        Assert.Equal(2, both.GetProperty("keys").GetArrayLength());
        Assert.Single((await partner.ReadAsync(id)).GetProperty("keys").EnumerateArray());
    }

    [Fact]
    public async Task Three_are_the_most_the_last_one_stays_and_what_is_taken_away_signs_no_more()
    {
        await using var receiver = await Receiver.StartAsync();
        using var partner = quiet.Partner("collector");
        var (id, first) = await service.ProvedAsync(receiver.Url, "collector");
        var path = $"/api/v1/subscriptions/{id}/secrets";
        var second = await partner.OkAsync(HttpMethod.Post, path, new { });
        var third = await partner.OkAsync(HttpMethod.Post, path, new { });
        await partner.RefusedAsync(HttpStatusCode.Conflict, "NOT-0324", HttpMethod.Post, path, new { });
        await partner.RefusedAsync(HttpStatusCode.BadRequest, "CMN-0400", HttpMethod.Post, path, new { retireOthersAfterHours = 721 });
        await partner.RefusedAsync(HttpStatusCode.BadRequest, "CMN-0400", HttpMethod.Post, path, new { retireOthersAfterHours = -1 });

        await partner.OkAsync(HttpMethod.Delete, $"{path}/{id}");
        await partner.OkAsync(HttpMethod.Delete, $"{path}/{second.Text("id")}");
        await partner.RefusedAsync(HttpStatusCode.NotFound, "NOT-0326", HttpMethod.Delete, $"{path}/{second.Text("id")}");
        await partner.RefusedAsync(HttpStatusCode.Conflict, "NOT-0325", HttpMethod.Delete, $"{path}/{third.Text("id")}");
        await service.LoggedAsync(facts: 1);
        await quiet.DeliverAsync();

        var delivery = Assert.Single(receiver.Deliveries);
        Assert.Equal(SignedBy.Of(delivery, third.Text("secret")!), delivery.Headers["webhook-signature"].Split(' '));
        Assert.False(SignedBy.Hold(delivery, first));
        Assert.Equal(
            ["secretRemoved", "secretRemoved", "secretAdded", "secretAdded"],
            (await partner.ReadAsync(id, "/history")).GetProperty("items").EnumerateArray().Select(c => c.Text("what")));
    }

    [Fact]
    public async Task A_secret_that_leaked_is_replaced_at_once()
    {
        await using var receiver = await Receiver.StartAsync();
        using var partner = quiet.Partner("leaked");
        var (id, old) = await service.ProvedAsync(receiver.Url, "leaked");
        for (var i = 0; i < 2; i++)
            await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{id}/secrets", new { });

        var fresh = (await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{id}/secrets", new { retireOthersAfterHours = 0 })).Text("secret")!;
        await service.LoggedAsync(facts: 1);
        await quiet.DeliverAsync();

        var delivery = Assert.Single(receiver.Deliveries);
        Assert.Equal(SignedBy.Of(delivery, fresh), delivery.Headers["webhook-signature"].Split(' '));
        Assert.False(SignedBy.Hold(delivery, old));
    }

    [Fact]
    public async Task The_same_request_again_makes_no_second_secret_and_at_once_no_fourth()
    {
        using var partner = quiet.Partner("repeater");
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/", "repeater");
        var path = $"/api/v1/subscriptions/{id}/secrets";

        var first = await partner.OkAsync(HttpMethod.Post, path, new { }, key: "k1");
        var again = await partner.OkAsync(HttpMethod.Post, path, new { }, key: "k1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var response = await partner.SendAsync(HttpMethod.Post, path, new { });
            return response.StatusCode;
        }));

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Single(answers, HttpStatusCode.Created);
        Assert.All(answers.Where(a => a != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.Conflict, a));
        Assert.Equal(3, (await partner.ReadAsync(id)).GetProperty("keys").GetArrayLength());
    }

    [Fact]
    public async Task Nobody_else_adds_or_removes_secrets_and_none_is_stored_in_clear()
    {
        using var partner = quiet.Partner("owner");
        using var stranger = quiet.Partner("stranger");
        var (id, _) = await service.ProvedAsync("http://127.0.0.1:9/", "owner");
        var path = $"/api/v1/subscriptions/{id}/secrets";

        var secret = (await partner.OkAsync(HttpMethod.Post, path, new { }, key: "stored")).Text("secret")!;
        await stranger.RefusedAsync(HttpStatusCode.NotFound, "NOT-0002", HttpMethod.Post, path, new { });
        await stranger.RefusedAsync(HttpStatusCode.NotFound, "NOT-0002", HttpMethod.Delete, $"{path}/{id}");

        var raw = Convert.FromBase64String(secret["whsec_".Length..]);
        var stored = await service.InScopeAsync<NotificationDbContext, List<byte[]>>(db => db.Set<SubscriptionSecret>().Select(k => k.Sealed).ToListAsync());
        Assert.All(stored, bytes => Assert.Equal(-1, bytes.AsSpan().IndexOf(raw.AsSpan(0, 8))));
        Assert.Equal(0, await service.InScopeAsync<NotificationDbContext, int>(db => db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM idempotency_key").SingleAsync()));
        Assert.DoesNotContain("whsec_", (await partner.ReadAsync(id)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_headers_are_sent_sealed_in_the_database_and_shown_by_name_only()
    {
        await using var receiver = await Receiver.StartAsync();
        using var partner = quiet.Partner("headers");
        var (id, _) = await service.ProvedAsync(receiver.Url, "headers");
        var path = $"/api/v1/subscriptions/{id}";
        var seen = await partner.OkAsync(HttpMethod.Patch, path, new { headers = new Dictionary<string, string> { ["X-Api-Key"] = "open sesame 123", ["x-tenant"] = "qn" } });
        var dossier = await service.LoggedAsync(facts: 2);
        await quiet.DeliverAsync();
        await partner.OkAsync(HttpMethod.Patch, path, new { headers = new Dictionary<string, string>() });
        await quiet.DeliverAsync();

        var deliveries = receiver.Deliveries.ToList();
        Assert.Equal(("open sesame 123", "qn"), (deliveries[0].Headers["x-api-key"], deliveries[0].Headers["x-tenant"]));
        Assert.False(deliveries[1].Headers.ContainsKey("x-api-key"));
        Assert.Equal(["X-Api-Key", "x-tenant"], seen.GetProperty("headerNames").EnumerateArray().Select(h => h.GetString()));
        var all = (await partner.ReadAsync(id)).GetRawText() + (await partner.ReadAsync(id, "/deliveries")).GetRawText() + (await partner.ReadAsync(id, "/history")).GetRawText();
        Assert.DoesNotContain("sesame", all, StringComparison.Ordinal);
        var attempt = (await service.DeliveriesAsync(id)).Single(d => d.Event.Sequence == 1 && d.DossierId == dossier).Log.Single();
        Assert.Equal(["X-Api-Key", "x-tenant"], attempt.HeaderNames);
        var sealedBytes = service.Part<SecretVault>().SealHeaders(id, new Dictionary<string, string> { ["X-A"] = "open sesame 123" });
        Assert.Equal(-1, sealedBytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("sesame")));
        Assert.Equal("open sesame 123", service.Part<SecretVault>().OpenHeaders(id, sealedBytes)["X-A"]);
    }
}

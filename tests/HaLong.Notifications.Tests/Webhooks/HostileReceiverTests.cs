using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HaLong.Notifications.Tests.Webhooks;

public sealed class HostileReceiverTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var secretPlace = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync(app => app.MapPost("/redirect", () => Results.Redirect(secretPlace.Url, permanent: true, preserveMethod: true)));

        var attempt = await FirstAttemptAsync(receiver.Url.Replace("/hook", "/redirect", StringComparison.Ordinal));

        Assert.Equal((308, null), (attempt.Status, attempt.Error));
        Assert.Empty(secretPlace.Deliveries);
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_given_up_after_the_timeout()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20));
            return 204;
        };

        var attempt = await FirstAttemptAsync(receiver.Url);

        Assert.Equal((null, "timeout"), (attempt.Status, attempt.Error));
        Assert.InRange(attempt.DurationMs, 1900, 10_000);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read()
    {
        // A bare socket: what it has written has left, and a connection that is gone says so at once.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var flood = Task.Run(async () =>
        {
            using var connection = await listener.AcceptSocketAsync(World.Ct);
            var block = new byte[64 * 1024];
            await connection.ReceiveAsync(block, World.Ct);
            await connection.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), World.Ct);
            var sent = 0L;
            try
            {
                while (sent < 500_000_000)
                    sent += await connection.SendAsync(block, World.Ct);
            }
            catch (SocketException)
            {
                // Hung up on, as it deserves.
            }

            return sent;
        }, World.Ct);

        var attempt = await FirstAttemptAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/flood");

        Assert.Equal(200, attempt.Status);
        Assert.InRange(await flood, 0, 100_000_000);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_or_closes_early_is_a_failed_attempt()
    {
        using var closer = new TcpListener(IPAddress.Loopback, 0);
        closer.Start();
        var port = ((IPEndPoint)closer.LocalEndpoint).Port;
        var closing = Task.Run(async () =>
        {
            while (true)
                (await closer.AcceptTcpClientAsync(World.Ct)).Dispose();
        }, World.Ct);

        var early = await FirstAttemptAsync($"http://127.0.0.1:{port}/hook");
        closer.Stop();
        var absent = await FirstAttemptAsync($"http://127.0.0.1:{port}/hook");
        await using var plain = await Receiver.StartAsync();
        var tls = await FirstAttemptAsync("https" + plain.Url["http".Length..]);

        Assert.Equal("noAnswer", early.Error);
        Assert.Equal("notConnected", absent.Error);
        Assert.Equal("tlsFailed", tls.Error);
        await Assert.ThrowsAnyAsync<Exception>(() => closing);
    }

    [Theory]
    [InlineData("http://localhost:{0}/hook")]
    [InlineData("http://127.0.0.1:{0}/hook")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/hook")]
    public async Task An_address_that_became_private_after_it_was_subscribed_is_refused_at_the_connection(string url)
    {
        // Subscribed where private networks are allowed, delivered by a replica that does not allow them: as after DNS rebinding.
        await using var receiver = await Receiver.StartAsync();
        await using var strict = await world.Factory().WithSetting("Webhooks:AllowPrivateNetworks", "false")
            .WithDatabase<NotificationDbContext>("notification-db", o => new NotificationDbContext(o)).StartAsync();
        using var partner = strict.Client(world.Identity.PartnerToken("rebinder"));
        var (id, _) = await strict.ProvedAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, new Uri(receiver.Url).Port), "rebinder");
        var facts = new Facts(Guid.CreateVersion7());

        await strict.PublishAsync(facts.Submitted());

        await Eventually.Async(
            async () => (await partner.GetStringAsync($"/api/v1/subscriptions/{id}/deliveries", World.Ct)).Contains("addressNotPublic", StringComparison.Ordinal),
            "a refused connection");
        Assert.Empty(receiver.Deliveries);
    }

    [Theory]
    [InlineData("https://localhost/hook", "NOT-0004")]
    [InlineData("https://[::1]/hook", "NOT-0004")]
    [InlineData("http://1.1.1.1/hook", "NOT-0003")]
    public async Task Outside_development_private_and_plain_addresses_cannot_be_subscribed(string url, string code)
    {
        await using var strict = await world.Factory().WithSetting("Webhooks:AllowPrivateNetworks", "false")
            .WithDatabase<NotificationDbContext>("notification-db", o => new NotificationDbContext(o)).StartAsync(waitForBus: false);
        using var partner = strict.Client(world.Identity.PartnerToken());

        using var response = await partner.PostAsJsonAsync("/api/v1/subscriptions", new { url, types = new[] { "vn.halong.dossier." } }, World.Ct);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, code);
    }

    private async Task<DeliveryAttempt> FirstAttemptAsync(string url)
    {
        var (id, _) = await world.SubscribeAsync(url, "hostile");
        await world.PublishAsync(new Facts(Guid.CreateVersion7()).Submitted());
        var deliveries = await Eventually.ValueAsync(() => world.DeliveriesAsync(id), d => d.Any(x => x.Log.Count > 0), "an attempt");
        using var partner = world.AsPartner("hostile");
        using var deleted = await partner.DeleteAsync(new Uri($"/api/v1/subscriptions/{id}", UriKind.Relative), World.Ct);
        return deliveries.First(d => d.Log.Count > 0).Log.OrderBy(a => a.Number).First();
    }
}

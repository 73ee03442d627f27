using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Amqp;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Amqp;

public sealed class AmqpReconcilerTests(World world) : IClassFixture<World>
{
    private readonly string client = Partner.NewClient();

    private string Vhost => new Uri(world.Service.Broker).AbsolutePath[1..];

    [Fact]
    public async Task A_broker_that_lost_a_user_gets_it_back_with_the_same_password()
    {
        var url = Partner.UrlOf(world, await Partner.GrantAsync(world, client));
        using var management = world.ManagementClient();
        (await management.DeleteAsync(new Uri($"api/users/partner.{client}", UriKind.Relative), World.Ct)).EnsureSuccessStatusCode();
        Assert.False(await Partner.CanConnectAsync(url));

        await RunAsync();

        Assert.True(await Partner.CanConnectAsync(url));
    }

    [Fact]
    public async Task What_was_changed_at_the_broker_by_hand_is_made_right()
    {
        var url = Partner.UrlOf(world, await Partner.GrantAsync(world, client));
        using var management = world.ManagementClient();
        (await management.PutAsJsonAsync($"api/users/partner.{client}", new { password = "another", tags = "administrator" }, World.Ct)).EnsureSuccessStatusCode();
        (await management.PutAsJsonAsync($"api/permissions/{Vhost}/partner.{client}", new { configure = ".*", write = ".*", read = ".*" }, World.Ct)).EnsureSuccessStatusCode();

        await RunAsync();

        var rights = await management.GetFromJsonAsync<JsonElement>($"api/permissions/{Vhost}/partner.{client}", World.Ct);
        var user = await management.GetFromJsonAsync<JsonElement>($"api/users/partner.{client}", World.Ct);
        Assert.Equal(PartnerNames.Own(client), rights.GetProperty("write").GetString());
        Assert.DoesNotContain("administrator", user.GetProperty("tags").ToString(), StringComparison.Ordinal);
        Assert.True(await Partner.CanConnectAsync(url));
    }

    [Fact]
    public async Task A_user_that_nobody_asked_for_is_removed()
    {
        using var management = world.ManagementClient();
        (await management.PutAsJsonAsync($"api/users/partner.{client}", new { password = "p", tags = "" }, World.Ct)).EnsureSuccessStatusCode();
        (await management.PutAsJsonAsync($"api/permissions/{Vhost}/partner.{client}", new { configure = ".*", write = ".*", read = ".*" }, World.Ct)).EnsureSuccessStatusCode();

        await RunAsync();

        using var gone = await management.GetAsync(new Uri($"api/users/partner.{client}", UriKind.Relative), World.Ct);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_user_with_rights_elsewhere_loses_only_those_here()
    {
        var vhost = $"other-{client}";
        using var management = world.ManagementClient();
        (await management.PutAsJsonAsync($"api/vhosts/{vhost}", new { }, World.Ct)).EnsureSuccessStatusCode();
        await Partner.GrantAsync(world, client);
        (await management.PutAsJsonAsync($"api/permissions/{vhost}/partner.{client}", new { configure = "", write = "", read = "" }, World.Ct)).EnsureSuccessStatusCode();
        using var http = world.AsPartner(client);

        using var ended = await http.DeleteAsync(new Uri("/api/v1/amqp-access", UriKind.Relative), World.Ct);

        var rights = await management.GetFromJsonAsync<JsonElement>($"api/users/partner.{client}/permissions", World.Ct);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(vhost, Assert.Single(rights.EnumerateArray()).GetProperty("vhost").GetString());
        (await management.DeleteAsync(new Uri($"api/vhosts/{vhost}", UriKind.Relative), World.Ct)).Dispose();
        (await management.DeleteAsync(new Uri($"api/users/partner.{client}", UriKind.Relative), World.Ct)).Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_may_not_have_events_any_more_loses_its_access(bool disabled)
    {
        var url = Partner.UrlOf(world, await Partner.GrantAsync(world, client));
        await using var connection = await Partner.ConnectAsync(url);
        if (disabled)
            world.Accounts.Partners.Active[client] = false;
        else
            world.Accounts.Partners.Scopes[client] = [];

        await RunAsync();

        await Eventually.Async(() => Task.FromResult(!connection.IsOpen), "the connection is closed");
        Assert.False(await Partner.CanConnectAsync(url));
        Assert.False(await world.InDatabaseAsync(db => db.Set<AmqpAccess>().AnyAsync(a => a.Client == client)));
        Assert.Equal(1, await world.InDatabaseAsync(db => db.Database.SqlQuery<int>(
            $"SELECT count(*)::int AS \"Value\" FROM evidence WHERE subject = {client} AND kind = 'notification.amqp-access-revoked'").SingleAsync()));
    }

    [Fact]
    public async Task While_identity_says_nothing_accesses_stay()
    {
        var url = Partner.UrlOf(world, await Partner.GrantAsync(world, client));
        world.Accounts.Partners.Active[client] = false;
        world.Accounts.Partners.IsDown = true;
        try
        {
            await RunAsync();
            Assert.True(await Partner.CanConnectAsync(url));
        }
        finally
        {
            world.Accounts.Partners.IsDown = false;
        }

        await RunAsync();
        Assert.False(await Partner.CanConnectAsync(url));
    }

    [Fact]
    public async Task Every_queue_of_a_partner_is_limited()
    {
        await RunAsync();
        await using var partner = await Partner.ListenAsync(world);
        using var management = world.ManagementClient();

        var policy = await Eventually.ValueAsync(
            async () => (await management.GetFromJsonAsync<JsonElement>($"api/queues/{Vhost}/{partner.Queue}", World.Ct)) is var queue
                && queue.TryGetProperty("effective_policy_definition", out var found) ? found : default,
            found => found.ValueKind == JsonValueKind.Object && found.EnumerateObject().Any(), "the policy of the queue");

        Assert.Equal(100_000, policy.GetProperty("max-length").GetInt32());
        Assert.Equal(256 << 20, policy.GetProperty("max-length-bytes").GetInt64());
        Assert.Equal(3 * 86_400_000L, policy.GetProperty("message-ttl").GetInt64());
        Assert.Equal(7 * 86_400_000L, policy.GetProperty("expires").GetInt64());
        var limits = await management.GetFromJsonAsync<JsonElement>($"api/user-limits/{partner.Queue[..^4]}", World.Ct);
        Assert.Equal(5, Assert.Single(limits.EnumerateArray()).GetProperty("value").GetProperty("max-connections").GetInt32());
    }

    [Fact]
    public async Task A_partner_that_takes_nothing_loses_the_oldest_sees_the_step_and_finds_them_in_the_feed()
    {
        // Its reconciler gives the partners of this virtual host shorter queues; the next comparison lengthens them again.
        await using var narrow = await world.ReplicaAsync(("Amqp:QueueLength", "3"));
        await narrow.Services.GetRequiredService<AmqpReconciler>().RunAsync(World.Ct);
        await using var other = await Partner.ListenAsync(world);
        var url = Partner.UrlOf(world, await Partner.GrantAsync(world, client));
        var queue = PartnerNames.QueuePrefix(client) + "idle";
        await using var connection = await Partner.ConnectAsync(url);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: World.Ct);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: World.Ct);
        await channel.QueueBindAsync(queue, PublicExchange.Name, "#", cancellationToken: World.Ct);
        var facts = new Facts(Guid.CreateVersion7());

        await world.PublishAllAsync(facts.All());
        await Eventually.Async(() => Task.FromResult(other.SequencesOf(facts.Dossier).Count == 7), "whoever takes them gets all");
        await Eventually.Async(async () => await channel.MessageCountAsync(queue, World.Ct) == 3, "three are kept");

        var oldest = JsonElement.Parse((await channel.BasicGetAsync(queue, autoAck: true, World.Ct))!.Body.Span);
        using var http = world.AsPartner(client);
        var feed = await http.GetFromJsonAsync<JsonElement>($"/api/v1/events?subject={facts.Dossier}", World.Ct);
        Assert.Equal(5, oldest.GetProperty("sequence").GetInt64());
        Assert.Equal(7, feed.GetProperty("items").GetArrayLength());
        await RunAsync();
    }

    [Fact]
    public async Task Asked_for_and_ended_at_once_what_is_recorded_is_what_holds()
    {
        using var http = world.AsPartner(client);
        var url = Partner.UrlOf(world, await Partner.GrantAsync(world, client));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0
            ? Partner.AskAsync(http)
            : http.DeleteAsync(new Uri("/api/v1/amqp-access", UriKind.Relative), World.Ct)));

        Assert.All(answers, a => Assert.Contains(a.StatusCode,
            new[] { HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.Conflict }));
        var row = await world.InDatabaseAsync(db => db.Set<AmqpAccess>().AsNoTracking().SingleOrDefaultAsync(a => a.Client == client));
        using var management = world.ManagementClient();
        using var user = await management.GetAsync(new Uri($"api/users/partner.{client}", UriKind.Relative), World.Ct);
        Assert.Equal(row is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, user.StatusCode);
        if (row is not null)
        {
            var password = world.Service.Services.GetRequiredService<PartnerPasswords>().Of(client, row.Salt);
            Assert.True(await Partner.CanConnectAsync(Partner.UrlOf(world.Service.Broker, PartnerNames.User(client), password)));
        }

        Assert.False(await Partner.CanConnectAsync(url));
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Theory]
    [InlineData("PUT", HttpStatusCode.BadRequest, 1, HttpStatusCode.OK)]
    [InlineData("PUT", HttpStatusCode.InternalServerError, 1, HttpStatusCode.OK)]
    [InlineData("DELETE", HttpStatusCode.InternalServerError, 2, HttpStatusCode.NoContent)]
    [InlineData("PUT", HttpStatusCode.InternalServerError, 100, HttpStatusCode.ServiceUnavailable)]
    public async Task A_broker_that_stumbles_over_changes_at_once_is_asked_again_and_not_for_ever(
        string method, HttpStatusCode status, int times, HttpStatusCode expected)
    {
        var url = Partner.UrlOf(world, await Partner.GrantAsync(world, client));
        var broker = new Stumbling.Broker(client, method, status);
        await using var service = await world.Factory().WithBroker(world.Service.Broker)
            .WithSetting("ConnectionStrings:notification-db", world.Service.Services.GetRequiredService<IConfiguration>().GetConnectionString("notification-db"))
            .WithServices(s => s.AddHttpClient(BrokerUsers.ClientName).AddHttpMessageHandler(() => new Stumbling(broker)))
            .StartAsync(waitForBus: false);
        await Eventually.Async(() => Task.FromResult(broker.IsReconciled), "the comparison at the start is past this client");
        using var http = service.Client(world.Identity.PartnerToken(client));

        broker.Times = times;
        using var answer = method == "PUT" ? await Partner.AskAsync(http) : await http.DeleteAsync(new Uri("/api/v1/amqp-access", UriKind.Relative), World.Ct);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(Math.Min(times, 10), broker.Stumbled);
        Assert.Equal(expected == HttpStatusCode.ServiceUnavailable, await Partner.CanConnectAsync(url));
    }

    private Task RunAsync() => world.Service.Services.GetRequiredService<AmqpReconciler>().RunAsync(World.Ct);

    /// <summary>Answers requests about one client's user in the broker's place.</summary>
    private sealed class Stumbling(Stumbling.Broker broker) : DelegatingHandler
    {
        internal sealed class Broker(string client, string method, HttpStatusCode status)
        {
            public int Times { get; set; }

            public int Stumbled { get; private set; }

            /// <summary>The permissions are what a client's user is given last.</summary>
            public bool IsReconciled { get; private set; }

            public HttpStatusCode? Over(HttpRequestMessage request)
            {
                var path = request.RequestUri!.AbsolutePath;
                if (!path.Contains(client, StringComparison.Ordinal))
                    return null;
                if (request.Method.Method == method && Stumbled < Times)
                {
                    Stumbled++;
                    return status;
                }

                IsReconciled |= path.Contains("/permissions/", StringComparison.Ordinal);
                return null;
            }
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) =>
            broker.Over(request) is { } status ? Task.FromResult(new HttpResponseMessage(status)) : base.SendAsync(request, ct);
    }
}

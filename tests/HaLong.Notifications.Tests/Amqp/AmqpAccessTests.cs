using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Amqp;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Amqp;

public sealed class AmqpAccessTests(World world) : IClassFixture<World>
{
    private readonly string client = Partner.NewClient();

    [Fact]
    public async Task A_partner_gets_a_user_whose_password_is_shown_once()
    {
        using var http = world.AsPartner(client);
        using var created = await Partner.AskAsync(http);
        var access = await created.Content.ReadFromJsonAsync<JsonElement>(World.Ct);
        using var read = await http.GetAsync(new Uri("/api/v1/amqp-access", UriKind.Relative), World.Ct);
        var later = await read.Content.ReadFromJsonAsync<JsonElement>(World.Ct);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.True(created.Headers.CacheControl!.NoStore);
        Assert.Equal("/api/v1/amqp-access", created.Headers.Location!.ToString());
        Assert.Equal(created.Headers.ETag, read.Headers.ETag);
        Assert.Equal(("partner." + client, "halong.public-events"), (access.GetProperty("user").GetString(), access.GetProperty("exchange").GetString()));
        Assert.Equal($"partner.{client}.", access.GetProperty("queuePrefix").GetString());
        Assert.True(later.GetProperty("ready").GetBoolean());
        Assert.False(later.TryGetProperty("password", out var shown) && shown.ValueKind != JsonValueKind.Null);
        Assert.True(await Partner.CanConnectAsync(Partner.UrlOf(world, access)));
        Assert.Equal(43, access.GetProperty("password").GetString()!.Length);
    }

    [Fact]
    public async Task A_repeat_shows_the_same_password_and_a_new_request_makes_a_new_one()
    {
        using var http = world.AsPartner(client);
        using var first = await Partner.AskAsync(http, "key-1");
        using var repeat = await Partner.AskAsync(http, "key-1");
        using var rotated = await Partner.AskAsync(http, "key-2");
        using var repeated = await Partner.AskAsync(http, "key-2");

        var (one, same, two) = (await BodyAsync(first), await BodyAsync(repeat), await BodyAsync(rotated));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, repeat.StatusCode, rotated.StatusCode));
        Assert.Equal(one.GetRawText(), same.GetRawText());
        Assert.Equal(two.GetRawText(), (await BodyAsync(repeated)).GetRawText());
        Assert.Equal("true", Assert.Single(repeat.Headers.GetValues(HaLong.Messaging.Idempotency.ReplayedHeader)));
        Assert.False(await Partner.CanConnectAsync(Partner.UrlOf(world, one)));
        Assert.True(await Partner.CanConnectAsync(Partner.UrlOf(world, two)));
    }

    [Fact]
    public async Task The_end_of_an_access_closes_its_connections()
    {
        using var http = world.AsPartner(client);
        var url = Partner.UrlOf(world, await Partner.GrantAsync(world, client));
        await using var connection = await Partner.ConnectAsync(url);

        using var ended = await http.DeleteAsync(new Uri("/api/v1/amqp-access", UriKind.Relative), World.Ct);
        await Eventually.Async(() => Task.FromResult(!connection.IsOpen), "the connection is closed");
        using var again = await http.DeleteAsync(new Uri("/api/v1/amqp-access", UriKind.Relative), World.Ct);
        using var read = await http.GetAsync(new Uri("/api/v1/amqp-access", UriKind.Relative), World.Ct);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.False(await Partner.CanConnectAsync(url));
        await again.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0301");
        await read.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0301");
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("a*")]
    [InlineData("a b")]
    [InlineData("a\n")]
    public void A_client_whose_id_could_reach_another_partners_queues_is_not_usable(string id) => Assert.False(PartnerNames.IsUsable(id));

    [Fact]
    public async Task Such_a_client_is_told_so()
    {
        using var http = world.AsPartner("with.dots");
        using var response = await Partner.AskAsync(http);
        await response.AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0303");
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        using var http = world.AsPartner(client);
        using var response = await Partner.AskAsync(http, new string('k', 201));
        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "CMN-0400");
    }

    [Fact]
    public async Task Who_has_seen_an_older_revision_changes_nothing()
    {
        using var http = world.AsPartner(client);
        using var created = await Partner.AskAsync(http);
        var url = Partner.UrlOf(world, await BodyAsync(created));
        using var delete = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/amqp-access");
        delete.Headers.TryAddWithoutValidation("If-Match", "\"1\"");

        using var rotated = await Partner.AskAsync(http, ifMatch: "\"1\"");
        using var ended = await http.SendAsync(delete, World.Ct);
        using var current = await Partner.AskAsync(http, ifMatch: created.Headers.ETag!.Tag);

        await rotated.AssertProblemAsync(HttpStatusCode.PreconditionFailed, "CMN-0412");
        await ended.AssertProblemAsync(HttpStatusCode.PreconditionFailed, "CMN-0412");
        Assert.Equal(HttpStatusCode.OK, current.StatusCode);
        Assert.False(await Partner.CanConnectAsync(url));
    }

    [Fact]
    public async Task People_and_strangers_have_no_access()
    {
        using var citizen = world.As(Guid.CreateVersion7());
        using var stranger = world.Service.Client();
        using var forbidden = await Partner.AskAsync(citizen);
        using var unknown = await Partner.AskAsync(stranger);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (forbidden.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task Of_many_requests_at_once_the_last_recorded_password_is_the_one_that_holds()
    {
        using var http = world.AsPartner(client);

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Partner.AskAsync(http)));
        await Partner.GrantAsync(world, client, "last");

        Assert.All(responses, r => Assert.Contains(r.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict }));
        Assert.Contains(responses, r => r.IsSuccessStatusCode);
        Assert.True(await Partner.CanConnectAsync(await RecordedUrlAsync()));
        foreach (var response in responses)
            response.Dispose();
    }

    [Fact]
    public async Task The_same_request_many_times_at_once_is_one()
    {
        using var http = world.AsPartner(client);

        var responses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Partner.AskAsync(http, "once")));

        var bodies = new List<string>();
        foreach (var response in responses)
        {
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            bodies.Add((await BodyAsync(response)).GetProperty("password").GetString()!);
            response.Dispose();
        }

        Assert.Single(bodies.Distinct());
        Assert.True(await Partner.CanConnectAsync(await RecordedUrlAsync()));
    }

    [Fact]
    public async Task While_the_broker_is_away_a_repeat_brings_what_was_begun_to_its_end()
    {
        var management = new Uri(world.ManagementUrl);
        await using var wire = TcpProxy.To(management.Host, management.Port, cut: true);
        await using var replica = await world.ReplicaAsync(("BrokerManagement:Url", $"http://127.0.0.1:{wire.Port}"));
        using var http = replica.Client(world.Identity.PartnerToken(client));

        using var refused = await Partner.AskAsync(http, "k");
        using var pending = await http.GetAsync(new Uri("/api/v1/amqp-access", UriKind.Relative), World.Ct);
        wire.Mend();
        using var made = await Partner.AskAsync(http, "k");
        wire.Cut();
        using var ended = await http.DeleteAsync(new Uri("/api/v1/amqp-access", UriKind.Relative), World.Ct);

        await refused.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "NOT-0304");
        Assert.False((await BodyAsync(pending)).GetProperty("ready").GetBoolean());
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await ended.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "NOT-0304");
        // The end holds: whoever compares the users next removes this one.
        var url = Partner.UrlOf(world, await BodyAsync(made));
        Assert.True(await Partner.CanConnectAsync(url));
        await world.Service.Services.GetRequiredService<AmqpReconciler>().RunAsync(World.Ct);
        Assert.False(await Partner.CanConnectAsync(url));
    }

    [Fact]
    public async Task Where_no_management_is_named_nothing_is_offered()
    {
        await using var replica = await world.ReplicaAsync(("BrokerManagement:Url", ""));
        using var http = replica.Client(world.Identity.PartnerToken(client));
        using var response = await Partner.AskAsync(http);
        await response.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0302");
    }

    [Fact]
    public async Task Granting_and_ending_are_evidence_and_the_row_holds_no_password()
    {
        using var http = world.AsPartner(client);
        var access = await Partner.GrantAsync(world, client);
        (await http.DeleteAsync(new Uri("/api/v1/amqp-access", UriKind.Relative), World.Ct)).Dispose();
        var again = await Partner.GrantAsync(world, client);

        var kinds = await world.InDatabaseAsync(db => db.Database.SqlQuery<string>($"SELECT kind AS \"Value\" FROM evidence WHERE subject = {client} ORDER BY occurred_at, id").ToListAsync());
        var row = await world.InDatabaseAsync(db => db.Database.SqlQuery<string>($"SELECT row_to_json(a)::text AS \"Value\" FROM amqp_access a WHERE client = {client}").SingleAsync());
        Assert.Equal(["notification.amqp-password-set", "notification.amqp-access-ended", "notification.amqp-password-set"], kinds);
        Assert.NotEqual(access.GetProperty("password").GetString(), again.GetProperty("password").GetString());
        Assert.DoesNotContain(again.GetProperty("password").GetString()!, row, StringComparison.Ordinal);
    }

    private async Task<string> RecordedUrlAsync()
    {
        var row = await world.InDatabaseAsync(db => db.Set<AmqpAccess>().AsNoTracking().SingleAsync(a => a.Client == client));
        var password = world.Service.Services.GetRequiredService<PartnerPasswords>().Of(client, row.Salt);
        return Partner.UrlOf(world.Service.Broker, PartnerNames.User(client), password);
    }

    private static Task<JsonElement> BodyAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>(World.Ct);
}

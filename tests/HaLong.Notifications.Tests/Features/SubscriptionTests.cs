using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

public sealed class SubscriptionTests(World world) : IClassFixture<World>
{
    private const string Url = "http://127.0.0.1:9/hook";
    private static readonly string[] AllTypes = ["vn.halong.dossier."];

    [Fact]
    public async Task A_partner_subscribes_and_sees_the_secret_exactly_once()
    {
        using var partner = world.AsPartner();
        using var response = await PostAsync(partner, new { url = Url, types = AllTypes });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var created = await response.Content.ReadFromJsonAsync<JsonElement>(World.Ct);
        var id = created.GetProperty("id").GetGuid();
        Assert.Equal($"/api/v1/subscriptions/{id}", response.Headers.Location?.ToString());
        Assert.NotNull(response.Headers.ETag);
        Assert.True(response.Headers.CacheControl?.NoStore);
        var secret = created.GetProperty("secret").GetString()!;
        Assert.Equal(32, Convert.FromBase64String(secret["whsec_".Length..]).Length);
        Assert.Equal("pending", created.GetProperty("state").GetString());

        var one = await partner.GetStringAsync($"/api/v1/subscriptions/{id}", World.Ct);
        var all = await partner.GetStringAsync("/api/v1/subscriptions?limit=100", World.Ct);
        Assert.Contains(id.ToString(), all, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", one + all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("whsec_", one + all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_is_nowhere_in_the_database_in_clear()
    {
        var (_, secret) = await world.SubscribeAsync(Url, "keeper");
        using var partner = world.AsPartner("keeper");
        using var keyed = await PostAsync(partner, new { url = Url, types = AllTypes }, key: "keep-1");
        var second = (await keyed.Content.ReadFromJsonAsync<JsonElement>(World.Ct)).GetProperty("secret").GetString()!;

        foreach (var shown in new[] { secret, second })
        {
            var raw = Convert.FromBase64String(shown["whsec_".Length..]);
            var stored = await world.InDatabaseAsync(db => db.Subscriptions.AsNoTracking().Where(s => s.Owner == "keeper").SelectMany(s => s.Secrets).Select(k => k.Sealed).ToListAsync());
            Assert.All(stored, bytes => Assert.Equal(-1, bytes.AsSpan().IndexOf(raw.AsSpan(0, 8))));
            var answers = await world.InDatabaseAsync(db => db.Database.SqlQuery<byte[]>($"SELECT coalesce(body, ''::bytea) AS \"Value\" FROM idempotency_key").ToListAsync());
            Assert.All(answers, bytes => Assert.DoesNotContain(shown, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_repeated_request_with_its_key_gets_the_same_subscription_and_another_one_under_that_key_is_refused()
    {
        using var partner = world.AsPartner("repeater");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var response = await PostAsync(partner, new { url = Url, types = AllTypes }, key: "same");
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            return await response.Content.ReadAsStringAsync(World.Ct);
        }));
        Assert.Single(answers.Distinct());

        using var other = await PostAsync(partner, new { url = Url + "2", types = AllTypes }, key: "same");
        await other.AssertProblemAsync(HttpStatusCode.UnprocessableEntity, "CMN-0422");
        Assert.Equal(1, await world.InDatabaseAsync(db => db.Subscriptions.CountAsync(s => s.Owner == "repeater")));
    }

    [Fact]
    public async Task Another_partners_subscription_does_not_exist()
    {
        var (id, _) = await world.SubscribeAsync(Url, "owner");
        using var stranger = world.AsPartner("stranger");

        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, $"/api/v1/subscriptions/{id}"), (HttpMethod.Get, $"/api/v1/subscriptions/{id}/deliveries"),
            (HttpMethod.Patch, $"/api/v1/subscriptions/{id}"), (HttpMethod.Delete, $"/api/v1/subscriptions/{id}"),
        })
        {
            using var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Patch ? JsonContent.Create(new { state = "paused" }) : null };
            using var response = await stranger.SendAsync(request, World.Ct);
            await response.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0002");
        }

        Assert.DoesNotContain(id.ToString(), await stranger.GetStringAsync("/api/v1/subscriptions", World.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_without_the_events_scope_is_refused()
    {
        using var citizen = world.As(Guid.CreateVersion7());
        using var staff = world.Service.Client(world.Identity.Token(roles: [Roles.Administrator]));
        using var nobody = world.Service.Client();
        foreach (var path in new[] { "/api/v1/subscriptions", "/api/v1/events", $"/api/v1/subscriptions/{Guid.CreateVersion7()}/deliveries" })
        {
            using var asCitizen = await citizen.GetAsync(new Uri(path, UriKind.Relative), World.Ct);
            using var asStaff = await staff.GetAsync(new Uri(path, UriKind.Relative), World.Ct);
            using var asNobody = await nobody.GetAsync(new Uri(path, UriKind.Relative), World.Ct);
            await asCitizen.AssertProblemAsync(HttpStatusCode.Forbidden, "CMN-0403");
            await asStaff.AssertProblemAsync(HttpStatusCode.Forbidden, "CMN-0403");
            await asNobody.AssertProblemAsync(HttpStatusCode.Unauthorized, "CMN-0401");
        }

        using var post = await PostAsync(citizen, new { url = Url, types = AllTypes });
        await post.AssertProblemAsync(HttpStatusCode.Forbidden, "CMN-0403");
    }

    [Fact]
    public async Task What_cannot_be_subscribed_is_refused_with_the_field_at_fault()
    {
        using var partner = world.AsPartner();
        using var noUrl = await PostAsync(partner, new { types = AllTypes });
        using var badUrl = await PostAsync(partner, new { url = "ftp://127.0.0.1/x", types = AllTypes });
        using var noTypes = await PostAsync(partner, new { url = Url });
        using var badTypes = await PostAsync(partner, new { url = Url, types = new[] { "vn.halong.payment." } });

        Assert.True((await noUrl.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0003")).GetProperty("errors").TryGetProperty("url", out _));
        Assert.True((await badUrl.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0003")).GetProperty("errors").TryGetProperty("url", out _));
        Assert.True((await noTypes.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0005")).GetProperty("errors").TryGetProperty("types", out _));
        await badTypes.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0005");
    }

    [Fact]
    public async Task Pausing_with_a_stale_revision_is_refused_and_with_the_right_one_done()
    {
        var (id, _) = await world.SubscribeAsync(Url, "pauser");
        using var partner = world.AsPartner("pauser");
        using var current = await partner.GetAsync(new Uri($"/api/v1/subscriptions/{id}", UriKind.Relative), World.Ct);
        var tag = current.Headers.ETag!;

        using var paused = await PatchAsync(partner, id, new { state = "paused" }, tag);
        using var again = await PatchAsync(partner, id, new { state = "active" }, tag);
        using var nonsense = await PatchAsync(partner, id, new { state = "asleep" });
        using var resumed = await PatchAsync(partner, id, new { state = "active" });

        Assert.Equal("paused", (await paused.Content.ReadFromJsonAsync<JsonElement>(World.Ct)).GetProperty("state").GetString());
        Assert.NotEqual(tag, paused.Headers.ETag);
        await again.AssertProblemAsync(HttpStatusCode.PreconditionFailed, "CMN-0412");
        await nonsense.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0006");
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
    }

    [Fact]
    public async Task A_deleted_subscription_is_gone()
    {
        var (id, _) = await world.SubscribeAsync(Url, "leaver");
        using var partner = world.AsPartner("leaver");
        using var stale = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/subscriptions/{id}") { Headers = { IfMatch = { new EntityTagHeaderValue("\"1\"") } } };

        using var refused = await partner.SendAsync(stale, World.Ct);
        using var deleted = await partner.DeleteAsync(new Uri($"/api/v1/subscriptions/{id}", UriKind.Relative), World.Ct);
        using var repeated = await partner.DeleteAsync(new Uri($"/api/v1/subscriptions/{id}", UriKind.Relative), World.Ct);

        await refused.AssertProblemAsync(HttpStatusCode.PreconditionFailed, "CMN-0412");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await repeated.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0002");
    }

    [Fact]
    public async Task The_list_is_read_page_by_page()
    {
        var made = new List<Guid>();
        for (var i = 0; i < 5; i++)
            made.Add((await world.SubscribeAsync($"{Url}{i}", "collector")).Id);
        using var partner = world.AsPartner("collector");

        var first = await partner.GetFromJsonAsync<JsonElement>("/api/v1/subscriptions?limit=3", World.Ct);
        var second = await partner.GetFromJsonAsync<JsonElement>($"/api/v1/subscriptions?limit=3&after={first.GetProperty("after").GetString()}", World.Ct);

        Assert.Equal(made, first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(s => s.GetProperty("id").GetGuid()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("after").ValueKind);
    }

    [Fact]
    public async Task Subscriptions_are_limited_per_partner()
    {
        await world.InDatabaseAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, Subscription.MostPerOwner).Select(_ => new Subscription
            {
                Id = Guid.CreateVersion7(),
                Owner = "hoarder",
                Url = Url,
                Types = ["vn.halong.dossier.submitted."],
                CreatedAt = TimeProvider.System.GetUtcNow(),
            }));
            return await db.SaveChangesAsync();
        });
        using var partner = world.AsPartner("hoarder");

        using var response = await PostAsync(partner, new { url = Url, types = AllTypes });

        await response.AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0007");
        await world.InDatabaseAsync(db => db.Subscriptions.Where(s => s.Owner == "hoarder").ExecuteDeleteAsync());
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/subscriptions") { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request, World.Ct);
    }

    private static async Task<HttpResponseMessage> PatchAsync(HttpClient client, Guid id, object body, EntityTagHeaderValue? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/subscriptions/{id}") { Content = JsonContent.Create(body) };
        if (tag is not null)
            request.Headers.IfMatch.Add(tag);
        return await client.SendAsync(request, World.Ct);
    }
}

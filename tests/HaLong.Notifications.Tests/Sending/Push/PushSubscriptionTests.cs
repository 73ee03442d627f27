using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.Notifications.Sending.Push;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Sending.Push;

public sealed class PushSubscriptionTests(World world) : IClassFixture<World>
{
    private readonly Guid owner = Guid.CreateVersion7();

    [Fact]
    public async Task A_browser_signs_up_and_its_address_and_keys_are_never_shown_nor_stored_in_clear()
    {
        var device = new PushDevice(world);

        using var response = await device.SignUpAsync(owner);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync(World.Ct);
        var view = JsonElement.Parse(text);
        var id = view.GetProperty("id").GetGuid();
        Assert.Equal($"/api/v1/me/push-subscriptions/{id}", response.Headers.Location?.OriginalString);
        Assert.Equal("127.0.0.1", view.GetProperty("service").GetString());
        Assert.DoesNotContain(device.Name, text, StringComparison.Ordinal);
        var row = await world.InDatabaseAsync(db => db.PushSubscriptions.AsNoTracking().SingleAsync(d => d.Id == id));
        foreach (var secret in new[] { device.Name, device.Browser.Auth, device.Browser.P256dh })
            Assert.DoesNotContain(secret, Encoding.Latin1.GetString(row.Sealed), StringComparison.Ordinal);
        Assert.Equal([id], await DevicesAsync(owner));
        Assert.Equal(new PushAddress(id, device.Endpoint, device.Browser.P256dh, device.Browser.Auth), await FindAsync(owner, id));
        Assert.Null(await FindAsync(Guid.CreateVersion7(), id));
    }

    [Fact]
    public async Task The_same_browser_again_is_the_same_device_with_its_new_keys()
    {
        var device = new PushDevice(world);
        var id = await device.OfAsync(owner);
        var renewed = new Browser();

        using var response = await device.SignUpAsync(owner, new { endpoint = device.Endpoint, keys = new { p256dh = renewed.P256dh, auth = renewed.Auth } });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(id, (await response.Content.ReadFromJsonAsync<JsonElement>(World.Ct)).GetProperty("id").GetGuid());
        Assert.Equal(renewed.Auth, (await FindAsync(owner, id))?.Auth);
        Assert.Equal([id], await DevicesAsync(owner));
    }

    [Fact]
    public async Task A_browser_that_changes_hands_belongs_to_who_signs_in_last_but_only_with_its_own_keys()
    {
        var device = new PushDevice(world);
        var id = await device.OfAsync(owner);
        var (stranger, next) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var forged = new Browser();

        using var refused = await device.SignUpAsync(stranger, new { endpoint = device.Endpoint, keys = new { p256dh = forged.P256dh, auth = forged.Auth } });
        Assert.Equal([id], await DevicesAsync(owner));
        var taken = await device.OfAsync(next);

        await refused.AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0143");
        Assert.Equal(id, taken);
        Assert.Empty(await DevicesAsync(owner));
        Assert.Equal([id], await DevicesAsync(next));
        Assert.Empty(await DevicesAsync(stranger));
    }

    [Fact]
    public async Task The_eleventh_device_takes_the_place_of_the_one_signed_up_longest_ago()
    {
        var devices = Enumerable.Range(0, 11).Select(_ => new PushDevice(world)).ToList();
        var ids = new List<Guid>();
        foreach (var device in devices.Take(10))
            ids.Add(await device.OfAsync(owner));
        // The oldest shows that it is alive; so the second oldest has to go.
        Assert.Equal(ids[0], await devices[0].OfAsync(owner));

        ids.Add(await devices[10].OfAsync(owner));

        var left = await DevicesAsync(owner);
        Assert.Equal(10, left.Count);
        Assert.DoesNotContain(ids[1], left);
        Assert.Contains(ids[0], left);
        Assert.Equal(ids[10], left[0]);
    }

    [Fact]
    public async Task A_taken_over_browser_makes_room_as_well()
    {
        var other = Guid.CreateVersion7();
        var shared = new PushDevice(world);
        var moved = await shared.OfAsync(other);
        foreach (var _ in Enumerable.Range(0, 10))
            await new PushDevice(world).OfAsync(owner);

        await shared.OfAsync(owner);

        Assert.Equal(10, (await DevicesAsync(owner)).Count);
        Assert.Contains(moved, await DevicesAsync(owner));
    }

    [Fact]
    public async Task Twenty_sign_ups_at_once_leave_ten_devices_and_one_browser_twenty_times_is_one()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => new PushDevice(world).OfAsync(owner)));
        var (one, device) = (Guid.CreateVersion7(), new PushDevice(world));

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => device.OfAsync(one)));

        Assert.Equal(10, (await DevicesAsync(owner)).Count);
        Assert.Single(ids.Distinct());
        Assert.Equal(ids[..1], await DevicesAsync(one));
    }

    [Fact]
    public async Task A_repeat_under_the_same_key_gets_the_first_answer_and_another_body_is_refused()
    {
        var device = new PushDevice(world);
        using var client = world.As(owner);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "sign-up-1");

        using var first = await client.PostAsJsonAsync("/api/v1/me/push-subscriptions", device.Subscription, World.Ct);
        using var again = await client.PostAsJsonAsync("/api/v1/me/push-subscriptions", device.Subscription, World.Ct);
        using var other = await client.PostAsJsonAsync("/api/v1/me/push-subscriptions", new PushDevice(world).Subscription, World.Ct);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(World.Ct), await again.Content.ReadAsStringAsync(World.Ct));
        await other.AssertProblemAsync(HttpStatusCode.UnprocessableEntity, "CMN-0422");
        Assert.Single(await DevicesAsync(owner));
    }

    [Fact]
    public async Task Every_defect_of_a_subscription_is_told_at_once()
    {
        using var nothing = await new PushDevice(world).SignUpAsync(owner, new { });
        using var wrong = await new PushDevice(world).SignUpAsync(
            owner, new { endpoint = "ftp://push.example/1", expirationTime = 1000.0, keys = new { p256dh = "not*base64", auth = "c2hvcnQ" } });

        var missing = await nothing.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0141");
        var defects = await wrong.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0141");
        Assert.Equal(["endpoint", "keys.auth", "keys.p256dh"], Fields(missing));
        Assert.Equal(["endpoint", "expirationTime", "keys.auth", "keys.p256dh"], Fields(defects));
        Assert.Empty(await DevicesAsync(owner));
    }

    [Fact]
    public async Task Outside_development_an_endpoint_is_https_and_public()
    {
        await using var strict = await world.ReplicaAsync(("Webhooks:AllowPrivateNetworks", "false"));
        using var client = strict.Client(world.Identity.Token(owner));
        var browser = new Browser();
        string[] endpoints =
        [
            "http://push.example/1", "https://127.0.0.1/push/1", "https://[::1]/push/1", "https://10.0.0.7/push/1", "https://169.254.169.254/latest", "https://localhost/push",
            "https://user@8.8.8.8/push", "https://8.8.8.8/push#part", "https://name.invalid/push", "https://8.8.8.8/" + new string('a', 2000), "nonsense",
        ];
        foreach (var endpoint in endpoints)
        {
            using var response = await client.PostAsJsonAsync(
                "/api/v1/me/push-subscriptions", new { endpoint, keys = new { p256dh = browser.P256dh, auth = browser.Auth } }, World.Ct);

            Assert.Equal(["endpoint"], Fields(await response.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0141")));
        }

        Assert.Empty(await DevicesAsync(owner));
        using var good = await client.PostAsJsonAsync(
            "/api/v1/me/push-subscriptions", new { endpoint = "https://8.8.8.8/push/" + owner, keys = new { p256dh = browser.P256dh, auth = browser.Auth } }, World.Ct);
        Assert.Equal(HttpStatusCode.Created, good.StatusCode);
    }

    [Fact]
    public async Task My_devices_are_listed_newest_first_page_by_page_and_only_mine()
    {
        var ids = new List<Guid>();
        foreach (var _ in Enumerable.Range(0, 3))
            ids.Add(await new PushDevice(world).OfAsync(owner));
        await new PushDevice(world).OfAsync(Guid.CreateVersion7());
        using var client = world.As(owner);

        var first = await client.GetFromJsonAsync<JsonElement>("/api/v1/me/push-subscriptions?limit=2", World.Ct);
        var second = await client.GetFromJsonAsync<JsonElement>($"/api/v1/me/push-subscriptions?limit=2&after={first.GetProperty("after").GetString()}", World.Ct);
        using var badCursor = await client.GetAsync(new Uri("/api/v1/me/push-subscriptions?after=nonsense", UriKind.Relative), World.Ct);
        using var badLimit = await client.GetAsync(new Uri("/api/v1/me/push-subscriptions?limit=0", UriKind.Relative), World.Ct);

        Assert.Equal(Enumerable.Reverse(ids), Ids(first).Concat(Ids(second)));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("after").ValueKind);
        await badCursor.AssertProblemAsync(HttpStatusCode.BadRequest, "CMN-0400");
        await badLimit.AssertProblemAsync(HttpStatusCode.BadRequest, "CMN-0400");
    }

    [Fact]
    public async Task A_device_is_ended_once_and_only_by_its_owner()
    {
        var id = await new PushDevice(world).OfAsync(owner);
        using var stranger = world.As(Guid.CreateVersion7());
        using var mine = world.As(owner);
        var path = new Uri($"/api/v1/me/push-subscriptions/{id}", UriKind.Relative);

        using var refused = await stranger.DeleteAsync(path, World.Ct);
        using var done = await mine.DeleteAsync(path, World.Ct);
        using var again = await mine.DeleteAsync(path, World.Ct);

        await refused.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0142");
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        await again.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0142");
        Assert.Empty(await DevicesAsync(owner));
    }

    [Fact]
    public async Task Only_people_have_devices_and_anyone_may_know_the_key()
    {
        using var nobody = world.Service.Client();
        using var partner = world.AsPartner();

        using var unauthorized = await nobody.GetAsync(new Uri("/api/v1/me/push-subscriptions", UriKind.Relative), World.Ct);
        using var forbidden = await partner.PostAsJsonAsync("/api/v1/me/push-subscriptions", new PushDevice(world).Subscription, World.Ct);
        var key = await nobody.GetFromJsonAsync<JsonElement>("/api/v1/push-key", World.Ct);

        await unauthorized.AssertProblemAsync(HttpStatusCode.Unauthorized, "CMN-0401");
        await forbidden.AssertProblemAsync(HttpStatusCode.Forbidden, "CMN-0403");
        Assert.True(P256.IsPoint(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(key.GetProperty("publicKey").GetString()!)));
    }

    [Fact]
    public async Task A_subscription_that_its_browser_let_lapse_is_no_device_any_more()
    {
        var device = new PushDevice(world);
        var soon = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds());
        using var response = await device.SignUpAsync(
            owner, new { endpoint = device.Endpoint, expirationTime = (double)soon.ToUnixTimeMilliseconds(), keys = new { p256dh = device.Browser.P256dh, auth = device.Browser.Auth } });
        Assert.Equal(soon, (await response.Content.ReadFromJsonAsync<JsonElement>(World.Ct)).GetProperty("expiresAt").GetDateTimeOffset());
        Assert.Single(await DevicesAsync(owner));

        await world.InDatabaseAsync(db => db.PushSubscriptions.Where(d => d.AccountId == owner).ExecuteUpdateAsync(set => set.SetProperty(d => d.ExpiresAt, Facts.At.AddYears(-10))));

        Assert.Empty(await DevicesAsync(owner));
    }

    [Fact]
    public async Task A_closed_account_has_no_devices()
    {
        await new PushDevice(world).OfAsync(owner);
        var other = await new PushDevice(world).OfAsync(Guid.CreateVersion7());

        await world.PublishAsync(new AccountClosed(owner, "citizen", "own wish", Facts.At));

        await Eventually.Async(async () => (await DevicesAsync(owner)).Count == 0, "no devices");
        Assert.True(await world.InDatabaseAsync(db => db.PushSubscriptions.AnyAsync(d => d.Id == other)));
    }

    [Fact]
    public async Task What_was_sealed_under_another_password_is_no_address_and_signing_up_again_heals_it()
    {
        var device = new PushDevice(world);
        var id = await device.OfAsync(owner);
        await using var changed = await world.ReplicaAsync(("Webhooks:KeyPassword", "quite another password"));

        Assert.Null(await changed.InScopeAsync<PushDevices, PushAddress?>(devices => devices.FindAsync(owner, id, World.Ct)));

        using var client = changed.Client(world.Identity.Token(owner));
        using var healed = await client.PostAsJsonAsync("/api/v1/me/push-subscriptions", device.Subscription, World.Ct);
        Assert.Equal(HttpStatusCode.OK, healed.StatusCode);
        Assert.NotNull(await changed.InScopeAsync<PushDevices, PushAddress?>(devices => devices.FindAsync(owner, id, World.Ct)));
    }

    private Task<IReadOnlyList<Guid>> DevicesAsync(Guid account) => world.Service.InScopeAsync<PushDevices, IReadOnlyList<Guid>>(d => d.OfAsync(account, World.Ct));

    private Task<PushAddress?> FindAsync(Guid account, Guid id) => world.Service.InScopeAsync<PushDevices, PushAddress?>(d => d.FindAsync(account, id, World.Ct));

    private static IEnumerable<Guid> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("id").GetGuid());

    private static IEnumerable<string> Fields(JsonElement problem) => problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order();
}

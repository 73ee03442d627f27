using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HaLong.Portal.Tests;

/// <summary>What partners' systems do for themselves: by the id and secret of a client, never by a person's sign-in.</summary>
public sealed class PartnerTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private const string Now = "2026-12-01T03:00:00Z";
    private static readonly Guid Id = AdminSamples.Id, Event = AdminSamples.Other, Key = AdminSamples.Second;

    private HttpClient _browser = null!;
    private Office _office = null!;

    public async ValueTask InitializeAsync()
    {
        _browser = city.Browser();
        _office = new Office(_browser);
        city.Says("/asyncapi/v1.json", new
        {
            components = new
            {
                messages = new
                {
                    accepted = new
                    {
                        name = "vn.halong.dossier.accepted.v1",
                        title = "Received; the legal clock runs.",
                        summary = "Hồ sơ được tiếp nhận."
                    },
                    feedPage = new { name = "feedPage", title = "Page", summary = "Page" }
                }
            }
        });
        city.Says("subscriptions", AdminSamples.List(Subscription("active")));
        city.Says($"subscriptions/{Id}", Subscription("active"));
        city.Says($"subscriptions/{Id}/metrics", new
        {
            lastHour = new { delivered = 9, dead = 1, attempts = 12, successRate = 0.9, lagP50 = 0.4, lagP95 = 2.5 },
            lastDay = new { delivered = 90, dead = 1, attempts = 100 },
            pending = 3,
            dead = 1,
            failuresInARow = 0
        });
        city.Says($"subscriptions/{Id}/history", AdminSamples.List(new { at = Now, what = "proved", reason = (string?)null, by = "platform" }));
        city.Says($"subscriptions/{Id}/deliveries", AdminSamples.List(Delivery));
        city.Says($"subscriptions/{Id}/deliveries/{Event}",
            new { delivery = Delivery, body = new { specversion = "1.0", id = Event, type = "vn.halong.dossier.accepted.v1" } });
        city.Says("events", AdminSamples.List(new { id = Event, type = "vn.halong.dossier.accepted.v1", subject = Id, sequence = 3, time = Now }));
        // Another test of this class is given access.
        city.Refuses("GET amqp-access", 404, "CMN-0404", "Không tìm thấy");
        await SignInAsync(City.PartnerSecret);
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Anybody_reads_what_there_is_with_the_events_and_their_schemas()
    {
        using var nobody = city.Browser();
        var html = WebUtility.HtmlDecode(await new Office(nobody).ReadAsync("/partner"));
        foreach (var word in new[] { "Ba cách nhận sự kiện", "href=\"/schemas/events/vn.halong.dossier.accepted.v1.json\"", "Hồ sơ được tiếp nhận.",
            "href=\"/asyncapi/v1.json\"", "href=\"/partner/sign-in\"" })
            Assert.Contains(word, html, StringComparison.Ordinal);
        Assert.DoesNotContain("feedPage", html, StringComparison.Ordinal);
        Assert.Contains("Received; the legal clock runs.", await new Office(nobody).ReadAsync("/partner?culture=en"), StringComparison.Ordinal);
        city.Refuses("/asyncapi/v1.json", 503, "CMN-0503", "x");
        Assert.Contains("Danh mục sự kiện tạm thời không đọc được", await new Office(nobody).ReadAsync("/partner"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_clients_secret_nothing_of_a_partner_is_seen()
    {
        using var person = await city.SignedInAsync("administrator");
        using var response = await person.GetAsync($"/partner/subscriptions/{Id}?x=1", City.Ct);
        Assert.Equal((HttpStatusCode.SeeOther, $"/partner/sign-in?to=%2Fpartner%2Fsubscriptions%2F{Id}%3Fx%3D1"),
            (response.StatusCode, response.Headers.Location!.ToString()));
        using var stranger = city.Browser();
        stranger.DefaultRequestHeaders.Add("Cookie", "portal-partner=" + new string('a', 64));
        using var guessed = await stranger.GetAsync("/partner/feed", City.Ct);
        Assert.Equal(HttpStatusCode.SeeOther, guessed.StatusCode);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_and_not_shown_again()
    {
        using var other = city.Browser();
        var page = await new Office(other).ReadAsync("/partner/sign-in?to=/partner/feed");
        using var refused = await new Office(other).SendAsync(page, "/partner/sign-in/open", ("clientId", "acme"), ("secret", "wrong-secret"));
        var html = await refused.Content.ReadAsStringAsync(City.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Html.IsWellMade(html, "vi");
        Assert.Contains("value=\"acme\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", html, StringComparison.Ordinal);
        using var right = await new Office(other).SendAsync(html, "/partner/sign-in/open", ("secret", City.PartnerSecret));
        Assert.Equal("/partner/feed", right.Headers.Location!.ToString());
        var cookie = Assert.Single(right.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(City.PartnerSecret, cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/partner")]
    [InlineData("/admin")]
    public async Task The_sign_in_leads_nowhere_else(string to)
    {
        using var other = city.Browser();
        var page = await new Office(other).ReadAsync("/partner/sign-in?to=" + Uri.EscapeDataString(to));
        using var done = await new Office(other).SendAsync(page, "/partner/sign-in/open", ("clientId", "acme"), ("secret", City.PartnerSecret));
        Assert.Equal("/partner/subscriptions", done.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/partner/subscriptions", "https://acme.example/hook", "Make a subscription")]
    [InlineData("/partner/subscriptions/{0}", "Đang hoạt động", "Figures")]
    [InlineData("/partner/subscriptions/{0}/deliveries", "Bỏ cuộc", "Replay a time")]
    [InlineData("/partner/subscriptions/{0}/deliveries/{1}", "webhook-id", "What was sent")]
    [InlineData("/partner/feed", "Con trỏ cho lần hỏi sau", "Event feed")]
    [InlineData("/partner/amqp", "Chưa có", "There is none")]
    public async Task Every_page_is_well_made_in_both_languages(string path, string vi, string en)
    {
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, Id, Event);
        Assert.Contains(vi, WebUtility.HtmlDecode(await _office.ReadAsync(address)), StringComparison.Ordinal);
        Assert.Contains(en, WebUtility.HtmlDecode(await _office.ReadAsync(address + "?culture=en")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_is_made_with_filters_and_headers_and_its_secret_is_shown_once()
    {
        city.Says("POST subscriptions", new { id = Id, secret = "whsec_abc" }, 201);
        var page = await _office.ReadAsync("/partner/subscriptions");
        using var made = await _office.SendAsync(page, "/partner/subscriptions/new", ("url", "https://acme.example/hook"),
            ("types", "vn.halong.dossier.accepted\nvn.halong.dossier.returned"), ("units", "06658"), ("headers", "X-Api-Key: abc:def"));
        var html = await made.Content.ReadAsStringAsync(City.Ct);
        Assert.Contains("whsec_abc", html, StringComparison.Ordinal);
        Html.IsWellMade(html, "vi");
        var asked = city.Requests.Last(r => r.Method == "POST" && r.Path == "subscriptions");
        var body = JsonNode.Parse(asked.Body)!;
        Assert.Equal((2, "06658", "abc:def", 0), (body["types"]!.AsArray().Count, body["units"]![0]!.ToString(), body["headers"]!["X-Api-Key"]!.ToString(),
            body["procedures"]!.AsArray().Count));
        Assert.StartsWith("Bearer ", asked.Token, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("active", "pause", "PATCH", "", "{\"state\":\"paused\"}")]
    [InlineData("paused", "resume", "PATCH", "", "{\"state\":\"active\"}")]
    [InlineData("suspended", "resume", "PATCH", "", "{\"state\":\"active\"}")]
    [InlineData("pending", "verification", "POST", "/verification", "")]
    [InlineData("expired", "verification", "POST", "/verification", "")]
    [InlineData("active", "deletion", "DELETE", "", "")]
    public async Task A_subscription_is_paused_resumed_proved_and_ended(string state, string step, string method, string path, string body)
    {
        city.Says($"subscriptions/{Id}", Subscription(state));
        city.Answers($"{method} subscriptions/{Id}{path}", _ => method == "DELETE" ? Results.NoContent() : Results.Json(new { id = Id }));
        var page = await _office.ReadAsync($"/partner/subscriptions/{Id}");
        using var done = await _office.SendAsync(page, $"/partner/subscriptions/{Id}/{step}");
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var asked = city.Requests.Last(r => r.Method == method && r.Path == $"subscriptions/{Id}{path}");
        Assert.Equal((body, "\"7\""), (asked.Body, asked.Version));
    }

    [Fact]
    public async Task Own_headers_and_the_description_are_taken_away_by_leaving_them_empty()
    {
        city.Answers($"PATCH subscriptions/{Id}", _ => Results.Json(new { id = Id }));
        var page = await _office.ReadAsync($"/partner/subscriptions/{Id}");
        using var headers = await _office.SendAsync(page, $"/partner/subscriptions/{Id}/headers", ("headers", ""));
        Assert.Equal((HttpStatusCode.SeeOther, "{\"headers\":{}}"), (headers.StatusCode, city.Requests.Last(r => r.Method == "PATCH").Body));
        using var edited = await _office.SendAsync(page, $"/partner/subscriptions/{Id}/edit", ("description", ""));
        Assert.EndsWith("\"description\":\"\"}", city.Requests.Last(r => r.Method == "PATCH").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_event_tells_the_answer()
    {
        city.Says($"POST subscriptions/{Id}/test", new
        {
            eventId = Event,
            delivered = false,
            status = 500,
            error = (string?)null,
            durationMs = 12,
            dnsMs = 1,
            connectMs = 2
        });
        using var tested = await _office.SendAsync(await _office.ReadAsync($"/partner/subscriptions/{Id}"), $"/partner/subscriptions/{Id}/test");
        var text = Html.Text(WebUtility.HtmlDecode(await tested.Content.ReadAsStringAsync(City.Ct)));
        Assert.Contains("Địa chỉ không nhận.", text, StringComparison.Ordinal);
        Assert.Contains("500", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_change_without_a_gap()
    {
        city.Says($"POST subscriptions/{Id}/secrets", new { id = Key, secret = "whsec_new", createdAt = Now }, 201);
        city.Answers($"DELETE subscriptions/{Id}/secrets/{Key}", _ => Results.NoContent());
        var page = await _office.ReadAsync($"/partner/subscriptions/{Id}");
        using var added = await _office.SendAsync(page, $"/partner/subscriptions/{Id}/secret", ("retireOthersAfterHours", "48"));
        Assert.Contains("whsec_new", await added.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        Assert.Equal(48, JsonNode.Parse(city.Requests.Last(r =>
            r.Path.EndsWith("/secrets", StringComparison.Ordinal)).Body)!["retireOthersAfterHours"]!.GetValue<int>());
        using var removed = await _office.SendAsync(page, $"/partner/subscriptions/{Id}/remove-{Key}");
        Assert.Equal(HttpStatusCode.SeeOther, removed.StatusCode);
    }

    [Fact]
    public async Task Replay_counts_first_and_takes_a_time_a_cursor_or_what_was_given_up()
    {
        city.Answers($"POST subscriptions/{Id}/replay",
            asked => Results.Json(new { events = 5, dryRun = JsonNode.Parse(asked.Body)!["dryRun"]?.GetValue<bool>() ?? false }, statusCode: 202));
        var page = await _office.ReadAsync($"/partner/subscriptions/{Id}/deliveries");
        using var counted = await _office.SendAsync(page, $"/partner/subscriptions/{Id}/deliveries/replay-time", ("from", "2026-12-01T08:00"));
        Assert.Contains("5 sự kiện sẽ được gửi lại", WebUtility.HtmlDecode(await counted.Content.ReadAsStringAsync(City.Ct)), StringComparison.Ordinal);
        Assert.Equal("{\"from\":\"2026-12-01T01:00:00+00:00\",\"to\":null,\"dryRun\":true}", Body());
        using var dead = await _office.SendAsync(page, $"/partner/subscriptions/{Id}/deliveries/replay-dead", ("dryRun", "false"));
        Assert.Equal("{\"dead\":true,\"dryRun\":false}", Body());
        using var meant = await _office.SendAsync(page, $"/partner/subscriptions/{Id}/deliveries/replay-time", ("from", "2026-12-01T08:00"), ("dryRun", "false"));
        var onces = city.Requests.Where(r => r.Path.EndsWith("/replay", StringComparison.Ordinal)).Select(r => r.Once).ToList();
        // Counting and doing it are two requests, also out of the same page.
        Assert.Equal(onces.Distinct(), onces);
        using var cursor = await _office.SendAsync(page, $"/partner/subscriptions/{Id}/deliveries/replay-sequence", ("after", "abc"));
        Assert.Contains("\"after\":\"abc\"", Body(), StringComparison.Ordinal);
        var one = await _office.ReadAsync($"/partner/subscriptions/{Id}/deliveries/{Event}");
        using var single = await _office.SendAsync(one, $"/partner/subscriptions/{Id}/deliveries/{Event}/replay");
        Assert.Equal($"{{\"eventIds\":[\"{Event}\"]}}", Body());
        using var repeated = await _office.SendAsync(one, $"/partner/subscriptions/{Id}/deliveries/{Event}/replay");
        var keys = city.Requests.Where(r => r.Path.EndsWith("/replay", StringComparison.Ordinal)).Select(r => r.Once).ToList();
        Assert.Equal(keys[^2], keys[^1]);

        string Body() => city.Requests.Last(r => r.Path.EndsWith("/replay", StringComparison.Ordinal)).Body;
    }

    [Fact]
    public async Task A_token_that_ends_is_asked_for_anew_and_a_client_that_is_disabled_signs_in_again()
    {
        city.TokenLife = 5;
        using var other = city.Browser();
        await new Office(other).SendAsync(await new Office(other).ReadAsync("/partner/sign-in"), "/partner/sign-in/open", ("clientId", "acme"),
            ("secret", City.PartnerSecret));
        await new Office(other).ReadAsync("/partner/feed");
        var first = City.Number(city.Requests.Last(r => r.Path.StartsWith("events", StringComparison.Ordinal)));
        await new Office(other).ReadAsync("/partner/feed");
        Assert.NotEqual(first, City.Number(city.Requests.Last(r => r.Path.StartsWith("events", StringComparison.Ordinal))));
        city.TokenLife = 600;
        city.Refuses("events", 401, "CMN-0401", "Phiên đã hết");
        using var over = await other.GetAsync("/partner/feed", City.Ct);
        Assert.Equal((HttpStatusCode.SeeOther, "/partner/sign-in?to=%2Fpartner%2Ffeed"), (over.StatusCode, over.Headers.Location!.ToString()));
        city.Refuses("events", 503, "CMN-0503", "Tạm gián đoạn");
        using var down = await _browser.GetAsync("/partner/feed", City.Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_it_here_and_in_the_store()
    {
        var page = await _office.ReadAsync("/partner");
        using var done = await _office.SendAsync(page, "/partner/sign-out/now");
        Assert.Equal("/partner", done.Headers.Location!.ToString());
        using var after = await _browser.GetAsync("/partner/subscriptions", City.Ct);
        Assert.Equal(HttpStatusCode.SeeOther, after.StatusCode);
        await SignInAsync(City.PartnerSecret);
    }

    [Fact]
    public async Task Access_to_the_broker_shows_its_password_once()
    {
        city.Says("POST amqp-access", new { address = "amqps://mq.example", user = "partner.acme", password = "p4ss" }, 201);
        using var given = await _office.SendAsync(await _office.ReadAsync("/partner/amqp"), "/partner/amqp/access");
        Assert.Contains("p4ss", await given.Content.ReadAsStringAsync(City.Ct), StringComparison.Ordinal);
        city.Says("GET amqp-access", new
        {
            address = "amqps://mq.example",
            virtualHost = "/",
            user = "partner.acme",
            exchange = "halong.public-events",
            queuePrefix = "partner.acme.",
            ready = true,
            createdAt = Now,
            passwordSetAt = Now
        });
        var html = await _office.ReadAsync("/partner/amqp");
        Assert.Contains("partner.acme.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("p4ss", html, StringComparison.Ordinal);
    }

    private static object Subscription(string state) => new
    {
        id = Id,
        url = "https://acme.example/hook",
        types = new[] { "vn.halong.dossier." },
        procedures = Array.Empty<string>(),
        fields = Array.Empty<string>(),
        units = new[] { "06658" },
        subjects = Array.Empty<Guid>(),
        headerNames = new[] { "X-Api-Key" },
        state,
        stateSince = Now,
        createdAt = Now,
        keys = new[] { new { id = Key, createdAt = Now, expiresAt = (string?)null },
            new { id = Event, createdAt = Now, expiresAt = (string?)Now } },
        proof = state == "pending" ? new { startedAt = Now, expiresAt = Now, attempts = 2, lastError = "timeout" } : null,
    };

    private static object Delivery => new
    {
        eventId = Event,
        type = "vn.halong.dossier.accepted.v1",
        dossierId = Id,
        sequence = 3,
        state = "dead",
        attempts = 12,
        createdAt = Now,
        log = new[] { new { number = 1, at = Now, status = (int?)500, durationMs = 12, error = (string?)null, url = "https://acme.example/hook",
            headers = new Dictionary<string, string> { ["webhook-id"] = Event.ToString() }, dnsMs = (int?)1, connectMs = (int?)null } },
    };

    private async Task SignInAsync(string secret)
    {
        using var done = await _office.SendAsync(await _office.ReadAsync("/partner/sign-in"), "/partner/sign-in/open", ("clientId", "acme"), ("secret", secret));
        Assert.Equal("/partner/subscriptions", done.Headers.Location!.ToString());
    }
}

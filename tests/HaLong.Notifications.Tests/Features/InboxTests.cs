using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Features;

public sealed class InboxTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_inbox_is_read_page_by_page_newest_first_and_nothing_twice()
    {
        var owner = world.Accounts.Person(email: "");
        var codes = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            var facts = new Facts(owner);
            codes.Add(facts.Code);
            await world.PublishAsync(facts.Submitted());
            await world.InboxAsync(owner, i + 1);
        }

        using var client = world.As(owner);
        var read = new List<string?>();
        var sizes = new List<int>();
        string? after = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/me/messages?limit=3&after={after}", World.Ct);
            var items = page.GetProperty("items").EnumerateArray().ToList();
            sizes.Add(items.Count);
            read.AddRange(items.Select(m => m.GetProperty("dossierCode").GetString()));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);

        Assert.Equal([3, 3, 1], sizes);
        Assert.Equal(Enumerable.Reverse(codes), read);
    }

    [Fact]
    public async Task Reading_a_message_twice_keeps_the_first_time_and_the_unread_list_forgets_it()
    {
        var owner = world.Accounts.Person(email: "");
        await world.PublishAsync(new Facts(owner).Submitted());
        var message = Assert.Single(await world.InboxAsync(owner, 1));
        Assert.Equal(JsonValueKind.Null, message.GetProperty("readAt").ValueKind);
        using var client = world.As(owner);

        var first = await ReadAsync(client, message.GetProperty("id").GetGuid());
        var second = await ReadAsync(client, message.GetProperty("id").GetGuid());

        Assert.NotEqual(JsonValueKind.Null, first.GetProperty("readAt").ValueKind);
        Assert.Equal(first.GetProperty("readAt").GetString(), second.GetProperty("readAt").GetString());
        var unread = await client.GetFromJsonAsync<JsonElement>("/api/v1/me/messages?unread=true", World.Ct);
        Assert.Empty(unread.GetProperty("items").EnumerateArray());
        Assert.Single(await world.InboxAsync(owner));
    }

    [Fact]
    public async Task Somebody_elses_message_does_not_exist()
    {
        var owner = world.Accounts.Person(email: "");
        await world.PublishAsync(new Facts(owner).Submitted());
        var message = Assert.Single(await world.InboxAsync(owner, 1));
        using var stranger = world.As(Guid.CreateVersion7());

        using var others = await stranger.PostAsync($"/api/v1/me/messages/{message.GetProperty("id").GetGuid()}/read", null, World.Ct);
        using var unknown = await stranger.PostAsync($"/api/v1/me/messages/{Guid.CreateVersion7()}/read", null, World.Ct);

        await others.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0001");
        await unknown.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0001");
        Assert.Equal(JsonValueKind.Null, Assert.Single(await world.InboxAsync(owner)).GetProperty("readAt").ValueKind);
    }

    [Fact]
    public async Task The_mail_copy_of_a_message_is_not_part_of_the_inbox()
    {
        var owner = world.Accounts.Person();
        var facts = new Facts(owner);
        await world.PublishAsync(facts.Submitted());
        await world.InboxAsync(owner, 1);
        var email = await Eventually.ValueAsync(() => world.MessagesAsync(facts.Dossier), m => m.Count == 2, "both messages");
        using var client = world.As(owner);

        using var response = await client.PostAsync($"/api/v1/me/messages/{email.Single(m => m.Html is not null).Id}/read", null, World.Ct);

        await response.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0001");
        Assert.Single(await world.InboxAsync(owner));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("after=nonsense")]
    [InlineData("after=WyJub3QgYW4gaWQiXQ")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        using var client = world.As(Guid.CreateVersion7());

        using var response = await client.GetAsync(new Uri("/api/v1/me/messages?" + query, UriKind.Relative), World.Ct);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "CMN-0400");
    }

    [Fact]
    public async Task Only_people_have_an_inbox()
    {
        using var nobody = world.Service.Client();
        using var partner = world.AsPartner();

        using var unauthorized = await nobody.GetAsync(new Uri("/api/v1/me/messages", UriKind.Relative), World.Ct);
        using var forbidden = await partner.GetAsync(new Uri("/api/v1/me/messages", UriKind.Relative), World.Ct);

        await unauthorized.AssertProblemAsync(HttpStatusCode.Unauthorized, "CMN-0401");
        await forbidden.AssertProblemAsync(HttpStatusCode.Forbidden, "CMN-0403");
    }

    [Fact]
    public async Task How_many_are_unread_is_counted_and_all_that_were_shown_are_read_at_once()
    {
        var owner = world.Accounts.Person(email: "");
        var facts = new Facts(owner);
        await world.PublishAllAsync([facts.Submitted(), facts.Accepted()]);
        var shown = (await world.InboxAsync(owner, 2))[0].GetProperty("id").GetGuid();
        await world.PublishAsync(facts.ResultReady());
        await world.InboxAsync(owner, 3);
        using var client = world.As(owner);
        Assert.Equal(3, await UnreadAsync(client));

        Assert.Equal(1, await ReadAllAsync(client, $"?upTo={shown}"));
        var times = (await world.InboxAsync(owner)).Select(m => m.GetProperty("readAt").ToString()).ToList();
        Assert.Equal(2, times.Count(t => t.Length > 0));
        Assert.Equal(0, await ReadAllAsync(client, ""));
        Assert.Equal(0, await ReadAllAsync(client, ""));

        Assert.Equal(0, await UnreadAsync(client));
        // What was read before keeps its time.
        Assert.Equal(times.Skip(1), (await world.InboxAsync(owner)).Skip(1).Select(m => m.GetProperty("readAt").ToString()));
    }

    [Fact]
    public async Task Reading_all_of_mine_reads_nothing_of_others()
    {
        var (owner, other) = (world.Accounts.Person(email: ""), world.Accounts.Person(email: ""));
        await world.PublishAllAsync([new Facts(owner).Submitted(), new Facts(other).Submitted()]);
        await world.InboxAsync(owner, 1);
        await world.InboxAsync(other, 1);
        using (var client = world.As(owner))
            Assert.Equal(0, await ReadAllAsync(client, ""));

        using var others = world.As(other);
        Assert.Equal(1, await UnreadAsync(others));
    }

    [Fact]
    public async Task The_inbox_of_one_dossier_holds_only_its_messages()
    {
        var owner = world.Accounts.Person(email: "");
        var (first, second) = (new Facts(owner), new Facts(owner));
        await world.PublishAllAsync([first.Submitted(), second.Submitted(), second.Accepted()]);
        await world.InboxAsync(owner, 3);
        using var client = world.As(owner);

        var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/me/messages?dossier={second.Dossier}", World.Ct);
        var none = await client.GetFromJsonAsync<JsonElement>($"/api/v1/me/messages?dossier={Guid.CreateVersion7()}", World.Ct);

        Assert.Equal([second.Dossier, second.Dossier], page.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("dossierId").GetGuid()));
        Assert.Empty(none.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        var owner = world.Accounts.Person(email: "");
        var facts = new Facts(owner);
        await world.PublishAsync(facts.Submitted());
        var message = Assert.Single(await world.InboxAsync(owner, 1)).GetProperty("id").GetGuid();
        using var client = world.As(owner);
        var tag = await TagAsync(client, null, HttpStatusCode.OK);

        Assert.Equal(tag, await TagAsync(client, tag, HttpStatusCode.NotModified));
        await ReadAsync(client, message);
        var read = await TagAsync(client, tag, HttpStatusCode.OK);
        await world.PublishAsync(facts.Accepted());
        await world.InboxAsync(owner, 2);
        var grown = await TagAsync(client, read, HttpStatusCode.OK);

        Assert.Equal(3, new[] { tag, read, grown }.Distinct().Count());
    }

    private static async Task<string> TagAsync(HttpClient client, string? known, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me/messages");
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        using var response = await client.SendAsync(request, World.Ct);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("no-cache, private", response.Headers.CacheControl?.ToString());
        return response.Headers.ETag?.Tag ?? "";
    }

    private static async Task<int> UnreadAsync(HttpClient client) => (await client.GetFromJsonAsync<JsonElement>("/api/v1/me/messages/unread", World.Ct)).GetProperty("unread").GetInt32();

    private static async Task<int> ReadAllAsync(HttpClient client, string query)
    {
        using var response = await client.PostAsync("/api/v1/me/messages/read" + query, null, World.Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(World.Ct)).GetProperty("unread").GetInt32();
    }

    private static async Task<JsonElement> ReadAsync(HttpClient client, Guid id)
    {
        using var response = await client.PostAsync($"/api/v1/me/messages/{id}/read", null, World.Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(World.Ct);
    }
}

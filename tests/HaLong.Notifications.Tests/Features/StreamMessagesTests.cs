using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Tests.Support;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Features;

/// <summary>A world whose streams give a sign of life often.</summary>
public sealed class StreamWorld(Servers servers) : IAsyncLifetime
{
    internal World World { get; } = new(servers) { Settings = [("Rules:StreamHeartbeat", "00:00:00.300"), ("Rules:StreamsPerPerson", "3")] };

    public ValueTask InitializeAsync() => World.InitializeAsync();

    public ValueTask DisposeAsync() => World.DisposeAsync();
}

/// <summary>The inbox as it fills, event by event.</summary>
public sealed class StreamMessagesTests(StreamWorld streams) : IClassFixture<StreamWorld>
{
    private readonly World world = streams.World;

    [Fact]
    public async Task A_message_comes_down_the_stream_as_it_is_in_the_inbox_and_the_count_with_it()
    {
        var owner = world.Accounts.Person(email: "");
        await using var stream = await OpenAsync(owner);
        await stream.UntilAsync(e => e.Contains(("unread", "{\"unread\":0}")), "the count at the beginning");
        var facts = new Facts(owner);

        await world.PublishAsync(facts.Submitted());

        var message = await stream.MessageAsync(1);
        var inbox = Assert.Single(await world.InboxAsync(owner));
        Assert.Equal(inbox.GetRawText(), message.GetRawText());
        Assert.Equal(inbox.GetProperty("id").GetString(), Assert.Single(stream.Ids));
        await stream.UntilAsync(e => e.Contains(("unread", "{\"unread\":1}")), "the new count");
        Assert.Equal("text/event-stream", stream.ContentType);
    }

    [Fact]
    public async Task What_is_read_elsewhere_changes_the_count_here()
    {
        var owner = world.Accounts.Person(email: "");
        var id = await AddAsync(owner);
        await using var stream = await OpenAsync(owner);
        await stream.UntilAsync(e => e.Contains(("unread", "{\"unread\":1}")), "one unread");
        using var client = world.As(owner);

        using var read = await client.PostAsync($"/api/v1/me/messages/{id}/read", null, World.Ct);
        await stream.UntilAsync(e => e.Contains(("unread", "{\"unread\":0}")), "none unread");

        Assert.Empty(stream.Ids);
    }

    [Fact]
    public async Task Who_comes_back_with_the_last_id_has_lost_nothing_of_what_came_meanwhile()
    {
        var owner = world.Accounts.Person(email: "");
        await AddAsync(owner, TimeSpan.FromMinutes(-5));
        string last;
        await using (var first = await OpenAsync(owner))
        {
            await AddAsync(owner);
            await first.MessageAsync(1);
            last = first.Ids.Single();
        }

        var missed = new List<string>();
        for (var i = 0; i < 130; i++) // more than one look takes at once
            missed.Add((await AddAsync(owner)).ToString());

        await using var second = await OpenAsync(owner, last);
        await second.MessageAsync(missed.Count);

        Assert.Equal(missed.Order(), second.Ids.Order());
        Assert.DoesNotContain(last, second.Ids);
    }

    [Fact]
    public async Task A_message_made_earlier_and_committed_later_than_the_last_one_comes_too()
    {
        var owner = world.Accounts.Person(email: "");
        await using var stream = await OpenAsync(owner);
        await AddAsync(owner);
        await stream.MessageAsync(1);

        var late = await AddAsync(owner, TimeSpan.FromSeconds(-20));
        await stream.MessageAsync(2);

        Assert.Equal(late.ToString(), stream.Ids.Last());
        // And whoever comes back with the other one hears of it again rather than not at all.
        await using var again = await OpenAsync(owner, stream.Ids.First());
        await again.MessageAsync(1);
        Assert.Equal([late.ToString()], again.Ids);
    }

    [Fact]
    public async Task Without_a_last_id_the_stream_begins_with_what_comes_next()
    {
        var owner = world.Accounts.Person(email: "");
        await AddAsync(owner, TimeSpan.FromMinutes(-5));
        await AddAsync(owner, TimeSpan.FromMinutes(-4));
        await using var stream = await OpenAsync(owner);

        var next = await AddAsync(owner);
        await stream.MessageAsync(1);

        Assert.Equal([next.ToString()], stream.Ids);
    }

    [Fact]
    public async Task A_silent_stream_gives_a_sign_of_life_and_nothing_of_others()
    {
        var (owner, other) = (world.Accounts.Person(email: ""), world.Accounts.Person(email: ""));
        await using var stream = await OpenAsync(owner);
        await AddAsync(other);

        await Eventually.Async(() => Task.FromResult(stream.Comments >= 3), "three comments");

        Assert.Empty(stream.Ids);
    }

    [Fact]
    public async Task It_does_not_matter_which_replica_a_stream_hangs_on()
    {
        await using var replica = await world.ReplicaAsync(("Rules:StreamHeartbeat", "00:05:00"));
        var owner = world.Accounts.Person(email: "");
        await using var stream = await Stream.OpenAsync(replica.Client(world.Identity.Token(owner)), null);
        await stream.UntilAsync(e => e.Count > 0, "the beginning");

        // Written by the other process; without NOTIFY the next look were in five minutes.
        var id = await AddAsync(owner);

        await stream.MessageAsync(1);
        Assert.Equal([id.ToString()], stream.Ids);
    }

    [Fact]
    public async Task After_the_database_was_away_nothing_is_missing()
    {
        var owner = world.Accounts.Person(email: "");
        await using var stream = await OpenAsync(owner);
        await stream.UntilAsync(e => e.Count > 0, "the beginning");

        await world.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"));
        // The pool may still hold connections that were cut.
        var id = Guid.Empty;
        await Eventually.Async(async () => (id = await AddAsync(owner)) != Guid.Empty, "a message");

        // The stream may have been cut with the database: then its reader comes back.
        await using var again = await OpenAsync(owner, Guid.Empty.ToString());
        await again.MessageAsync(1);
        Assert.Contains(id.ToString(), again.Ids);
    }

    [Fact]
    public async Task A_person_holds_a_few_streams_and_not_more_until_one_is_closed()
    {
        var owner = world.Accounts.Person(email: "");
        var open = new List<Stream>();
        for (var i = 0; i < 3; i++)
            open.Add(await OpenAsync(owner));
        using var client = world.As(owner);

        using (var refused = await client.GetAsync(new Uri("/api/v1/me/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, World.Ct))
        {
            await refused.AssertProblemAsync(HttpStatusCode.TooManyRequests, "NOT-0237");
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        // Somebody else's number is his own.
        await using (var other = await OpenAsync(world.Accounts.Person(email: "")))
            Assert.Equal("text/event-stream", other.ContentType);
        await open[0].DisposeAsync();
        await Eventually.Async(
            async () =>
            {
                using var again = await client.GetAsync(new Uri("/api/v1/me/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, World.Ct);
                return again.IsSuccessStatusCode;
            },
            "a free place");
        foreach (var stream in open.Skip(1))
            await stream.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_ends_with_its_token()
    {
        var owner = world.Accounts.Person(email: "");
        var token = world.Identity.Sign(
            [new Claim("sub", owner.ToString()), new Claim("scope", Policies.ApiScope), new Claim("role", Roles.Citizen)], lifetime: TimeSpan.FromSeconds(2));

        await using var stream = await Stream.OpenAsync(world.Service.Client(token), null);

        await stream.Ended.WaitAsync(TimeSpan.FromSeconds(30), World.Ct);
    }

    [Fact]
    public async Task A_stream_ends_when_its_token_is_revoked()
    {
        var owner = world.Accounts.Person(email: "");
        await using var stream = await OpenAsync(owner);
        await stream.UntilAsync(e => e.Count > 0, "the beginning");
        var before = world.Identity.Revocations;

        world.Identity.Revocations = before with { Subjects = new Dictionary<string, int> { [owner.ToString()] = 1 } };

        await stream.Ended.WaitAsync(TimeSpan.FromSeconds(30), World.Ct);
        world.Identity.Revocations = before;
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("17")]
    public async Task A_last_id_that_cannot_be_is_refused(string last)
    {
        using var client = world.As(Guid.CreateVersion7());
        client.DefaultRequestHeaders.Add("Last-Event-ID", last);

        using var response = await client.GetAsync(new Uri("/api/v1/me/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, World.Ct);

        await response.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0238");
    }

    [Fact]
    public async Task Only_people_have_a_stream()
    {
        using var nobody = world.Service.Client();
        using var partner = world.AsPartner();

        using var unauthorized = await nobody.GetAsync(new Uri("/api/v1/me/stream", UriKind.Relative), World.Ct);
        using var forbidden = await partner.GetAsync(new Uri("/api/v1/me/stream", UriKind.Relative), World.Ct);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (unauthorized.StatusCode, forbidden.StatusCode));
    }

    [Fact]
    public void The_smallest_id_of_a_time_lies_before_all_ids_of_it()
    {
        var at = new DateTimeOffset(2026, 12, 15, 3, 0, 0, TimeSpan.Zero);
        var id = Guid.CreateVersion7(at);

        Assert.Equal(at.ToUnixTimeMilliseconds(), InboxReader.TimeOf(id));
        Assert.True(InboxReader.Before(id, TimeSpan.Zero) < id);
        Assert.True(InboxReader.Before(id, TimeSpan.FromSeconds(1)) < Guid.CreateVersion7(at.AddSeconds(-1)));
        Assert.True(InboxReader.Before(id, TimeSpan.FromSeconds(1)) > Guid.CreateVersion7(at.AddSeconds(-1).AddMilliseconds(-1)));
        Assert.Equal(Guid.Empty, InboxReader.Before(Guid.Empty, TimeSpan.FromMinutes(1)));
    }

    private Task<Stream> OpenAsync(Guid owner, string? last = null) => Stream.OpenAsync(world.As(owner), last);

    /// <summary>Puts a message into an inbox, made so long ago, committed now.</summary>
    private async Task<Guid> AddAsync(Guid owner, TimeSpan ago = default)
    {
        var at = TimeProvider.System.GetUtcNow() + ago;
        var message = new Message
        {
            Id = Guid.CreateVersion7(at),
            RecipientId = owner,
            Kind = NoticeKinds.DossierAccepted,
            Trigger = $"{Guid.CreateVersion7():N}",
            Channel = MessageChannel.InApp,
            Language = "vi",
            Title = "Hồ sơ đã được tiếp nhận",
            Body = "Hai\ndòng",
            CreatedAt = at,
        };
        message.MarkDelivered(at);
        await world.InDatabaseAsync(async db =>
        {
            db.Add(message);
            await db.SaveChangesAsync();
            await InboxStreams.TellAsync(db, owner, World.Ct);
            return 0;
        });
        return message.Id;
    }

    /// <summary>A browser's EventSource.</summary>
    private sealed class Stream : IAsyncDisposable
    {
        private readonly HttpClient client;
        private readonly HttpResponseMessage response;
        private readonly CancellationTokenSource closing = new();
        private readonly ConcurrentQueue<(string? Id, string Event, string Data)> events = [];
        private int comments;

        private Stream(HttpClient client, HttpResponseMessage response)
        {
            (this.client, this.response) = (client, response);
            Ended = ReadAsync();
        }

        public Task Ended { get; }

        public int Comments => Volatile.Read(ref comments);

        public string? ContentType => response.Content.Headers.ContentType?.MediaType;

        public IEnumerable<string> Ids => events.Where(e => e.Id is not null).Select(e => e.Id!); // filtered before

        public static async Task<Stream> OpenAsync(HttpClient client, string? last)
        {
            if (last is not null)
                client.DefaultRequestHeaders.Add("Last-Event-ID", last);
            var response = await client.GetAsync(new Uri("/api/v1/me/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, World.Ct);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return new Stream(client, response);
        }

        public Task UntilAsync(Func<List<(string Event, string Data)>, bool> fits, string what) =>
            Eventually.Async(() => Task.FromResult(fits([.. events.Select(e => (e.Event, e.Data))])), what);

        /// <summary>The newest message once there are so many.</summary>
        public async Task<JsonElement> MessageAsync(int count)
        {
            await Eventually.Async(() => Task.FromResult(Ids.Count() >= count), $"{count} messages down the stream");
            return JsonElement.Parse(events.Last(e => e.Event == "message").Data);
        }

        public async ValueTask DisposeAsync()
        {
            await closing.CancelAsync();
            await Ended;
            response.Dispose();
            client.Dispose();
            closing.Dispose();
        }

        private async Task ReadAsync()
        {
            try
            {
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(closing.Token));
                var (id, type, data) = ((string?)null, "message", "");
                while (await reader.ReadLineAsync(closing.Token) is { } line)
                {
                    if (line.StartsWith(':'))
                        Interlocked.Increment(ref comments);
                    else if (line.StartsWith("id: ", StringComparison.Ordinal))
                        id = line[4..];
                    else if (line.StartsWith("event: ", StringComparison.Ordinal))
                        type = line[7..];
                    else if (line.StartsWith("data: ", StringComparison.Ordinal))
                        data += line[6..];
                    if (line.Length > 0 || data.Length == 0)
                        continue;
                    events.Enqueue((id, type, data));
                    (id, type, data) = (null, "message", "");
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
            {
                // Closed, or cut.
            }
        }
    }
}

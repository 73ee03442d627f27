using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Push;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Webhooks;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Sending.Push;

/// <summary>The provider against the lab's push service, and a browser that reads.</summary>
public sealed class WebPushTests(World world) : IClassFixture<World>
{
    private readonly Guid owner = Guid.CreateVersion7();

    [Fact]
    public async Task A_message_reaches_the_device_and_only_the_device_can_read_it()
    {
        var device = new PushDevice(world);
        var id = await device.OfAsync(owner);

        var answer = await SendAsync(await MessageAsync(id));

        Assert.IsType<ProviderAnswer.Accepted>(answer);
        var message = Assert.Single(await device.WaitingAsync());
        var read = device.Read(message);
        Assert.Equal(["body", "id", "lang", "title", "url"], read.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(("Hồ sơ đã có kết quả", "Mời bạn xem kết quả.", "vi"), (read.GetProperty("title").GetString(), read.GetProperty("body").GetString(), read.GetProperty("lang").GetString()));
        Assert.Equal(TestIdentity.PublicUrl + "/", read.GetProperty("url").GetString());
        Assert.Equal("aes128gcm", PushDevice.Header(message, "content-encoding"));
        Assert.Equal("application/octet-stream", PushDevice.Header(message, "content-type"));
    }

    [Theory]
    [InlineData(0, "high")]
    [InlineData(1, "normal")]
    [InlineData(2, "low")]
    [InlineData(3, "very-low")]
    public async Task The_urgency_follows_the_class(int notice, string urgency)
    {
        var device = new PushDevice(world);

        await SendAsync(await MessageAsync(await device.OfAsync(owner)) with { Class = (NoticeClass)notice });

        Assert.Equal(urgency, PushDevice.Header(Assert.Single(await device.WaitingAsync()), "urgency"));
    }

    [Fact]
    public async Task The_push_service_keeps_a_message_as_long_as_it_is_of_use_and_no_longer_than_four_weeks()
    {
        var device = new PushDevice(world);
        var message = await MessageAsync(await device.OfAsync(owner));
        var now = TimeProvider.System.GetUtcNow();

        await SendAsync(message with { Key = "1", ExpiresAt = null });
        await SendAsync(message with { Key = "2", ExpiresAt = now.AddDays(100) });
        await SendAsync(message with { Key = "3", ExpiresAt = now.AddDays(1) });
        await SendAsync(message with { Key = "4", ExpiresAt = now.AddDays(-1) });

        var lives = (await device.WaitingAsync()).Select(m => int.Parse(PushDevice.Header(m, "ttl"), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal([3 * 86400, 28 * 86400, 0], [lives[0], lives[1], lives[3]]);
        Assert.InRange(lives[2], 80000, 86400);
    }

    [Fact]
    public async Task What_is_about_the_same_replaces_what_has_not_arrived_and_what_is_not_does_not()
    {
        var device = new PushDevice(world);
        var message = await MessageAsync(await device.OfAsync(owner));

        await SendAsync(message with { Key = "1", Topic = "dossier-deadline-changed 1", Title = "Cũ" });
        await SendAsync(message with { Key = "2", Topic = "dossier-deadline-changed 1", Title = "Mới" });
        await SendAsync(message with { Key = "3", Topic = "dossier-deadline-changed 2", Title = "Khác" });
        await SendAsync(message with { Key = "4", Title = "Riêng" });

        Assert.Equal(["Mới", "Khác", "Riêng"], (await device.WaitingAsync()).Select(m => device.Read(m).GetProperty("title").GetString()));
        Assert.All(await device.WaitingAsync(), m => Assert.Matches("^[A-Za-z0-9_-]{32}$", PushDevice.Header(m, "topic")));
    }

    [Theory]
    [InlineData(410)]
    [InlineData(404)]
    public async Task A_device_that_is_gone_is_forgotten(int status)
    {
        var device = new PushDevice(world);
        var id = await device.OfAsync(owner);
        var other = await new PushDevice(world).OfAsync(owner);
        var message = await MessageAsync(id);
        await device.DialAsync("push.gone", status);

        var answer = await SendAsync(message);

        Assert.Equal(new ProviderAnswer.Refused($"status {status}", BadAddress: true), answer);
        Assert.Equal([other], await DevicesAsync());
    }

    [Theory]
    [InlineData("push.failStatus", 413, "refused")]
    [InlineData("push.failStatus", 400, "refused")]
    [InlineData("push.failStatus", 307, "refused")]
    [InlineData("push.failStatus", 401, "later")]
    [InlineData("push.failStatus", 403, "later")]
    [InlineData("push.failStatus", 500, "later")]
    [InlineData("push.failStatus", 503, "later")]
    [InlineData("push.lostAnswer", 1, "unknown")]
    [InlineData("push.delay", 60000, "unknown")]
    public async Task What_a_push_service_answers_decides_what_becomes_of_the_message(string dial, double value, string outcome)
    {
        var device = new PushDevice(world);
        var message = await MessageAsync(await device.OfAsync(owner));
        await device.DialAsync(dial, value);
        using var provider = dial == "push.delay" ? Provider(timeout: TimeSpan.FromSeconds(1)) : Provider();

        var answer = await provider.SendAsync(message, World.Ct);

        Assert.Equal(outcome, answer.GetType().Name.ToLowerInvariant());
        Assert.False(answer is ProviderAnswer.Refused { BadAddress: true });
        Assert.Single(await DevicesAsync());
        await Eventually.Async(async () => (await device.WaitingAsync()).Count == (outcome == "unknown" ? 1 : 0), "what the push service has");
        Assert.IsType<ProviderReport.SafeToRepeat>(await provider.FindAsync(message.Key, Facts.At, World.Ct));
    }

    [Fact]
    public async Task Too_many_is_later_and_not_before_the_time_that_was_asked_for()
    {
        var device = new PushDevice(world);
        var message = await MessageAsync(await device.OfAsync(owner));
        await device.DialAsync("push.tooMany", 77, times: 1);

        Assert.Equal(new ProviderAnswer.Later("status 429", TimeSpan.FromSeconds(77)), await SendAsync(message));
        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(message));
    }

    [Fact]
    public async Task A_repeat_after_a_lost_answer_is_one_message()
    {
        var device = new PushDevice(world);
        var message = await MessageAsync(await device.OfAsync(owner));
        await device.DialAsync("push.lostAnswer", times: 1);

        Assert.IsType<ProviderAnswer.Unknown>(await SendAsync(message));
        Assert.IsType<ProviderAnswer.Accepted>(await SendAsync(message));

        Assert.Single(await device.WaitingAsync());
    }

    [Fact]
    public async Task A_push_service_that_cannot_be_reached_took_nothing()
    {
        var browser = new Browser();
        var address = new PushAddress(Guid.CreateVersion7(), "http://127.0.0.1:9/push", browser.P256dh, browser.Auth);

        var answer = await SendAsync(Message(address));

        Assert.StartsWith("not connected", Assert.IsType<ProviderAnswer.Later>(answer).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_into_our_own_network_meanwhile_is_refused_at_the_connection()
    {
        var browser = new Browser();
        using var strict = Provider(allowPrivate: false);

        var answer = await strict.SendAsync(Message(new PushAddress(Guid.CreateVersion7(), "https://localhost/push", browser.P256dh, browser.Auth)), World.Ct);

        Assert.Equal(new ProviderAnswer.Refused("address not public", BadAddress: true), answer);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"id":"0198c0ff-0000-7000-8000-000000000000","endpoint":"nowhere","p256dh":"a","auth":"b"}""")]
    public async Task What_is_no_subscription_is_refused(string address)
    {
        var browser = new Browser();
        var message = Message(new PushAddress(Guid.CreateVersion7(), "https://push.example", browser.P256dh, browser.Auth)) with { Address = address };

        Assert.Equal(new ProviderAnswer.Refused("not a push subscription", BadAddress: true), await SendAsync(message));
    }

    [Fact]
    public async Task Whoever_stops_waiting_stops_it()
    {
        var device = new PushDevice(world);
        var message = await MessageAsync(await device.OfAsync(owner));
        await device.DialAsync("push.delay", 60000);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(World.Ct);

        var sending = Shared(world.Service.Services).SendAsync(message, stop.Token);
        await Eventually.Async(async () => (await device.WaitingAsync()).Count == 1, "the message on its way");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_message_of_the_queue_goes_to_the_device_that_it_is_for()
    {
        var person = world.Accounts.Person();
        var (wanted, other) = (new PushDevice(world), new PushDevice(world));
        var target = await wanted.OfAsync(person);
        await other.OfAsync(person);

        var row = await QueueAsync(person, target.ToString());

        await Eventually.Async(async () => (await RowAsync(row.Id)).State == MessageState.Sent, "sent");
        var read = wanted.Read(Assert.Single(await wanted.WaitingAsync()));
        Assert.Equal((row.Key, row.Title), (read.GetProperty("id").GetString(), read.GetProperty("title").GetString()));
        Assert.Empty(await other.WaitingAsync());
        Assert.Equal("webpush", (await RowAsync(row.Id)).Provider);
    }

    [Fact]
    public async Task A_message_for_a_device_that_was_ended_or_is_somebody_elses_fails_without_being_sent()
    {
        var (person, stranger) = (world.Accounts.Person(), world.Accounts.Person());
        var others = new PushDevice(world);
        var foreign = await QueueAsync(person, (await others.OfAsync(stranger)).ToString());
        var ended = await QueueAsync(person, Guid.CreateVersion7().ToString("N"));
        var nonsense = await QueueAsync(person, "nonsense");

        foreach (var id in new[] { foreign.Id, ended.Id, nonsense.Id })
            await Eventually.Async(async () => await RowAsync(id) is { State: MessageState.Failed, LastError: "no address" }, "failed for want of an address");
        Assert.Empty(await others.WaitingAsync());
    }

    private async Task<Message> QueueAsync(Guid person, string target)
    {
        var now = TimeProvider.System.GetUtcNow();
        var row = new Message
        {
            Id = Guid.CreateVersion7(),
            RecipientId = person,
            Kind = "dossier-accepted",
            Trigger = target,
            Channel = MessageChannel.Push,
            Target = target,
            Language = "vi",
            Title = "Hồ sơ được tiếp nhận",
            Body = "Xem trong hồ sơ của bạn.",
            Class = NoticeClass.Urgent,
            CreatedAt = now,
            DossierId = Guid.CreateVersion7(),
        };
        row.Schedule(now);
        await world.InDatabaseAsync(async db =>
        {
            db.Add(row);
            return await db.SaveChangesAsync(World.Ct);
        });
        return row;
    }

    private Task<Message> RowAsync(Guid id) => world.InDatabaseAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.Id == id));

    private async Task<OutgoingMessage> MessageAsync(Guid device) =>
        Message(await world.Service.InScopeAsync<PushDevices, PushAddress?>(d => d.FindAsync(owner, device, World.Ct)) ?? throw new InvalidOperationException("No such device."));

    private static OutgoingMessage Message(PushAddress address) =>
        new(Guid.CreateVersion7().ToString("N"), address.ToJson(), "vi", "Hồ sơ đã có kết quả", "Mời bạn xem kết quả.");

    private Task<ProviderAnswer> SendAsync(OutgoingMessage message) => Shared(world.Service.Services).SendAsync(message, World.Ct);

    private Task<IReadOnlyList<Guid>> DevicesAsync() => world.Service.InScopeAsync<PushDevices, IReadOnlyList<Guid>>(d => d.OfAsync(owner, World.Ct));

    private static WebPushProvider Shared(IServiceProvider services) => services.GetServices<IMessageProvider>().OfType<WebPushProvider>().Single();

    /// <summary>One of its own, with other settings.</summary>
    private WebPushProvider Provider(TimeSpan? timeout = null, bool allowPrivate = true)
    {
        var services = world.Service.Services;
        return new WebPushProvider(
            new AddressGuard(Options.Create(new WebhookOptions { AllowPrivateNetworks = allowPrivate })), services.GetRequiredService<VapidTokens>(),
            Options.Create(new PushOptions { Timeout = timeout ?? TimeSpan.FromSeconds(30) }), services.GetRequiredService<IOptions<PlatformOptions>>(),
            services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System, services.GetRequiredService<ILogger<WebPushProvider>>());
    }
}

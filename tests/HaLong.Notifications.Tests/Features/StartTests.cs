using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Features;

public sealed class StartTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("Smtp:Url", "", "Smtp", "Url")]
    [InlineData("Smtp:Url", "nowhere", "Smtp", "Url")]
    [InlineData("Smtp:From", "<<", "Smtp", "From")]
    [InlineData("Smtp:ReplyTo", "<<", "Smtp", "ReplyTo")]
    [InlineData("Smtp:Bounces", "bounce+x@halong.vn", "Smtp", "Bounces")]
    [InlineData("Smtp:RootFile", "/nowhere.pem", "Smtp", "RootFile")]
    [InlineData("Smtp:Others:0:Url", "nowhere", "Smtp", "Others:0:Url")]
    [InlineData("Smtp:Reports:Secret", "short", "Smtp", "Reports:Secret")]
    [InlineData("Smtp:Dkim:Keys:0:File", "/nowhere.pem", "Smtp", "Dkim:Keys")]
    [InlineData("Push:PrivateKey", "AAAA", "Push", "PrivateKey")]
    [InlineData("Push:Contact", "nobody", "Push", "Contact")]
    [InlineData("Webhooks:KeyPassword", "", "Webhook", "KeyPassword")]
    [InlineData("Webhooks:KeyPassword", "short", "Webhook", "KeyPassword")]
    [InlineData("Webhooks:ClaimFor", "00:00:01", "Webhook", "ClaimFor")]
    [InlineData("PublicUrl", "", "Platform", "PublicUrl")]
    [InlineData("BrokerManagement:Url", "broker:15672", "BrokerManagement", "Url")]
    [InlineData("Amqp:Batch", "0", "Amqp", "Batch")]
    [InlineData("Amqp:QueueLength", "0", "Amqp", "QueueLength")]
    [InlineData("Sending:Channels:Sms:Attempts", "0", "Sending", "Channels")]
    [InlineData("Sending:Providers:sms:PerSecond", "-1", "Sending", "Providers")]
    [InlineData("Sending:MaxInFlight", "0", "Sending", "MaxInFlight")]
    public async Task A_missing_or_wrong_setting_stops_the_start_and_is_named(string key, string value, string section, string named)
    {
        await using var factory = world.Factory().WithBroker(world.Service.Broker).WithSetting("ConnectionStrings:notification-db", "Host=127.0.0.1;Port=1").WithSetting(key, value);

        // One refusal, or several bundled when more than one kind of options minds the same setting.
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => factory.StartAsync(waitForBus: false));

        var refusals = refusal is AggregateException bundle ? bundle.Flatten().InnerExceptions : [refusal];
        Assert.All(refusals, e => Assert.IsType<OptionsValidationException>(e));
        Assert.Contains(refusals.Cast<OptionsValidationException>(), e => e.Message.Contains(named, StringComparison.Ordinal) && e.OptionsType.Name.Contains(section, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_migrations_hold_the_whole_model() =>
        Assert.False(await world.InDatabaseAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())));

    [Theory]
    [InlineData("/alive")]
    [InlineData("/health")]
    public async Task Health_is_answered_to_anyone(string path)
    {
        using var client = world.Service.Client();

        Assert.Equal("Healthy", await client.GetStringAsync(path, World.Ct));
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        using var client = world.Service.Client();

        var document = System.Text.Json.JsonElement.Parse(await client.GetStringAsync("/openapi/v1.json", World.Ct));

        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).ToList();
        Assert.Equal(59, operations.Count);
        Assert.All(operations, o => Assert.False(string.IsNullOrEmpty(o.Value.GetProperty("summary").GetString())));
        Assert.Equal(["AMQP", "Carriers", "Contact problems", "Events", "Evidence", "Mail reports", "Messages", "Notice templates", "Push", "Sending", "Subscriptions"], operations.Select(o => o.Value.GetProperty("tags")[0].GetString()).Distinct().Order());
    }

    [Fact]
    public async Task A_second_process_shares_the_work_without_quarrel()
    {
        await using var replica = await world.ReplicaAsync();
        var owner = world.Accounts.Person(email: "");

        foreach (var _ in Enumerable.Range(0, 10))
            await world.PublishAsync(new Facts(owner).Submitted());

        Assert.Equal(10, (await world.InboxAsync(owner, 10)).Count);
        Assert.Equal(10, await replica.InScopeAsync<NotificationDbContext, int>(db => db.Messages.CountAsync(m => m.RecipientId == owner)));
    }
}

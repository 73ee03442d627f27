using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Persistence;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Support;

/// <summary>The notification service among real neighbours: database, broker, identity, a mail server.</summary>
public sealed class World(Servers servers) : IAsyncLifetime
{
    /// <summary>Shared with the pipe of the mail server.</summary>
    internal const string MailReportSecret = "a secret only for tests";

    internal TestIdentity Identity { get; private set; } = null!; // set by InitializeAsync

    internal FakeAccounts Accounts { get; private set; } = null!; // set by InitializeAsync

    internal MailServer Mail { get; set; } = null!; // set by InitializeAsync

    internal ServiceFactory<NotificationDbContext> Service { get; private set; } = null!; // set by InitializeAsync

    /// <summary>The broker's management API.</summary>
    internal string ManagementUrl
    {
        get
        {
            using var client = servers.ManagementClient();
            return client.BaseAddress!.ToString().TrimEnd('/');
        }
    }

    internal HttpClient ManagementClient() => servers.ManagementClient();

    internal static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await StartNeighboursAsync();
        var factory = Factory();
        foreach (var (key, value) in Settings)
            factory.WithSetting(key, value);
        Service = await factory.WithDatabase<NotificationDbContext>("notification-db", options => new NotificationDbContext(options)).StartAsync();
    }

    /// <summary>All but the service itself, for those who start one of their own.</summary>
    internal async Task StartNeighboursAsync()
    {
        Identity = await TestIdentity.StartAsync();
        Accounts = await FakeAccounts.StartAsync();
        Mail = await MailServer.StartAsync();
    }

    /// <summary>A clock of the tests' own instead of the machine's; set before the start.</summary>
    internal ShiftedClock? Clock { get; init; }

    /// <summary>Settings beside the usual ones; set before the start.</summary>
    internal IReadOnlyList<(string Key, string Value)> Settings { get; init; } = [];

    /// <summary>A service with quick waits; without a database or broker yet.</summary>
    internal ServiceFactory<NotificationDbContext> Factory() => new ServiceFactory<NotificationDbContext>(servers, Identity)
        .WithSetting("services:identity:grpc:0", Accounts.Url)
        .WithSetting("Smtp:Url", Mail.Url)
        .WithSetting("Smtp:Reports:Secret", MailReportSecret)
        .WithSetting("Sms:Url", Mail.SmsUrl)
        .WithSetting("Sms:ApiKey", "sms-key")
        .WithSetting("Sms:Sender", "HALONG")
        .WithSetting("Webhooks:KeyPassword", "a password only for tests")
        .WithSetting("Webhooks:AllowPrivateNetworks", "true")
        .WithSetting("Webhooks:PollInterval", "00:00:00.050")
        .WithSetting("Webhooks:Jitter", "0")
        .WithSetting("Webhooks:Timeout", "00:00:02")
        .WithSetting("Webhooks:StandingFor", "00:00:01")
        .WithSetting("Webhooks:RetryDelays:0", "00:00:00.050")
        .WithSetting("Webhooks:RetryDelays:1", "00:00:00.100")
        .WithSetting("Webhooks:RetryDelays:2", "00:00:00.200")
        .WithSetting("Webhooks:RetryDelays:3", "00:00:00.200")
        .WithSetting("Webhooks:RetryDelays:4", "00:00:00.200")
        .WithSetting("Webhooks:RetryDelays:5", "00:00:00.200")
        .WithSetting("Notices:ContactDelay", "00:00:00.200")
        .WithSetting("Notices:LongestContactDelay", "00:00:00.500")
        .WithSetting("Templates:RefreshEvery", "00:00:00.050")
        .WithSetting("Sending:Channels:Email:Delays:0", "00:00:00.200")
        .WithSetting("Sending:Channels:Email:Delays:1", "00:00:00.400")
        .WithSetting("Sending:Channels:Email:Delays:2", "00:00:00.500")
        .WithSetting("Sending:Channels:Sms:Delays:0", "00:00:00.200")
        .WithSetting("Sending:AskAfter", "00:00:00.200")
        .WithSetting("Sending:PollInterval", "00:00:00.050")
        .WithSetting("BrokerManagement:Url", ManagementUrl)
        .WithSetting("Amqp:PollInterval", "00:00:00.100")
        .WithSetting("Amqp:RetryDelay", "00:00:00.100")
        .WithSetting("Outbox:PollInterval", "00:00:00.100")
        .WithServices(services =>
        {
            if (Clock is not null)
                services.AddSingleton<TimeProvider>(Clock);
        });

    /// <summary>A second process of the same service: same database, same broker.</summary>
    internal Task<ServiceFactory<NotificationDbContext>> ReplicaAsync(params (string Key, string Value)[] settings)
    {
        var replica = Factory().WithBroker(Service.Broker)
            .WithSetting("ConnectionStrings:notification-db", Service.Services.GetRequiredService<IConfiguration>().GetConnectionString("notification-db"));
        foreach (var (key, value) in settings)
            replica.WithSetting(key, value);
        return replica.StartAsync();
    }

    internal HttpClient As(Guid account) => Service.Client(Identity.Token(account));

    internal HttpClient AsPartner(string client = "partner") => Service.Client(Identity.PartnerToken(client));

    internal Task<T> InDatabaseAsync<T>(Func<NotificationDbContext, Task<T>> read) => Service.InScopeAsync(read);

    internal Task PublishAsync<T>(T message, Guid? id = null)
        where T : class => Service.PublishAsync(message, id);

    internal async Task<IReadOnlyList<JsonElement>> InboxAsync(Guid account)
    {
        using var client = As(account);
        var page = await client.GetFromJsonAsync<JsonElement>("/api/v1/me/messages?limit=100", Ct);
        return [.. page.GetProperty("items").EnumerateArray()];
    }

    internal Task<IReadOnlyList<JsonElement>> InboxAsync(Guid account, int count) =>
        Eventually.ValueAsync(() => InboxAsync(account), inbox => inbox.Count >= count, $"{count} messages in the inbox");

    /// <summary>Subscribes a partner, whose address is proved, and returns id and secret.</summary>
    internal Task<(Guid Id, string Secret)> SubscribeAsync(string url, string client = "partner", params string[] types) =>
        Service.ProvedAsync(url, client, null, types);

    /// <summary>All messages about a dossier, with both channels.</summary>
    internal Task<List<Notifications.Domain.Message>> MessagesAsync(Guid dossier) =>
        InDatabaseAsync(db => db.Messages.AsNoTracking().Where(m => m.DossierId == dossier).OrderBy(m => m.Id).ToListAsync());

    public async ValueTask DisposeAsync()
    {
        if (Service is { } service)
            await service.DisposeAsync();
        await Mail.DisposeAsync();
        await Accounts.DisposeAsync();
        await Identity.DisposeAsync();
    }
}

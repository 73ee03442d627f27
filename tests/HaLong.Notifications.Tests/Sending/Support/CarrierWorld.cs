using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Carriers;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Workers;
using HaLong.PartnerLab;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaLong.Notifications.Tests.Sending.Support;

/// <summary>The service on a real port among simulated carriers that tell it of receipts over HTTP.</summary>
public sealed class CarrierWorld(Servers servers) : IAsyncLifetime
{
    internal const string AppId = "4100000000000000001";
    internal const string HookSecret = "the secret of sms receipts";
    internal const string OaSecretKey = "the secret of zalo events";
    private WebApplication lab = null!; // set by InitializeAsync
    private HttpClient http = null!; // set by InitializeAsync

    internal TestIdentity Identity { get; private set; } = null!; // set by InitializeAsync

    internal FakeAccounts Accounts { get; private set; } = null!; // set by InitializeAsync

    internal ServiceFactory<NotificationDbContext> Service { get; private set; } = null!; // set by InitializeAsync

    internal string LabUrl => lab.Urls.First();

    /// <summary>What the account's owner would get by granting access by hand.</summary>
    internal string NewestRefreshToken => lab.Services.GetRequiredService<PartnerLab.Zalo.ZaloBook>().Newest;

    /// <summary>Whoever speaks to the service from outside.</summary>
    internal HttpClient Outside { get; private set; } = null!; // set by InitializeAsync

    internal static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal static string Phone() => $"+8491{Random.Shared.Next(1_000_000, 9_999_999)}";

    public async ValueTask InitializeAsync()
    {
        Identity = await TestIdentity.StartAsync();
        Accounts = await FakeAccounts.StartAsync();
        var port = FreePort();
        lab = await StartLabAsync(port);
        http = new HttpClient { BaseAddress = new Uri(LabUrl) };
        Outside = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Service = await Factory().OnPort(port).WithDatabase<NotificationDbContext>("notification-db", options => new NotificationDbContext(options)).StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        http.Dispose();
        Outside.Dispose();
        await lab.DisposeAsync();
        await Accounts.DisposeAsync();
        await Identity.DisposeAsync();
    }

    internal ServiceFactory<NotificationDbContext> Factory() => new ServiceFactory<NotificationDbContext>(servers, Identity)
        .WithSetting("services:identity:grpc:0", Accounts.Url)
        .WithSetting("Smtp:Url", LabUrl).WithSetting("Webhooks:KeyPassword", "a password only for tests")
        .WithSetting("Sms:Url", LabUrl).WithSetting("Sms:Path", "/sms/messages").WithSetting("Sms:ApiKey", "sms-key").WithSetting("Sms:Sender", "HALONG")
        .WithSetting("Sms:HookSecret", HookSecret)
        // What is queued goes by the one that tells of receipts; each is tried by itself too.
        .WithSetting("Sending:Providers:sms-soap:Weight", "0")
        .WithSetting("SmsSoap:Url", LabUrl).WithSetting("SmsSoap:Path", "/sms-soap").WithSetting("SmsSoap:User", "halong").WithSetting("SmsSoap:Password", "soap-password")
        .WithSetting("SmsSoap:CpCode", "HALONG").WithSetting("SmsSoap:Sender", "HA LONG").WithSetting("SmsSoap:PollInterval", "01:00:00")
        .WithSetting("Zalo:Url", LabUrl).WithSetting("Zalo:Path", "/zalo").WithSetting("Zalo:AuthUrl", LabUrl).WithSetting("Zalo:AuthPath", "/zalo")
        .WithSetting("Zalo:AppId", AppId).WithSetting("Zalo:SecretKey", "app-secret").WithSetting("Zalo:OaSecretKey", OaSecretKey)
        .WithSetting("Zalo:RefreshToken", "first-refresh-token").WithSetting("Zalo:KeyPassword", "seals tokens in tests").WithSetting("Zalo:CheckInterval", "01:00:00")
        .WithSetting("Zalo:TemplateCheckFor", "00:00:00")
        .WithSetting("Sending:PollInterval", "00:00:00.050");

    /// <summary>Another process on the same database, or one that does not start.</summary>
    internal ServiceFactory<NotificationDbContext> Replica() => Factory().WithBroker(Service.Broker)
        .WithSetting("ConnectionStrings:notification-db", Get<IConfiguration>().GetConnectionString("notification-db"));

    internal T Get<T>()
        where T : notnull => Service.Services.GetRequiredService<T>();

    internal IMessageProvider Provider(string name) => Service.Services.GetServices<IMessageProvider>().Single(p => p.Name == name);

    internal ReceiptPoller Poller() => Service.Services.GetServices<IHostedService>().OfType<ReceiptPoller>().Single();

    internal Task<T> InDatabaseAsync<T>(Func<NotificationDbContext, Task<T>> read) => Service.InScopeAsync(read);

    /// <summary>A receipt handed in by hand.</summary>
    internal async Task<T> InScopeAsync<T>(Func<ReceiptDesk, Task<T>> work)
    {
        await using var scope = Service.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ReceiptDesk>());
    }

    internal async Task DialAsync(string name, object value, string? target = null, int? times = 1)
    {
        using var response = await http.PutAsJsonAsync($"/dials/{name}", new { value, times, target }, Ct);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>What is on a telephone, by whichever aggregator.</summary>
    internal Task<List<JsonElement>> SmsAsync(string phone) => ListAsync($"/sms/messages?to={Uri.EscapeDataString(phone)}");

    internal Task<List<JsonElement>> ZaloAsync(string phone) => ListAsync($"/zalo/inbox?to={Uri.EscapeDataString(phone)}");

    internal async Task<int> RefreshesAsync() => (await http.GetFromJsonAsync<JsonElement>("/zalo/refreshes", Ct)).GetProperty("refreshes").GetInt32();

    internal static OutgoingMessage Message(string phone, string text = "Ho so 1.2.3 da co ket qua.", string? data = null, string? key = null) =>
        new(key ?? Guid.CreateVersion7().ToString("N"), phone, "vi", "Dịch vụ công", text, Data: data);

    /// <summary>A row of ours: on its way, or taken by a provider.</summary>
    internal async Task<Message> RowAsync(string? provider, MessageChannel channel = MessageChannel.Sms, DateTimeOffset? sentAt = null, string? reference = null, Guid? id = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var message = new Message
        {
            Id = id ?? Guid.CreateVersion7(),
            RecipientId = Guid.CreateVersion7(),
            DossierId = Guid.CreateVersion7(),
            Kind = "dossier-accepted",
            Trigger = Guid.CreateVersion7().ToString(),
            Channel = channel,
            Language = "vi",
            Title = "T",
            Body = "B",
            CreatedAt = sentAt ?? now,
        };
        // Far away: no worker is to touch it.
        message.Schedule(now.AddDays(30));
        if (provider is not null)
            message.MarkSent(sentAt ?? now, provider, reference);
        await InDatabaseAsync(async db =>
        {
            db.Add(message);
            // Only who was asked to carry it can tell what became of it.
            if (provider is not null)
                db.Add(new MessageAttempt { MessageId = message.Id, Number = 1, Provider = provider, StartedAt = message.CreatedAt });
            return await db.SaveChangesAsync(Ct);
        });
        return message;
    }

    internal Task<Message> ReadAsync(Guid id) => InDatabaseAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.Id == id, Ct));

    internal Task<int> FailuresToldAsync(Guid id)
    {
        var part = $"%{id}%";
        return InDatabaseAsync(db => db.Database.SqlQuery<int>(
            $"SELECT count(*)::int AS \"Value\" FROM outbox_message WHERE type LIKE '%message-failed%' AND payload::text LIKE {part}").SingleAsync(Ct));
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<List<JsonElement>> ListAsync(string path) => await http.GetFromJsonAsync<List<JsonElement>>(path, Ct) ?? [];

    private static async Task<WebApplication> StartLabAsync(int service)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "HaLong.PartnerLab" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bank:NotifyUrl"] = "http://127.0.0.1:9/",
            ["Bank:Secret"] = "not used here",
            ["Sms:ApiKey"] = "sms-key",
            ["Sms:ReceiptUrl"] = $"http://127.0.0.1:{service}/hooks/sms/sms",
            ["Sms:ReceiptSecret"] = HookSecret,
            ["SmsSoap:Password"] = "soap-password",
            ["Zalo:SecretKey"] = "app-secret",
            ["Zalo:OaSecretKey"] = OaSecretKey,
            ["Zalo:HookUrl"] = $"http://127.0.0.1:{service}/hooks/zalo",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPartnerLab();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPartnerLab();
        await app.StartAsync();
        return app;
    }
}

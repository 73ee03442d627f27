using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Workers;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace HaLong.Notifications.Tests.Support;

/// <summary>
/// The sending engine with scripted providers, a standing clock and its workers at rest: a test takes each step itself, and can end the process between
/// any two of them. Two carriers of SMS (alpha, beta), one of mail (post), one of Zalo (zns).
/// </summary>
public sealed class EngineWorld(Servers servers) : IAsyncLifetime
{
    internal TestIdentity Identity { get; private set; } = null!; // set by InitializeAsync

    internal FakeAccounts Accounts { get; private set; } = null!; // set by InitializeAsync

    internal ServiceFactory<NotificationDbContext> Service { get; private set; } = null!; // set by InitializeAsync

    internal ShiftedClock Clock { get; } = new(stands: true);

    internal CrashOnSave Crash { get; } = new();

    internal ScriptedProvider Alpha { get; } = new("alpha", MessageChannel.Sms);

    internal ScriptedProvider Beta { get; } = new("beta", MessageChannel.Sms);

    internal ScriptedProvider Post { get; } = new("post", MessageChannel.Email);

    internal ScriptedProvider Zns { get; } = new("zns", MessageChannel.Zalo);

    internal DateTimeOffset Now => Clock.GetUtcNow();

    internal static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Identity = await TestIdentity.StartAsync();
        Accounts = await FakeAccounts.StartAsync();
        Service = await Factory().WithDatabase<NotificationDbContext>("notification-db", options => new NotificationDbContext(options))
            .StartAsync(waitForBus: false);
    }

    internal ServiceFactory<NotificationDbContext> Factory() => new ServiceFactory<NotificationDbContext>(servers, Identity)
        .WithSetting("services:identity:grpc:0", Accounts.Url)
        .WithSetting("Smtp:Url", "http://127.0.0.1:9")
        .WithSetting("Webhooks:KeyPassword", "a password only for tests")
        .WithSetting("Sending:Jitter", "0")
        .WithSetting("Sending:AskFor", "00:02:00")
        .WithSetting("Sending:Providers:post:PerSecond", "5")
        .WithSetting("Sending:Providers:post:ReserveForCodes", "0.4")
        .WithSetting("Sending:DirectWait", "00:00:00.300")
        .WithServices(services =>
        {
            services.RemoveAll<IMessageProvider>().RemoveAll<TimeProvider>();
            services.AddSingleton<TimeProvider>(Clock);
            foreach (var provider in new[] { Alpha, Beta, Post, Zns })
                services.AddSingleton<IMessageProvider>(provider);
            // Whoever works at times of its own would take a step, or count as one.
            foreach (var worker in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly == typeof(SendWorker).Assembly).ToList())
                services.Remove(worker);
            services.ConfigureDbContext<NotificationDbContext>(options => options.AddInterceptors(Crash));
        });

    /// <summary>As it was before any test: providers work, nothing of another test is due, time goes on from where it was.</summary>
    internal void Reset()
    {
        Crash.Arm();
        using (var scope = Service.Services.CreateScope())
        {
            scope.ServiceProvider.GetRequiredService<NotificationDbContext>().Messages.Where(m => m.State == MessageState.Pending)
                .ExecuteUpdate(set => set.SetProperty(m => m.State, MessageState.Cancelled));
        }

        foreach (var provider in new[] { Alpha, Beta, Post, Zns })
        {
            provider.Reset();
            Standing(provider).Circuit.Succeed();
            Standing(provider).Learn(ProviderMode.Enabled, ProviderState.Full);
        }

        Crash.Before = null;
    }

    internal ProviderStanding Standing(ScriptedProvider provider) => Get<ProviderRouter>().StandingOf(provider.Name)!;

    internal T Get<T>()
        where T : notnull => Service.Services.GetRequiredService<T>();

    internal void Pass(TimeSpan time) => Clock.Shift += time;

    /// <summary>A message that is due now, to a person who is reached by everything; urgent, so that no hour of the clock and no limit of the person holds it.</summary>
    internal async Task<Message> QueueAsync(
        MessageChannel channel = MessageChannel.Sms, NoticeClass of = NoticeClass.Urgent, DateTimeOffset? due = null, DateTimeOffset? expires = null,
        string kind = "dossier-accepted",
        Guid? recipient = null)
    {
        var message = new Message
        {
            Id = Guid.CreateVersion7(Now),
            RecipientId = recipient ?? Accounts.Person(phone: $"+8491{Random.Shared.Next(1_000_000, 9_999_999)}"),
            DossierId = Guid.CreateVersion7(),
            DossierCode = "000.00.01.H49-261123-0001",
            Kind = kind,
            Class = of,
            Trigger = Guid.CreateVersion7().ToString("N"),
            Channel = channel,
            Language = "vi",
            Title = "Tiếp nhận hồ sơ",
            Body = "Ho so da duoc tiep nhan.",
            CreatedAt = Now,
            ExpiresAt = expires,
        };
        message.Schedule(due ?? Now);
        await InDatabaseAsync(async db =>
        {
            db.Add(message);
            return await db.SaveChangesAsync(Ct);
        });
        return message;
    }

    internal Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(int room = 100) =>
        Get<MessageQueue>().ClaimAsync(Enum.GetValues<MessageChannel>().Except([MessageChannel.InApp]).ToDictionary(c => c, _ => room), Ct);

    /// <summary>One round of the worker; what ends the process ends here.</summary>
    internal async Task<int> SendDueAsync(CancellationToken ct = default)
    {
        var claims = await ClaimAsync();
        foreach (var claim in claims)
            await SendAsync(claim, ct);
        return claims.Count;
    }

    internal async Task SendAsync(ClaimedMessage claim, CancellationToken ct = default)
    {
        await using var scope = Service.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MessageSender>().SendAsync(claim, ct);
    }

    /// <summary>A round that the process does not survive.</summary>
    internal async Task DieAsync(ScriptedProvider? provider = null)
    {
        using var process = new CancellationTokenSource();
        if (provider is not null)
            provider.Sender = process;
        var death = await Record.ExceptionAsync(() => SendDueAsync(process.Token));
        Assert.True(death is CrashException or OperationCanceledException, $"survived, or died of {death}");
        Crash.Arm();
    }

    /// <summary>Lets waits and claims run out and sends, until nothing is left to do with a message.</summary>
    internal async Task<Message> FinishAsync(Message message, int rounds = 30)
    {
        for (var round = 0; round < rounds; round++)
        {
            var now = await ReadAsync(message);
            if (now.State != MessageState.Pending)
                return now;
            if (now.DueAt > Now)
                Pass(now.DueAt - Now + TimeSpan.FromMilliseconds(1));
            await SendDueAsync();
        }

        return await ReadAsync(message);
    }

    internal Task<Message> ReadAsync(Message message) => InDatabaseAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.Id == message.Id));

    internal Task<List<MessageAttempt>> AttemptsAsync(Message message) =>
        InDatabaseAsync(db => db.Attempts.AsNoTracking().Where(a => a.MessageId == message.Id).OrderBy(a => a.Number).ToListAsync());

    internal Task<T> InDatabaseAsync<T>(Func<NotificationDbContext, Task<T>> work) => Service.InScopeAsync(work);

    /// <summary>What is told through the outbox about a message.</summary>
    internal Task<int> ToldAsync(Message message, string type) => InDatabaseAsync(db => db.Database
        .SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM evidence WHERE kind = {type} AND subject = {message.Id.ToString()}").SingleAsync());

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Accounts.DisposeAsync();
        await Identity.DisposeAsync();
    }
}

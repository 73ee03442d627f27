using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Workers;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaLong.Notifications.Tests.Support;

/// <summary>A world whose time the tests set, and whose rules come round only when a test says so.</summary>
public sealed class RuleWorld : IAsyncLifetime
{
    private readonly World world;

    public RuleWorld(Servers servers) => world = new World(servers)
    {
        Clock = new ShiftedClock(stands: true),
        Settings = [("Rules:Interval", "10:00:00"), ("Rules:TelephonePerHour", "3"), ("Rules:TelephonePerDay", "5")],
    };

    internal World World => world;

    internal FakeAccounts Accounts => world.Accounts;

    /// <summary>A Tuesday, a working day like any other.</summary>
    internal static DateTimeOffset Tuesday(int hour, int minute = 0) => LocalTime.Instant(new DateOnly(2026, 12, 15), new TimeOnly(hour, minute));

    internal void SetTo(DateTimeOffset at) => world.Clock!.SetTo(at); // given in the constructor

    public async ValueTask InitializeAsync()
    {
        SetTo(Tuesday(10));
        await world.InitializeAsync();
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    /// <summary>What falls due by the clock comes round once.</summary>
    internal Task TurnAsync() => WorkerOf(world.Service).TurnAsync(World.Ct);

    internal static RuleWorker WorkerOf(ServiceFactory<NotificationDbContext> service) => service.Services.GetServices<IHostedService>().OfType<RuleWorker>().Single();

    internal Task<List<Message>> ToAsync(Guid person) =>
        world.InDatabaseAsync(db => db.Messages.AsNoTracking().Where(m => m.RecipientId == person).OrderBy(m => m.Id).ToListAsync());

    internal async Task<Message> OneAsync(Guid person, MessageChannel channel) => (await ToAsync(person)).Single(m => m.Channel == channel);

    /// <summary>Waits until a message is in a state.</summary>
    internal Task<Message> UntilAsync(Guid message, Func<Message, bool> fits, string what) => Eventually.ValueAsync(
        () => world.InDatabaseAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.Id == message)), fits, what);

    /// <summary>Puts a message into the queue, as a notice would.</summary>
    internal async Task<Message> AddAsync(
        Guid person, MessageChannel channel, string kind = NoticeKinds.DossierResultReady, NoticeClass weight = NoticeClass.Status, string? trigger = null, string body = "",
        DateTimeOffset? due = null, DateTimeOffset? expires = null, string? condition = null, Guid? dossier = null, string target = "", params MessageChannel[] fallback)
    {
        var now = world.Clock!.GetUtcNow(); // given in the constructor
        var message = new Message
        {
            Id = Guid.CreateVersion7(now),
            RecipientId = person,
            DossierId = dossier,
            Kind = kind,
            Class = weight,
            Trigger = trigger ?? $"{Guid.CreateVersion7():N}",
            Channel = channel,
            Target = target,
            Language = "vi",
            Title = "Ho so cua ban",
            Body = body.Length > 0 ? body : $"Ho so {Guid.CreateVersion7():N}",
            CreatedAt = now,
            ExpiresAt = expires,
            Condition = condition,
            Fallback = [.. fallback.Select(Words.Of)],
        };
        message.Schedule(due ?? now);
        await world.InDatabaseAsync(async db =>
        {
            db.Add(message);
            foreach (var next in fallback)
            {
                if (!await db.Set<ReserveText>().AnyAsync(r => r.RecipientId == person && r.Kind == kind && r.Trigger == message.Trigger && r.Channel == next))
                    db.Add(new ReserveText { RecipientId = person, Kind = kind, Trigger = message.Trigger, Channel = next, Title = "Thay the", Body = $"Tin thay the {next}", CreatedAt = now });
            }

            return await db.SaveChangesAsync();
        });
        return message;
    }

    /// <summary>A number that is nobody else's in the tests.</summary>
    internal static string Phone() => "+8491" + Random.Shared.Next(1_000_000, 9_999_999).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

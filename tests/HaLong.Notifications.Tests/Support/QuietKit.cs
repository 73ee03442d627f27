using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Events;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Workers;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaLong.Notifications.Tests.Support;

/// <summary>The service without the workers of webhooks, so that a test takes every step itself, at a time of its own.</summary>
internal static class QuietKit
{
    private static readonly Type[] Workers =
        [typeof(DeliveryWorker), typeof(EventReleaser), typeof(ProbeWorker), typeof(RetentionWorker), typeof(SubscriptionSampler)];

    public static Task<ServiceFactory<NotificationDbContext>> QuietAsync(this World world, ShiftedClock clock, params (string Key, string Value)[] settings)
    {
        var factory = world.Factory().WithDatabase<NotificationDbContext>("notification-db", o => new NotificationDbContext(o)).WithServices(services =>
        {
            foreach (var worker in services.Where(s => s.ServiceType == typeof(IHostedService) && Workers.Contains(s.ImplementationType)).ToList())
                services.Remove(worker);
            services.AddSingleton<TimeProvider>(clock);
        });
        foreach (var (key, value) in settings)
            factory.WithSetting(key, value);
        return factory.StartAsync(waitForBus: false);
    }

    /// <summary>Facts of a dossier in the log, released.</summary>
    public static async Task<Guid> LoggedAsync(
        this ServiceFactory<NotificationDbContext> service, int facts, string procedure = "1.013978", string unit = "06658", string? field = "G09", bool release = true)
    {
        var dossier = Guid.CreateVersion7();
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await service.InScopeAsync<NotificationDbContext, int>(db =>
        {
            db.Add(new EventStream { DossierId = dossier, Code = "c", ProcedureCode = procedure, UnitCode = unit, FieldCode = field });
            for (var sequence = 1; sequence <= facts; sequence++)
            {
                var id = Guid.CreateVersion7();
                db.Add(new PublicEvent
                {
                    Id = id,
                    DossierId = dossier,
                    Sequence = sequence,
                    Type = sequence == 1 ? EventTypes.Submitted : EventTypes.Accepted,
                    ReceivedAt = now,
                    OccurredAt = now,
                    ProcedureCode = procedure,
                    UnitCode = unit,
                    Envelope = $$"""{"id":"{{id}}","type":"x","subject":"{{dossier}}","sequence":{{sequence}}}""",
                });
            }

            return db.SaveChangesAsync();
        });
        if (release)
            await service.ReleaseAsync();
        return dossier;
    }

    public static Task<int> ReleaseAsync(this ServiceFactory<NotificationDbContext> service) => service.Services.GetRequiredService<EventRelease>().RunAsync(World.Ct);

    public static Task<List<Delivery>> DeliveriesAsync(this ServiceFactory<NotificationDbContext> service, Guid subscription) =>
        service.InScopeAsync<NotificationDbContext, List<Delivery>>(db =>
            db.Deliveries.AsNoTracking().Include(d => d.Log).Include(d => d.Event).Where(d => d.SubscriptionId == subscription).OrderBy(d => d.Position).ToListAsync());

    public static Task<SubscriptionHealth?> HealthAsync(this ServiceFactory<NotificationDbContext> service, Guid subscription) =>
        service.InScopeAsync<NotificationDbContext, SubscriptionHealth?>(db => db.Health.AsNoTracking().SingleOrDefaultAsync(h => h.SubscriptionId == subscription));

    /// <summary>Workers that are there after all, e.g. one of several.</summary>
    public static T Part<T>(this ServiceFactory<NotificationDbContext> service)
        where T : notnull => service.Services.GetRequiredService<T>();
}

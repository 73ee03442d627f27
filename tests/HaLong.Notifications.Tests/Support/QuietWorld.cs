using HaLong.Notifications.Persistence;
using HaLong.Notifications.Webhooks;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Support;

/// <summary>One quiet service for all tests of a class, at a standing time, with the schedule of production. Each test begins without subscriptions.</summary>
public sealed class QuietWorld(Servers servers) : IAsyncLifetime
{
    internal World World { get; } = new(servers);

    internal ShiftedClock Clock { get; } = new(stands: true);

    internal ServiceFactory<NotificationDbContext> Service { get; private set; } = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        await World.StartNeighboursAsync();
        var delays = RetrySchedule.Default.Select((d, i) => ($"Webhooks:RetryDelays:{i}", d.ToString()));
        Service = await World.QuietAsync(Clock, [.. delays, ("Webhooks:StandingFor", "00:00:05")]);
    }

    internal HttpClient Partner(string client) => Service.Client(World.Identity.PartnerToken(client));

    internal async ValueTask CleanAsync()
    {
        Clock.Shift = TimeSpan.Zero;
        await Service.InScopeAsync<NotificationDbContext, int>(db => db.Subscriptions.ExecuteDeleteAsync());
    }

    /// <summary>Makes what is due, once.</summary>
    internal async Task<int> DeliverAsync()
    {
        var queue = Service.Part<DeliveryQueue>();
        var claims = await queue.ClaimAsync(100, LaneRooms.None, World.Ct);
        foreach (var claim in claims)
            await queue.RecordAsync(claim, await Service.Part<WebhookSender>().SendAsync(claim, World.Ct), World.Ct);
        return claims.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await World.DisposeAsync();
    }
}

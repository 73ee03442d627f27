using HaLong.Dossiers.NationalPortal.Comparing;
using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.Dossiers.NationalPortal.Sending;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Tests.Watchdog;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>The service with a national portal beside it, in a time of its own; rounds happen when a test says so.</summary>
public sealed class PortalFixture(Servers servers) : IAsyncLifetime
{
    public DossierFixture Dossiers { get; } = new(servers);
    public PortalLab Lab { get; private set; } = null!;
    internal ShiftedTime Clock { get; } = new(TimeProvider.System.GetUtcNow());
    internal ServiceFactory<Program> City { get; private set; } = null!;
    internal Stuck Stuck => new(City);

    public async ValueTask InitializeAsync()
    {
        await Dossiers.InitializeAsync();
        Lab = await PortalLab.StartAsync();
        City = await NewCity().StartAsync(waitForBus: false);
    }

    /// <summary>A service with a database of its own.</summary>
    internal ServiceFactory<Program> NewCity(PortalLab? lab = null) => Set(Dossiers.NewFactory(), lab ?? Lab);

    /// <summary>A second process of the city's service.</summary>
    internal Task<ServiceFactory<Program>> ReplicaAsync()
    {
        var replica = new ServiceFactory<Program>(servers, Dossiers.Identity).WithBroker(City.Broker)
            .WithSetting("ConnectionStrings:dossier-db", City.Services.GetRequiredService<IConfiguration>()["ConnectionStrings:dossier-db"])
            .WithSetting("Files:Path", Dossiers.Folder)
            .WithSetting("services:identity:grpc:0", Dossiers.Neighbours.Url)
            .WithSetting("services:e-signature:grpc:0", Dossiers.Neighbours.Url);
        foreach (var (key, value) in Dossiers.Settings)
            replica.WithSetting(key, value);
        return Set(replica, Lab).StartAsync(waitForBus: false);
    }

    internal void Later(TimeSpan by) => Clock.Set(Clock.GetUtcNow() + by);

    /// <summary>One round of sending.</summary>
    internal Task<int> SendAsync(ServiceFactory<Program>? city = null) => (city ?? City).Services.GetRequiredService<PortalSender>().RunAsync(Ct);

    /// <summary>Sends until nothing is due in the next hours, as time goes by.</summary>
    internal async Task SettleAsync(ServiceFactory<Program>? city = null)
    {
        for (var round = 0; round < 6; round++)
        {
            await SendAsync(city);
            Later(TimeSpan.FromMinutes(40));
        }
    }

    /// <summary>A comparison, asked for and made; what changed before is no longer fresh.</summary>
    internal async Task<PortalCompare> CompareAsync(ServiceFactory<Program>? city = null)
    {
        Later(TimeSpan.FromHours(1));
        await InDbAsync(async db =>
        {
            db.Add(new PortalCompare { Id = Guid.CreateVersion7(), RequestedAt = Clock.GetUtcNow() });
            return await db.SaveChangesAsync(Ct);
        }, city);
        return (await (city ?? City).Services.GetRequiredService<PortalComparer>().RunAsync(Ct))!;
    }

    internal Task<T> InDbAsync<T>(Func<DossierDbContext, Task<T>> work, ServiceFactory<Program>? city = null) => (city ?? City).InScopeAsync(work);

    internal Task<LedgerEntry> RowAsync(Guid id) => InDbAsync(db => db.Set<LedgerEntry>().AsNoTracking().SingleAsync(l => l.DossierId == id, Ct));

    internal Task<int> ChangeAsync(Guid id, string subject) =>
        InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE dossier SET subject = {subject}, updated_at = {Clock.GetUtcNow()} WHERE id = {id}", Ct));

    internal Task<int> MoveAsync(Guid id, string status) =>
        InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE dossier SET status = {status}, updated_at = {Clock.GetUtcNow()} WHERE id = {id}", Ct));

    /// <summary>A dossier that the portal knows.</summary>
    internal async Task<(Guid Id, string Code)> KnownAsync(string reason = "CHECK", string unit = Unit)
    {
        var id = await Stuck.MakeAsync(reason, unit: unit);
        await SendAsync();
        var row = await RowAsync(id);
        Assert.Equal(LedgerState.Acknowledged, row.State);
        return (id, row.Code);
    }

    internal HttpClient As(string role, string? unit = Unit, Guid? id = null) => City.Client(Dossiers.Identity.Token(id, [role], unit));

    /// <summary>Takes messages up and writes them down as a sender does that crashes then.</summary>
    internal async Task<List<PortalMessage>> TakeAsync()
    {
        await using var scope = City.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<MessageClaim>().TakeAsync(1000, Ct)).Messages;
    }

    public async ValueTask DisposeAsync()
    {
        await City.DisposeAsync();
        await Lab.DisposeAsync();
        await Dossiers.DisposeAsync();
    }

    private ServiceFactory<Program> Set(ServiceFactory<Program> factory, PortalLab lab) => factory.WithServices(s => s.AddSingleton<TimeProvider>(Clock))
        .WithSetting("NationalPortal:Url", lab.Url).WithSetting("NationalPortal:ClientId", "halong").WithSetting("NationalPortal:ClientSecret", "portal-secret")
        .WithSetting("NationalPortal:Sending:Interval", "1.00:00:00").WithSetting("NationalPortal:Compare:Interval", "1.00:00:00")
        .WithSetting("NationalPortal:Timeout", "00:00:05");
}

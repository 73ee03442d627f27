using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.Dossiers.Watchdog;
using HaLong.Dossiers.Watchdog.Rounds;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>The service in a time of its own; rounds of the watchdog happen when a test says so.</summary>
public sealed class WatchFixture(Servers servers) : IAsyncLifetime
{
    /// <summary>When most dossiers of these tests begin to wait.</summary>
    internal const string Monday = "2025-10-06T10:00";

    public DossierFixture Dossiers { get; } = new(servers);

    internal ShiftedTime Clock { get; } = new(ClockSamples.At(Monday));

    internal ServiceFactory<Program> City { get; private set; } = null!; // set by InitializeAsync

    internal Stuck Stuck => new(City);

    internal WatchRounds Watchdog => City.Services.GetRequiredService<WatchRounds>();

    public async ValueTask InitializeAsync()
    {
        await Dossiers.InitializeAsync();
        City = await NewCity().StartAsync();
    }

    /// <summary>Another service with a database of its own, in the same time.</summary>
    internal ServiceFactory<Program> NewCity() => Dossiers.NewFactory().WithServices(s => s.AddSingleton<TimeProvider>(Clock));

    /// <summary>A second process of the city's service: the same database and broker.</summary>
    internal Task<ServiceFactory<Program>> ReplicaAsync()
    {
        var replica = new ServiceFactory<Program>(servers, Dossiers.Identity).WithBroker(City.Broker).WithServices(s => s.AddSingleton<TimeProvider>(Clock))
            .WithSetting("ConnectionStrings:dossier-db", City.Services.GetRequiredService<IConfiguration>()["ConnectionStrings:dossier-db"])
            .WithSetting("Files:Path", Dossiers.Folder)
            .WithSetting("services:identity:grpc:0", Dossiers.Neighbours.Url)
            .WithSetting("services:e-signature:grpc:0", Dossiers.Neighbours.Url);
        foreach (var (key, value) in Dossiers.Settings)
            replica.WithSetting(key, value);
        return replica.StartAsync();
    }

    /// <summary>A round at a local time.</summary>
    internal async Task RoundAsync(string at, ServiceFactory<Program>? city = null)
    {
        Clock.Set(ClockSamples.At(at));
        await (city ?? City).Services.GetRequiredService<WatchRounds>().RunAsync(Ct);
    }

    internal Task<T> InDbAsync<T>(Func<DossierDbContext, Task<T>> work, ServiceFactory<Program>? city = null) => (city ?? City).InScopeAsync(work);

    internal Task<List<WaitWarning>> WarningsAsync(Guid id, ServiceFactory<Program>? city = null) =>
        InDbAsync(db => db.WaitWarnings.AsNoTracking().Where(w => w.DossierId == id).OrderBy(w => w.GivenAt).ThenBy(w => w.PlannedAt).ToListAsync(Ct), city);

    /// <summary>Levels given about a dossier, in their order.</summary>
    internal async Task<List<string>> LevelsAsync(Guid id, ServiceFactory<Program>? city = null) => (await WarningsAsync(id, city)).ConvertAll(w => w.Level);

    internal Task<DossierWait?> WaitAsync(Guid id, ServiceFactory<Program>? city = null) =>
        InDbAsync(db => db.Waits.AsNoTracking().SingleOrDefaultAsync(w => w.DossierId == id, Ct), city);

    internal Task<Dossier> LoadAsync(Guid id, ServiceFactory<Program>? city = null) =>
        InDbAsync(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == id, Ct), city);

    internal HttpClient As(string role, string? unit = Unit, Guid? id = null, bool strong = false) => City.Client(Dossiers.Identity.Token(id, [role], unit, strong: strong));

    /// <summary>Levels that concern the wait itself, without the warning about the last day for a new appointment.</summary>
    internal static List<string> OfWait(IEnumerable<string> levels) => [.. levels.Where(l => l != WaitLevels.Extension)];

    public async ValueTask DisposeAsync()
    {
        await City.DisposeAsync();
        await Dossiers.DisposeAsync();
    }
}

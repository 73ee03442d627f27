using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Index.Closing;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>Services in a time of their own; months are closed when a test says so.</summary>
public sealed class IndexCity(Servers servers) : IAsyncLifetime
{
    public DossierFixture Dossiers { get; } = new(servers);

    /// <summary>Another service with a database of its own, in the middle of April 2026 unless said otherwise.</summary>
    internal async Task<Place> PlaceAsync(string at = "2026-04-20T10:00")
    {
        var clock = new ShiftedTime(ClockSamples.At(at));
        var factory = await Dossiers.NewFactory().WithServices(s => s.AddSingleton<TimeProvider>(clock)).WithSetting("Statistics:Index:Interval", "12:00:00")
            .StartAsync(waitForBus: false);
        return new Place(this, factory, clock);
    }

    /// <summary>A second process of a service: the same database and broker.</summary>
    internal async Task<ServiceFactory<Program>> ReplicaAsync(Place place)
    {
        var replica = new ServiceFactory<Program>(servers, Dossiers.Identity).WithBroker(place.City.Broker)
            .WithServices(s => s.AddSingleton<TimeProvider>(place.Clock))
            .WithSetting("ConnectionStrings:dossier-db", place.City.Services.GetRequiredService<IConfiguration>()["ConnectionStrings:dossier-db"])
            .WithSetting("Files:Path", Dossiers.Folder)
            .WithSetting("services:identity:grpc:0", Dossiers.Neighbours.Url)
            .WithSetting("services:e-signature:grpc:0", Dossiers.Neighbours.Url);
        foreach (var (key, value) in Dossiers.Settings)
            replica.WithSetting(key, value);
        return await replica.WithSetting("Statistics:Index:Interval", "12:00:00").StartAsync(waitForBus: false);
    }

    public async ValueTask InitializeAsync() => await Dossiers.InitializeAsync();

    public async ValueTask DisposeAsync() => await Dossiers.DisposeAsync();
}

/// <summary>One such service.</summary>
internal sealed record Place(IndexCity Owner, ServiceFactory<Program> City, ShiftedTime Clock) : IAsyncDisposable
{
    public IndexClosing Closing => City.Services.GetRequiredService<IndexClosing>();

    public void Go(string at) => Clock.Set(ClockSamples.At(at));

    public Task SaveAsync(params IEnumerable<object> rows) => IndexSamples.SaveAsync(City, rows);

    public Task<T> InDbAsync<T>(Func<DossierDbContext, Task<T>> work) => City.InScopeAsync(work);

    public HttpClient As(string role, string? unit = null, Guid? id = null) => City.Client(Owner.Dossiers.Identity.Token(id, [role], unit));

    public HttpClient Administrator => As(Roles.Administrator, DossierFixture.Unit);

    public ValueTask DisposeAsync() => City.DisposeAsync();
}

using HaLong.Identity.Persistence;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests;

/// <summary>A running identity service with a database of its own, filled by the real <c>migrate</c> mode.</summary>
public sealed class IdentitySite(Servers servers) : IAsyncLifetime
{
    /// <summary>Plain http, so that the test's cookie jar sends the session cookie back.</summary>
    public const string PublicUrl = "http://localhost";

    private readonly List<IAsyncDisposable> _owned = [];

    internal Clock Clock { get; } = new();

    internal ServiceFactory<Program> Service { get; private set; } = null!;

    internal TestIdentity OtherIssuer { get; private set; } = null!;

    internal Telephones Phones { get; private set; } = null!;

    internal string Connection { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Connection = await CreateDatabaseAsync();
        Phones = await Telephones.StartAsync();
        _owned.Add(Phones);
        OtherIssuer = await TestIdentity.StartStrangerAsync();
        _owned.Add(OtherIssuer);
        Service = await StartReplicaAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in Enumerable.Reverse(_owned))
            await owned.DisposeAsync();
    }

    internal Task<string> CreateDatabaseAsync() => servers.CreateDatabaseAsync<IdentityDbContext>(
        connection => IdentityProgram.RunAsync("migrate", IdentityProgram.Settings(connection)));

    /// <summary>One more process of the service on the same database.</summary>
    internal async Task<ServiceFactory<Program>> StartReplicaAsync(Action<ServiceFactory<Program>>? configure = null)
    {
        var factory = new ServiceFactory<Program>(servers, OtherIssuer)
            .WithSetting("Keys:PollInterval", "00:00:00.200")
            .WithSetting("ASPNETCORE_ENVIRONMENT", "Development")
            // All tests share one Redis; each site counts for itself.
            .WithSetting("Limits:Prefix", Connection)
            .WithSetting("services:notification:grpc:0", Phones.Url)
            .WithServices(s => s.AddSingleton<TimeProvider>(Clock));
        foreach (var (key, value) in IdentityProgram.Settings(Connection).Where(s => s.Key is not ("environment" or "ConnectionStrings:broker")))
            factory.WithSetting(key, value);
        configure?.Invoke(factory);
        _owned.Add(factory);
        return await factory.StartAsync(waitForBus: false);
    }

    internal Browser NewBrowser() => new(Service.Client());

    internal Task<T> DatabaseAsync<T>(Func<IdentityDbContext, Task<T>> work) => Service.InScopeAsync(work);

    internal Task<Guid> IdOfAsync(string userName) =>
        DatabaseAsync(db => db.Accounts.Where(a => a.UserName == userName).Select(a => a.Id).SingleAsync());
}

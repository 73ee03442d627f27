using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Keeping;
using HaLong.Dossiers.Statistics.Keeping.Rebuilding;
using HaLong.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Keeping;

/// <summary>A service with a database of its own whose histories are in memory; rounds of the keeper happen when a test says so.</summary>
internal sealed class KeptCity : IAsyncDisposable
{
    private readonly DossierFixture dossiers;

    private KeptCity(DossierFixture dossiers, Histories histories) => (this.dossiers, Histories) = (dossiers, histories);

    public Histories Histories { get; }

    public ServiceFactory<Program> Factory { get; private set; } = null!; // set by StartAsync

    public IServiceProvider Services => Factory.Services;

    public StatisticsKeeper Keeper => Services.GetRequiredService<StatisticsKeeper>();

    public StatisticsRebuild Rebuild => Services.GetRequiredService<StatisticsRebuild>();

    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<KeptCity> StartAsync(DossierFixture dossiers, Action<ServiceFactory<Program>>? configure = null)
    {
        var city = new KeptCity(dossiers, new Histories());
        var factory = dossiers.NewFactory().WithServices(city.Serve);
        configure?.Invoke(factory);
        city.Factory = await factory.StartAsync(waitForBus: false);
        return city;
    }

    /// <summary>One whose histories are those of its own dossiers, as outside tests.</summary>
    public static async Task<KeptCity> OfDossiersAsync(DossierFixture dossiers) => new(dossiers, new Histories())
    {
        Factory = await dossiers.NewFactory().StartAsync(waitForBus: false),
    };

    /// <summary>A second process with the same database and histories.</summary>
    public async Task<KeptCity> ReplicaAsync()
    {
        var city = new KeptCity(dossiers, Histories);
        var factory = new ServiceFactory<Program>(dossiers.Servers, dossiers.Identity).WithBroker(Factory.Broker).WithServices(city.Serve)
            .WithSetting("ConnectionStrings:dossier-db", Services.GetRequiredService<IConfiguration>()["ConnectionStrings:dossier-db"])
            .WithSetting("Files:Path", dossiers.Folder)
            .WithSetting("services:identity:grpc:0", dossiers.Neighbours.Url)
            .WithSetting("services:e-signature:grpc:0", dossiers.Neighbours.Url)
            .WithSetting("services:payment:grpc:0", dossiers.Neighbours.Url);
        foreach (var (key, value) in dossiers.Settings)
            factory.WithSetting(key, value);
        city.Factory = await factory.StartAsync(waitForBus: false);
        return city;
    }

    /// <summary>Something happened to these dossiers: their histories say so, and they are marked.</summary>
    public async Task HappensAsync(params IReadOnlyList<DossierFact> facts)
    {
        foreach (var fact in facts)
            Histories.Facts[fact.DossierId] = fact;
        await MarkAsync([.. facts.Select(f => f.DossierId).Distinct()]);
    }

    public async Task MarkAsync(params Guid[] ids)
    {
        await using var command = Database.CreateCommand("""
            INSERT INTO statistics.changed (dossier_id, changed_at, change) SELECT id, now(), nextval('statistics.change_number') FROM unnest($1) id
            ON CONFLICT (dossier_id) DO UPDATE SET changed_at = excluded.changed_at, change = excluded.change
            """);
        command.Parameters.Add(new() { Value = ids });
        await command.ExecuteNonQueryAsync(Ct);
    }

    public Task<bool> KeepAsync() => Keeper.RunAsync(Ct);

    /// <summary>What one transaction of the keeper takes.</summary>
    public Task<int?> InOneClaimAsync(int size = 100) => Factory.InScopeAsync<KeepClaim, int?>(c => c.RunAsync(size, [], Ct));

    public Task<Rebuild?> RebuildAsync(string kind = RebuildKind.Rebuild) => Rebuild.RunAsync(kind, Ct);

    public async Task<long> NumberAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Ct), null);
    }

    public async Task SqlAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>Every row of every cube, and of the facts.</summary>
    public async Task<List<string>> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in new[] { FactRows.Table, CellTables.Day, CellTables.Month, CellTables.WaitDay, CellTables.WaitMonth })
        {
            await using var command = Database.CreateCommand($"SELECT '{table} ' || (t.*)::text FROM {table} t ORDER BY 1");
            await using var reader = await command.ExecuteReaderAsync(Ct);
            while (await reader.ReadAsync(Ct))
                rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>The same, as another city has them that gets all facts at once.</summary>
    public async Task<List<string>> AnewAsync()
    {
        await using var other = await StartAsync(dossiers);
        await SampleFacts.ApplyAsync(other.Services, Histories.Facts.ToDictionary(f => f.Key, f => (DossierFact?)f.Value));
        return await other.RowsAsync();
    }

    public ValueTask DisposeAsync() => Factory.DisposeAsync();

    private void Serve(IServiceCollection services) => services.AddScoped<FactsOf>(_ => Histories.OfAsync).AddScoped<AllFacts>(_ => Histories.AllAsync);
}

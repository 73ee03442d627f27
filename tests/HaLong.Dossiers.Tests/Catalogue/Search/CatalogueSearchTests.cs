using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Catalogue.Search;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Catalogue.Search;

/// <summary>The index of a process and the database it comes from.</summary>
public sealed class CatalogueSearchTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Another_replica_sees_a_change_within_moments_and_keeps_what_did_not_change()
    {
        var search = dossiers.Factory.Services.GetRequiredService<CatalogueSearch>();
        var before = await search.CurrentAsync(Ct);
        var id = before.ById.Values.Single(d => d.Code == "1.005092").Id;
        await dossiers.InDbAsync(async db =>
        {
            await db.Database.ExecuteSqlAsync($"UPDATE procedure SET valid_to = '2099-12-31' WHERE id = {id}", Ct);
            await CatalogueStamp.RaiseAsync(db, Ct);
            return 0;
        });
        var after = await Eventually.ValueAsync(() => search.CurrentAsync(Ct), i => i.Revision > before.Revision, "the index is renewed");
        Assert.Equal(new DateOnly(2099, 12, 31), after.ById[id].ValidTo);
        Assert.Same(before.ById.Values.Single(d => d.Code == "1.001193"), after.ById.Values.Single(d => d.Code == "1.001193"));
    }

    [Fact]
    public async Task Without_a_change_the_index_stays_the_same()
    {
        var search = dossiers.Factory.Services.GetRequiredService<CatalogueSearch>();
        var first = await search.CurrentAsync(Ct);
        foreach (var again in await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => search.CurrentAsync(Ct))))
            Assert.Equal(first.Revision, again.Revision);
    }

    [Fact]
    public async Task Searching_goes_on_while_the_database_is_away()
    {
        var server = new NpgsqlConnectionStringBuilder(dossiers.Servers.PostgresConnection(await DatabaseAsync()));
        await using var proxy = TcpProxy.Start(new Uri($"amqp://{server.Host}:{server.Port}"));
        var through = new Uri(proxy.Url);
        await using var own = await new ServiceFactory<Program>(dossiers.Servers, dossiers.Identity)
            .WithSetting("ConnectionStrings:dossier-db", new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = through.Host, Port = through.Port, Timeout = 2, CommandTimeout = 2 }.ConnectionString)
            .WithSetting("Files:Path", dossiers.Folder).WithSetting("Keys:Password", dossiers.Settings["Keys:Password"]).WithSetting("services:identity:grpc:0", dossiers.Neighbours.Url).WithSetting("services:e-signature:grpc:0", dossiers.Neighbours.Url)
            .StartAsync(waitForBus: false);
        var client = own.Client();
        var before = await GetAsync(client, "/api/v1/procedures?q=khai sinh");
        proxy.Cut();
        await Eventually.Async(async () => !(await client.GetAsync("/api/v1/procedures/1.001193", Ct)).IsSuccessStatusCode, "the database is away");
        for (var i = 0; i < 3; i++)
            Assert.Equal(before.GetProperty("total").GetInt32(), (await GetAsync(client, "/api/v1/procedures?q=khai sinh")).GetProperty("total").GetInt32());
        await RefusedAsync(await client.GetAsync("/api/v1/procedures/1.001193", Ct), 503, "CMN-0503");
        proxy.Mend();
        await Eventually.Async(async () => (await client.GetAsync("/api/v1/procedures/1.001193", Ct)).IsSuccessStatusCode, "the database is back");
    }

    private Task<string> DatabaseAsync() => dossiers.InDbAsync(db => Task.FromResult(db.Database.GetDbConnection().Database));
}

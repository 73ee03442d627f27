using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Persistence.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.Catalogue.Administration.Keepers;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Catalogue;

/// <summary>What the file of a release does to the catalogue, and what the migration does to that of an older one.</summary>
public sealed class CatalogueLoaderTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Content_that_changes_twice_on_a_day_leaves_the_first_change_replaced()
    {
        const string code = "2.000908";
        Assert.Equal(1, await LoadAsync(Item(code, change: i => i["nameEn"] = "First")));
        Assert.Equal(1, await LoadAsync(Item(code, change: i => i["nameEn"] = "Second")));
        var versions = await VersionsAsync(code);
        // All three began today: the original and the first change count on no day.
        Assert.Equal([true, true, false], versions.Select(v => v.IsReplaced));
        Assert.Equal("Second", (await GetAsync(dossiers.Factory.Client(), $"/api/v1/procedures/{code}")).GetProperty("nameEn").GetString());
    }

    [Fact]
    public async Task Content_that_is_only_written_otherwise_is_no_change()
    {
        var item = Item("2.000927");
        var turned = new JsonObject();
        foreach (var (name, value) in item.AsObject().Reverse())
            turned[name] = value?.DeepClone();
        turned["shortNameVi"] = null;
        Assert.Equal(0, await LoadAsync(turned));
    }

    [Fact]
    public async Task A_version_with_the_hash_of_an_older_release_is_compared_by_its_text()
    {
        const string code = "2.000913";
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE procedure SET content_hash = 'of another form' WHERE code = {code}", Ct));
        Assert.Equal(0, await LoadAsync(Item(code)));
        Assert.Single(await VersionsAsync(code));
    }

    [Fact]
    public async Task Two_who_load_at_once_make_one_version()
    {
        const string code = "2.000942";
        var item = Item(code, change: i => i["nameEn"] = "Loaded at once");
        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LoadAsync(item.DeepClone())));
        Assert.Equal(1, added.Sum());
        Assert.Equal(2, (await VersionsAsync(code)).Count);
    }

    [Fact]
    public async Task Every_load_counts_as_a_change_of_the_catalogue()
    {
        var before = await dossiers.InDbAsync(db => CatalogueStamp.ReadAsync(db, Ct));
        await LoadAsync(Item("2.001016"));
        Assert.True(await dossiers.InDbAsync(db => CatalogueStamp.ReadAsync(db, Ct)) > before);
    }

    [Fact]
    public async Task The_migration_writes_versions_that_were_replaced_on_their_first_day_as_such()
    {
        const string code = "9.400001";
        await ExecuteAsync(CatalogueSql.DropNoOverlap);
        var then = new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);
        var (first, second, third) = (Guid.CreateVersion7(then), Guid.CreateVersion7(then.AddHours(1)), Guid.CreateVersion7(then.AddHours(2)));
        await InsertAsync(first, code, "2026-01-05", "2026-01-05");
        await InsertAsync(second, code, "2026-01-05", "2026-02-01");
        await InsertAsync(third, code, "2026-02-02", null);
        await ExecuteAsync(CatalogueSql.NoOverlap);
        var versions = await VersionsAsync(code);
        Assert.Equal([(first, true), (second, false), (third, false)], versions.Select(v => (v.Id, v.IsReplaced)));
        Assert.Equal(second, versions.Single(v => v.IsInForce(new DateOnly(2026, 1, 5))).Id);
    }

    [Theory]
    [InlineData("2026-03-01", null)]
    [InlineData("2026-01-15", "2026-01-15")]
    [InlineData("2025-01-01", "2026-01-01")]
    public async Task The_constraint_refuses_every_overlap(string from, string? to)
    {
        var code = $"9.41{from[5..7]}{from[8..]}";
        await InsertAsync(Guid.CreateVersion7(), code, "2026-01-01", to is null ? "2026-04-01" : "2026-02-01");
        var error = await Assert.ThrowsAsync<PostgresException>(() => InsertAsync(Guid.CreateVersion7(), code, from, to));
        Assert.Equal("ex_procedure_no_overlap", error.ConstraintName);
    }

    [Fact]
    public async Task Neighbouring_days_are_no_overlap()
    {
        await InsertAsync(Guid.CreateVersion7(), "9.420001", "2026-01-01", "2026-01-31");
        await InsertAsync(Guid.CreateVersion7(), "9.420001", "2026-02-01", null);
        Assert.Equal(2, (await VersionsAsync("9.420001")).Count);
    }

    private async Task<int> LoadAsync(params JsonNode[] items)
    {
        await using var scope = dossiers.Factory.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CatalogueLoader>().LoadProceduresAsync(new JsonArray(items), Ct);
    }

    private Task<List<Procedure>> VersionsAsync(string code) =>
        dossiers.InDbAsync(db => db.Procedures.AsNoTracking().Where(p => p.Code == code).OrderBy(p => p.Id).ToListAsync(Ct));

    private Task<int> InsertAsync(Guid id, string code, string from, string? to) => dossiers.InDbAsync((DossierDbContext db) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO procedure (id, code, name_vi, name_en, field, level, content, content_hash, valid_from, valid_to)
        SELECT {id}, {code}, name_vi, name_en, field, level, content, content_hash, {DateOnly.Parse(from, null)}, {(to is null ? null : DateOnly.Parse(to, null) as DateOnly?)}
        FROM procedure WHERE code = '1.001193' ORDER BY id LIMIT 1
        """, Ct));

    private Task<int> ExecuteAsync(string sql) => dossiers.InDbAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct));
}

using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Units;
using HaLong.Dossiers.Tests.Statistics.Index;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>What keeps questions about many dossiers short.</summary>
public sealed class StatisticsIndexTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Theory]
    [InlineData("ix_fact_opening", "(received_day, COALESCE(resolved_day, returned_day, closed_day, 'infinity'::date))")]
    [InlineData("ix_fact_resolved_day", "(resolved_day) INCLUDE (dossier_id, unit_code, officer_id, legal)")]
    [InlineData("ix_opinion_request_late", "(dossier_id) WHERE late")]
    [InlineData("ix_feedback_upheld", "(dossier_id) WHERE upheld")]
    public async Task There_is_an_index_for_each(string name, string definition)
    {
        var found = await dossiers.InDbAsync(db => db.Database.SqlQuery<string>(
            $"SELECT indexdef AS \"Value\" FROM pg_indexes WHERE indexname = {name}").ToListAsync(Ct));
        Assert.EndsWith(definition, Assert.Single(found), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_index_begins_with_the_day_of_the_result() => Assert.Equal(
        ["ix_fact_resolved_day"],
        await dossiers.InDbAsync(db => db.Database.SqlQuery<string>(
            $"SELECT indexname::text AS \"Value\" FROM pg_indexes WHERE tablename = 'fact' AND indexdef LIKE '%btree (resolved_day%'").ToListAsync(Ct)));

    [Fact]
    public async Task Units_that_are_all_with_dossiers_are_read_as_all()
    {
        var (first, second) = (NewUnit(), NewUnit());
        await dossiers.SaveAsync(Fact(first), Fact(second));
        var all = await dossiers.InDbAsync(db => db.Set<DossierFact>().Select(f => f.UnitCode).Distinct().ToListAsync(Ct));
        Assert.Null(await OrAllAsync(all));
        Assert.Null(await OrAllAsync([.. all, "without any"]));
        Assert.Null(await OrAllAsync(null));
        Assert.Equal([first], await OrAllAsync([first]));
        var most = all.Where(u => u != second).ToList();
        Assert.Equal(most, await OrAllAsync(most));
    }

    [Fact]
    public async Task Queries_are_not_compiled() => Assert.Equal(
        "off", await dossiers.InDbAsync(db => db.Database.SqlQuery<string>($"SELECT current_setting('jit') AS \"Value\"").SingleAsync(Ct)));

    private Task<IReadOnlyList<string>?> OrAllAsync(IReadOnlyList<string>? units) => dossiers.InDbAsync(db => new UnitBook(db, dossiers.Factory.Services.GetRequiredService<NpgsqlDataSource>()).OrAllAsync(units, Ct));
}

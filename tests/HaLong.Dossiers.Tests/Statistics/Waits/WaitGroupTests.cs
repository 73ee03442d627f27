using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Waits;
using HaLong.Dossiers.Tests.Statistics.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Waits;

/// <summary>Percentiles of groups, from the histogram, against exact ones counted from the facts.</summary>
public sealed class WaitGroupTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private WaitReader Reader => dossiers.Factory.Services.GetRequiredService<WaitReader>();

    private WaitCounter Counter => new(dossiers.Factory.Services.GetRequiredService<NpgsqlDataSource>());

    [Theory]
    [InlineData("2026-01-01", "2026-06-30")] // whole months
    [InlineData("2026-02-11", "2026-02-20")] // days
    [InlineData("2026-01-20", "2026-05-10")] // both
    [InlineData("2026-03-10", "2026-03-09")] // nothing
    public async Task Groups_are_never_less_than_exact_and_at_most_three_per_cent_more(string from, string to)
    {
        var units = await CityAsync(3);
        var all = new WaitSlice(DateOnly.Parse(from, null), DateOnly.Parse(to, null)) { Units = units };
        foreach (var by in new[] { Dimension.Unit, Dimension.Procedure })
        {
            foreach (var slice in new[] { all, all with { Units = units[..1] }, all with { Kind = StayKind.Whole }, all with { Procedure = Land } })
            {
                var exact = await Counter.GroupsAsync(slice, by == Dimension.Unit ? "f.unit_code" : "f.procedure_code", Ct);
                AssertBounded(exact, await Reader.GroupsAsync(slice with { By = by }, null, Ct));
                Assert.Equal(to == "2026-03-09", exact.Count == 0);
            }
        }
    }

    [Fact]
    public async Task Several_codes_that_count_in_one_group_are_summed_before_percentiles_are_taken()
    {
        var units = await CityAsync(3);
        var slice = new WaitSlice(new(2026, 1, 1), new(2026, 6, 15)) { Units = units };
        var exact = await Counter.GroupsAsync(slice, $"CASE f.unit_code WHEN '{units[0]}' THEN 'one' ELSE 'others' END", Ct);
        AssertBounded(exact, await Reader.GroupsAsync(slice with { By = Dimension.Unit }, u => u == units[0] ? "one" : "others", Ct));
    }

    [Fact]
    public async Task Who_asks_for_all_units_there_are_is_told_the_same_as_who_names_none()
    {
        await CityAsync(2);
        var slice = new WaitSlice(new(2026, 1, 1), new(2026, 6, 20)) { By = Dimension.Procedure };
        var known = await dossiers.InDbAsync(db => db.Set<DossierFact>().Select(f => f.UnitCode).Distinct().ToListAsync(Ct));

        var all = await Reader.GroupsAsync(slice, null, Ct);

        Assert.Equal(all, await Reader.GroupsAsync(slice with { Units = [.. known, "nobody"] }, null, Ct));
        var less = await Reader.GroupsAsync(slice with { Units = known[1..] }, null, Ct);
        Assert.True(less.Sum(g => g.Wait.Count) < all.Sum(g => g.Wait.Count));
        AssertBounded(await Counter.GroupsAsync(slice, "f.procedure_code", Ct), all);
        AssertBounded(await Counter.GroupsAsync(slice with { Units = known[1..] }, "f.procedure_code", Ct), less);
    }

    [Fact]
    public async Task The_report_by_field_counts_a_procedure_where_its_newest_version_has_it()
    {
        var unit = (await CityAsync(1))[0];
        var field = await dossiers.InDbAsync(db => db.Procedures.Where(p => p.Code == Land).OrderByDescending(p => p.ValidFrom).Select(p => p.Field)
            .FirstAsync(Ct));
        var rows = (await ReportDesk.ReportAsync(dossiers, unit, "waits?period=2026-Q1&by=field")).Rows();

        // Facts say a field of old; who asks today is told of today's.
        var slice = new WaitSlice(new(2026, 1, 1), new(2026, 3, 31)) { Units = [unit] };
        var exact = await Counter.GroupsAsync(slice, $"'{field}'", Ct);
        Assert.Equal(exact.Select(e => (e.Code, StayKind.Name(e.Wait.Kind), e.Wait.Count)),
            rows.Select(r => (r.Text("code")!, r.Text("step")!, r.Count("count"))));
        Assert.All(exact.Zip(rows), p => Assert.InRange(p.Second.Count("p90Minutes"), p.First.Wait.P90Minutes, p.First.Wait.P90Minutes * 1.03));
        Assert.NotEqual(field, rows[0].Text("name"));
    }

    /// <summary>Units with half a year of dossiers each; their facts have a field that no procedure has any more.</summary>
    private async Task<string[]> CityAsync(int count)
    {
        var units = new string[count];
        for (var i = 0; i < count; i++)
            units[i] = await ReportDesk.NewUnitAsync(dossiers);
        var facts = SampleFacts.Many(400, 11, units).ToList();
        await SampleFacts.AddAsync(dossiers, facts);
        Guid[] ids = [.. facts.Select(f => f.DossierId)];
        await dossiers.InDbAsync(db => db.Set<DossierFact>().Where(f => ids.Contains(f.DossierId))
            .ExecuteUpdateAsync(s => s.SetProperty(f => f.FieldCode, "OLD"), Ct));
        return units;
    }

    private static void AssertBounded(List<GroupWait> exact, List<GroupWait> told)
    {
        Assert.Equal(exact.Select(e => (e.Code, e.Wait.Kind, e.Wait.Count)), told.Select(t => (t.Code, t.Wait.Kind, t.Wait.Count)));
        Assert.All(exact.Zip(told, (e, t) => (Exact: e.Wait, Told: t.Wait)), p =>
        {
            Assert.InRange(p.Told.P50Minutes, p.Exact.P50Minutes, p.Exact.P50Minutes * 1.03);
            Assert.InRange(p.Told.P90Minutes, p.Exact.P90Minutes, p.Exact.P90Minutes * 1.03);
        });
    }
}

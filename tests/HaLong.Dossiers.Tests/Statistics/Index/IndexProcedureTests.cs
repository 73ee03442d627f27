using HaLong.Dossiers.Statistics.Facts;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>What counts procedures: ours in force, those of the national catalogue, and which had dossiers.</summary>
public sealed class IndexProcedureTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    // A level of its own, so that nobody else's procedures count.
    private readonly string unit = NewUnit(), level = $"l{Guid.CreateVersion7().ToString("N")[22..]}";

    private HttpClient Administrator => dossiers.Official(Roles.Administrator);

    private string Code(int number) => $"{level}.{number}";

    private async Task CatalogueAsync()
    {
        await dossiers.SaveAsync(Unit(unit, level: level));
        await dossiers.SaveAsync(
            await IndexSamples.ProcedureAsync(dossiers, Code(1), level, online: true, fees: true),
                await IndexSamples.ProcedureAsync(dossiers, Code(2), level, online: true, fees: true),
            await IndexSamples.ProcedureAsync(dossiers, Code(3), level, online: true), await IndexSamples.ProcedureAsync(dossiers, Code(4), level),
            await IndexSamples.ProcedureAsync(dossiers, Code(5), level, online: true, until: new DateOnly(2026, 2, 1)));
    }

    [Fact]
    public async Task Procedures_in_force_in_the_period_are_counted_with_what_dossiers_did_with_them()
    {
        await CatalogueAsync();
        await dossiers.SaveAsync(
            Online(unit, Code(1)), Online(unit, Code(1)), Fact(unit, procedure: Code(2)), Online(unit, Code(4)), Online(unit, Code(5)),
            Fact(unit, procedure: Code(2), fees: true, paidBy: PaidBy.Portal), Fact(unit, procedure: Code(1), fees: true, paidBy: PaidBy.Cash),
            Fact(unit, procedure: Code(4), identity: true), Fact(unit, procedure: Code(3), identity: true),
                Fact(unit, First.AddDays(-3), procedure: Code(1), identity: true));

        var index = await IndexAsync(Administrator, unit);

        Assert.Equal((3m, 4m, 1.88m), index.Figure("3.1"));
        Assert.Equal((1m, 3m, 1.33m), index.Figure("3.2"));
        Assert.Equal((1m, 2m, 2m), index.Figure("3.5"));
        Assert.Equal((2m, 4m, 1m), index.Figure("4.5a"));
        // Before the end of the fifth there was one more.
        Assert.Equal((4m, 5m), (await IndexAsync(Administrator, unit, "2026-02")) is var before
            ? (before.Count("onlineServices"), before.Count("procedures")) : default);
    }

    [Fact]
    public async Task The_national_catalogue_says_what_was_announced_published_and_can_be_paid()
    {
        await CatalogueAsync();
        // Monday the 2nd: five working days later is Monday the 9th.
        DateOnly decided = new(2026, 3, 2), fifth = new(2026, 3, 9);
        await dossiers.SaveAsync(
            Portal(Code(1), decided, fifth, fifth, full: true, paid: true), Portal(Code(2), decided, fifth.AddDays(-1), fifth.AddDays(1), full: true),
            Portal(Code(3), First.AddDays(-5), fifth, First, paid: true), Portal(Code(4), decided, fifth, fifth, full: true, active: false),
            Portal(Code(5), decided, fifth));

        var index = await IndexAsync(Administrator, unit);

        Assert.Equal((2m, 3m, 4m), index.Figure("1.1"));
        Assert.Equal((2m, 3m, 2.67m), index.Figure("1.2"));
        Assert.Equal((2m, 4m, 1m), index.Figure("1.3"));
        Assert.Equal((1m, 2m, 1.25m), index.Figure("3.4"));
    }

    [Fact]
    public async Task A_unit_whose_level_nobody_knows_has_no_procedures_instead_of_none_of_them()
    {
        var index = await IndexAsync(Administrator, unit);
        Assert.Superset(new HashSet<string> { "1.1", "1.3", "3.1", "3.2", "3.4", "3.5", "4.5a" }, index.Unknown().ToHashSet());
        // Nothing to count is a dash, not a zero.
        Assert.False(index.Component("2.1").GetProperty("applicable").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, index.Component("2.1").GetProperty("ratioPercent").ValueKind);
        Assert.Equal((0m, 0m), (index.GetProperty("total").GetDecimal(), index.GetProperty("applicableMax").GetDecimal()));
        Assert.Empty(index.GetProperty("chances").EnumerateArray());
    }

    [Fact]
    public async Task Procedures_behind_a_figure_are_those_that_were_counted()
    {
        await CatalogueAsync();
        await dossiers.SaveAsync(Portal(Code(1), full: true, paid: true), Portal(Code(2)));
        await dossiers.SaveAsync(Online(unit, Code(1)), Fact(unit, procedure: Code(2), fees: true, paidBy: PaidBy.Online),
            Fact(unit, procedure: Code(4), identity: true));
        var index = await IndexAsync(Administrator, unit);
        foreach (var component in new[] { "1.1", "1.2", "1.3", "3.1", "3.2", "3.4", "3.5", "4.5a" })
        {
            var (numerator, denominator, _) = index.Figure(component);
            var parts = new Dictionary<string, List<string>>();
            foreach (var part in new[] { "numerator", "denominator", "missing" })
            {
                var behind = await Behind.AllAsync(Administrator, unit, component, part, limit: 2);
                Assert.Equal(behind.Total, behind.Items.Count);
                Assert.All(behind.Items, i => Assert.Equal("procedure", i.GetProperty("kind").GetString()));
                Assert.All(behind.Items, i => Assert.NotEqual("", i.GetProperty("why").GetString()));
                parts[part] = behind.Ids;
            }

            Assert.Equal((component, numerator, denominator), (component, parts["numerator"].Count, parts["denominator"].Count));
            Assert.Equal(parts["denominator"].Order(StringComparer.Ordinal), parts["numerator"].Concat(parts["missing"]).Order(StringComparer.Ordinal));
        }

        Assert.Equal([Code(2), Code(3)], (await Behind.AllAsync(Administrator, unit, "3.2", "missing")).Ids);
    }
}

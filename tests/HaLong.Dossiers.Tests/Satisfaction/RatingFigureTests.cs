using System.Text.Json;
using HaLong.Dossiers.Tests.Statistics;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Satisfaction.SatisfactionKit;

namespace HaLong.Dossiers.Tests.Satisfaction;

public sealed class RatingFigureTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly DateTimeOffset May = new(2026, 5, 10, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_leader_sees_number_mean_distribution_and_share_of_his_units_in_a_period()
    {
        var (parent, unit, other) = (NewUnit(), NewUnit(), NewUnit());
        await SampleFacts.UnitsAsync(dossiers, (parent, "22", "commune"), (unit, parent, "commune"), (other, "22", "commune"));
        await RateAsync(dossiers, unit, "P-1", May, (5, "Nhanh"), (4, null), (4, "Được"), (2, null), (1, "Chậm"));
        await RateAsync(dossiers, other, "P-1", May, (1, "của đơn vị khác"));
        await RateAsync(dossiers, unit, "P-1", May.AddMonths(1), (3, null));
        var leader = dossiers.Official(Roles.Leader, parent);

        var figures = await GetAsync(leader, "/api/v1/statistics/ratings?period=2026-05");

        Assert.Equal((5, false, 3.2m, 60m), (figures.GetProperty("count").GetInt64(), figures.GetProperty("hidden").GetBoolean(),
            figures.GetProperty("mean").GetDecimal(), figures.GetProperty("satisfiedPercent").GetDecimal()));
        Assert.Equal([1, 1, 0, 2, 1], figures.GetProperty("distribution").EnumerateArray().Select(d => d.GetInt32()));
        Assert.Equal(6, (await GetAsync(leader, $"/api/v1/statistics/ratings?period=2026-Q2&unit={unit}")).GetProperty("count").GetInt64());
        Assert.Equal(0, (await GetAsync(leader, "/api/v1/statistics/ratings?period=2025")).GetProperty("count").GetInt64());
        await RefusedAsync(await leader.GetAsync($"/api/v1/statistics/ratings?unit={other}", Ct), 403, "DOS-0803");
        await RefusedAsync(await leader.GetAsync("/api/v1/statistics/ratings?period=2026-13", Ct), 400, "DOS-0849");
        await RefusedAsync(await dossiers.Official(Roles.Officer, unit).GetAsync("/api/v1/statistics/ratings", Ct), 403, "CMN-0403");
        using var citizen = await dossiers.Citizen().GetAsync("/api/v1/statistics/ratings", Ct);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, citizen.StatusCode);
    }

    [Fact]
    public async Task Four_ratings_tell_only_that_there_are_four()
    {
        var unit = NewUnit();
        await SampleFacts.UnitsAsync(dossiers, (unit, "22", "commune"));
        await RateAsync(dossiers, unit, "P-2", May, (5, "a"), (4, "b"), (4, "c"), (2, "d"));
        var chief = Chief(dossiers, unit);

        var figures = await GetAsync(chief, "/api/v1/statistics/ratings?period=2026-05");

        Assert.Equal((4, true), (figures.GetProperty("count").GetInt32(), figures.GetProperty("hidden").GetBoolean()));
        Assert.All(["mean", "distribution", "satisfiedPercent"], name => Assert.Equal(JsonValueKind.Null, figures.GetProperty(name).ValueKind));
        Assert.Empty((await GetAsync(chief, "/api/v1/statistics/ratings/comments?period=2026-05")).GetProperty("items").EnumerateArray());
        await RateAsync(dossiers, unit, "P-2", May.AddHours(1), (3, null));
        Assert.Equal(3.6m, (await GetAsync(chief, "/api/v1/statistics/ratings?period=2026-05")).GetProperty("mean").GetDecimal());
        Assert.Equal(4, (await GetAsync(chief, "/api/v1/statistics/ratings/comments?period=2026-05")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Comments_come_in_pages_newest_first_without_who_and_which_dossier()
    {
        var unit = NewUnit();
        await SampleFacts.UnitsAsync(dossiers, (unit, "22", "commune"));
        await RateAsync(dossiers, unit, "P-3", May, [.. Enumerable.Range(1, 7).Select(i => (4, (string?)$"nhận xét {i}"))]);
        var chief = Chief(dossiers, unit);

        var (seen, after) = (new List<string>(), "");
        do
        {
            var page = await GetAsync(chief, $"/api/v1/statistics/ratings/comments?period=2026-05&limit=3&after={after}");
            Assert.All(page.GetProperty("items").EnumerateArray(), i =>
                Assert.Equal(["comment", "day", "procedureCode", "stars", "unitCode"], i.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("comment").GetString()!));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);

        Assert.Equal([.. Enumerable.Range(1, 7).Reverse().Select(i => $"nhận xét {i}")], seen);
        await RefusedAsync(await chief.GetAsync("/api/v1/statistics/ratings/comments?after=nonsense", Ct), 400, "CMN-0400");
        await RefusedAsync(await chief.GetAsync("/api/v1/statistics/ratings/comments?limit=0", Ct), 400, "CMN-0400");
    }

    [Fact]
    public async Task Anybody_reads_the_mean_of_a_procedure_from_five_ratings_on()
    {
        using var anybody = dossiers.Factory.Client();
        const string path = $"/api/v1/procedures/{Land}/rating";
        await RateAsync(dossiers, NewUnit(), Land, May, (5, null), (5, null), (4, null), (4, null));
        var hidden = await GetAsync(anybody, path);
        Assert.True(hidden.GetProperty("hidden").GetBoolean());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (hidden.GetProperty("count").ValueKind, hidden.GetProperty("mean").ValueKind));

        await RateAsync(dossiers, NewUnit(), Land, May, (2, null));

        var shown = await GetAsync(anybody, path);
        Assert.Equal((5, 4m), (shown.GetProperty("count").GetInt32(), shown.GetProperty("mean").GetDecimal()));
        await RefusedAsync(await anybody.GetAsync("/api/v1/procedures/9.999999/rating", Ct), 404, "DOS-0002");
    }
}

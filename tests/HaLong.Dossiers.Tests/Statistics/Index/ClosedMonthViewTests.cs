using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Tests.Statistics.Keeping;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>What every view shows of a month that was closed and of which something was corrected since.</summary>
public sealed class ClosedMonthViewTests(IndexCity city) : IClassFixture<IndexCity>
{
    private const string Root = "/api/v1/index766";
    private readonly string unit = NewUnit(), other = NewUnit();

    [Fact]
    public async Task The_ranking_is_that_of_the_closing_until_it_is_closed_again()
    {
        await using var place = await CorrectedAsync();
        Assert.Equal([(1, other, 26m, true), (2, unit, 0m, true)], await RankingAsync(place));

        await BodyAsync(
            await place.Administrator.PostAsJsonAsync(Root + "/closings", new { month = Month, reason = "Đã sửa hạn trả kết quả." }, Ct),
                System.Net.HttpStatusCode.Created);

        Assert.Equal([(1, other, 26m), (1, unit, 26m)], (await RankingAsync(place)).Select(r => (r.Rank, r.Unit, r.Total)).OrderBy(r => r.Unit == unit));
    }

    [Fact]
    public async Task A_ranking_of_a_quarter_is_counted_now()
    {
        await using var place = await CorrectedAsync();
        var rows = await RankingAsync(place, "2026-Q1");
        Assert.All(rows, r => Assert.Equal((1, 26m, false), (r.Rank, r.Total, r.Closed)));
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public async Task What_if_begins_with_what_was_closed()
    {
        await using var place = await CorrectedAsync();
        var answer = await BodyAsync(await place.Administrator.PostAsJsonAsync(Root + "/what-if",
            new { unit, period = Month, changes = new { inProgressWithinLimit = 1, late = 0 } }, Ct));
        Assert.Equal((0m, 26m, 26m), (
            answer.GetProperty("score").GetProperty("total").GetDecimal(), answer.GetProperty("changed").GetProperty("total").GetDecimal(),
                answer.GetProperty("gain").GetDecimal()));
    }

    [Fact]
    public async Task What_is_behind_it_is_as_it_is_counted_now()
    {
        await using var place = await CorrectedAsync();
        Assert.Empty((await Behind.AllAsync(place.Administrator, unit, "2.1", "missing")).Items);
        Assert.Single((await Behind.AllAsync(place.Administrator, unit, "2.1", "numerator")).Items);
        Assert.Equal(0m, (await IndexAsync(place.Administrator, unit)).Figure("2.1").Numerator);
    }

    [Fact]
    public async Task A_quarter_is_never_closed_and_tells_no_recount()
    {
        await using var place = await CorrectedAsync();
        var quarter = await IndexAsync(place.Administrator, unit, "2026-Q1");
        Assert.Equal((false, false, 26m), (quarter.GetProperty("closed").GetBoolean(), quarter.GetProperty("live").GetBoolean(),
            quarter.GetProperty("total").GetDecimal()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (quarter.GetProperty("closing").ValueKind, quarter.GetProperty("recount").ValueKind));
    }

    [Fact]
    public async Task A_unit_that_appeared_after_the_closing_is_counted_now_and_is_in_the_next_closing()
    {
        await using var place = await CorrectedAsync();
        var late = NewUnit();
        await place.SaveAsync(Fact(late));
        Assert.False((await IndexAsync(place.Administrator, late)).GetProperty("closed").GetBoolean());
        Assert.DoesNotContain(await RankingAsync(place), r => r.Unit == late);
        await BodyAsync(
            await place.Administrator.PostAsJsonAsync(Root + "/closings", new { month = Month, reason = "Một đơn vị còn thiếu." }, Ct),
                System.Net.HttpStatusCode.Created);
        Assert.True((await IndexAsync(place.Administrator, late)).GetProperty("closed").GetBoolean());
        Assert.Contains(await RankingAsync(place), r => r.Unit == late);
    }

    // Two dossiers in progress, one of them past its date when March was closed; then the date was corrected.
    private async Task<Place> CorrectedAsync()
    {
        var place = await city.PlaceAsync();
        var fact = Fact(unit, due: First, source: IntakeSource.Counter);
        await place.SaveAsync(fact, Fact(other, due: Last));
        Assert.Equal(1, await place.Closing.RunAsync(Ct));
        await place.SaveAsync(Replays.With(fact, (nameof(fact.StatisticalDue), Last)));
        return place;
    }

    private static async Task<List<(int Rank, string Unit, decimal Total, bool Closed)>> RankingAsync(Place place, string period = Month) =>
        [.. (await GetAsync(place.Administrator, $"{Root}/ranking?period={period}")).GetProperty("items").EnumerateArray().Select(r => (
            r.GetProperty("rank").GetInt32(), r.GetProperty("unit").GetString()!, r.GetProperty("total").GetDecimal(), r.GetProperty("closed").GetBoolean()))];
}

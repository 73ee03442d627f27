using System.Text.Json;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Reports;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Reports.ReportDesk;

namespace HaLong.Dossiers.Tests.Statistics.Reports;

/// <summary>What everybody is told, against the facts, and against who reckons with several answers.</summary>
public sealed class PublicTotalsTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Public = "/api/v1/statistics/public";
    private static readonly string[] Counts = ["received", "online", "direct", "resolved", "inTime", "late"];

    [Fact]
    public async Task What_is_shown_is_true_and_what_is_small_is_not_shown_in_any_answer()
    {
        var random = new Random(11);
        string[] levels = ["province", "district", "commune"], fields = ["LAND", "CIVIL", "CERT", "MERIT"];
        var facts = Enumerable.Range(0, 400).Select(_ =>
        {
            var received = new DateOnly(2024, 1, 1).AddDays(random.Next(90));
            // Some fields are rare.
            var field = fields[Math.Min(random.Next(4), random.Next(4))];
            return Fact(
                "P1", received, random.Next(3) > 0 ? received.AddDays(random.Next(20)) : null, random.Next(4) == 0 ? Punctuality.Late : Punctuality.Early,
                level: levels[random.Next(3)], field: field, source: random.Next(5) == 0 ? IntakeSource.Counter : IntakeSource.Portal);
        }).ToList();
        await SampleFacts.AddAsync(dossiers, facts);
        using var anybody = dossiers.Factory.Client();

        foreach (var (period, from, to) in new[] { ("2024-01", "2024-01-01", "2024-01-31"), ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024-Q1", "2024-01-01", "2024-03-31") })
        {
            var (first, last) = (DateOnly.Parse(from, null), DateOnly.Parse(to, null));
            foreach (var level in new[] { null, "province", "district", "commune" })
            {
                var answer = await GetAsync(anybody, $"{Public}?period={period}&level={level}");
                var own = facts.Where(f => level is null || f.Level == level).ToList();
                True(answer.GetProperty("total"), own, first, last);
                foreach (var row in answer.GetProperty("fields").EnumerateArray())
                    True(row, own.Where(f => f.FieldCode == row.Text("code")), first, last);
                foreach (var row in answer.GetProperty("levels").EnumerateArray())
                    True(row, own.Where(f => f.Level == row.Text("code")), first, last);
            }
        }
    }

    [Fact]
    public async Task A_cell_cannot_be_had_by_taking_one_answer_from_another()
    {
        // Three dossiers of a field at one level, many at the others, and many of another field.
        DateOnly day = new(2022, 5, 4);
        await SampleFacts.AddAsync(dossiers,
        [
            .. Several(3, () => Fact("P2", day, level: "province", field: "MERIT")), .. Several(30, () => Fact("P2", day, level: "commune", field: "MERIT")),
            .. Several(40, () => Fact("P2", day, level: "province")), .. Several(50, () => Fact("P2", day, level: "commune")),
        ]);
        using var anybody = dossiers.Factory.Client();

        async Task<JsonElement> Field(string code, string? level) =>
            (await GetAsync(anybody, $"{Public}?period=2022-05&level={level}")).GetProperty("fields").EnumerateArray().Single(f => f.Text("code") == code);
        long? Received(JsonElement row) => row.GetProperty("received") is { ValueKind: JsonValueKind.Number } count ? count.GetInt64() : null;

        Assert.Null(Received(await Field("MERIT", "province")));
        // By the other level and both together, or by the other field and the whole level: always something is missing.
        Assert.Null(Received(await Field("MERIT", "commune")) + Received(await Field("MERIT", null)));
        var whole = Received((await GetAsync(anybody, $"{Public}?period=2022-05&level=province")).GetProperty("total"));
        Assert.Null(whole + Received(await Field("LAND", "province")));
        // A year hides what one of its months hides.
        var year = (await GetAsync(anybody, $"{Public}?period=2022&level=province")).GetProperty("fields").EnumerateArray().Single(f =>
            f.Text("code") == "MERIT");
        Assert.Null(Received(year));
        Assert.Contains("received", year.GetProperty("hidden").EnumerateArray().Select(h => h.GetString()));
    }

    [Fact]
    public async Task A_month_without_dossiers_is_noughts_and_no_shares()
    {
        using var anybody = dossiers.Factory.Client();

        var answer = await GetAsync(anybody, Public + "?period=2019-07");

        var total = answer.GetProperty("total");
        Assert.All(Counts, c => Assert.Equal(0, total.Count(c)));
        Assert.All(["onlineShare", "digitisedShare", "inTimeShare", "electronicShare"], s => Assert.Null(total.Percent(s)));
        Assert.Equal((0, 0, 0), (answer.GetProperty("fields").GetArrayLength(), answer.GetProperty("levels").GetArrayLength(),
            total.GetProperty("hidden").GetArrayLength()));
        Assert.Contains("<5", answer.Text("noteVi"), StringComparison.Ordinal);
        Assert.Contains("<5", answer.Text("noteEn"), StringComparison.Ordinal);
    }

    // Each count is the true one or hidden; none of 1 to 4 is shown; a share goes with its counts.
    private static void True(JsonElement row, IEnumerable<DossierFact> of, DateOnly first, DateOnly last)
    {
        var facts = of.ToList();
        var (received, resolved) = (facts.Where(f => f.ReceivedDay >= first && f.ReceivedDay <= last).ToList(),
            facts.Where(f => f.ResolvedDay >= first && f.ResolvedDay <= last).ToList());
        var online = received.Count(f => IntakeSource.IsOnline(f.Source, f.Hand));
        var late = resolved.Count(f => f.Legal == Punctuality.Late);
        long[] truth = [received.Count, online, received.Count - online, resolved.Count, resolved.Count - late, late];
        var hidden = row.GetProperty("hidden").EnumerateArray().Select(h => h.GetString()).ToHashSet();
        foreach (var (name, count) in Counts.Zip(truth))
        {
            var shown = row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : (long?)null;
            Assert.Equal(hidden.Contains(name), shown is null);
            Assert.True(shown is null || shown == count, $"{name}: {shown} for {count}");
            Assert.False(shown is > 0 and < SmallCells.Shown);
            Assert.False(shown is not null && count is > 0 and < SmallCells.Shown);
        }

        var share = row.Percent("onlineShare");
        Assert.Equal(hidden.Contains("online") || hidden.Contains("received") || received.Count == 0, share is null);
        Assert.True(share is null || share == Percent.Of(online, received.Count));
    }
}

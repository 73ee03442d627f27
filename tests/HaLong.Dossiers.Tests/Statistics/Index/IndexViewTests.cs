using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>Who sees the index, units in their order, and what if.</summary>
public sealed class IndexViewTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Root = "/api/v1/index766";
    private readonly string parent = NewUnit(), unit = NewUnit();

    private HttpClient Administrator => dossiers.Official(Roles.Administrator);

    public static TheoryData<string> Paths =>
        [$"?period={Month}", $"/ranking?period={Month}", "/history?months=1", $"/dossiers?period={Month}&component=2.1&part=missing",
            $"/closings?month={Month}"];

    [Theory, MemberData(nameof(Paths))]
    public async Task Leaders_see_their_unit_and_below_auditors_all_others_nothing(string path)
    {
        await dossiers.SaveAsync(Unit(parent, level: "province"), Unit(unit, parent));
        await dossiers.SaveAsync(Fact(unit));
        var (under, name) = ($"{Root}{path}&under={unit}&unit={unit}", path.StartsWith("/ranking", StringComparison.Ordinal) ? "under" : "unit");
        foreach (var role in new[] { Roles.Leader, Roles.Chief, Roles.Approver })
        {
            Assert.Equal(HttpStatusCode.OK, (await dossiers.Official(role, unit).GetAsync(under, Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await dossiers.Official(role, parent).GetAsync(under, Ct)).StatusCode);
            await RefusedAsync(await dossiers.Official(role, NewUnit()).GetAsync(under, Ct), 403, "DOS-0803");
            await RefusedAsync(await dossiers.Official(role, unit).GetAsync($"{Root}{path}&{name}={parent}", Ct), 403, "DOS-0803");
        }

        foreach (var role in new[] { Roles.Auditor, Roles.Administrator })
            Assert.Equal(HttpStatusCode.OK, (await dossiers.Official(role, NewUnit()).GetAsync(under, Ct)).StatusCode);
        foreach (var role in new[] { Roles.Officer, Roles.Reception, Roles.Cashier })
            await RefusedAsync(await dossiers.Official(role, unit).GetAsync(under, Ct), 403, "CMN-0403");
        Assert.Equal(HttpStatusCode.Forbidden, (await dossiers.Citizen().GetAsync(under, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await dossiers.Factory.Client().GetAsync(under, Ct)).StatusCode);
    }

    [Fact]
    public async Task Without_a_unit_a_leader_sees_his_own()
    {
        await dossiers.SaveAsync(Fact(unit), Fact(NewUnit()));
        var index = await GetAsync(dossiers.Official(Roles.Leader, unit), $"{Root}?period={Month}");
        Assert.Equal((unit, 1m), (index.GetProperty("unit").GetString(), index.Count("received")));
    }

    [Fact]
    public async Task Nobody_else_is_asked_so_that_identity_may_be_down()
    {
        await dossiers.SaveAsync(Fact(unit));
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            Assert.Equal(1m, (await IndexAsync(dossiers.Official(Roles.Leader, unit), unit)).Count("received"));
            Assert.Equal(HttpStatusCode.OK, (await dossiers.Official(Roles.Leader, unit).GetAsync("/api/v1/evaluations/agency?period=2026-Q1", Ct)).StatusCode);
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
    }

    [Theory]
    [InlineData("?period=2026-13", 400, "DOS-0815")]
    [InlineData("?period=9999", 400, "DOS-0815")]
    [InlineData("?period=2022-05", 404, "DOS-0801")]
    [InlineData("/ranking?period=abc", 400, "DOS-0815")]
    [InlineData("/ranking?limit=101", 400, "CMN-0400")]
    [InlineData("/ranking?after=abc", 400, "CMN-0400")]
    [InlineData("/history?months=0", 400, "DOS-0821")]
    [InlineData("/history?months=37", 400, "DOS-0821")]
    public async Task What_makes_no_sense_is_refused(string path, int status, string code) =>
        await RefusedAsync(await Administrator.GetAsync(Root + path, Ct), status, code);

    [Fact]
    public async Task Units_are_ranked_with_ties_and_words_page_by_page()
    {
        var (best, second, tied, worst, empty) = (parent + "a", parent + "b", parent + "c", parent + "d", parent + "e");
        await dossiers.SaveAsync(Unit(parent, level: "x"), Unit(best, parent, "x"), Unit(second, parent, "x"), Unit(tied, parent, "x"),
            Unit(worst, parent, "x"), Unit(empty, parent, "x"));
        DossierFact Of(string code, bool late, bool online) => Fact(
            code, due: late ? First : null, source: online ? IntakeSource.App : IntakeSource.Counter, hand: online ? FilingHand.Self : FilingHand.Reception,
                level: "x");
        await dossiers.SaveAsync(Of(best, false, true), Of(second, false, false), Of(tied, false, false), Of(worst, true, false));

        var rows = new List<JsonElement>();
        for (string? after = "", next = null; after is not null; after = next)
        {
            var page = await GetAsync(dossiers.Official(Roles.Leader, parent), $"{Root}/ranking?period={Month}&under={parent}&limit=3&after={after}");
            rows.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("after").GetString();
        }

        // 20 + 6 for time and satisfaction, 6 more for online filing.
        Assert.Equal(
            [(1, best, 32m), (2, second, 26m), (2, tied, 26m), (4, worst, 0m)],
            rows.Select(r => (r.GetProperty("rank").GetInt32(), r.GetProperty("unit").GetString()!, r.GetProperty("total").GetDecimal())));
        Assert.All(rows, r => Assert.Equal(("weak", false), (r.GetProperty("rating").GetString(), r.GetProperty("closed").GetBoolean())));
        Assert.Equal("Đơn vị " + best, rows[0].GetProperty("nameVi").GetString());
        Assert.Equal(32m, (await IndexAsync(Administrator, best)).GetProperty("total").GetDecimal());
        Assert.Empty((await GetAsync(Administrator, $"{Root}/ranking?period={Month}&under={empty}")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_if_starts_from_the_real_counts()
    {
        await dossiers.SaveAsync(Enumerable.Range(0, 10).Select(i => Fact(unit, fees: true, paidBy: i < 2 ? PaidBy.Online : null)));
        using var leader = dossiers.Official(Roles.Leader, unit);

        var answer = await BodyAsync(await leader.PostAsJsonAsync(Root + "/what-if",
            new { unit, period = Month, changes = new { paidOnline = 3, certifiedCopies = 2, certifiedElectronicCopies = 1 } }, Ct));

        decimal Score(string which, string component) =>
            answer.GetProperty(which).GetProperty("components").EnumerateArray().Single(c => c.GetProperty("code").GetString() == component)
                .GetProperty("score").GetDecimal();
        Assert.Equal((4m, 6m, 1m), (Score("score", "3.6"), Score("changed", "3.6"), Score("changed", "4.2b")));
        Assert.Equal(3m, answer.GetProperty("gain").GetDecimal());
        Assert.Equal(answer.GetProperty("score").GetProperty("total").GetDecimal(), (await IndexAsync(leader, unit)).GetProperty("total").GetDecimal());

        var refused = await RefusedAsync(await leader.PostAsJsonAsync(Root + "/what-if",
            new { unit, period = Month, changes = new { nonsense = 1, paidOnline = -1 } }, Ct), 400, "DOS-0802");
        Assert.Equal(["nonsense", "paidOnline"], refused.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        await RefusedAsync(await leader.PostAsJsonAsync(Root + "/what-if", new { unit, period = Month }, Ct), 400, "DOS-0802");
        await RefusedAsync(await leader.PostAsJsonAsync(Root + "/what-if", new { unit, period = "2026-3", changes = new { paidOnline = 3 } }, Ct), 400,
            "DOS-0815");
        await RefusedAsync(await leader.PostAsJsonAsync(Root + "/what-if", new { unit = NewUnit(), changes = new { paidOnline = 3 } }, Ct), 403, "DOS-0803");
        Assert.Equal(HttpStatusCode.Forbidden, (await dossiers.Citizen().PostAsJsonAsync(Root + "/what-if", new { changes = new { paidOnline = 3 } }, Ct))
            .StatusCode);
    }
}

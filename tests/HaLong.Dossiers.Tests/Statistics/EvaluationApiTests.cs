using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Statistics.Evaluation;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Tests.Statistics.Index;
using HaLong.Dossiers.Tests.Statistics.Keeping;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>Officers and agencies by Circular 01/2018, from their dossiers.</summary>
public sealed class EvaluationApiTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Quarter = "2026-Q1", Root = "/api/v1/evaluations";
    private readonly string unit = NewUnit();

    private HttpClient Leader => dossiers.Official(Roles.Leader, unit);

    [Theory]
    [InlineData(Punctuality.Early, 0, false, false, false, 2, 2, 2, 2, 2)]
    [InlineData(Punctuality.OnTime, 1, false, true, false, 1, 1, 1, 1, 1)]
    [InlineData(Punctuality.Late, 2, false, true, false, 0, 0, 0, 1, 0)]
    [InlineData(Punctuality.Early, 0, true, false, true, 2, 0, 2, 2, 0)]
    public void The_points_of_a_dossier(string legal, int requests, bool lateOpinion, bool went, bool upheld, int time, int agency, int contacts,
        int agencies, int attitude) =>
        Assert.Equal(new DossierPoints(time, agency, contacts, agencies, attitude), PointSums.Of(legal, requests, lateOpinion, went, upheld));

    [Fact]
    public async Task An_agency_has_what_is_known_and_names_what_is_not()
    {
        await dossiers.SaveAsync(Unit(unit));
        // Two thirds early and online; one on its day at the counter, asked once.
        await dossiers.SaveAsync(
            Online(unit, resolved: Last), Online(unit, resolved: Last), Fact(unit, resolved: Last, statistical: Punctuality.OnTime, supplements: [Middle]),
            Fact(unit, First, First.AddMonths(2), statistical: Punctuality.Late), Feedback(unit, answered: Last, onTime: true));

        var agency = await GetAsync(Leader, $"{Root}/agency?period={Quarter}");

        Assert.Equal((unit, 3L, false), (agency.GetProperty("unit").GetString(), agency.GetProperty("dossiers").GetInt64(),
            agency.GetProperty("live").GetBoolean()));
        var points = Points(agency);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], points.Keys);
        Assert.Equal<decimal?>([1.7m, 1.7m, 1.7m, 1.7m, 1.7m, 2m], [points[1], points[2], points[3], points[4], points[7], points[8]]);
        // Our catalogue has no procedures in force in that quarter: 9 is not known, nor is what nobody keeps.
        Assert.Equal([5, 6, 9], agency.GetProperty("unknown").EnumerateArray().Select(u => u.GetInt32()));
        Assert.All(new[] { 5, 6, 9 }, n => Assert.Null(points[n]));
        Assert.Equal((10.5m, 12), (agency.GetProperty("total").GetDecimal(), agency.GetProperty("ofAtMost").GetInt32()));
        Assert.Equal((JsonValueKind.Null, "fair", "excellent"),
            (agency.GetProperty("class").ValueKind, agency.GetProperty("lowestClass").GetString(), agency.GetProperty("highestClass").GetString()));
    }

    [Theory]
    [InlineData(false, 30, 2)]
    [InlineData(false, 20, 1)]
    [InlineData(false, 14, 0)]
    [InlineData(true, 30, 0)]
    public async Task Online_services_are_known_where_procedures_are(bool late, int online, int points)
    {
        var level = unit[..12];
        await dossiers.SaveAsync(Unit(unit, level: level));
        await dossiers.SaveAsync(await ProcedureAsync(dossiers, unit + "1", level, online: true), await ProcedureAsync(dossiers, unit + "2", level));
        await dossiers.SaveAsync(Enumerable.Range(0, 100).Select(i => Fact(
            unit, due: late && i == 0 ? First : null, source: i < online ? IntakeSource.OwnForm : IntakeSource.Counter, hand: i < online
                ? FilingHand.Self : FilingHand.Reception, level: level)));
        var agency = await GetAsync(Leader, $"{Root}/agency?unit={unit}&period={Quarter}");
        Assert.Equal<decimal?>(points, Points(agency)[9]);
        Assert.Equal([5, 6], agency.GetProperty("unknown").EnumerateArray().Select(u => u.GetInt32()));
        // Nothing was resolved: nothing to evaluate.
        Assert.Equal((0L, JsonValueKind.Null), (agency.GetProperty("dossiers").GetInt64(), agency.GetProperty("total").ValueKind));
    }

    [Fact]
    public async Task Feedback_that_lingers_costs_all_its_points()
    {
        await dossiers.SaveAsync(Feedback(unit, answered: Last, onTime: true), Feedback(unit, onTime: false));
        Assert.Equal(0m, Points(await GetAsync(Leader, $"{Root}/agency?period={Quarter}"))[8]);
        Assert.Equal(2m, Points(await GetAsync(dossiers.Official(Roles.Leader, NewUnit()), $"{Root}/agency?period={Quarter}"))[8]);
    }

    [Fact]
    public async Task Officers_are_evaluated_by_their_dossiers_and_read_their_own()
    {
        var (good, poor) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (first, second, third) = (await AssignedAsync(good), await AssignedAsync(good), await AssignedAsync(poor));
        await LateOpinionsAsync(third, 1);
        await FactAsync(Online(unit, resolved: Last), first, good);
        await FactAsync(Online(unit, resolved: Last), second, good);
        await FactAsync(Fact(unit, resolved: Last, statistical: Punctuality.OnTime, supplements: [First, Middle]), third, poor);
        await dossiers.SaveAsync(Feedback(unit, answered: Last, onTime: true, upheld: true, dossier: third));

        var page = await GetAsync(Leader, $"{Root}/officers?period={Quarter}&limit=1");
        var rest = await GetAsync(Leader, $"{Root}/officers?period={Quarter}&limit=1&after={page.GetProperty("after").GetString()}");

        var officers = page.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray())
            .ToDictionary(o => o.GetProperty("officer").GetGuid());
        Assert.Equal(new[] { good, poor }.Order(), officers.Keys.Order());
        Assert.Equal((2L, 10m, "full"), (officers[good].GetProperty("dossiers").GetInt64(), officers[good].GetProperty("total").GetDecimal(),
            officers[good].GetProperty("duty").GetString()));
        // On its day, another agency late, asked twice, at the counter, a justified complaint.
        Assert.Equal([1m, 0m, 0m, 1m, 0m], Points(officers[poor]).Values.Select(p => p!.Value));
        Assert.Equal((2m, "part", "Hoàn thành dưới 70 % nhiệm vụ"), (officers[poor].GetProperty("total").GetDecimal(),
            officers[poor].GetProperty("duty").GetString(), officers[poor].GetProperty("dutyVi").GetString()));

        var own = await GetAsync(dossiers.Official(Roles.Officer, id: poor), $"{Root}/me?period={Quarter}");
        Assert.Equal((poor, 2m), (own.GetProperty("result").GetProperty("officer").GetGuid(), own.GetProperty("result").GetProperty("total").GetDecimal()));
        var nobody = await GetAsync(dossiers.Official(Roles.Officer), $"{Root}/me");
        Assert.Equal((0L, JsonValueKind.Null, true), (nobody.GetProperty("result").GetProperty("dossiers").GetInt64(),
            nobody.GetProperty("result").GetProperty("total").ValueKind, nobody.GetProperty("live").GetBoolean()));
    }

    [Fact]
    public async Task Dossiers_without_an_officer_count_for_the_agency_alone_and_more_late_opinions_as_one()
    {
        var officer = Guid.CreateVersion7();
        var dossier = await AssignedAsync(officer);
        await LateOpinionsAsync(dossier, 3);
        await FactAsync(Online(unit, resolved: Last), dossier, officer);
        await dossiers.SaveAsync(Feedback(unit, onTime: true, upheld: true, dossier: dossier), Feedback(unit, onTime: true, upheld: true, dossier: dossier));
        await dossiers.SaveAsync(Online(unit, resolved: Last));

        var agency = await GetAsync(Leader, $"{Root}/agency?period={Quarter}");
        var only = Assert.Single((await GetAsync(Leader, $"{Root}/officers?period={Quarter}")).GetProperty("items").EnumerateArray());

        Assert.Equal(2, agency.GetProperty("dossiers").GetInt64());
        Assert.Equal((officer, 1L), (only.GetProperty("officer").GetGuid(), only.GetProperty("dossiers").GetInt64()));
        // Early; another agency late; nothing asked for; nowhere to go; a justified complaint.
        Assert.Equal([2m, 0m, 2m, 2m, 0m], Points(only).Values.Select(p => p!.Value));
        Assert.Equal<decimal?>([2m, 1m, 2m, 2m, 1m], new[] { 1, 2, 3, 4, 7 }.Select(n => Points(agency)[n]));
    }

    [Theory]
    [InlineData("agency")]
    [InlineData("officers")]
    public async Task Only_those_who_see_the_units_figures_see_its_evaluation(string what)
    {
        var path = $"{Root}/{what}?unit={unit}&period={Quarter}";
        foreach (var role in new[] { Roles.Leader, Roles.Chief, Roles.Approver })
        {
            Assert.Equal(HttpStatusCode.OK, (await dossiers.Official(role, unit).GetAsync(path, Ct)).StatusCode);
            await RefusedAsync(await dossiers.Official(role, NewUnit()).GetAsync(path, Ct), 403, "DOS-0803");
        }

        Assert.Equal(HttpStatusCode.OK, (await dossiers.Official(Roles.Auditor, NewUnit()).GetAsync(path, Ct)).StatusCode);
        await RefusedAsync(await dossiers.Official(Roles.Officer, unit).GetAsync(path, Ct), 403, "CMN-0403");
        Assert.Equal(HttpStatusCode.Forbidden, (await dossiers.Citizen().GetAsync(path, Ct)).StatusCode);
    }

    [Theory]
    [InlineData("agency?period=2026-03", "DOS-0820")]
    [InlineData("officers?period=2026-03", "DOS-0820")]
    [InlineData("me?period=2026-03", "DOS-0820")]
    [InlineData("me?period=2026-Q9", "DOS-0815")]
    [InlineData("officers?period=2026&after=x", "CMN-0400")]
    [InlineData("officers?period=2026&limit=1000", "CMN-0400")]
    public async Task Quarters_and_years_only(string path, string code) => await RefusedAsync(await Leader.GetAsync($"{Root}/{path}", Ct), 400, code);

    [Fact]
    public async Task Citizens_have_no_result_of_their_own() =>
        Assert.Equal(HttpStatusCode.Forbidden, (await dossiers.Citizen().GetAsync($"{Root}/me", Ct)).StatusCode);

    private Task<Guid> AssignedAsync(Guid officer) => dossiers.ProcessingAsync(dossiers.Citizen(), officer: officer);

    private Task LateOpinionsAsync(Guid dossier, int count) => dossiers.SaveAsync(Enumerable.Range(1, count).Select(number => LateOpinion(dossier, number)));

    // A fact of a real dossier as it would be some time ago, in a unit of the test's own.
    private Task FactAsync(DossierFact fact, Guid dossier, Guid officer) =>
        dossiers.SaveAsync(Replays.With(fact, (nameof(fact.DossierId), dossier), (nameof(fact.OfficerId), officer)));

    private static Dictionary<int, decimal?> Points(JsonElement view) => view.GetProperty("indicators").EnumerateArray().ToDictionary(
        i => i.GetProperty("number").GetInt32(), i => i.GetProperty("points").ValueKind == JsonValueKind.Null
            ? (decimal?)null : i.GetProperty("points").GetDecimal());
}

using HaLong.Dossiers.Statistics.Facts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>What is behind each figure.</summary>
public sealed class IndexOpeningTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Path = "/api/v1/index766/dossiers";
    private readonly string unit = NewUnit();

    private HttpClient Administrator => dossiers.Official(Roles.Administrator);

    public static TheoryData<string> OfDossiers => ["1.4", "2.1", "3.3", "3.6", "4.1", "4.2", "4.3", "4.4", "4.5b"];

    [Theory, MemberData(nameof(OfDossiers))]
    public async Task Dossiers_behind_a_figure_are_exactly_those_that_were_counted(string component)
    {
        var facts = SampleFacts.Many(250, seed: component[0] + component[2], unit).ToList();
        await dossiers.SaveAsync(facts);

        var index = await IndexAsync(Administrator, unit);
        var numerator = await Behind.AllAsync(Administrator, unit, component, "numerator", limit: 7);
        var denominator = await Behind.AllAsync(Administrator, unit, component, "denominator");
        var missing = await Behind.AllAsync(Administrator, unit, component, "missing", limit: 9);

        // 1.4 is not known without a year before: its counts are.
        var expected = component == "1.4" ? (index.Count("synchronised"), index.Count("portalCount")) : index.Figure(component) is var f
            ? (f.Numerator, f.Denominator) : default;
        Assert.Equal(expected, (numerator.Total, denominator.Total));
        Assert.Equal((numerator.Total, denominator.Total, missing.Total),
            (numerator.Ids.Distinct().Count(), denominator.Ids.Distinct().Count(), missing.Ids.Distinct().Count()));
        Assert.Equal(denominator.Ids.Order(StringComparer.Ordinal), numerator.Ids.Concat(missing.Ids).Order(StringComparer.Ordinal));
        Assert.True(numerator.Total > 0 && missing.Total > 0, "a sample without both tells nothing");
        Assert.All(numerator.Items, i => Assert.True(i.GetProperty("counts").GetBoolean()));
        Assert.All(missing.Items, i => Assert.False(i.GetProperty("counts").GetBoolean()));
        Assert.All(denominator.Items, i => Assert.Equal((unit, true), (i.GetProperty("unit").GetString(), i.GetProperty("why").GetString()!.Length > 5)));
    }

    [Fact]
    public async Task What_lowers_satisfaction_are_late_dossiers_and_complaints()
    {
        var late = Fact(unit, resolved: Last, statistical: Punctuality.Late);
        var rated = Fact(unit, rating: 1);
        var both = Fact(unit, due: First, rating: 2);
        var upheld = Feedback(unit, onTime: true, upheld: true);
        await dossiers.SaveAsync(late, rated, both, Fact(unit), upheld);

        var behind = await Behind.AllAsync(Administrator, unit, "5.4", "missing", limit: 1);

        var (numerator, denominator, _) = (await IndexAsync(Administrator, unit)).Figure("5.4");
        Assert.Equal((5L, 5L, 4m), (behind.Total, behind.Items.Count, denominator));
        Assert.Equal(denominator - numerator, behind.Total);
        Assert.Equal(
            new[] { ("dossier", late.DossierId), ("dossier", both.DossierId), ("feedback", upheld.Id), ("rating", rated.DossierId),
                ("rating", both.DossierId) }.Order(),
            behind.Items.Select(i => (i.GetProperty("kind").GetString()!, i.GetProperty("id").GetGuid())).Order());
        Assert.Equal(4, (await Behind.AllAsync(Administrator, unit, "5.4", "denominator")).Total);
        await RefusedAsync(await Administrator.GetAsync($"{Path}?unit={unit}&period={Month}&component=5.4&part=numerator", Ct), 400, "DOS-0817");
    }

    [Theory]
    [InlineData("5.2")]
    [InlineData("5.3")]
    public async Task Feedback_behind_a_figure_is_that_which_was_counted(string component)
    {
        var random = new Random(5);
        await dossiers.SaveAsync(Enumerable.Range(0, 60).Select(_ => Feedback(
            unit, First.AddDays(random.Next(-10, 40)), random.Next(2) == 0 ? First.AddDays(random.Next(-5, 45)) : null,
                random.Next(3) switch { 0 => null, 1 => true, _ => false },
            random.Next(3) switch { 0 => null, 1 => true, _ => false }, repeated: random.Next(4) == 0)));
        var (numerator, denominator, _) = (await IndexAsync(Administrator, unit)).Figure(component);
        var (good, all, bad) = (await Behind.AllAsync(Administrator, unit, component, "numerator", 5),
            await Behind.AllAsync(Administrator, unit, component, "denominator"),
            await Behind.AllAsync(Administrator, unit, component, "missing", 4));
        Assert.Equal((numerator, denominator, denominator - numerator), (good.Total, all.Total, bad.Total));
        Assert.Equal(all.Ids.Order(StringComparer.Ordinal), good.Ids.Concat(bad.Ids).Order(StringComparer.Ordinal));
        Assert.True(good.Total > 0 && bad.Total > 0);
        Assert.DoesNotContain("Phản ánh", all.Items[0].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dossier_says_in_both_languages_why_it_counts_or_not()
    {
        await dossiers.SaveAsync(
            Fact(unit, First, Last, statistical: Punctuality.Late, due: new DateOnly(2026, 3, 20)), Fact(unit, First.AddDays(1), due: Last),
                Fact(unit, First.AddDays(2)),
            Fact(unit, First.AddDays(3), supplements: [Middle, Last]), Fact(unit, First.AddDays(4), Last), Fact(unit, First.AddDays(5), due: Middle));
        var vi = (await Behind.AllAsync(Administrator, unit, "2.1", "denominator")).Items.ConvertAll(i => i.GetProperty("why").GetString());
        using var english = Administrator;
        english.DefaultRequestHeaders.Add("Accept-Language", "en");
        var items = (await Behind.AllAsync(english, unit, "2.1", "denominator")).Items;
        Assert.Equal(
            ["Ended on 31/03/2026, after its date 20/03/2026.", "In progress, within its date 31/03/2026.", "In progress without a date.",
                "Asked to be completed 2 times: counts as late.", "Ended on 31/03/2026 without a date.", "In progress, past its date 16/03/2026."],
            items.ConvertAll(i => i.GetProperty("why").GetString()!));
        Assert.Equal("Yêu cầu bổ sung 2 lần: tính là quá hạn.", vi[3]);
        // From Sunday the 1st to Tuesday the 31st: 22 working days.
        Assert.Equal((22, "2026-03-31", "2026-03-20"), (items[0].GetProperty("days").GetInt32(), items[0].GetProperty("endedOn").GetString(),
            items[0].GetProperty("due").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, items[1].GetProperty("endedOn").ValueKind);
    }

    [Fact]
    public async Task A_real_dossier_has_its_code_and_its_owner_hears_of_the_reading()
    {
        var owner = Guid.CreateVersion7();
        var id = await SubmittedAsync(dossiers.Citizen(owner));
        var code = await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).Select(d => d.Code).SingleAsync(Ct));
        await using var heard = await dossiers.ListenAsync<PersonalDataRead>();
        var today = LocalTime.Date(TimeProvider.System.GetUtcNow());
        // Whoever keeps facts may have made one of it already.
        if (!await dossiers.InDbAsync(db => db.Set<DossierFact>().AnyAsync(f => f.DossierId == id, Ct)))
            await dossiers.SaveAsync(Fact(DossierFixture.Unit, today, id: id));

        var items = (await Behind.AllAsync(dossiers.Official(Roles.Leader), DossierFixture.Unit, "3.3", "denominator", period: Name(today))).Items;

        var item = Assert.Single(items, i => i.GetProperty("id").GetGuid() == id);
        Assert.Equal(code, item.GetProperty("code").GetString());
        await Eventually.Async(() => Task.FromResult(heard.Heard.Any(h => h.SubjectIds.Contains(owner))), "the owner hears of it");
    }

    [Fact]
    public async Task What_cannot_be_opened_is_named_all_at_once()
    {
        var answer = await RefusedAsync(await Administrator.GetAsync($"{Path}?period={Month}&component=9.9&part=half", Ct), 400, "DOS-0816");
        Assert.Equal(["component", "part"], answer.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        await RefusedAsync(await Administrator.GetAsync($"{Path}?period={Month}&component=2.1", Ct), 400, "DOS-0816");
        await RefusedAsync(await Administrator.GetAsync($"{Path}?period={Month}&component=4.2b&part=numerator", Ct), 400, "DOS-0817");
        await RefusedAsync(await Administrator.GetAsync($"{Path}?period=2026-13&component=2.1&part=missing", Ct), 400, "DOS-0815");
        await RefusedAsync(await Administrator.GetAsync($"{Path}?period=2020-01&component=2.1&part=missing", Ct), 404, "DOS-0801");
        await RefusedAsync(await Administrator.GetAsync($"{Path}?period={Month}&component=2.1&part=missing&after=x", Ct), 400, "CMN-0400");
        await RefusedAsync(await Administrator.GetAsync($"{Path}?period={Month}&component=2.1&part=missing&after={Cursor.Encode("dossier", "never", "x")}",
            Ct), 400, "CMN-0400");
        await RefusedAsync(await Administrator.GetAsync($"{Path}?period={Month}&component=2.1&part=missing&limit=0", Ct), 400, "CMN-0400");
        Assert.Equal(0, (await Behind.AllAsync(Administrator, unit, "2.1", "missing")).Total);
    }

    [Theory]
    [InlineData(Roles.Officer, "CMN-0403")]
    [InlineData(Roles.Reception, "CMN-0403")]
    [InlineData(Roles.Leader, "DOS-0803")]
    public async Task Who_may_not_see_the_figure_does_not_see_what_is_behind_it(string role, string code) =>
        await RefusedAsync(await dossiers.Official(role, NewUnit()).GetAsync($"{Path}?unit={unit}&period={Month}&component=2.1&part=missing", Ct), 403, code);
}

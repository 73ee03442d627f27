using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>
/// The examples of index766-examples.json once more, from rows instead of given counts. Those left out cannot be rows: IX-02 to IX-04 have more results
/// than dossiers in process and reports of the nation, IX-09 more dossiers synchronised than there are.
/// </summary>
public sealed class IndexCollectedExampleTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private readonly string unit = NewUnit(), level = $"l{Guid.CreateVersion7().ToString("N")[22..]}";
    private Dictionary<string, int> counts = [];

    [Theory]
    [InlineData("IX-05")]
    [InlineData("IX-06")]
    [InlineData("IX-07")]
    [InlineData("IX-08")]
    [InlineData("IX-10")]
    [InlineData("IX-11")]
    [InlineData("IX-12")]
    public async Task Rows_with_the_counts_of_an_example_give_its_points(string id)
    {
        using var stream = typeof(IndexExampleTests).Assembly.GetManifestResourceStream("Data.index766-examples.json")!;
        var example = JsonDocument.Parse(stream).RootElement.EnumerateArray().Single(e => e.GetProperty("id").GetString() == id);
        counts = example.GetProperty("inputs").EnumerateObject().Where(i => i.Name != "synchronisationRatio")
            .ToDictionary(i => i.Name, i => i.Value.GetInt32());
        // IX-05 and IX-06 have more dossiers with fees than dossiers; the free ones too many leave both sides.
        if (Of("received") > 0 && Of("feeDossiers") - Of("received") is > 0 and var tooMany)
            (counts["feeDossiers"], counts["zeroFeeDossiers"]) = (Of("received"), Of("zeroFeeDossiers") - tooMany);
        await dossiers.SaveAsync(Unit(unit, level: level));
        await CatalogueAsync();
        var facts = Facts().ToList();
        await dossiers.SaveAsync(facts);
        await dossiers.SaveAsync(Answers());
        if (example.GetProperty("inputs").TryGetProperty("synchronisationRatio", out var ratio) && ratio.GetDecimal() < 1)
        {
            await dossiers.SaveAsync(facts.Select((f, i) => Ledger(f, acknowledged: i < facts.Count * ratio.GetDecimal())));
            await dossiers.SaveAsync(Fact(unit, new DateOnly(2025, 5, 5), new DateOnly(2025, 5, 6), level: level));
        }

        var index = await IndexAsync(dossiers.Official(Roles.Administrator), unit);

        foreach (var component in example.GetProperty("expected").GetProperty("components").EnumerateArray())
        {
            var code = component.GetProperty("code").GetString()!;
            Assert.Equal((code, component.GetProperty("score").GetDecimal()), (code, index.Figure(code).Score));
            // Bad answers count once here, however many things are wrong with them.
            if (code != "5.3")
                Assert.Equal((code, component.GetProperty("numerator").GetDecimal(), component.GetProperty("denominator").GetDecimal()),
                    (code, index.Figure(code).Numerator, index.Figure(code).Denominator));
        }
    }

    private int Of(string name) => counts.GetValueOrDefault(name);

    private string Code(int number) => $"{level}.{number}";

    private async Task CatalogueAsync()
    {
        var number = Math.Max(Of("procedures"), Of("feeProcedures"));
        var rows = new List<Procedure>();
        for (var i = 0; i < number; i++)
            rows.Add(await ProcedureAsync(dossiers, Code(i), level, online: i < Of("onlineServices"), fees: i < Of("feeProcedures")));
        await dossiers.SaveAsync(rows);
        DateOnly decided = new(2026, 3, 2), fifth = new(2026, 3, 9);
        await dossiers.SaveAsync(Enumerable.Range(0, Math.Max(number, 1)).Select(i => Portal(
            Code(i), i < Of("announced") ? decided : null, i < Of("announcedOnTime") ? fifth : fifth.AddDays(-1),
            i < Of("publishedOnTime") ? fifth : i < Of("published") ? fifth.AddDays(1) : null, full: i < Of("fullContent"),
                paid: i < Of("feeProceduresEnabled"))));
    }

    private IEnumerable<DossierFact> Facts()
    {
        var resolved = Math.Max(Of("resolved"), Of("resolvedWithDocumentResult"));
        var (zero, paid) = (Of("zeroFeeDossiers"), Of("zeroFeeDossiers") + Of("paidOnline"));
        for (var i = 0; i < Math.Max(Math.Max(Of("received"), Of("feeDossiers")), resolved); i++)
        {
            var online = i < Of("onlineReceived");
            yield return Fact(
                unit, resolved: i < resolved ? Last : null, statistical: i < Of("late") ? Punctuality.Late : Punctuality.Early, due: i < Of("late")
                    ? First : null,
                source: online ? IntakeSource.Portal : IntakeSource.Counter, hand: online ? FilingHand.Self : FilingHand.Reception, reused: i < Of("reused")
                    ? (short)2 : (short)0,
                fees: i < Of("feeDossiers"), feesZero: i < zero, paidBy: i >= zero && i < paid ? PaidBy.Portal : null,
                procedure: i >= zero && i < paid ? Code((i - zero) % Of("feeProceduresWithPayment")) : "none",
                    resultExpected: i < Of("resolvedWithDocumentResult"),
                electronic: i < Of("electronicResults") || i < Of("componentsAndResultDigitised"), components: i < resolved,
                    digitised: i < Of("componentsAndResultDigitised"),
                rating: i < Of("complaints") ? (short)1 : null, level: level);
        }
    }

    // The answered first: dissatisfied, then repeated, and the late ones among them.
    private IEnumerable<object> Answers() => Enumerable.Range(0, Of("feedback")).Select(i => Feedback(
        unit, answered: i < Of("answered") ? Last : null, onTime: i >= Of("feedback") - Of("feedbackOnTime") ? true : false, satisfied: i < Of("dissatisfied")
            ? false : null,
        repeated: i >= Of("dissatisfied") && i < Of("dissatisfied") + Of("repeated")));
}

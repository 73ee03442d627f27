using HaLong.Dossiers.Statistics.Facts;
using static HaLong.Dossiers.Tests.Statistics.Reports.ReportDesk;

namespace HaLong.Dossiers.Tests.Statistics.Reports;

/// <summary>
/// The first quarter of 2023 as the press told it: the city received 8,059 dossiers online (99.7 %) and its communes 27,564 (99.5 %); 8,059 (99.72 %) were
/// digitised
/// at reception, 5,864 results (69.1 %) were electronic; from January to April 3,135 came for land, 75 % of the city's own form. The denominators follow from
/// the shares.
/// </summary>
internal static class ArticleQuarter
{
    public const string City = "193", Commune = "06685";

    private static readonly DateOnly December = new(2022, 12, 20), January = new(2023, 1, 10), February = new(2023, 2, 14), March = new(2023, 3, 20),
    April = new(2023, 4, 12);

    public static async Task AddAsync(DossierFixture dossiers)
    {
        await SampleFacts.UnitsAsync(dossiers, ("22", "", "province"), (City, "22", "district"), (Commune, City, "commune"));
        DossierFact Own(string field, DateOnly day, DateOnly? resolved) => Fact(City, day, resolved, level: "district", field: field);
        DossierFact Portal(DateOnly? resolved, bool electronic) =>
            Fact(City, February, resolved, level: "district", field: "CERT", source: IntakeSource.Portal, electronic: electronic);
        DossierFact Counter(string unit, string level, DateOnly? resolved, bool components) =>
            Fact(unit, February, resolved, level: level, field: "CERT", source: IntakeSource.Counter, hand: FilingHand.Reception, components: components,
                digitised: false, electronic: false);
        foreach (var (count, make) in new (int, Func<DossierFact>)[]
        {
            (2250, () => Own("LAND", February, March)), (750, () => Own("CIVIL", February, March)), (2864, () => Portal(March, true)), (2195, () => Portal(March, false)),
            (23, () => Counter(City, "district", March, true)), (1, () => Counter(City, "district", null, false)),
            // Carried over: a result of the quarter, but not received in it.
            (404, () => Fact(City, December, January, level: "district", electronic: false)),
            (885, () => Own("LAND", April, null)), (295, () => Own("CIVIL", April, null)),
            (27_564, () => Fact(Commune, February, field: "CERT", source: IntakeSource.Portal)), (138, () => Counter(Commune, "commune", null, true)),
        })
            await CopyAsync(dossiers, count, make);
    }
}

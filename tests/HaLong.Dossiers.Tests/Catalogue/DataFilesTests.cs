using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Deadlines;

namespace HaLong.Dossiers.Tests.Catalogue;

public sealed class DataFilesTests
{
    [Fact]
    public void Every_procedure_of_the_catalogue_can_be_read()
    {
        var contents = DataFiles.ReadNodes("procedures.json").Select(n => CatalogueLoader.Parse(n!.ToJsonString())).ToList();
        Assert.Equal(81, contents.Count);
        Assert.Equal(81, contents.Select(c => c.Code).Distinct().Count());
        Assert.All(contents, c =>
        {
            Assert.False(string.IsNullOrWhiteSpace(c.NameVi) || string.IsNullOrWhiteSpace(c.NameEn));
            Assert.All(c.Fees, f => Assert.True(f.AmountVnd is null or >= 0));
            Assert.Contains(c.CompetentAgency.Since20250701, DataFiles.AgencyNames.Keys);
        });
    }

    [Fact]
    public void Every_demonstration_tariff_is_assumed_and_fills_an_open_fee_of_an_online_procedure()
    {
        var contents = DataFiles.ReadNodes("procedures.json").Select(n => CatalogueLoader.Parse(n!.ToJsonString())).ToDictionary(c => c.Code);
        var items = DataFiles.ReadArray("demo-tariff.json", "items").ToList();
        Assert.NotEmpty(items);
        Assert.All(items, item =>
        {
            Assert.True(item.GetProperty("assumed").GetBoolean());
            var content = contents[item.GetProperty("procedureCode").GetString()!];
            Assert.True(content.CanBeFiledOnline);
            Assert.Contains(content.Fees, f => f.Kind == item.GetProperty("kind").GetString() && f.AmountVnd is null && f.NameVi == item.GetProperty("nameVi").GetString());
        });
    }

    [Fact]
    public void The_calendar_knows_the_years_2020_to_2027() =>
        Assert.Equal(Enumerable.Range(2020, 8), DeadlineData.Holidays().Select(d => d.Date.Year).Distinct().Order());
}

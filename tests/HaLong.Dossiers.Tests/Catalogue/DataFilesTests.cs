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
            Assert.True(CatalogueCodes.Agencies.Has(c.CompetentAgency.Since20250701));
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

    [Fact]
    public void Every_life_event_leads_to_procedures_of_the_catalogue_and_speaks_both_languages()
    {
        var codes = DataFiles.ReadNodes("procedures.json").Select(n => n!["code"]!.GetValue<string>()).ToHashSet();
        Assert.True(LifeEvents.All.Count >= 15);
        Assert.Equal(LifeEvents.All.Count, LifeEvents.All.Select(e => e.Code).Distinct().Count());
        Assert.All(LifeEvents.All, e =>
        {
            Assert.NotEqual(e.Vi, e.En);
            Assert.NotEmpty(e.Words);
            Assert.NotEmpty(e.Procedures);
            Assert.All(e.Procedures, p => Assert.Contains(p, codes));
            Assert.Equal(e.Procedures.Count, e.Procedures.Distinct().Count());
        });
    }

    [Fact]
    public void Every_synonym_is_of_words_that_the_catalogue_uses()
    {
        var names = DataFiles.ReadNodes("procedures.json").Select(n => SearchText.Fold(n!["nameVi"]!.GetValue<string>())).ToList();
        Assert.All(LifeEvents.Synonyms, s => Assert.Contains(names, n => n.Contains(SearchText.Fold(s.Of), StringComparison.Ordinal)));
    }

    [Fact]
    public void Code_lists_hold_every_code_of_the_catalogue_in_both_languages()
    {
        var contents = DataFiles.ReadNodes("procedures.json").Select(n => CatalogueLoader.Parse(n!.ToJsonString())).ToList();
        Assert.All(contents, c =>
        {
            Assert.All(c.Subjects, s => Assert.True(CatalogueCodes.Subjects.Has(s)));
            Assert.All(c.Channels, s => Assert.True(CatalogueCodes.Channels.Has(s)));
            Assert.True(CatalogueCodes.Levels.Has(c.Level.Y2023) && CatalogueCodes.Levels.Has(c.Level.Since20250701));
            Assert.True(CatalogueCodes.OnlineLevels.Has(c.OnlineLevel));
        });
        foreach (var list in (CodeList[])[CatalogueCodes.Levels, CatalogueCodes.Subjects, CatalogueCodes.PartialReasons, CatalogueCodes.DataSources, CatalogueCodes.ApplicantCategories])
            Assert.All(list.Codes.Select(list.Of), c => Assert.NotEqual(c.Vi, c.En));
        Assert.Equal("x", CatalogueCodes.Levels.Of("x").Vi);
    }
}

using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Tests.Domain;

namespace HaLong.Dossiers.Tests.Features;

/// <summary>What is shown of a procedure on a day, without a server.</summary>
public sealed class ProcedureViewTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    [Theory]
    [InlineData("2025-06-30", "district", "cityPeoplesCommittee")]
    [InlineData("2025-07-01", "commune", null)]
    public void Level_and_agency_are_those_of_the_day(string day, string level, string? agency)
    {
        var view = View(DossierTests.Content("1.013225"), DateOnly.Parse(day, null));
        Assert.Equal(level, view.Level);
        if (agency is not null)
            Assert.Equal(agency, view.CompetentAgency.Code);
        Assert.NotEqual(view.CompetentAgency.Code, view.CompetentAgency.Vi);
    }

    [Fact]
    public void A_tariff_fills_an_open_amount_and_shows_as_assumed()
    {
        var tariff = new TariffItem { ProcedureCode = "1.013978", Kind = "phi", NameVi = "Phí", AmountVnd = 90_000, Assumed = true };
        var fees = View(DossierTests.Content("1.013978"), Day, tariff).Fees;
        Assert.Equal([("phi", (long?)90_000, true), ("lePhi", null, false)], fees.Select(f => (f.Kind, f.AmountVnd, f.Assumed)));
    }

    [Fact]
    public void A_published_amount_is_not_touched_by_a_tariff()
    {
        var tariff = new TariffItem { ProcedureCode = "2.000635", Kind = "phi", NameVi = "Phí", AmountVnd = 90_000, Assumed = true };
        Assert.Equal((8_000, false), Assert.Single(View(DossierTests.Content("2.000635"), Day, tariff).Fees.Select(f => ((int)f.AmountVnd!, f.Assumed))));
    }

    [Theory]
    [InlineData("2026-11-22", false)]
    [InlineData("2026-11-23", true)]
    [InlineData("2026-12-31", true)]
    [InlineData("2027-01-01", false)]
    public void A_fee_says_whether_it_is_charged_on_the_day(string day, bool inForce)
    {
        var content = DossierTests.Content("2.000635");
        content = content with { Fees = [content.Fees[0] with { ValidFrom = Day, ValidTo = new DateOnly(2026, 12, 31) }] };
        Assert.Equal(inForce, Assert.Single(View(content, DateOnly.Parse(day, null)).Fees).InForce);
    }

    [Fact]
    public void Components_are_numbered_and_say_where_they_can_come_from()
    {
        var content = DossierTests.Content("1.013978");
        content = content with
        {
            Components =
            [
                content.Components[0] with { OwnForm = "land-registration", ElectronicCopy = true },
                content.Components[1] with { Reuse = new ComponentReuse(true, ["KQ.G10.001148"], null, Assumed: true), CaseVi = "Được thừa kế" },
                content.Components[2] with { Reuse = new ComponentReuse(false, null, "land", Assumed: false) },
            ],
        };
        var components = View(content, Day).Components;
        Assert.Equal([1, 2, 3], components.Select(c => c.Number));
        Assert.Equal(("land-registration", true, null), (components[0].OwnForm, components[0].ElectronicCopy, components[0].Reuse));
        Assert.Equal((true, "KQ.G10.001148", null, true), (
            components[1].Reuse!.FromStore, Assert.Single(components[1].Reuse!.ResultCodes), components[1].Reuse!.DataSource, components[1].Reuse!.Assumed));
        Assert.Equal("Được thừa kế", components[1].Case);
        Assert.Equal(("land", 0), (components[2].Reuse!.DataSource!.Code, components[2].Reuse!.ResultCodes.Count));
    }

    [Fact]
    public void Where_the_online_level_is_not_dated_none_is_invented()
    {
        var online = View(DossierTests.Content("1.001193"), Day).OnlineService;
        Assert.Equal(("unknown", null, null, null), (online.Level.Code, online.Since, online.Reason, online.LegalBasis));
    }

    [Fact]
    public void The_view_names_its_version_and_validity()
    {
        var content = DossierTests.Content("1.001193");
        var version = CatalogueLoader.Version(Guid.CreateVersion7(), content, "{}", Day, null, DateTimeOffset.UnixEpoch).Until(Day.AddDays(9));
        var view = ProcedureView.Of(version, content, [], Day);
        Assert.Equal((version.Id, Day, Day.AddDays(9), version.ContentHash), (view.VersionId, view.ValidFrom, view.ValidTo, view.ContentHash));
        Assert.Equal("BIRTH", view.LifeEvents[0].Code);
        Assert.Equal(64, version.ContentHash.Length);
    }

    private static ProcedureView View(ProcedureContent content, DateOnly day, params TariffItem[] tariff) => ProcedureView.Of(
        CatalogueLoader.Version(Guid.CreateVersion7(), content, "{}", day, null, DateTimeOffset.UnixEpoch), content, [.. tariff], day);
}

using HaLong.Identity.Domain;
using HaLong.Identity.Seeding;
using HaLong.Identity.Units;

namespace HaLong.Identity.Tests.Units;

/// <summary>The data file of units agrees with itself: what the platform builds on is checked before it is built on.</summary>
public sealed class CatalogueTests
{
    private static readonly UnitCatalogue Catalogue = ReferenceData.Read<UnitCatalogue>(UnitCatalogue.File);
    private static readonly DateOnly Reform = new(2025, 7, 1);
    private static readonly Dictionary<string, UnitCatalogue.UnitRow> Units = Catalogue.Items.ToDictionary(u => Unit.IdOf(u.Code, u.ValidFrom));

    [Fact]
    public void On_no_day_a_code_means_two_units()
    {
        foreach (var versions in Catalogue.Items.GroupBy(u => u.Code).Select(g => g.OrderBy(u => u.ValidFrom).ToList()))
        {
            for (var n = 1; n < versions.Count; n++)
                Assert.True(versions[n - 1].ValidTo < versions[n].ValidFrom, versions[n].Code);
        }
    }

    [Fact]
    public void Every_unit_lasts_at_least_a_day_and_has_names_kind_and_level()
    {
        Assert.All(Catalogue.Items, u =>
        {
            Assert.True(u.ValidTo is null || u.ValidTo >= u.ValidFrom, u.Code);
            Assert.False(string.IsNullOrWhiteSpace(u.NameVi) || string.IsNullOrWhiteSpace(u.ShortNameVi) || string.IsNullOrWhiteSpace(u.NameEn), u.Code);
            Assert.Contains(u.Kind, Unit.Kinds);
            Assert.Contains(u.Level, Unit.Levels);
            Assert.Contains(u.ShortNameVi, u.NameVi, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_unit_has_a_unit_above_it_on_its_first_and_last_day()
    {
        foreach (var unit in Catalogue.Items.Where(u => u.Level != "province"))
        {
            foreach (var day in new[] { unit.ValidFrom, unit.ValidTo ?? new DateOnly(2026, 11, 23) })
                Assert.Single(Catalogue.Items, p => p.Code == unit.ParentCode && p.ValidFrom <= day && (p.ValidTo is null || p.ValidTo >= day));
        }
    }

    [Fact]
    public void Transitions_lead_from_a_unit_of_the_day_before_to_one_of_the_day()
    {
        Assert.All(Catalogue.Transitions, t =>
        {
            var (from, to) = (Units[t.FromId], Units[t.ToId]);
            Assert.True(from.ValidTo == t.Effective.AddDays(-1), t.FromId);
            Assert.True(to.ValidFrom <= t.Effective && (to.ValidTo is null || to.ValidTo >= t.Effective), t.ToId);
            Assert.Contains(t.Kind, TransitionKinds.All);
            Assert.False(string.IsNullOrWhiteSpace(t.LegalBasis));
        });
    }

    [Fact]
    public void A_part_never_moves_by_itself_and_a_whole_goes_to_one_place()
    {
        Assert.All(Catalogue.Transitions.Where(t => t.Part), t => Assert.False(t.Automatic));
        foreach (var ways in Catalogue.Transitions.GroupBy(t => t.FromId))
            Assert.True(ways.All(t => t.Part) || ways.Count() == 1, ways.Key);
    }

    [Fact]
    public void Of_the_former_city_every_commune_is_accounted_for()
    {
        var communes = Catalogue.Items.Where(u => u.ParentCode == "193").Select(u => Unit.IdOf(u.Code, u.ValidFrom)).ToList();

        Assert.Equal(33, communes.Count);
        Assert.All(communes, id => Assert.Contains(Catalogue.Transitions, t => t.FromId == id));
        Assert.Equal(["06655@2020-01-01", "07042@2020-01-01"], Catalogue.Transitions.Where(t => t.Kind == TransitionKinds.Split).Select(t => t.FromId).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reform_left_54_units_of_three_kinds()
    {
        var now = Catalogue.Items.Where(u => u.ValidFrom == Reform).ToList();

        Assert.Equal((54, 30, 22, 2), (now.Count, now.Count(u => u.Kind == "ward"), now.Count(u => u.Kind == "commune"), now.Count(u => u.Kind == "specialZone")));
        Assert.All(now, u => Assert.Equal("22", u.ParentCode));
    }

    [Theory]
    [InlineData("06661", "Giếng Đáy", "Việt Hưng")]
    [InlineData("06685", "Trần Hưng Đạo", "Hồng Gai")]
    [InlineData("06688", "Hồng Hải", "Hạ Long")]
    [InlineData("06706", "Đại Yên", "Tuần Châu")]
    [InlineData("06676", "Cao Thắng", "Hà Lầm")]
    [InlineData("06652", "Hà Phong", "Hà Tu")]
    public void The_codes_that_changed_their_meaning_did(string code, string before, string after) =>
        Assert.Equal([before, after], Catalogue.Items.Where(u => u.Code == code).OrderBy(u => u.ValidFrom).Select(u => u.ShortNameVi));

    [Fact]
    public void Groups_follow_each_other_without_a_gap_and_name_units_of_their_time()
    {
        foreach (var group in Catalogue.ReportingGroups)
        {
            var periods = group.Periods.OrderBy(p => p.From).ToList();
            for (var n = 1; n < periods.Count; n++)
                Assert.Equal(periods[n - 1].To!.Value.AddDays(1), periods[n].From);
            foreach (var period in periods)
                Assert.All(period.UnitCodes ?? [], c => Assert.Contains(Catalogue.Items, u => u.Code == c && u.ValidFrom <= period.From && (u.ValidTo is null || u.ValidTo >= period.From)));
        }
    }

    [Fact]
    public void Places_belong_to_units_and_take_dossiers_in_in_known_ways()
    {
        Assert.Equal(Catalogue.ReceivingPlaces.Count, Catalogue.ReceivingPlaces.Select(p => p.Id).Distinct().Count());
        Assert.All(Catalogue.ReceivingPlaces, p =>
        {
            Assert.True(Units.ContainsKey(p.UnitId), p.Id);
            Assert.Contains(p.Kind, ReceivingPlace.Kinds);
            Assert.NotEmpty(p.Receives);
            Assert.All(p.Receives, w => Assert.Contains(w, ReceivingPlace.Ways));
        });
    }

    [Fact]
    public void Each_of_the_thirteen_units_over_the_former_city_has_its_centre_since_the_reform() => Assert.Equal(
        13, Catalogue.ReceivingPlaces.Where(p => p.Kind == ReceivingPlace.CommuneCentre && p.ValidFrom == Reform).Select(p => p.UnitId).Distinct().Count());
}

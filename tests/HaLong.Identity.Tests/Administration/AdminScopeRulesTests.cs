using HaLong.Identity.Administration;
using HaLong.Identity.Domain;
using HaLong.Identity.Units;
using HaLong.Identity.Seeding;

namespace HaLong.Identity.Tests.Administration;

/// <summary>Which units an administrator is responsible for, without a database: on a small tree and on the real catalogue.</summary>
public sealed class AdminScopeRulesTests
{
    private static readonly DateOnly Old = new(2020, 1, 1);
    private static readonly DateOnly Reform = new(2025, 7, 1);

    [Fact]
    public void The_province_has_everything_below_it_through_all_levels()
    {
        var all = new List<Unit> { Unit("1", "province"), Unit("2", "district", "1"), Unit("3", "commune", "2"), Unit("4", "commune", "1"), Unit("9", "province"), Unit("8", "commune", "9") };

        Assert.Equal(["1", "2", "3", "4"], Codes(AdminScope.Under(all[0], all)));
    }

    [Fact]
    public void A_commune_has_itself_and_not_the_other_units_its_code_has_meant()
    {
        var all = new List<Unit> { Unit("1", "province"), Unit("3", "commune", "1", Old, Reform.AddDays(-1)), Unit("3", "commune", "1", Reform) };

        Assert.Equal(["3@2025-07-01"], AdminScope.Under(all[2], all).Keys);
    }

    [Fact]
    public void A_district_had_its_communes_and_not_those_that_came_after_it_ended()
    {
        var all = new List<Unit> { Unit("2", "district", "1", Old, Reform.AddDays(-1)), Unit("3", "commune", "2", Old, Reform.AddDays(-1)), Unit("4", "commune", "2", Reform) };

        Assert.Equal(["2", "3"], Codes(AdminScope.Under(all[0], all)));
    }

    [Fact]
    public void Units_that_name_each_other_as_parents_do_not_go_round_for_ever()
    {
        var all = new List<Unit> { Unit("1", "district", "2"), Unit("2", "district", "1") };

        Assert.Equal(["1", "2"], Codes(AdminScope.Under(all[0], all)));
    }

    [Fact]
    public void On_the_real_catalogue_the_province_has_all_units_of_all_times()
    {
        var all = Catalogue();

        Assert.Equal(93, AdminScope.Under(all.Single(u => u.Level == "province"), all).Count);
        Assert.Equal(["06688@2025-07-01"], AdminScope.Under(all.Single(u => u.Id == "06688@2025-07-01"), all).Keys);
        Assert.Equal(34, AdminScope.Under(all.Single(u => u.Code == "193"), all).Count);
        Assert.Equal(4, AdminScope.Under(all.Single(u => u.Code == "202"), all).Count);
    }

    [Fact]
    public void A_code_is_found_as_of_the_day_and_an_id_as_it_is_and_nothing_outside()
    {
        var all = Catalogue();
        var province = new Scope(Guid.Empty, all[0], AdminScope.Under(all.Single(u => u.Level == "province"), all));
        var commune = new Scope(Guid.Empty, all[0], AdminScope.Under(all.Single(u => u.Id == "06688@2025-07-01"), all));

        Assert.Equal("06688@2020-01-01", province.Find("06688", Reform.AddDays(-1))?.Id);
        Assert.Equal("06688@2025-07-01", province.Find("06688", Reform)?.Id);
        Assert.Equal("06688@2020-01-01", province.Find("06688@2020-01-01", Reform)?.Id);
        Assert.Null(province.Find("06691", Reform));
        Assert.Null(province.Find(null, Reform));
        Assert.Null(province.Find("", Reform));
        Assert.Null(commune.Find("06685", Reform));
        Assert.Null(commune.Find("06688", Reform.AddDays(-1)));
        Assert.Null(commune.Find("22@1963-10-30", Reform));
        Assert.True(commune.Covers("06688@2025-07-01"));
        Assert.False(commune.Covers("06688@2020-01-01"));
        Assert.False(commune.Covers(null));
    }

    [Theory]
    [InlineData("province", true)]
    [InlineData("district", false)]
    [InlineData("commune", false)]
    public void The_platform_as_a_whole_belongs_to_the_province(string level, bool isProvince) =>
        Assert.Equal(isProvince, new Scope(Guid.Empty, Unit("1", level), new Dictionary<string, Unit>()).IsProvince);

    [Fact]
    public void Without_a_unit_there_is_nothing() => Assert.False(new Scope(Guid.Empty, null, new Dictionary<string, Unit>()).IsProvince);

    private static IEnumerable<string> Codes(Dictionary<string, Unit> units) => units.Values.Select(u => u.Code).Order(StringComparer.Ordinal);

    private static List<Unit> Catalogue() =>
        ReferenceData.Read<UnitCatalogue>(UnitCatalogue.File).Items.ConvertAll(r => Unit(r.Code, r.Level, r.ParentCode, r.ValidFrom, r.ValidTo));

    private static Unit Unit(string code, string level, string? parent = null, DateOnly? from = null, DateOnly? to = null) => new()
    {
        Code = code,
        ValidFrom = from ?? Old,
        ValidTo = to,
        NameVi = code,
        ShortNameVi = code,
        NameEn = code,
        Kind = level,
        Level = level,
        ParentCode = parent,
        SearchText = code,
    };
}

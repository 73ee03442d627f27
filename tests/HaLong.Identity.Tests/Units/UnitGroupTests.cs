using HaLong.Identity.Domain;
using HaLong.Identity.Units;

namespace HaLong.Identity.Tests.Units;

/// <summary>Which units a group means on a day, and how days are read.</summary>
public sealed class UnitGroupTests
{
    private static readonly DateOnly Reform = new(2025, 7, 1);

    [Fact]
    public void Each_day_belongs_to_one_period_or_none()
    {
        var group = new UnitGroup { Code = "G", NameVi = "G", NameEn = "G" };
        group.Periods.Add(new UnitGroupPeriod { GroupCode = "G", ValidFrom = new DateOnly(2020, 1, 1), ValidTo = Reform.AddDays(-1), ParentCode = "193" });
        group.Periods.Add(new UnitGroupPeriod { GroupCode = "G", ValidFrom = Reform, UnitCodes = ["1", "2"] });

        Assert.Null(group.On(new DateOnly(2019, 12, 31)));
        Assert.Equal("193", group.On(new DateOnly(2020, 1, 1))?.ParentCode);
        Assert.Equal("193", group.On(Reform.AddDays(-1))?.ParentCode);
        Assert.Equal(["1", "2"], group.On(Reform)?.UnitCodes ?? []);
        Assert.Equal(["1", "2"], group.On(DateOnly.MaxValue)?.UnitCodes ?? []);
    }

    [Fact]
    public void Members_are_those_under_a_parent_or_those_listed_and_none_outside_a_period()
    {
        var units = new[] { New("1", "193", "commune"), New("2", "193", "commune"), New("3", "22", "commune"), New("4", "193", "district") }.AsQueryable();

        Assert.Equal(["1", "2"], units.InGroup(new UnitGroupPeriod { GroupCode = "G", ValidFrom = Reform, ParentCode = "193" }).Select(u => u.Code));
        Assert.Equal(["2", "3"], units.InGroup(new UnitGroupPeriod { GroupCode = "G", ValidFrom = Reform, UnitCodes = ["3", "2", "9"] }).Select(u => u.Code).Order());
        Assert.Empty(units.InGroup(null));
    }

    [Theory]
    [InlineData("2025-07-01", "2025-07-01")]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("2025-02-29", null)]
    [InlineData("2025-7-1", null)]
    [InlineData("01-07-2025", null)]
    [InlineData("2025-07-01T00:00:00", null)]
    [InlineData(" 2025-07-01", null)]
    [InlineData("today", null)]
    public void A_day_is_written_in_one_way(string text, string? day) =>
        Assert.Equal(day, ListUnits.LocalDay(text, TimeProvider.System)?.ToString("yyyy-MM-dd", null));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nothing_means_today_in_Viet_Nam(string? text)
    {
        var lateEvening = new Fixed(new DateTimeOffset(2026, 12, 31, 17, 30, 0, TimeSpan.Zero));

        Assert.Equal(new DateOnly(2027, 1, 1), ListUnits.LocalDay(text, lateEvening));
    }

    [Theory]
    [InlineData(null, "2025-06-30", true)]
    [InlineData(null, "2019-12-31", false)]
    [InlineData("2025-06-30", "2025-06-30", true)]
    [InlineData("2025-06-30", "2025-07-01", false)]
    [InlineData("2025-06-30", "2020-01-01", true)]
    public void A_unit_is_valid_from_its_first_day_to_its_last(string? to, string on, bool valid)
    {
        var unit = New("1", null, "commune");
        unit.ValidTo = to is null ? null : DateOnly.Parse(to, null);

        Assert.Equal(valid, unit.IsValidOn(DateOnly.Parse(on, null)));
        Assert.Equal("1@2020-01-01", unit.Id);
    }

    private static Unit New(string code, string? parent, string level) => new()
    {
        Code = code,
        ValidFrom = new DateOnly(2020, 1, 1),
        NameVi = code,
        ShortNameVi = code,
        NameEn = code,
        Kind = "ward",
        Level = level,
        ParentCode = parent,
        SearchText = code,
    };

    private sealed class Fixed(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

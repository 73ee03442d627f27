using HaLong.Identity.Domain;
using HaLong.Identity.Units;

namespace HaLong.Identity.Tests.Units;

public sealed class UnitMapperTests
{
    private static readonly DateOnly Day = new(2030, 1, 1);

    [Fact]
    public void Two_mergers_in_a_row_are_followed() =>
        Assert.Equal("C", Map("A", [Unit("A", end: 2026), Unit("B", 2026, 2028), Unit("C", 2028)], [Whole("A", "B", 2026), Whole("B", "C", 2028)]).Target?.Code);

    [Fact]
    public void A_division_after_a_merger_is_a_choice()
    {
        var mapped = Map("A", [Unit("A", end: 2026), Unit("B", 2026, 2028), Unit("C", 2028), Unit("D", 2028)],
            [Whole("A", "B", 2026), Part("B", "C", 2028), Part("B", "D", 2028)]);

        Assert.True(mapped.NeedsChoice);
        Assert.Equal(["C", "D"], mapped.Choices.Select(u => u.Code));
    }

    [Fact]
    public void Parts_that_come_together_again_are_still_a_choice_because_the_way_was_not_whole()
    {
        var mapped = Map("A", [Unit("A", end: 2026), Unit("B", 2026, 2028), Unit("C", 2026, 2028), Unit("D", 2028)],
            [Part("A", "B", 2026), Part("A", "C", 2026), Whole("B", "D", 2028), Whole("C", "D", 2028)]);

        Assert.True(mapped.NeedsChoice);
        Assert.Equal("D", Assert.Single(mapped.Choices).Code);
    }

    [Fact]
    public void A_unit_that_goes_on_without_a_part_of_it_is_a_choice_between_itself_and_the_other()
    {
        var mapped = Map("A", [Unit("A"), Unit("B")], [Part("A", "B", 2026)]);

        Assert.True(mapped.NeedsChoice);
        Assert.Equal(["A", "B"], mapped.Choices.Select(u => u.Code));
    }

    [Fact]
    public void What_is_not_automatic_is_not_followed_even_when_there_is_one_target() =>
        Assert.True(Map("A", [Unit("A", end: 2026), Unit("B", 2026)], [Step("A", "B", 2026, part: false, automatic: false)]).NeedsChoice);

    [Fact]
    public void A_dead_end_among_the_ways_makes_the_answer_unsure()
    {
        var mapped = Map("A", [Unit("A", end: 2026), Unit("B", 2026, 2028)], [Whole("A", "B", 2026)]);

        Assert.True(mapped.NeedsChoice);
        Assert.Empty(mapped.Choices);
    }

    [Fact]
    public void Later_changes_do_not_count_on_an_earlier_day() =>
        Assert.Equal("B", Map("A", [Unit("A", end: 2026), Unit("B", 2026, 2028), Unit("C", 2028)], [Whole("A", "B", 2026), Whole("B", "C", 2028)],
            new DateOnly(2027, 12, 31)).Target?.Code);

    [Fact]
    public void A_circle_in_the_data_ends_the_walk_without_an_answer() =>
        Assert.True(Map("A", [Unit("A", end: 2026), Unit("B", 2025, 2027)], [Whole("A", "B", 2026), Whole("B", "A", 2027)]).NeedsChoice);

    // The tests name units by letters; the first version with the letter is meant.
    private static MappedUnit Map(string code, Unit[] units, UnitTransition[] transitions, DateOnly? day = null)
    {
        var ids = units.ToDictionary(u => u.Code, u => u.Id);
        return UnitMapper.Map(
            units.Single(u => u.Code == code), day ?? Day, units.ToDictionary(u => u.Id),
            transitions.Select(t => Step(ids[t.FromId], ids[t.ToId], t.Effective.Year, t.IsPart, t.IsAutomatic)).ToLookup(t => t.FromId));
    }

    private static Unit Unit(string code, int from = 2020, int? end = null) => new()
    {
        Code = code,
        ValidFrom = new DateOnly(from, 1, 1),
        ValidTo = end is { } year ? new DateOnly(year, 1, 1).AddDays(-1) : null,
        NameVi = code,
        ShortNameVi = code,
        NameEn = code,
        Kind = "ward",
        Level = "commune",
        SearchText = code,
    };

    private static UnitTransition Whole(string from, string to, int year) => Step(from, to, year, part: false, automatic: true);

    private static UnitTransition Part(string from, string to, int year) => Step(from, to, year, part: true, automatic: false);

    private static UnitTransition Step(string from, string to, int year, bool part, bool automatic) => new()
    {
        FromId = from,
        ToId = to,
        Effective = new DateOnly(year, 1, 1),
        Kind = part ? TransitionKinds.Split : TransitionKinds.Merge,
        IsPart = part,
        IsAutomatic = automatic,
        IsConfirmed = true,
    };
}

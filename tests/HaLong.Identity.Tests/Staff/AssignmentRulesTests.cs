using HaLong.Identity.Domain;
using HaLong.Identity.Staff;

namespace HaLong.Identity.Tests.Staff;

/// <summary>When an assignment holds, without a database.</summary>
public sealed class AssignmentRulesTests
{
    private static readonly DateOnly Day = new(2026, 3, 10);
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null, 0, true)]
    [InlineData(0, null, -1, false)]
    [InlineData(0, null, 1000, true)]
    [InlineData(0, 0, 0, true)]
    [InlineData(0, 0, 1, false)]
    [InlineData(-5, 5, 5, true)]
    [InlineData(-5, 5, 6, false)]
    [InlineData(-5, 5, -5, true)]
    [InlineData(-5, 5, -6, false)]
    [InlineData(1, 0, 0, false)]
    [InlineData(1, 0, 1, false)]
    public void It_is_held_from_its_first_day_to_its_last_and_on_no_other(int from, int? to, int on, bool held) =>
        Assert.Equal(held, Work(from, to).IsHeldOn(Day.AddDays(on)));

    [Theory]
    [InlineData(0, null, -10, null, true)]
    [InlineData(0, null, -10, -1, false)]
    [InlineData(0, null, -10, 0, true)]
    [InlineData(0, 10, 10, null, true)]
    [InlineData(0, 10, 11, null, false)]
    [InlineData(0, 10, 3, 4, true)]
    [InlineData(3, 4, 0, 10, true)]
    [InlineData(3, 2, 0, 10, false)]
    public void Two_times_meet_when_they_have_a_day_in_common(int from, int? to, int otherFrom, int? otherTo, bool meet) =>
        Assert.Equal(meet, Work(from, to).Overlaps(Day.AddDays(otherFrom), otherTo is { } days ? Day.AddDays(days) : null));

    [Fact]
    public void Taken_at_once_it_is_over_in_the_middle_of_the_day_that_stays_its_last()
    {
        var work = Work(-5, 20);
        work.Revoke(Day, ReleaseReasons.Revoked, "12/QĐ", Now);

        Assert.Equal((Day, Now, "revoked", "12/QĐ"), (work.ValidTo, work.RevokedAt, work.EndReason, work.EndDecision));
        Assert.False(work.IsHeldOn(Day));
        Assert.True(work.IsOver(Day));
        Assert.False(work.Overlaps(Day.AddDays(-5), null));
    }

    [Fact]
    public void Taken_before_it_began_it_never_takes_effect()
    {
        var work = Work(10, null);
        work.Revoke(Day, ReleaseReasons.Ended, null, Now);

        Assert.Equal(Day.AddDays(9), work.ValidTo);
        Assert.False(work.IsHeldOn(Day.AddDays(10)));
        Assert.False(work.IsHeldOn(Day.AddDays(9)));
    }

    [Fact]
    public void Taken_on_its_first_day_it_keeps_that_one_day_in_the_history()
    {
        var work = Work(0, null);
        work.Revoke(Day, ReleaseReasons.Ended, null, Now);

        Assert.Equal((Day, Day), (work.ValidFrom, work.ValidTo));
    }

    [Fact]
    public void Ended_by_a_day_ahead_it_goes_on_until_then()
    {
        var work = Work(-5, null);
        work.EndOn(Day.AddDays(3), ReleaseReasons.Ended, null);

        Assert.True(work.IsHeldOn(Day.AddDays(3)));
        Assert.False(work.IsHeldOn(Day.AddDays(4)));
        Assert.False(work.IsOver(Day.AddDays(3)));
        Assert.True(work.IsOver(Day.AddDays(4)));
        Assert.Null(work.RevokedAt);
    }

    [Fact]
    public void Lengthened_it_forgets_why_it_was_to_end()
    {
        var work = Work(-5, null);
        work.EndOn(Day.AddDays(3), ReleaseReasons.Ended, "1/QĐ");
        work.Lengthen(Day.AddDays(30));

        Assert.Equal((Day.AddDays(30), null, null), (work.ValidTo, work.EndReason, work.EndDecision));
    }

    [Fact]
    public void Continued_in_another_unit_it_keeps_person_title_roles_and_end_and_says_where_it_came_from()
    {
        var work = Work(-5, 20);
        var (reorganisation, by, id) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var next = work.Continue(id, Unit("200"), Day, reorganisation, "Nghị quyết", by, Now);

        Assert.Equal((id, work.AccountId, "200@2020-01-01", "200", work.Title, Day, work.ValidTo, true), (
            next.Id, next.AccountId, next.UnitId, next.UnitCode, next.Title, next.ValidFrom, next.ValidTo, next.IsPrimary));
        Assert.Equal((work.Id, reorganisation, "Nghị quyết", by, Now), (next.ReplacesId, next.ReorganisationId, next.LegalBasis, next.CreatedBy, next.CreatedAt));
        Assert.Equal(work.Roles, next.Roles);
        Assert.Null(next.DecisionNumber);
    }

    [Fact]
    public void It_is_described_anew_without_touching_its_days()
    {
        var work = Work(-5, 20);
        work.Describe("Trưởng phòng", "2/QĐ", "Luật");
        work.SetPrimary(false);

        Assert.Equal(("Trưởng phòng", "2/QĐ", "Luật", false), (work.Title, work.DecisionNumber, work.LegalBasis, work.IsPrimary));
        Assert.Equal((Day.AddDays(-5), Day.AddDays(20)), (work.ValidFrom, work.ValidTo));
    }

    private static Assignment Work(int from, int? to) => Assignment.Open(
        Guid.CreateVersion7(), Guid.CreateVersion7(), Unit("100"),
        new AssignmentTerms("Chuyên viên", ["officer", "cashier"], Day.AddDays(from), to is { } days ? Day.AddDays(days) : null, true, "1/QĐ", null), null, Now);

    private static Unit Unit(string code) => new()
    {
        Code = code,
        ValidFrom = new DateOnly(2020, 1, 1),
        NameVi = code,
        ShortNameVi = code,
        NameEn = code,
        Kind = "ward",
        Level = "commune",
        SearchText = code,
    };
}

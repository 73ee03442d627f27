using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Features.Queues;

namespace HaLong.Dossiers.Tests.Queues;

/// <summary>What a line says about time and hands, on a Monday at ten.</summary>
public sealed class QueueItemTests
{
    private static readonly QueueMoment At = QueueMoment.Of(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero), new QueueOptions());

    private static DateTimeOffset Local(int day, int hour, int minute = 0) => new(2026, 11, day, hour, minute, 0, TimeSpan.FromHours(7));

    [Theory]
    [InlineData(22, 23, 59, nameof(LimitUnit.WorkingDay), "overdue", -1)]
    [InlineData(23, 0, 0, nameof(LimitUnit.WorkingDay), "expiring", 0)]
    [InlineData(23, 9, 59, nameof(LimitUnit.WorkingDay), "expiring", 0)]
    [InlineData(23, 9, 59, nameof(LimitUnit.WorkingHour), "overdue", 0)]
    [InlineData(23, 9, 59, nameof(LimitUnit.HalfDay), "overdue", 0)]
    [InlineData(23, 10, 0, nameof(LimitUnit.WorkingHour), "expiring", 0)]
    [InlineData(23, 17, 0, nameof(LimitUnit.CalendarDay), "expiring", 0)]
    [InlineData(24, 9, 59, nameof(LimitUnit.WorkingDay), "expiring", 1)]
    [InlineData(24, 10, 0, nameof(LimitUnit.WorkingDay), null, 1)]
    [InlineData(30, 17, 0, nameof(LimitUnit.Month), null, 7)]
    public void Days_are_judged_by_the_day_and_hours_by_the_minute(int day, int hour, int minute, string limit, string? flag, int daysLeft)
    {
        var item = QueueItem.Of(QueueFilterTests.Row(Local(day, hour, minute), limit: Enum.Parse<LimitUnit>(limit)), At, [Guid.Empty]);
        Assert.Equal(flag is null ? [] : [flag], item.Flags);
        Assert.Equal(daysLeft, item.DaysLeft);
    }

    [Fact]
    public void Without_a_clock_that_runs_there_are_neither_days_nor_flags()
    {
        foreach (var row in new[] { QueueFilterTests.Row(), QueueFilterTests.Row(Local(1, 9), running: false) })
        {
            var item = QueueItem.Of(row, At, [Guid.Empty]);
            Assert.Equal((null, 0), (item.DaysLeft, item.Flags.Count));
        }
    }

    [Fact]
    public void A_dossier_without_a_clock_of_its_own_counts_by_the_day()
    {
        var item = QueueItem.Of(QueueFilterTests.Row(Local(23, 8)), At, [Guid.Empty]);
        Assert.Equal(["expiring"], item.Flags);
    }

    [Fact]
    public void Only_a_colleagues_dossier_is_marked_as_a_substitutes()
    {
        var (me, absent, third) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        Guid[] officers = [me, absent];
        Assert.Empty(QueueItem.Of(QueueFilterTests.Row(officer: me), At, officers).Flags);
        Assert.Equal(["substitute"], QueueItem.Of(QueueFilterTests.Row(officer: absent), At, officers).Flags);
        Assert.Empty(QueueItem.Of(QueueFilterTests.Row(officer: third), At, officers).Flags);
        Assert.Empty(QueueItem.Of(QueueFilterTests.Row(officer: absent), At, []).Flags);
    }

    [Theory]
    [InlineData("asked", "approverSigns")]
    [InlineData("refused", "signatureMissed")]
    [InlineData("invalid", "signatureMissed")]
    [InlineData("due", null)]
    [InlineData("signed", null)]
    public void A_result_says_whether_its_approver_signs_or_did_not(string stage, string? flag)
    {
        var row = QueueFilterTests.Row() with { QueuedFor = "signature", PersonSignature = stage };
        Assert.Equal(flag is null ? [] : [flag], QueueItem.Of(row, At, [Guid.Empty]).Flags);
        Assert.Empty(QueueItem.Of(row with { QueuedFor = null }, At, [Guid.Empty]).Flags);
    }

    [Fact]
    public void Several_flags_stand_together()
    {
        var (me, absent) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var row = QueueFilterTests.Row(Local(20, 17), officer: absent, askedTwice: true);
        Assert.Equal(["overdue", "askedTwice", "substitute"], QueueItem.Of(row, At, [me, absent]).Flags);
    }

    [Fact]
    public void No_moment_is_both_late_and_about_to_expire()
    {
        for (var minutes = -3000; minutes < 3000; minutes += 7)
        {
            var due = At.Now.AddMinutes(minutes);
            foreach (var byTheHour in new[] { true, false })
            {
                Assert.False(At.IsOverdue(due, byTheHour) && At.IsExpiring(due, byTheHour));
                Assert.Equal(due < At.Soon, At.IsOverdue(due, byTheHour) || At.IsExpiring(due, byTheHour));
            }
        }
    }
}

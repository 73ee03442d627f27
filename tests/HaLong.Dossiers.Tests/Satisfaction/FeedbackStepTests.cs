using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Satisfaction;
using HaLong.Dossiers.Satisfaction.Petitions;
using HaLong.Dossiers.Tests.Deadlines;
using static HaLong.Dossiers.Tests.Deadlines.ClockSamples;

namespace HaLong.Dossiers.Tests.Satisfaction;

/// <summary>The steps of feedback in moved time: 2, 5, 15 and 2 working days (Decision 766/QĐ-TTg, 5.2).</summary>
public sealed class FeedbackStepTests
{
    private static readonly FeedbackTimes Times = new(FeedbackLimitBook.Load().At(new DateOnly(2026, 3, 2)), Calendar, DeadlineData.Rules(null));

    // A Monday; two working days later is Wednesday, five the next Monday, fifteen Monday 23 March.
    private static Feedback Received(string at = "2026-03-02T10:00") => new()
    {
        Id = Guid.CreateVersion7(),
        UnitCode = "06688",
        Kind = FeedbackKind.Complaint,
        Text = "Chậm",
        AuthorId = Guid.CreateVersion7(),
        ReceivedAt = At(at),
        DueAt = Times.Answer(At(at)),
    };

    [Fact]
    public void Dates_are_closing_times_of_working_days()
    {
        Assert.Equal(
            ["2026-03-04 17:00", "2026-03-09 17:00", "2026-03-23 17:00", "2026-03-04 17:00", "2026-03-16 17:00"],
            new DateTimeOffset?[] { Times.Refuse(At("2026-03-02T10:00")), Times.Ask(At("2026-03-02T10:00")), Times.Answer(At("2026-03-02T10:00")),
                Times.Publish(At("2026-03-02T10:00")), Times.Supplement(At("2026-03-02T10:00")) }
                .Select(m => m.Local()));
        Assert.Equal("2026-03-10 17:00", ((DateTimeOffset?)Times.Refuse(At("2026-03-07T10:00"))).Local());
    }

    [Theory]
    [InlineData("2026-03-04T16:59", true)]
    [InlineData("2026-03-04T17:01", false)]
    public void A_refusal_is_in_time_within_two_working_days(string at, bool inTime)
    {
        var feedback = Received();
        Assert.True(feedback.Refuse("Không thuộc thẩm quyền", Times, At(at)).IsSuccess);
        Assert.Equal((FeedbackState.Refused, inTime, null), (feedback.State, feedback.OnTime, feedback.DueAt));
        Assert.Equal("DOS-0852", feedback.Refuse("lần nữa", Times, At(at)).Error.Code);
    }

    [Theory]
    [InlineData("2026-03-09T16:59", null)]
    [InlineData("2026-03-09T17:01", false)]
    public void More_is_asked_for_in_time_within_five_working_days_and_once(string at, bool? onTime)
    {
        var feedback = Received();
        Assert.True(feedback.Ask("Ngày nào?", Times, At(at)).IsSuccess);
        Assert.Equal((FeedbackState.AwaitingSupplement, onTime, null), (feedback.State, feedback.OnTime, feedback.DueAt));
        Assert.True(feedback.Complete("Ngày 1/3.", Times, At("2026-03-10T09:00")).IsSuccess);
        Assert.Equal("2026-03-31 17:00", feedback.DueAt.Local());
        Assert.Equal("DOS-0856", feedback.Ask("Còn gì nữa?", Times, At("2026-03-11T09:00")).Error.Code);
    }

    [Fact]
    public void The_time_stands_while_the_author_is_asked()
    {
        var feedback = Received();
        Assert.True(feedback.Ask("Ngày nào?", Times, At("2026-03-03T09:00")).IsSuccess);
        Assert.False(feedback.IsLate(At("2026-04-30T09:00")));
        Assert.True(feedback.Reply("Đã rõ.", true, false, Guid.CreateVersion7(), Times, At("2026-04-30T09:00")).IsSuccess);
        Assert.True(feedback.OnTime);
    }

    [Theory]
    [InlineData("2026-03-23T16:59", "2026-03-25T16:59", true)]
    [InlineData("2026-03-23T16:59", "2026-03-25T17:01", false)]
    [InlineData("2026-03-23T17:01", "2026-03-24T09:00", false)]
    public void An_answer_is_in_time_within_fifteen_and_its_publication_within_two(string answered, string published, bool inTime)
    {
        var feedback = Received();
        Assert.True(feedback.Reply("Đã khắc phục.", true, true, Guid.CreateVersion7(), Times, At(answered)).IsSuccess);
        Assert.NotEqual(true, feedback.OnTime);
        Assert.True(feedback.Publish("Chờ lâu", "Đã thêm quầy", At(published)).IsSuccess);
        Assert.Equal(inTime, feedback.OnTime);
        Assert.Equal("DOS-0855", feedback.Publish("Chờ lâu", "Đã thêm quầy", At(published)).Error.Code);
    }

    [Fact]
    public void What_concerns_one_person_only_is_done_with_the_answer()
    {
        var feedback = Received();
        Assert.True(feedback.Reply("Đã xin lỗi.", true, false, Guid.CreateVersion7(), Times, At("2026-03-05T09:00")).IsSuccess);
        Assert.Equal((true, null), (feedback.OnTime, feedback.DueAt));
        Assert.Equal("DOS-0855", feedback.Publish("a", "b", At("2026-03-05T10:00")).Error.Code);
    }

    [Fact]
    public void Late_is_late_the_moment_it_is_and_for_good()
    {
        var feedback = Received();
        Assert.False(feedback.IsLate(At("2026-03-23T17:00")));
        Assert.True(feedback.IsLate(At("2026-03-23T17:01")));
        feedback.OnTime = false; // as the round marks it
        Assert.True(feedback.Reply("Muộn", false, false, Guid.CreateVersion7(), Times, At("2026-03-24T09:00")).IsSuccess);
        Assert.False(feedback.OnTime);
    }

    [Fact]
    public void Only_what_is_answered_is_judged_and_only_what_is_asked_is_completed()
    {
        var feedback = Received();
        Assert.Equal("DOS-0852", feedback.Judge(true).Error.Code);
        Assert.Equal("DOS-0852", feedback.Complete("x", Times, At("2026-03-03T09:00")).Error.Code);
        Assert.Equal("DOS-0852", feedback.Publish("a", "b", At("2026-03-03T09:00")).Error.Code);
        feedback.Reply("Có", true, true, Guid.CreateVersion7(), Times, At("2026-03-03T09:00"));
        Assert.Equal("DOS-0852", feedback.Reply("Có", true, true, Guid.CreateVersion7(), Times, At("2026-03-03T09:00")).Error.Code);
        Assert.Equal("DOS-0852", feedback.Ask("?", Times, At("2026-03-03T09:00")).Error.Code);
        Assert.True(feedback.Judge(false).IsSuccess);
        Assert.True(feedback.Judge(true).IsSuccess);
        Assert.True(feedback.Satisfied);
    }

    [Fact]
    public void Limits_are_dated_and_name_their_source()
    {
        var book = new FeedbackLimitBook([new(new(2022, 6, 23), 2, 5, 15, 2, 10, "cũ", []), new(new(2027, 1, 1), 1, 3, 10, 1, 10, "mới", [])]);
        Assert.Equal(["cũ", "cũ", "mới"], new[] { new DateOnly(2020, 1, 1), new(2026, 12, 31), new(2027, 1, 1) }.Select(d => book.At(d).LegalBasis));
        var carried = FeedbackLimitBook.Load().At(new DateOnly(2026, 1, 1));
        Assert.Equal((2, 5, 15, 2), (carried.RefuseDays, carried.AskDays, carried.AnswerDays, carried.PublishDays));
        Assert.Contains("766", carried.LegalBasis, StringComparison.Ordinal);
        Assert.Contains(carried.Assumptions, a => a.Rule == "supplementDays");
    }

    [Theory]
    [InlineData("Số căn cước 001099012345 bị ghi sai", true)]
    [InlineData("CMND 123 456 789", true)]
    [InlineData("Gọi 0912 345 678", true)]
    [InlineData("Gọi +84912345678", true)]
    [InlineData("Gọi 091.234.5678", true)]
    [InlineData("thư an.nguyen@example.vn", true)]
    [InlineData("Hồ sơ chờ 15 ngày, quầy số 3, năm 2026", false)]
    [InlineData("Phí 150.000 đồng theo Nghị quyết 62/2017/NQ-HĐND", false)]
    [InlineData("Từ 01/03/2026 đến 15/03/2026", false)]
    public void Numbers_of_persons_are_found_by_their_shape(string text, bool found) => Assert.Equal(found, PersonalNumbers.AreIn(text));
}

namespace HaLong.Dossiers.Deadlines;

/// <summary>Tells the clock entry by entry: what happened, why, and when the result was due after it.</summary>
internal static class LedgerSteps
{
    public static IReadOnlyList<LedgerStep> Of(TimeLimit limit, IReadOnlyList<ClockEntry> entries, WorkCalendar calendar, DeadlineRules rules)
    {
        var steps = new List<LedgerStep>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var after = DeadlineEngine.Evaluate(limit, entries, i + 1, calendar, rules, entry.At, null);
            var what = What(entry, limit, after, calendar);
            var due = after.DueAt is { } at && entry.Effect != ClockEffect.Stop ? Words.Moment(LocalTicks.Of(at)) : null;
            steps.Add(new LedgerStep(entry.At, entry.Effect, entry.Cause, new Words(
                $"{entry.ReasonVi}: {what.Vi}{(due is null ? "" : $"; hẹn trả lúc {due.Vi}")}.", $"{entry.ReasonEn}: {what.En}{(due is null ? "" : $"; due at {due.En}")}."), after.DueAt));
        }
        return steps;
    }

    private static Words What(ClockEntry entry, TimeLimit limit, Deadline after, WorkCalendar calendar)
    {
        switch (entry.Effect)
        {
            case ClockEffect.Start or ClockEffect.Restart:
                var (start, words) = (Start(entry, after, calendar), Words.Limit(limit));
                return entry.Effect == ClockEffect.Start
                    ? new($"thời hạn {words.Vi} {start.Vi}", $"the limit of {words.En} {start.En}")
                    : new($"thời hạn {words.Vi} tính lại từ đầu, {start.Vi}", $"the limit of {words.En} runs anew and {start.En}");
            case ClockEffect.Pause:
                return new("thời hạn tạm dừng", "the clock stands");
            case ClockEffect.Resume:
                return new("thời hạn chạy tiếp", "the clock goes on");
            case ClockEffect.Extend:
                return new("hẹn lại ngày trả kết quả", "a new appointment is given");
            default:
                return Stop(entry, after);
        }
    }

    private static Words Start(ClockEntry entry, Deadline after, WorkCalendar calendar)
    {
        var received = LocalTicks.Of(entry.At);
        var moment = Words.Moment(after.Start);
        if (after.Start == received)
            return new($"bắt đầu ngay lúc {moment.Vi}", $"starts at once, at {moment.En}");
        var date = LocalTicks.Date(received);
        var kind = Words.Kind(calendar.KindOf(date), calendar.RowOf(date));
        return calendar.IsWorking(date)
            ? new($"bắt đầu lúc {moment.Vi}, vì nhận ngoài giờ làm việc", $"starts at {moment.En}, because it came outside office hours")
            : new($"bắt đầu lúc {moment.Vi}, vì nhận vào ngày không làm việc ({kind.Vi})", $"starts at {moment.En}, because it came on a day that is not worked ({kind.En})");
    }

    private static Words Stop(ClockEntry entry, Deadline after) => after.State != ClockState.Stopped
        ? new("không ảnh hưởng thời hạn", "the clock is not affected")
        : after.Of(entry.At) switch
        {
            Punctuality.Early => new("kết thúc trước hạn", "over, before it was due"),
            Punctuality.OnTime => new("kết thúc đúng hạn", "over, when it was due"),
            _ => new("kết thúc quá hạn", "over, later than it was due"),
        };
}

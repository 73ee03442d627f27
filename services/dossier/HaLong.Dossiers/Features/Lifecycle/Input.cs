using HaLong.Dossiers.Deadlines;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Lifecycle;

/// <summary>Reads what officials and applicants write; everything wrong with it is told at once.</summary>
internal sealed class Input
{
    public const int Short = 200, Long = 4000;

    private static readonly TimeOnly EndOfDay = new(23, 59, 59);

    /// <summary>What is wrong so far; null when nothing is.</summary>
    public Error? Error { get; private set; }

    public void Wrong(string field, string vi, string en) => Error = DraftRules.Add(Error, field, vi, en);

    /// <summary>Words that must be there.</summary>
    public string Need(string field, string? value, int max = Long)
    {
        var text = value?.Trim() ?? "";
        if (text.Length == 0 || text.Length > max || !JsonInput.IsStorable(text))
            Wrong(field, $"Có từ 1 đến {max} ký tự.", $"Has 1 to {max} characters.");
        return text;
    }

    /// <summary>Words that may be there; null when they are not.</summary>
    public string? May(string field, string? value, int max = Long) => string.IsNullOrWhiteSpace(value) ? null : Need(field, value, max);

    /// <summary>The end of a day that is given or so many days from now, moved to a working day (Civil Code 91/2015, article 148.5).</summary>
    public DateTimeOffset Until(string field, DateOnly? day, DateTimeOffset now, int otherwise, int most, WorkCalendar calendar)
    {
        var today = LocalTime.Date(now);
        var last = day ?? today.AddDays(otherwise);
        if (last <= today || last > today.AddDays(most))
        {
            Wrong(field, $"Ngày phải sau hôm nay và trong vòng {most} ngày.", $"The day is after today and within {most} days.");
            last = today.AddDays(1);
        }
        return LocalTime.Instant(calendar.RollForward(last), EndOfDay);
    }
}

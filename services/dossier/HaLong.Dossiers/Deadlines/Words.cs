using System.Globalization;

namespace HaLong.Dossiers.Deadlines;

/// <summary>A text in both languages.</summary>
internal sealed record Words(string Vi, string En)
{
    private static readonly string[] Weekdays = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];

    /// <summary>thứ Tư 05/04/2023; Wed 5 Apr 2023.</summary>
    public static Words Day(DateOnly day) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Weekdays[(int)day.DayOfWeek]} {day:dd/MM/yyyy}"),
        string.Create(CultureInfo.InvariantCulture, $"{day:ddd d MMM yyyy}"));

    /// <summary>17:00 thứ Tư 05/04/2023; 17:00 on Wed 5 Apr 2023.</summary>
    public static Words Moment(long local)
    {
        var (day, time) = (Day(LocalTicks.Date(local)), new TimeOnly(LocalTicks.Time(local)).ToString("HH:mm", CultureInfo.InvariantCulture));
        return new Words($"{time} {day.Vi}", $"{time} on {day.En}");
    }

    /// <summary>15 ngày làm việc; 15 working days.</summary>
    public static Words Limit(TimeLimit limit)
    {
        var amount = limit.Amount.ToString("0.##", CultureInfo.InvariantCulture);
        var s = limit.Amount == 1 ? "" : "s";
        return limit.Unit switch
        {
            LimitUnit.WorkingDay => new($"{amount} ngày làm việc", $"{amount} working day{s}"),
            LimitUnit.HalfDay => new($"{amount} nửa ngày làm việc", $"{amount} half working day{s}"),
            LimitUnit.WorkingHour => new($"{amount} giờ làm việc", $"{amount} working hour{s}"),
            LimitUnit.CalendarDay => new($"{amount} ngày", $"{amount} day{s}"),
            LimitUnit.Month => new($"{amount} tháng", $"{amount} month{s}"),
            LimitUnit.Year => new($"{amount} năm", $"{amount} year{s}"),
            _ => new("trong ngày", "the same day"),
        };
    }

    /// <summary>Why a day is not worked, or that it is.</summary>
    public static Words Kind(DayKind kind, SpecialDay? row) => (kind, row) switch
    {
        (DayKind.Ordinary, _) => new("ngày làm việc", "working day"),
        (DayKind.Weekend, _) => new("cuối tuần", "weekend"),
        (DayKind.Holiday, { } r) => new($"nghỉ lễ: {r.NameVi}", $"holiday: {r.NameEn}"),
        (_, { } r) => new(r.NameVi, r.NameEn),
        _ => new(kind.Name(), kind.Name()),
    };
}

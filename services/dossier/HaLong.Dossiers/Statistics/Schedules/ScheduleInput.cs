using HaLong.Dossiers.Statistics.Files;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>What a person says about a schedule; of a change only what changes.</summary>
/// <param name="Report">Name of the report.</param>
/// <param name="Unit">This unit and those below it; absent: one's own, or all for who sees all.</param>
/// <param name="By">What its rows are grouped by, where the report has a choice.</param>
/// <param name="Rhythm">daily, weekly, monthly or quarterly.</param>
/// <param name="Weekday">Of a weekly one: 1 Monday to 7 Sunday; 1 unless said.</param>
/// <param name="Day">Of a monthly or quarterly one: 1 to 28; 1 unless said.</param>
/// <param name="Hour">0 to 23, local time; 7 unless said.</param>
/// <param name="Formats">csv, xlsx, pdf; xlsx unless said.</param>
/// <param name="Language">vi or en; vi unless said.</param>
/// <param name="Paused">Of a change: true lets it rest, false has it go on.</param>
internal sealed record ScheduleInput(
    string? Report, string? Unit, string? By, string? Rhythm, int? Weekday, int? Day, int? Hour, string[]? Formats, string? Language, bool? Paused)
{
    private const int LongestName = 60, LongestUnit = 20;

    /// <summary>Everything that is wrong, at once; null when nothing is.</summary>
    /// <param name="isNew">Report and rhythm are needed.</param>
    public Error? Defects(bool isNew)
    {
        Error? error = null;
        Check(Report is null ? isNew : Report.Length is 0 or > LongestName, "report", "Cần tên báo cáo.", "The name of a report is needed.");
        Check(Unit is { Length: 0 or > LongestUnit }, "unit", "Mã đơn vị không hợp lệ.", "The code of the unit is not valid.");
        Check(By is { Length: 0 or > LongestName }, "by", "Cách nhóm không hợp lệ.", "The grouping is not valid.");
        Check(Rhythm is null ? isNew : !Schedules.Rhythm.Kinds.Contains(Rhythm), "rhythm", "Nhịp là daily, weekly, monthly hoặc quarterly.",
            "A rhythm is daily, weekly, monthly or quarterly.");
        Check(Weekday is < 1 or > 7, "weekday", "Thứ từ 1 (thứ hai) đến 7 (chủ nhật).", "A weekday is 1 (Monday) to 7 (Sunday).");
        Check(Day is < 1 or > 28, "day", "Ngày từ 1 đến 28.", "A day is 1 to 28.");
        Check(Hour is < 0 or > 23, "hour", "Giờ từ 0 đến 23.", "An hour is 0 to 23.");
        Check(
            Formats is not null && (Formats.Length == 0 || Formats.Distinct().Count() != Formats.Length || Formats.Except(ReportFile.Formats).Any()),
            "formats", "Định dạng gồm csv, xlsx, pdf, mỗi loại một lần.", "Formats are csv, xlsx and pdf, each once.");
        Check(Language is not (null or ReportWords.Vi or ReportWords.En), "language", "Ngôn ngữ là vi hoặc en.", "The language is vi or en.");
        return error;

        void Check(bool wrong, string field, string vi, string en)
        {
            if (wrong)
                error = (error ?? ReportFileErrors.BadSchedule).WithField(field, vi, en);
        }
    }

    /// <summary>Puts what is said into the schedule; what a rhythm has no use for is not kept.</summary>
    public void Fill(ReportSchedule schedule)
    {
        schedule.Report = Report ?? schedule.Report;
        schedule.Unit = Unit ?? schedule.Unit;
        schedule.By = By ?? schedule.By;
        schedule.Kind = Rhythm ?? schedule.Kind;
        schedule.Weekday = schedule.Kind == Schedules.Rhythm.Weekly ? Weekday ?? schedule.Weekday ?? 1 : null;
        schedule.Day = schedule.Kind is Schedules.Rhythm.Monthly or Schedules.Rhythm.Quarterly ? Day ?? schedule.Day ?? 1 : null;
        schedule.Hour = Hour ?? schedule.Hour;
        schedule.Formats = Formats ?? schedule.Formats;
        schedule.Language = Language ?? schedule.Language;
    }
}

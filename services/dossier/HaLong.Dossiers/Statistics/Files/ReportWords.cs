using System.Globalization;
using HaLong.Dossiers.Statistics.Reports;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Files;

/// <summary>How people read reports, in one of the two languages.</summary>
internal sealed class ReportWords
{
    public const string Vi = "vi", En = "en";

    private static readonly NumberFormatInfo Comma = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };
    private static readonly ReportWords Vietnamese = new(false), English = new(true);

    private readonly bool english;

    private ReportWords(bool english) => this.english = english;

    /// <summary>vi or en.</summary>
    public string Language => english ? En : Vi;

    public static ReportWords In(string language) => language == En ? English : Vietnamese;

    public string Say(string vi, string en) => english ? en : vi;

    public string Title(ReportTable table) => Say(table.TitleVi, table.TitleEn);

    public string Head(ReportColumn column) => Say(column.Vi, column.En);

    public string Period(DateOnly from, DateOnly to) => from == to ? Say($"Ngày {Day(from)}", Day(from))
        : Say($"Từ {Day(from)} đến {Day(to)}", $"{Day(from)} to {Day(to)}");

    /// <summary>When it was made, in local time.</summary>
    public string MadeAt(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, LocalTime.Zone);
        return Say($"Lập lúc {Clock(local)} ngày {local.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)}", $"Made at {Clock(local)} on {local.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}");
    }

    /// <summary>A figure as people read it; nothing is a dash.</summary>
    public string Show(object? value, ReportFormat format) => value switch
    {
        null => "–",
        DateOnly day => Day(day),
        IFormattable number when format != ReportFormat.Text => number.ToString(Pattern(format), english ? CultureInfo.InvariantCulture
            : Comma) + (format == ReportFormat.Percent ? "%" : ""),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private string Day(DateOnly day) => day.ToString(english ? "d MMMM yyyy" : "dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string Clock(DateTimeOffset local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Pattern(ReportFormat format) => format switch
    {
        ReportFormat.Percent => "0.##",
        ReportFormat.Days => "#,##0.#",
        _ => "#,##0",
    };
}

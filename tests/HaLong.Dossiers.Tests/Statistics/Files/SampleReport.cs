using HaLong.Dossiers.Statistics.Reports;

namespace HaLong.Dossiers.Tests.Statistics.Files;

/// <summary>A report with every kind of column.</summary>
internal static class SampleReport
{
    public static readonly DateTimeOffset MadeAt = new(2026, 4, 1, 0, 30, 0, TimeSpan.Zero);

    public static readonly ReportColumn[] Columns =
    [
        new("unit", "Đơn vị", "Unit", ReportFormat.Text), new("received", "Tiếp nhận", "Received", ReportFormat.Count),
        new("share", "Tỷ lệ số hóa", "Share digitised", ReportFormat.Percent), new("days", "Số ngày", "Days", ReportFormat.Days),
        new("paid", "Phí, lệ phí", "Fees", ReportFormat.Money), new("last", "Ngày gần nhất", "Last day", ReportFormat.Date),
    ];

    public static object?[] Row(string unit = "Phường Hạ Long") => [unit, 8059L, 99.72m, 3.25, 1_250_000L, new DateOnly(2026, 3, 31)];

    public static ReportTable Of(params IReadOnlyList<object?>[] rows) => new(
        "sample", "Báo cáo số hóa hồ sơ", "Report on digitisation", new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), Columns, rows,
        ["Tổng cộng", 16118L, 99.7m, null, 2_500_000L, null], [("Tỷ lệ trên hồ sơ có thành phần.", "Share of dossiers with components.")]);
}

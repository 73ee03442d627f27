using System.Globalization;
using HaLong.Dossiers.Register.Xlsx;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Register;

/// <summary>The register as a spreadsheet: Vietnamese headings, dates as dates, A4 landscape when printed.</summary>
internal static class RegisterSheet
{
    private static readonly (string Title, int Width)[] Columns =
    [
        ("TT", 6), ("Quyển", 7), ("Mã hồ sơ", 28), ("Mã thủ tục", 12), ("Tên thủ tục hành chính", 45), ("Số bộ", 6), ("Chủ hồ sơ", 28), ("Địa chỉ", 32), ("Số điện thoại", 14),
        ("Cơ quan giải quyết", 26), ("Ngày nhận", 17), ("Ngày hẹn trả", 17), ("Ngày có kết quả", 17), ("Ngày trả", 17), ("Phương thức nhận kết quả", 14), ("Ký nhận", 22), ("Ghi chú", 24),
    ];

    public static async Task WriteAsync(Stream to, RegisterQuery query, IAsyncEnumerable<List<RegisterRow>> chunks, DateTimeOffset now, CancellationToken ct)
    {
        var year = query.Year.ToString(CultureInfo.InvariantCulture);
        await using var book = await XlsxWriter.BeginAsync(
            to,
            new XlsxSheet(
                "Sổ theo dõi hồ sơ",
                $"Sổ theo dõi hồ sơ năm {year}, đơn vị {query.Unit} / Register of dossiers {year}, unit {query.Unit}",
                "Hồ sơ đã tiếp nhận, theo thứ tự tiếp nhận / Accepted dossiers in the order of their acceptance", "HaLongServices", now, Columns),
            ct);
        await foreach (var rows in chunks.WithCancellation(ct))
        {
            foreach (var row in rows)
                book.Row(
                    Cell.Of(row.Number), Cell.Of(row.Book), Cell.Of(row.Code), Cell.Of(row.ProcedureCode), Cell.Of(row.ProcedureName), Cell.Of(row.Sets), Cell.Of(row.Owner),
                    Cell.Of(row.Address), Cell.Of(row.Phone), Cell.Of(row.Agency), Local(row.AcceptedAt), Local(row.DueAt), Local(row.ResolvedAt), Local(row.ReturnedAt),
                    Cell.Of(row.MethodName), Cell.Of(row.ReturnedTo), Cell.Of(row.Note));
            await book.FlushAsync(ct);
        }
    }

    private static Cell Local(DateTimeOffset? at) => at is { } moment ? Cell.Of(TimeZoneInfo.ConvertTime(moment, LocalTime.Zone).DateTime) : Cell.Of((string?)null);
}

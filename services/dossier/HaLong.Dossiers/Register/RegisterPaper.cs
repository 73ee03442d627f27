using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Papers;
using HaLong.Papers;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Register;

/// <summary>The register on A4, across: an extract on demand, or a closed book with its closing page.</summary>
internal static class RegisterPaper
{
    private const float Small = 7, Normal = 10, QrSide = 120;

    private static readonly Column[] Columns =
    [
        new("TT", 0.035f, Align.Center), new("Mã hồ sơ", 0.105f), new("Tên thủ tục hành chính", 0.145f), new("Số bộ", 0.03f, Align.Center), new("Chủ hồ sơ", 0.09f),
        new("Địa chỉ, số điện thoại", 0.10f), new("Cơ quan giải quyết", 0.085f), new("Ngày nhận", 0.065f, Align.Center), new("Hẹn trả", 0.065f, Align.Center),
        new("Trả kết quả", 0.065f, Align.Center), new("Phương thức nhận kết quả", 0.065f), new("Ký nhận", 0.075f), new("Ghi chú", 0.075f),
    ];

    /// <summary>Part of a register, as it stands.</summary>
    public static byte[] Extract(RegisterQuery query, IReadOnlyList<RegisterRow> rows, DateTimeOffset now)
    {
        var year = query.Year.ToString(CultureInfo.InvariantCulture);
        return PdfSheet.Render(Paper.A4Landscape, $"Sổ theo dõi hồ sơ {query.Unit} năm {year}", query.Unit, now, sheet =>
        {
            Head(sheet, query.Unit, year, null, now);
            sheet.Text($"Bản trích, lập {FormWords.Moment(now)}; không thay cho sổ đã khóa.", Normal, align: Align.Center);
            sheet.Space(8);
            Rows(sheet, rows);
        }, numbered: true);
    }

    /// <summary>A whole book, to be sealed.</summary>
    public static byte[] Book(RegisterBook book, IReadOnlyList<RegisterRow> rows, string qr)
    {
        var closed = book.ClosedAt!.Value;
        return PdfSheet.Render(Paper.A4Landscape, $"Sổ theo dõi hồ sơ {book.Code}", book.UnitNameVi, closed, sheet =>
        {
            Head(sheet, book.UnitNameVi, book.Year.ToString(CultureInfo.InvariantCulture), book.Number, closed);
            sheet.Space(8);
            Rows(sheet, rows);
            Closing(sheet, book, qr);
        }, numbered: true);
    }

    private static void Head(PdfSheet sheet, string unit, string year, int? number, DateTimeOffset at)
    {
        var form = PaperForm.Number(PaperForm.Register, Regime.On(LocalTime.Date(at)));
        sheet.Text($"Mẫu số {form}", 9, align: Align.Right);
        sheet.Text(unit.ToUpper(CultureInfo.GetCultureInfo("vi-VN")), 11, true, Align.Center);
        sheet.Space(4);
        sheet.Text("SỔ THEO DÕI HỒ SƠ", 16, true, Align.Center);
        sheet.Text(number is { } book ? $"Năm {year} – Quyển số {book:00}" : $"Năm {year}", 12, align: Align.Center);
    }

    private static void Rows(PdfSheet sheet, IReadOnlyList<RegisterRow> rows) => sheet.Table(Columns, [.. rows.Select(Cells)], Small);

    private static string[] Cells(RegisterRow row) =>
    [
        row.Number.ToString("00", CultureInfo.InvariantCulture), row.Code, $"{row.ProcedureName} ({row.ProcedureCode})", row.Sets.ToString("00", CultureInfo.InvariantCulture),
        row.Owner, string.Join("; ", new[] { row.Address, row.Phone }.OfType<string>()), row.Agency, Day(row.AcceptedAt), Day(row.DueAt), Day(row.ReturnedAt ?? row.ResolvedAt),
        row.MethodName, row.ReturnedTo ?? "", row.Note ?? "",
    ];

    private static void Closing(PdfSheet sheet, RegisterBook book, string qr)
    {
        var link = qr.Split('#')[0];
        sheet.EnsureRoom(QrSide + 70);
        sheet.Space(10);
        sheet.Text($"Quyển sổ này có {book.Last - book.First + 1} hồ sơ, từ số {book.First:00} đến số {book.Last:00}, không có số bỏ trống; khóa lúc {FormWords.Moment(book.ClosedAt!.Value)}.", Normal);
        sheet.Space(6);
        var top = sheet.Y;
        sheet.Qr(qr, sheet.Left, top, QrSide);
        var middle = sheet.Left + sheet.Width * 0.6f;
        sheet.Text("NGƯỜI KHÓA SỔ", Normal, true, Align.Center, middle, sheet.Right);
        sheet.Text("(ký số)", 9, align: Align.Center, left: middle, right: sheet.Right);
        sheet.Space(40);
        sheet.Text(book.ClosedByName ?? "", Normal, true, Align.Center, middle, sheet.Right);
        sheet.Y = Math.Max(sheet.Y, top + QrSide + 4);
        sheet.Text($"Kiểm tra sổ này: {link}", 8);
    }

    private static DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, LocalTime.Zone).DateTime;

    private static string Day(DateTimeOffset? at) => at is { } moment ? Local(moment).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) : "";
}

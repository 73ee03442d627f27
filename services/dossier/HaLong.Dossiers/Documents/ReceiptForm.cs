using System.Globalization;
using SkiaSharp;

namespace HaLong.Dossiers.Documents;

/// <summary>What form 01 shows. Times are local.</summary>
/// <param name="Rows">Documents filed: name, originals, copies, electronic.</param>
internal sealed record Receipt(
    string Code, string UnitName, string ProcedureName, string Subject, string OwnerName, string Channel,
    IReadOnlyList<ReceiptRow> Rows, string TimeLimit, bool TimeLimitAssumed, DateTime ReceivedAt, DateTime DueAt,
    string ReceiverName, string LookUpUrl);

/// <summary>A component as filed.</summary>
internal sealed record ReceiptRow(string Name, int Originals, int Copies, int Electronic);

/// <summary>Form 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả, on A5.</summary>
internal static class ReceiptForm
{
    private const float Small = 8;
    private const float Normal = 8.5f;

    private static readonly Column[] Columns =
    [
        new("TT", 0.08f, SKTextAlign.Center), new("Tên giấy tờ", 0.50f), new("Bản chính", 0.14f, SKTextAlign.Center),
        new("Bản sao", 0.12f, SKTextAlign.Center), new("Bản điện tử", 0.16f, SKTextAlign.Center),
    ];

    public static byte[] Render(Receipt receipt, DateTimeOffset at) =>
        PdfSheet.Render(Paper.A5, $"Giấy tiếp nhận hồ sơ và hẹn trả kết quả {receipt.Code}", receipt.UnitName, at, sheet => Write(sheet, receipt));

    /// <summary>19 giờ 05 phút, ngày 23 tháng 11 năm 2026.</summary>
    public static string Moment(DateTime at) => string.Create(CultureInfo.InvariantCulture, $"{at:HH} giờ {at:mm} phút, {Day(at)}");

    public static string Day(DateTime at) => string.Create(CultureInfo.InvariantCulture, $"ngày {at:dd} tháng {at:MM} năm {at:yyyy}");

    private static void Write(PdfSheet sheet, Receipt receipt)
    {
        sheet.SideBySide(
            (left, right) =>
            {
                sheet.Text("BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ", Small, align: SKTextAlign.Center, left: left, right: right);
                sheet.Text(receipt.UnitName.ToUpper(CultureInfo.GetCultureInfo("vi-VN")), Small, true, SKTextAlign.Center, left, right);
                sheet.Rule(left, right, 50);
                sheet.Text($"Số: {receipt.Code}", Small, align: SKTextAlign.Center, left: left, right: right);
            },
            (left, right) =>
            {
                sheet.Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Small, true, SKTextAlign.Center, left, right);
                sheet.Text("Độc lập - Tự do - Hạnh phúc", Small, true, SKTextAlign.Center, left, right);
                sheet.Rule(left, right, 90);
                sheet.Text(Day(receipt.ReceivedAt), Small, align: SKTextAlign.Center, left: left, right: right);
            },
            0.45f);
        sheet.Space(8);
        sheet.Text("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", 11, true, SKTextAlign.Center);
        sheet.Text($"Mã hồ sơ: {receipt.Code}", Normal, true, SKTextAlign.Center);
        sheet.Space(4);

        var top = sheet.Y;
        const float Side = 66;
        sheet.Qr(receipt.LookUpUrl, sheet.Right - Side, top, Side);
        var right = sheet.Right - Side - 8;
        sheet.Text($"Bộ phận tiếp nhận và trả kết quả: {receipt.UnitName}", Normal, right: right);
        sheet.Text($"Tiếp nhận hồ sơ của: {receipt.OwnerName}", Normal, right: right);
        sheet.Text($"Hình thức nộp: {ChannelName(receipt.Channel)}", Normal, right: right);
        sheet.Text($"Nội dung yêu cầu giải quyết: {receipt.Subject}", Normal, right: right);
        sheet.Y = Math.Max(sheet.Y, top + Side + 4);
        sheet.Text($"Thủ tục hành chính: {receipt.ProcedureName}", Normal);
        sheet.Space(3);

        sheet.Text("Thành phần hồ sơ nộp gồm:", Normal, true);
        sheet.Table(Columns, [.. receipt.Rows.Select((row, i) => (string[])
            [Number(i + 1), row.Name, Number(row.Originals), Number(row.Copies), Number(row.Electronic)])], Small);
        sheet.Space(4);

        sheet.Text("Số lượng hồ sơ: 01 (bộ)", Normal);
        sheet.Text($"Thời gian giải quyết hồ sơ theo quy định: {receipt.TimeLimit}{(receipt.TimeLimitAssumed ? " (giả định)" : "")}", Normal);
        sheet.Text($"Thời gian nhận hồ sơ: {Moment(receipt.ReceivedAt)}", Normal);
        sheet.Text($"Thời gian trả kết quả giải quyết hồ sơ: {Moment(receipt.DueAt)}", Normal, true);
        sheet.Text("Đăng ký nhận kết quả: trực tuyến, trong kho kết quả điện tử của người nộp", Normal);
        sheet.Text($"Tra cứu tình trạng hồ sơ: {receipt.LookUpUrl}", Normal);
        sheet.Space(8);
        sheet.EnsureRoom(60);
        sheet.SideBySide(
            (left, edge) => Signature(sheet, left, edge, "NGƯỜI NỘP HỒ SƠ", receipt.OwnerName),
            (left, edge) => Signature(sheet, left, edge, "NGƯỜI TIẾP NHẬN HỒ SƠ", receipt.ReceiverName));
    }

    private static void Signature(PdfSheet sheet, float left, float right, string title, string name)
    {
        sheet.Text(title, Small, true, SKTextAlign.Center, left, right);
        sheet.Space(22);
        sheet.Text(name, Normal, align: SKTextAlign.Center, left: left, right: right);
    }

    private static string ChannelName(string channel) => channel switch
    {
        "online" => "trực tuyến",
        "assisted" => "trực tuyến, có người hỗ trợ",
        "counter" => "trực tiếp",
        "post" => "qua bưu chính công ích",
        _ => channel,
    };

    private static string Number(int value) => value.ToString("00", CultureInfo.InvariantCulture);
}

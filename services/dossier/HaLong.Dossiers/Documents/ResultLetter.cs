using System.Globalization;
using SkiaSharp;

namespace HaLong.Dossiers.Documents;

/// <summary>What the result says. Times are local.</summary>
/// <param name="Qr">Text of its QR code.</param>
internal sealed record ResultText(
    string Code, string UnitName, string ProcedureCode, string ProcedureName, string Subject, string OwnerName,
    string Decision, string ApproverName, DateTime AcceptedAt, DateTime ApprovedAt, string Qr = "")
{
    /// <summary>The link of the QR code, without the statement.</summary>
    public string Link => Qr.Split('#')[0];
}

/// <summary>The result of a dossier as a decision letter on A4: says what was decided and nothing that is not known.</summary>
internal static class ResultLetter
{
    public static byte[] Render(ResultText result, DateTimeOffset at) =>
        PdfSheet.Render(Paper.A4, $"Kết quả giải quyết hồ sơ {result.Code}", result.UnitName, at, sheet => Write(sheet, result));

    private static void Write(PdfSheet sheet, ResultText result)
    {
        sheet.SideBySide(
            (left, right) =>
            {
                sheet.Text(result.UnitName.ToUpper(CultureInfo.GetCultureInfo("vi-VN")), 11, true, SKTextAlign.Center, left, right);
                sheet.Rule(left, right, 60);
                sheet.Text($"Số: {result.Code}", 10, align: SKTextAlign.Center, left: left, right: right);
            },
            (left, right) =>
            {
                sheet.Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, true, SKTextAlign.Center, left, right);
                sheet.Text("Độc lập - Tự do - Hạnh phúc", 11, true, SKTextAlign.Center, left, right);
                sheet.Rule(left, right, 130);
                sheet.Text(ReceiptForm.Day(result.ApprovedAt), 10, align: SKTextAlign.Center, left: left, right: right);
            },
            0.42f);
        sheet.Space(24);
        sheet.Text("KẾT QUẢ GIẢI QUYẾT HỒ SƠ", 16, true, SKTextAlign.Center);
        sheet.Text("thủ tục hành chính", 12, align: SKTextAlign.Center);
        sheet.Space(16);

        sheet.Text($"Mã hồ sơ: {result.Code}", 11, true);
        sheet.Text($"Thủ tục hành chính: {result.ProcedureName} (mã {result.ProcedureCode})", 11);
        sheet.Text($"Người nộp hồ sơ: {result.OwnerName}", 11);
        sheet.Text($"Nội dung yêu cầu: {result.Subject}", 11);
        sheet.Text($"Tiếp nhận lúc: {ReceiptForm.Moment(result.AcceptedAt)}", 11);
        sheet.Space(12);
        sheet.Text("QUYẾT ĐỊNH:", 12, true, SKTextAlign.Center);
        sheet.Space(4);
        sheet.Text(result.Decision, 11);
        sheet.Space(12);
        sheet.Text($"Phê duyệt lúc: {ReceiptForm.Moment(result.ApprovedAt)}.", 11);
        sheet.Space(24);

        sheet.EnsureRoom(160);
        var top = sheet.Y;
        const float Side = 120;
        sheet.Qr(result.Qr, sheet.Left, top, Side);
        var middle = sheet.Left + sheet.Width * 0.5f;
        sheet.Text("NGƯỜI PHÊ DUYỆT", 11, true, SKTextAlign.Center, middle, sheet.Right);
        sheet.Text("(ký số)", 10, align: SKTextAlign.Center, left: middle, right: sheet.Right);
        sheet.Space(40);
        sheet.Text(result.ApproverName, 11, true, SKTextAlign.Center, middle, sheet.Right);
        sheet.Y = Math.Max(sheet.Y, top + Side + 6);
        sheet.Text($"Kiểm tra giấy này: {result.Link}", 9);
    }
}

using HaLong.Papers;

namespace HaLong.Dossiers.Papers;

/// <summary>What the result says.</summary>
internal sealed record ResultText(
    string Code, string UnitName, string ProcedureCode, string ProcedureName, string Subject, string OwnerName,
    string Decision, string ApproverName, DateTimeOffset AcceptedAt, DateTimeOffset ApprovedAt);

/// <summary>The result of a dossier as a decision letter on A4: says what was decided and nothing that is not known.</summary>
internal static class ResultLetter
{
    public static byte[] Render(ResultText result, string qrText) => PdfSheet.Render(
        Paper.A4, $"Kết quả giải quyết hồ sơ {result.Code}", result.UnitName, result.ApprovedAt, sheet => Write(sheet, result, qrText));

    private static void Write(PdfSheet sheet, ResultText result, string qrText)
    {
        sheet.SideBySide(
            (left, right) =>
            {
                sheet.Text(FormWords.Upper(result.UnitName), 11, true, Align.Center, left, right);
                sheet.Rule(left, right, 60);
                sheet.Text($"Số: {result.Code}", 10, align: Align.Center, left: left, right: right);
            },
            (left, right) =>
            {
                sheet.Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, true, Align.Center, left, right);
                sheet.Text("Độc lập - Tự do - Hạnh phúc", 11, true, Align.Center, left, right);
                sheet.Rule(left, right, 130);
                sheet.Text(FormWords.Day(result.ApprovedAt), 10, align: Align.Center, left: left, right: right);
            },
            0.42f);
        sheet.Space(24);
        sheet.Heading("KẾT QUẢ GIẢI QUYẾT HỒ SƠ", 16);
        sheet.Text("thủ tục hành chính", 12, align: Align.Center);
        sheet.Space(16);

        sheet.Text($"Mã hồ sơ: {result.Code}", 11, true);
        sheet.Text($"Thủ tục hành chính: {result.ProcedureName} (mã {result.ProcedureCode})", 11);
        sheet.Text($"Người nộp hồ sơ: {result.OwnerName}", 11);
        sheet.Text($"Nội dung yêu cầu: {result.Subject}", 11);
        sheet.Text($"Tiếp nhận lúc: {FormWords.Moment(result.AcceptedAt)}", 11);
        sheet.Space(12);
        sheet.Text("QUYẾT ĐỊNH:", 12, true, Align.Center);
        sheet.Space(4);
        sheet.Text(result.Decision, 11);
        sheet.Space(12);
        sheet.Text($"Phê duyệt lúc: {FormWords.Moment(result.ApprovedAt)}.", 11);
        sheet.Space(24);

        sheet.EnsureRoom(150);
        var top = sheet.Y;
        sheet.Qr(qrText, sheet.Left, top, PdfSheet.QrSide);
        var middle = sheet.Left + sheet.Width * 0.5f;
        sheet.Text("NGƯỜI PHÊ DUYỆT", 11, true, Align.Center, middle, sheet.Right);
        sheet.Text("(ký số)", 10, align: Align.Center, left: middle, right: sheet.Right);
        sheet.Space(40);
        sheet.Text(result.ApproverName, 11, true, Align.Center, middle, sheet.Right);
        sheet.Y = Math.Max(sheet.Y, top + PdfSheet.QrSide + 6);
        sheet.Text($"Kiểm tra giấy này: {qrText.Split('#')[0]}", 9);
    }
}

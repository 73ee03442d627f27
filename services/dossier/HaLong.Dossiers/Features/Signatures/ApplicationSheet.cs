using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Verification;
using HaLong.Papers;

namespace HaLong.Dossiers.Features.Signatures;

/// <summary>An application as the applicant signs it, on A4: all that the draft says, and the hash of it. The same draft gives the same bytes.</summary>
internal static class ApplicationSheet
{
    public static byte[] Render(Dossier draft, string title, IReadOnlyList<ApplicationLine> lines) => PdfSheet.Render(
        Paper.A4, $"{title} - {draft.ProcedureCode}", draft.OwnerName, draft.UpdatedAt, sheet => Write(sheet, draft, title, lines));

    private static void Write(PdfSheet sheet, Dossier draft, string title, IReadOnlyList<ApplicationLine> lines)
    {
        sheet.Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, true, Align.Center);
        sheet.Text("Độc lập - Tự do - Hạnh phúc", 11, true, Align.Center);
        sheet.Rule(sheet.Left, sheet.Right, 130);
        sheet.Space(16);
        sheet.Heading(FormWords.Upper(title), 15);
        sheet.Text($"Kính gửi: {draft.UnitNameVi}", 12, align: Align.Center);
        sheet.Space(12);
        sheet.Text($"Thủ tục hành chính: {draft.ProcedureNameVi} (mã {draft.ProcedureCode})", 11);
        sheet.Text($"Người nộp hồ sơ: {draft.OwnerName}", 11);
        sheet.Text($"Nội dung yêu cầu: {draft.Subject}", 11);
        foreach (var line in lines)
        {
            if (line.Value is null)
                sheet.Space(8);
            sheet.Text(line.Value is null ? line.Label : $"{line.Label}: {line.Value}", 11, line.Value is null, tag: line.Value is null ? "H2" : "P");
        }
        sheet.Space(16);
        sheet.Text("Tôi chịu trách nhiệm trước pháp luật về nội dung kê khai.", 11);
        sheet.Space(16);
        sheet.EnsureRoom(90);
        var middle = sheet.Left + sheet.Width * 0.5f;
        sheet.Text("NGƯỜI NỘP HỒ SƠ", 11, true, Align.Center, middle, sheet.Right);
        sheet.Text("(ký số)", 10, align: Align.Center, left: middle, right: sheet.Right);
        sheet.Space(30);
        sheet.Text(draft.OwnerName, 11, true, Align.Center, middle, sheet.Right);
        sheet.Space(16);
        sheet.Text($"Mã băm SHA-256 của dữ liệu kê khai: {PaperStatements.HashOfJson(draft.Data)}", 8);
    }
}

using HaLong.Papers;

namespace HaLong.Dossiers.Papers.Kinds;

/// <summary>Form 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.</summary>
internal static class SupplementPaper
{
    public static void Write(PdfSheet sheet, FormSheet form)
    {
        FormParts.Head(sheet, form);
        FormParts.About(sheet, form);
        sheet.Space(3);
        sheet.Text("Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:", FormParts.Normal, true);
        sheet.Table(
            [new("TT", 0.08f, Align.Center), new("Nội dung cần bổ sung, hoàn thiện", 0.46f), new("Lý do", 0.46f)],
            [.. (form.Data.Items ?? []).Select(i => (string[])[FormWords.Number(i.Number), i.Name, i.Reason])],
            FormParts.Small);
        sheet.Space(4);
        FormParts.Line(sheet, "Căn cứ pháp lý", form.Data.LegalBasis);
        FormParts.Line(sheet, "Đề nghị bổ sung trước", form.Data.Deadline is { } deadline ? FormWords.Moment(deadline) : null, bold: true);
        FormParts.Line(sheet, "Cán bộ liên hệ, hướng dẫn", $"{form.Data.Officer}, {form.Data.Agency}");
        FormParts.Foot(sheet, form, ("Người yêu cầu", form.Data.Officer));
    }
}

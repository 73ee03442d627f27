using HaLong.Papers;

namespace HaLong.Dossiers.Papers.Kinds;

/// <summary>Form 03: Phiếu từ chối tiếp nhận, giải quyết hồ sơ.</summary>
internal static class RefusalPaper
{
    public static void Write(PdfSheet sheet, FormSheet form)
    {
        FormParts.Head(sheet, form);
        FormParts.About(sheet, form);
        FormParts.Dates(sheet, form);
        FormParts.Grounds(sheet, form, "Lý do từ chối");
        FormParts.Line(sheet, "Cán bộ liên hệ, hướng dẫn", $"{form.Data.Officer}, {form.Data.Agency}");
        sheet.Text("Xin thông báo để ông, bà, tổ chức được biết và thực hiện.", FormParts.Normal);
        FormParts.Foot(sheet, form, ("Người nộp hồ sơ", form.Data.Owner), ("Người từ chối", form.Data.Officer));
    }
}

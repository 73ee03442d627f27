using HaLong.Papers;

namespace HaLong.Dossiers.Papers.Kinds;

/// <summary>Thông báo dừng giải quyết hồ sơ: form 05 since 2025, without a number before.</summary>
internal static class StopPaper
{
    public static void Write(PdfSheet sheet, FormSheet form)
    {
        FormParts.Head(sheet, form);
        FormParts.About(sheet, form);
        FormParts.Dates(sheet, form);
        FormParts.Grounds(sheet, form, "Lý do dừng giải quyết");
        FormParts.Line(sheet, "Dừng giải quyết từ", FormWords.Moment(form.Form.CreatedAt), bold: true);
        FormParts.Line(sheet, "Cán bộ liên hệ, hướng dẫn", $"{form.Data.Officer}, {form.Data.Agency}");
        FormParts.Foot(sheet, form, ("Thủ trưởng cơ quan, đơn vị", form.Data.Officer));
    }
}

using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Papers;

namespace HaLong.Dossiers.Papers.Kinds;

/// <summary>Form 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả.</summary>
internal static class ReceiptPaper
{
    public static void Write(PdfSheet sheet, FormSheet form)
    {
        FormParts.Head(sheet, form);
        var place = $"{FormLook.OneStop(form.Form.Regime)} {form.Data.Agency}";
        FormParts.Line(sheet, "Tiếp nhận tại", place);
        FormParts.About(sheet, form);
        sheet.Space(3);
        sheet.Text("Thành phần hồ sơ nộp gồm:", FormParts.Normal, true);
        Components(sheet, form.Data.Components ?? []);
        sheet.Space(4);
        FormParts.Line(sheet, "Số lượng hồ sơ", $"{FormWords.Number(form.Data.Sets)} (bộ)");
        FormParts.Dates(sheet, form);
        FormParts.Line(sheet, "Nơi trả kết quả", $"trực tuyến, trong kho kết quả điện tử của người nộp, hoặc tại {place}");
        FormParts.Foot(sheet, form, ("Người nộp hồ sơ", form.Data.Owner), ("Người tiếp nhận hồ sơ", form.Data.Officer));
    }

    /// <summary>The documents that were filed.</summary>
    public static void Components(PdfSheet sheet, IReadOnlyList<FormComponent> components) => sheet.Table(
        [
            new("TT", 0.08f, Align.Center), new("Tên giấy tờ", 0.50f), new("Bản chính", 0.14f, Align.Center), new("Bản sao", 0.12f, Align.Center),
            new("Bản điện tử", 0.16f, Align.Center),
        ],
        [.. components.Select(c => (string[])
            [FormWords.Number(c.Number), c.Name, FormWords.Number(c.Originals), FormWords.Number(c.Copies), FormWords.Number(c.Electronic)])],
        FormParts.Small);
}

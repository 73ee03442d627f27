using HaLong.Papers;

namespace HaLong.Dossiers.Papers.Kinds;

/// <summary>Phiếu kiểm soát quá trình giải quyết hồ sơ: who gave the dossier to whom, from reception to the end. Form 05, since 2025 form 06.</summary>
internal static class ControlPaper
{
    public static void Write(PdfSheet sheet, FormSheet form)
    {
        FormParts.Head(sheet, form);
        FormParts.About(sheet, form);
        FormParts.Dates(sheet, form);
        if (form.Data.Components is { Count: > 0 } components)
        {
            sheet.Space(3);
            sheet.Text("Thành phần hồ sơ:", FormParts.Normal, true);
            ReceiptPaper.Components(sheet, components);
        }
        sheet.Space(3);
        sheet.Text("Quá trình giao, nhận hồ sơ:", FormParts.Normal, true);
        sheet.Table(
            [
                new("TT", 0.07f, Align.Center), new("Bên giao", 0.21f), new("Bên nhận", 0.21f), new("Thời gian giao, nhận", 0.17f, Align.Center),
                new("Kết quả", 0.12f, Align.Center), new("Ghi chú", 0.22f),
            ],
            [.. form.Content.HandOvers.Select((row, i) => (string[])
                [FormWords.Number(i + 1), row.From, row.To, FormWords.Short(row.At), FormWords.Outcome(row.Result), row.Note ?? ""])],
            FormParts.Small);
        sheet.Space(4);
        FormParts.Foot(sheet, form, ("Cơ quan giải quyết hồ sơ", form.Data.Agency));
    }
}

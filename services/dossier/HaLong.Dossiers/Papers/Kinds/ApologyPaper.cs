using HaLong.Dossiers.Domain;
using HaLong.Papers;

namespace HaLong.Dossiers.Papers.Kinds;

/// <summary>Form 04: Phiếu xin lỗi và hẹn lại ngày trả kết quả; since 2025 also the request to extend.</summary>
internal static class ApologyPaper
{
    public static void Write(PdfSheet sheet, FormSheet form)
    {
        FormParts.Head(sheet, form);
        sheet.Text($"Kính gửi: {form.Data.Owner}", FormParts.Normal, true);
        FormParts.About(sheet, form);
        FormParts.Dates(sheet, form);
        FormParts.Grounds(sheet, form, "Đến nay chưa giải quyết xong, lý do");
        sheet.Space(3);
        sheet.Text($"{form.Data.Agency} xin lỗi ông, bà, tổ chức về sự chậm trễ này.", FormParts.Normal);
        FormParts.Line(
            sheet, form.Form.Regime == Regime.Oss2018 ? "Hẹn lại thời gian trả kết quả" : "Đề nghị gia hạn và hẹn trả kết quả vào",
            form.Data.NewDueAt is { } due ? FormWords.Moment(due) : null, bold: true);
        FormParts.Foot(sheet, form, ("Thủ trưởng cơ quan, đơn vị", form.Data.Officer));
    }
}

using HaLong.Papers;

namespace HaLong.Dossiers.Papers;

/// <summary>What all forms share: head, lines with what somebody filled in, foot.</summary>
internal static class FormParts
{
    public const float Normal = 8.5f, Small = 8;
    private const float Tiny = 7, Gap = 8, SignatureRoom = 22;

    /// <summary>Circular, agency and nation, place and date, heading, code.</summary>
    public static void Head(PdfSheet sheet, FormSheet form)
    {
        if (FormLook.Source(form.Form.Number, form.Form.Regime) is { } source)
            sheet.Text(source, Tiny, align: Align.Right);
        sheet.SideBySide(
            (left, right) =>
            {
                sheet.Text(FormWords.Upper(form.Data.Agency), Small, align: Align.Center, left: left, right: right);
                sheet.Text(FormWords.Upper(FormLook.OneStop(form.Form.Regime)), Small, true, Align.Center, left, right);
                sheet.Rule(left, right, 50);
                sheet.Text($"Số: {form.Number}", Small, align: Align.Center, left: left, right: right);
            },
            (left, right) =>
            {
                sheet.Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Small, true, Align.Center, left, right);
                sheet.Text("Độc lập - Tự do - Hạnh phúc", Small, true, Align.Center, left, right);
                sheet.Rule(left, right, 90);
                sheet.Text($"{form.Data.Agency}, {FormWords.Day(form.Form.CreatedAt)}", Small, align: Align.Center, left: left, right: right);
            },
            0.45f);
        sheet.Space(Gap);
        sheet.Heading(FormWords.Upper(FormLook.Title(form.Form.Kind, form.Form.Regime)), 11);
        sheet.Text($"Mã hồ sơ: {form.Data.Code}", Normal, true, Align.Center);
        if (form.Draft)
            sheet.Text("BẢN NHÁP - chưa ký số, hồ sơ đang được giải quyết", Normal, true, Align.Center);
        sheet.Space(4);
    }

    /// <summary>Whose dossier about what; what is not known has no line.</summary>
    public static void About(PdfSheet sheet, FormSheet form)
    {
        var data = form.Data;
        Line(sheet, "Chủ hồ sơ", data.Owner);
        Line(sheet, "Địa chỉ", data.Address);
        Line(sheet, "Số điện thoại", data.Phone);
        Line(sheet, "Thư điện tử", data.Email);
        Line(sheet, "Hình thức nộp", FormWords.Channel(data.Channel));
        Line(sheet, "Thủ tục hành chính", $"{data.ProcedureName} (mã {data.ProcedureCode})");
        Line(sheet, "Nội dung yêu cầu giải quyết", data.Subject);
    }

    /// <summary>When it was received, how long it takes, when it is due.</summary>
    public static void Dates(PdfSheet sheet, FormSheet form)
    {
        var data = form.Data;
        Line(sheet, "Thời gian nhận hồ sơ", data.ReceivedAt is { } received ? FormWords.Moment(received) : null);
        Line(sheet, "Thời gian giải quyết hồ sơ theo quy định", data.TimeLimit is { } limit ? limit + (data.DueAssumed ? " (giả định)" : "") : null);
        Line(sheet, "Thời gian trả kết quả giải quyết hồ sơ", data.DueAt is { } due ? FormWords.Moment(due) : null, bold: true);
    }

    /// <summary>Reason and legal basis.</summary>
    public static void Grounds(PdfSheet sheet, FormSheet form, string reason)
    {
        sheet.Space(3);
        Line(sheet, reason, form.Data.Reason);
        Line(sheet, "Căn cứ pháp lý", form.Data.LegalBasis);
    }

    public static void Line(PdfSheet sheet, string label, string? value, bool bold = false)
    {
        if (!string.IsNullOrWhiteSpace(value))
            sheet.Text($"{label}: {value}", Normal, bold);
    }

    /// <summary>QR code, beside it who signs and where to look.</summary>
    public static void Foot(PdfSheet sheet, FormSheet form, params (string Title, string Name)[] signatures)
    {
        sheet.Space(Gap);
        sheet.EnsureRoom(PdfSheet.QrSide);
        var top = sheet.Y;
        sheet.Qr(form.QrText, sheet.Left, top, PdfSheet.QrSide);
        var left = sheet.Left + PdfSheet.QrSide + Gap;
        var (width, lowest) = ((sheet.Right - left) / signatures.Length, top);
        for (var i = 0; i < signatures.Length; i++)
        {
            var (from, to) = (left + i * width, left + (i + 1) * width - 4);
            sheet.Y = top;
            sheet.Text(FormWords.Upper(signatures[i].Title), Small, true, Align.Center, from, to);
            sheet.Space(SignatureRoom);
            sheet.Text(signatures[i].Name, Normal, align: Align.Center, left: from, right: to);
            lowest = Math.Max(lowest, sheet.Y);
        }
        sheet.Y = lowest + 4;
        if (!form.Draft)
            sheet.Text($"Văn bản điện tử được ký số bằng con dấu của {form.Data.Agency}; quét mã QR để kiểm tra.", Tiny, left: left);
        sheet.Text($"Tra cứu tình trạng hồ sơ: {form.LookUpUrl}", Tiny, left: left);
        sheet.Y = Math.Max(sheet.Y, top + PdfSheet.QrSide);
    }
}

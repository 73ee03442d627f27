using System.Globalization;
using HaLong.Papers;
using HaLong.Payments.Money;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Receipts;

/// <summary>
/// What the paper of a document looks like, A5: what Decree 254/2026 wants on it, in Vietnamese, with English smaller below headings. The payer has no
/// line of his own: payment knows the dossier, not who filed it.
/// </summary>
internal static class ReceiptSheet
{
    private const float Normal = 9, Small = 8, Tiny = 7, Side = 96;

    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    private static readonly Column[] Columns =
    [
        new("TT", 0.08f, Align.Center), new("Loại", 0.14f), new("Tên khoản thu", 0.54f), new("Số tiền (đồng)", 0.24f, Align.Right),
    ];

    /// <param name="receipt">What is written.</param>
    /// <param name="original">The receipt that it lessens or ends; itself for a receipt.</param>
    /// <param name="options">Where it is looked up.</param>
    public static byte[] Render(Receipt receipt, Receipt original, ReceiptOptions options) =>
        PdfSheet.Render(Paper.A5, TitleOf(receipt), receipt.Collector, receipt.IssuedAt, sheet => Write(sheet, receipt, original, options));

    public static string TitleOf(Receipt receipt) => receipt.Kind switch
    {
        ReceiptKind.Receipt => $"Biên lai thu phí, lệ phí {receipt.Symbol} số {NumberOf(receipt)}",
        ReceiptKind.Adjustment => $"Biên lai điều chỉnh giảm {receipt.Symbol} số {NumberOf(receipt)}",
        _ => $"Hủy biên lai của mã thanh toán {receipt.Reference}",
    };

    /// <summary>Eight digits.</summary>
    public static string NumberOf(Receipt receipt) => receipt.Number?.ToString("00000000", CultureInfo.InvariantCulture) ?? "";

    /// <summary>150.000</summary>
    public static string Figures(long amount) => amount.ToString("N0", Vietnamese);

    private static void Write(PdfSheet sheet, Receipt receipt, Receipt original, ReceiptOptions options)
    {
        Head(sheet, receipt);
        if (receipt.Kind != ReceiptKind.Receipt)
            sheet.Text($"{(receipt.Kind == ReceiptKind.Adjustment ? "Điều chỉnh giảm" : "Hủy")} biên lai mẫu số {original.Form}, ký hiệu {original.Symbol}, số {NumberOf(original)}, ngày {Day(original.CollectedAt)}.", Normal, true);
        sheet.Text($"Mã hồ sơ: {receipt.DossierCode}", Normal);
        sheet.Text($"Mã thủ tục hành chính: {receipt.ProcedureCode}", Normal);
        sheet.Text($"Mã thanh toán: {receipt.Reference}. Hình thức: chuyển khoản", Normal);
        sheet.Text($"{(receipt.Kind == ReceiptKind.Receipt ? "Ngày thu" : "Ngày hoàn trả")}: {Day(receipt.CollectedAt)}", Normal);
        sheet.Space(4);
        if (receipt.Items.Count > 0)
            sheet.Table(Columns, [.. receipt.Items.Index().Select(i => (string[])
                [(i.Index + 1).ToString(CultureInfo.InvariantCulture), KindOf(i.Item.Kind), i.Item.NameVi, Figures(i.Item.Amount)])], Small);
        sheet.Space(4);
        sheet.Text($"{TotalOf(receipt.Kind)}: {Figures(receipt.Amount)} đồng", Normal, true);
        sheet.Text($"Bằng chữ: {AmountInWords.Of(receipt.Amount)}.", Normal);
        if (receipt.Kind != ReceiptKind.Receipt)
            sheet.Text("Lý do: hoàn trả phí, lệ phí theo quy định.", Normal);
        Foot(sheet, receipt, original, options);
    }

    private static void Head(PdfSheet sheet, Receipt receipt)
    {
        sheet.SideBySide(
            (left, right) =>
            {
                sheet.Text(receipt.Collector.ToUpper(Vietnamese), Small, true, Align.Center, left, right);
                sheet.Text($"Mã số thuế: {receipt.TaxCode}", Small, align: Align.Center, left: left, right: right);
            },
            (left, right) =>
            {
                if (receipt.Number is null)
                    return;
                sheet.Text($"Mẫu số: {receipt.Form}", Small, left: left, right: right);
                sheet.Text($"Ký hiệu: {receipt.Symbol}", Small, left: left, right: right);
                sheet.Text($"Số: {NumberOf(receipt)}", Small, true, left: left, right: right);
            },
            0.6f);
        sheet.Space(10);
        var (title, english) = receipt.Kind switch
        {
            ReceiptKind.Receipt => ("BIÊN LAI THU PHÍ, LỆ PHÍ", "Receipt of fees and charges"),
            ReceiptKind.Adjustment => ("BIÊN LAI ĐIỀU CHỈNH GIẢM", "Adjusting receipt"),
            _ => ("HỦY BIÊN LAI", "Cancellation of a receipt"),
        };
        sheet.Heading(title, 13);
        sheet.Text($"({english})", Tiny, align: Align.Center, language: "en");
        sheet.Text("Bản thể hiện của biên lai điện tử", Small, align: Align.Center);
        if (receipt.Assumed)
            sheet.Text("BẢN THỬ NGHIỆM: ký hiệu biên lai là giả định, không có giá trị", Small, true, Align.Center);
        sheet.Space(8);
    }

    private static void Foot(PdfSheet sheet, Receipt receipt, Receipt original, ReceiptOptions options)
    {
        // A cancellation is found by the receipt that it ends.
        var found = receipt.LookupCode is null ? original : receipt;
        var url = options.LookupUrl(found.LookupCode!, found.Number!.Value);
        sheet.Space(8);
        sheet.EnsureRoom(Side + 8);
        var (top, left) = (sheet.Y, sheet.Left + Side + 8);
        sheet.Qr(url, sheet.Left, top, Side, "Mã QR để tra cứu biên lai này");
        sheet.Text("NGƯỜI THU TIỀN", Small, true, Align.Center, left);
        sheet.Text("(ký số)", Tiny, align: Align.Center, left: left);
        sheet.Space(10);
        sheet.Text(receipt.Collector, Small, align: Align.Center, left: left);
        sheet.Space(4);
        sheet.Text($"Mã tra cứu: {ReceiptCode.Grouped(found.LookupCode!)}, số {NumberOf(found)}", Small, true, left: left);
        sheet.Text($"Tra cứu: {url}", Tiny, left: left);
        sheet.Y = Math.Max(sheet.Y, top + Side);
    }

    private static string TotalOf(ReceiptKind kind) => kind switch
    {
        ReceiptKind.Receipt => "Tổng số tiền đã thu",
        ReceiptKind.Adjustment => "Tổng số tiền điều chỉnh giảm",
        _ => "Số tiền của biên lai bị hủy",
    };

    private static string KindOf(string kind) => kind switch { "phi" => "Phí", "lePhi" => "Lệ phí", _ => "Khoản thu" };

    private static string Day(DateTimeOffset at) => LocalTime.Date(at).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}

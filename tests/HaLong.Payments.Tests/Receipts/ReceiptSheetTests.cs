using HaLong.Payments.Domain;
using HaLong.Payments.Receipts;
using HaLong.Payments.Refunds;
using HaLong.Payments.Tests.Domain;
using HaLong.TestSupport;

namespace HaLong.Payments.Tests.Receipts;

/// <summary>What stands on the paper, read by programs that are not ours.</summary>
public sealed class ReceiptSheetTests
{
    private static readonly ReceiptOptions Options = new() { PublicUrl = "https://halong.test/" };
    private static readonly ReceiptNumber Number = new(Guid.CreateVersion7(), 123);
    private static readonly DateTimeOffset LateInTheEvening = new(2026, 11, 30, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_receipt_has_everything_that_the_law_wants_on_it()
    {
        var receipt = Issued();

        var pdf = ReceiptSheet.Render(receipt, receipt, Options);

        await PdfTools.IsSoundAsync(pdf, "A5");
        Assert.InRange(pdf.Length, 10_000, 100_000);
        var text = await PdfTools.ReadAloudAsync(pdf);
        foreach (var part in new[]
        {
            "UBND PHƯỜNG HẠ LONG", "Mã số thuế: 5700000001", "Mẫu số: 01BLP0/001", "Ký hiệu: 22AA-26E", "Số: 00000123", "BIÊN LAI THU PHÍ, LỆ PHÍ", "(Receipt of fees and charges)",
            $"Mã hồ sơ: {receipt.DossierCode}", $"Mã thanh toán: {receipt.Reference}", "Ngày thu: 01/12/2026", "Phí thẩm định", "100.000", "Lệ phí cấp giấy", "50.000",
            "Tổng số tiền đã thu: 150.000 đồng", "Bằng chữ: Một trăm năm mươi nghìn đồng.", "NGƯỜI THU TIỀN", "(ký số)",
            $"Mã tra cứu: {ReceiptCode.Grouped(receipt.LookupCode!)}, số 00000123",
        })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.DoesNotContain("THỬ NGHIỆM", text, StringComparison.Ordinal);
        Assert.Equal(pdf, ReceiptSheet.Render(receipt, receipt, Options));
    }

    [Fact]
    public async Task An_assumed_series_says_so_on_every_paper()
    {
        var receipt = Issued(assumed: true);
        Assert.Contains("BẢN THỬ NGHIỆM", await PdfTools.TextOfAsync(ReceiptSheet.Render(receipt, receipt, Options)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_adjustment_names_its_receipt_and_how_much_less_it_is()
    {
        var original = Issued();
        var less = Receipt.Lessening(original, [], Paid(), Refund(50_000), Series(), Number with { Number = 124 }, LateInTheEvening);

        var text = await PdfTools.ReadAloudAsync(ReceiptSheet.Render(less, original, Options));

        foreach (var part in new[]
        {
            "BIÊN LAI ĐIỀU CHỈNH GIẢM", "Số: 00000124", "Điều chỉnh giảm biên lai mẫu số 01BLP0/001, ký hiệu 22AA-26E, số 00000123, ngày 01/12/2026.", "Ngày hoàn trả: 02/12/2026",
            "Tổng số tiền điều chỉnh giảm: 50.000 đồng", "Năm mươi nghìn đồng", "hoàn trả phí, lệ phí",
        })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Phí thẩm định", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_names_its_receipt_has_no_number_and_is_looked_up_by_it()
    {
        var original = Issued();
        var end = Receipt.Ending(original, Paid(), Refund(150_000), Series(), LateInTheEvening);

        var pdf = ReceiptSheet.Render(end, original, Options);

        await PdfTools.IsSoundAsync(pdf, "A5");
        var text = await PdfTools.ReadAloudAsync(pdf);
        Assert.Contains("Hủy biên lai mẫu số 01BLP0/001, ký hiệu 22AA-26E, số 00000123", text, StringComparison.Ordinal);
        Assert.Contains("Số tiền của biên lai bị hủy: 150.000 đồng", text, StringComparison.Ordinal);
        Assert.Contains(ReceiptCode.Grouped(original.LookupCode!), text, StringComparison.Ordinal);
        Assert.DoesNotContain("Số: 0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_on_the_paper_leads_to_the_look_up()
    {
        Assert.SkipUnless(await Node.HasAsync("jsqr"), Node.Missing);
        var receipt = Issued();

        Assert.Equal(
            $"https://halong.test/api/v1/receipts/lookup?code={receipt.LookupCode}&number=123",
            await QrReader.OfPageAsync(ReceiptSheet.Render(receipt, receipt, Options)));
    }

    [Fact]
    public async Task Many_lines_go_on_over_numbered_pages()
    {
        var payment = PaymentRequest.Open(
            Some.Purpose(), [.. Enumerable.Range(1, 60).Select(i => new PaymentItem(i, i % 2 == 0 ? "phi" : "khac", $"Khoản thu thứ {i}", 1_000, false))], Some.Account, PaymentReference.Create(),
            LateInTheEvening, Some.Lifetime).Value;
        payment.Accept(Guid.CreateVersion7(), LateInTheEvening);
        var receipt = Receipt.Of(payment, Series(), Number, LateInTheEvening);

        var text = await PdfTools.TextOfAsync(ReceiptSheet.Render(receipt, receipt, Options));

        Assert.Contains("Khoản thu thứ 60", text, StringComparison.Ordinal);
        Assert.Contains("Trang 2/", text, StringComparison.Ordinal);
        Assert.Contains("60.000 đồng", text, StringComparison.Ordinal);
    }

    private static Receipt Issued(bool assumed = false) => Receipt.Of(Paid(), Series(assumed), Number, LateInTheEvening);

    private static ReceiptSeriesOptions Series(bool assumed = false) =>
        new() { Form = "01BLP0/001", Symbol = "22AA-{yy}E", Collector = "UBND phường Hạ Long", TaxCode = "5700000001", Assumed = assumed };

    private static PaymentRequest Paid()
    {
        var payment = PaymentRequest.Open(
            Some.Purpose(), [new(1, "phi", "Phí thẩm định", 100_000, false), new(2, "lePhi", "Lệ phí cấp giấy", 50_000, false)], Some.Account, PaymentReference.Create(), LateInTheEvening,
            Some.Lifetime).Value;
        payment.Accept(Guid.CreateVersion7(), LateInTheEvening);
        return payment;
    }

    private static MoneyRefund Refund(long amount)
    {
        var refund = MoneyRefund.OfPayment(Paid(), amount, "r", "Bà Nguyễn Thị A", new Payee("970422", "1", "A"), Guid.CreateVersion7(), LateInTheEvening);
        refund.Review(true, Guid.CreateVersion7(), null, LateInTheEvening);
        refund.Pay("FT1", LateInTheEvening.AddDays(1));
        return refund;
    }
}

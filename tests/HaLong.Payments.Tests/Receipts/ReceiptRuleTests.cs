using HaLong.Payments.Domain;
using HaLong.Payments.Receipts;
using HaLong.Payments.Refunds;
using HaLong.Payments.Tests.Domain;

namespace HaLong.Payments.Tests.Receipts;

/// <summary>The rules of receipts, without servers.</summary>
public sealed class ReceiptRuleTests
{
    private static readonly ReceiptNumber Number = new(Guid.CreateVersion7(), 7);
    private static readonly PaymentItem[] Items = [new(1, "phi", "Phí thẩm định", 100_000, false), new(2, "lePhi", "Lệ phí cấp giấy", 40_000, false), new(3, "phi", "Miễn", 0, false)];

    private static ReceiptSeriesOptions Series => new() { Form = "01BLP0/001", Symbol = "22AA-{yy}E", Collector = "UBND phường Hạ Long", TaxCode = "5700000001" };

    [Fact]
    public void A_receipt_says_what_was_collected_for_what_by_whom_and_when()
    {
        var payment = Paid();

        var receipt = Receipt.Of(payment, Series, Number, Some.Now);

        Assert.Equal((ReceiptKind.Receipt, 7, 2026, "01BLP0/001", "22AA-26E"), (receipt.Kind, receipt.Number!.Value, receipt.Year, receipt.Form, receipt.Symbol));
        Assert.Equal(("UBND phường Hạ Long", "5700000001", "06658"), (receipt.Collector, receipt.TaxCode, receipt.Seal));
        Assert.Equal((140_000L, payment.SettledAt, payment.DossierCode, payment.Reference), (receipt.Amount, (DateTimeOffset?)receipt.CollectedAt, receipt.DossierCode, receipt.Reference));
        // For what costs nothing nothing was collected.
        Assert.Equal([("phi", 100_000L), ("lePhi", 40_000L)], receipt.Items.Select(i => (i.Kind, i.Amount)));
        Assert.Equal(16, receipt.LookupCode!.Length);
        Assert.Null(receipt.OriginalId);
    }

    [Fact]
    public void A_part_given_back_lessens_the_charge_first_and_no_line_twice()
    {
        var payment = Paid();
        var original = Receipt.Of(payment, Series, Number, Some.Now);
        var first = Receipt.Lessening(original, [], payment, Refund(payment, 50_000), Series, Number, Some.Now);
        var second = Receipt.Lessening(original, [first], payment, Refund(payment, 60_000), Series, Number, Some.Now);

        Assert.Equal([("lePhi", 40_000L), ("phi", 10_000L)], first.Items.Select(i => (i.Kind, i.Amount)));
        Assert.Equal([("phi", 60_000L)], second.Items.Select(i => (i.Kind, i.Amount)));
        Assert.Equal((ReceiptKind.Adjustment, original.Id, 50_000L), (first.Kind, first.OriginalId!.Value, first.Amount));
        Assert.NotEqual(original.LookupCode, first.LookupCode);
    }

    [Fact]
    public void What_ends_a_receipt_is_none_itself_but_keeps_its_symbols()
    {
        var payment = Paid();
        var original = Receipt.Of(payment, Series, Number, Some.Now);
        var changed = Series;
        changed.Symbol = "22BB-{yy}E";

        var end = Receipt.Ending(original, payment, Refund(payment, 140_000), changed, Some.Now);

        Assert.Equal((ReceiptKind.Cancellation, null, null, null, "22AA-26E"), (end.Kind, end.Number, end.SeriesId, end.LookupCode, end.Symbol));
        Assert.Equal((original.Id, 140_000L, 0), (end.OriginalId!.Value, end.Amount, end.Items.Count));
    }

    [Theory]
    [InlineData("2026-12-31T16:59:59Z", 2026)]
    [InlineData("2026-12-31T17:00:00Z", 2027)]
    public void The_year_begins_at_midnight_in_Ha_Long(string at, int year) =>
        Assert.Equal(year, ReceiptSeries.YearOf(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("0123-4567-89ab-cdef", "0123456789ABCDEF")]
    [InlineData(" 0123 4567 89AB CDEF ", "0123456789ABCDEF")]
    [InlineData("%_';--", "")]
    [InlineData(null, "")]
    public void A_code_is_read_as_people_type_it(string? typed, string read) => Assert.Equal(read, ReceiptCode.Read(typed));

    [Fact]
    public void Codes_are_long_random_and_easy_to_read_out()
    {
        var codes = Enumerable.Range(0, 1000).Select(_ => ReceiptCode.Create()).ToList();

        Assert.Equal(1000, codes.Distinct().Count());
        Assert.All(codes, c => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{16}$", c));
        Assert.Equal("0123-4567-89AB-CDEF", ReceiptCode.Grouped("0123456789ABCDEF"));
        Assert.Equal("", ReceiptCode.Read(new string('A', 65)));
    }

    [Theory]
    [InlineData("Form", "", "Form")]
    [InlineData("Symbol", "22AA-{yy}E-much-too-long-for-it", "Symbol")]
    [InlineData("Collector", "", "Collector")]
    [InlineData("TaxCode", "570000000", "TaxCode")]
    [InlineData("TaxCode", "5700000001-01", "TaxCode")]
    [InlineData("TaxCode", "5700000001x001", "TaxCode")]
    [InlineData("Seal", "", "Seal")]
    public void What_is_wrong_with_a_series_is_named(string property, string value, string named)
    {
        var series = Series;
        typeof(ReceiptSeriesOptions).GetProperty(property)!.SetValue(series, value);

        Assert.StartsWith("Receipts:Default:" + named, Assert.Single(series.Faults("Receipts:Default", production: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_registered_series_of_a_branch_is_fine_and_an_assumed_one_only_outside_production()
    {
        var series = Series;
        (series.TaxCode, series.Seal) = ("5700000001-001", "22");
        Assert.Empty(series.Faults("k", production: true));
        series.Assumed = true;
        Assert.Empty(series.Faults("k", production: false));
        Assert.Contains("marked Assumed", Assert.Single(series.Faults("k", production: true)), StringComparison.Ordinal);
        Assert.Equal("22AA-05E", series.SymbolOf(2105));
        Assert.Empty(new ReceiptOptions().Default.Faults("k", production: false));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 20)]
    [InlineData(5, 60)]
    [InlineData(400, 60)]
    public void Pauses_double_up_to_a_minute(int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SealReceipt.PauseAfter(attempt, TimeSpan.FromSeconds(5)));

    [Fact]
    public void What_was_cancelled_stays_so()
    {
        var paper = ReceiptPaper.Of(Receipt.Of(Paid(), Series, Number, Some.Now));
        paper.Become(ReceiptStanding.Adjusted);
        Assert.Equal(ReceiptStanding.Adjusted, paper.Standing);
        paper.Become(ReceiptStanding.Cancelled);
        paper.Become(ReceiptStanding.Adjusted);
        Assert.Equal(ReceiptStanding.Cancelled, paper.Standing);
    }

    [Fact]
    public void The_seal_can_be_that_of_another_unit()
    {
        var series = Series;
        series.Seal = "22";
        Assert.Equal("22", Receipt.Of(Paid(), series, Number, Some.Now).Seal);
    }

    private static PaymentRequest Paid()
    {
        var payment = PaymentRequest.Open(Some.Purpose(), Items, Some.Account, PaymentReference.Create(), Some.Now, Some.Lifetime).Value;
        payment.Accept(Guid.CreateVersion7(), Some.Now.AddHours(1));
        return payment;
    }

    private static MoneyRefund Refund(PaymentRequest payment, long amount)
    {
        var refund = MoneyRefund.OfPayment(payment, amount, "r", "r", new Payee("970422", "1", "A"), Guid.CreateVersion7(), Some.Now);
        refund.Review(true, Guid.CreateVersion7(), null, Some.Now);
        refund.Pay("FT1", Some.Now.AddDays(1));
        return refund;
    }
}

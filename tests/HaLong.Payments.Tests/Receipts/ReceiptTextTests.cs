using System.ComponentModel.DataAnnotations;
using System.Globalization;
using HaLong.Payments.Domain;
using HaLong.Payments.Receipts;
using HaLong.Payments.Refunds;
using HaLong.Payments.Tests.Domain;
using Microsoft.Extensions.Hosting.Internal;

namespace HaLong.Payments.Tests.Receipts;

/// <summary>Numbers, titles, years and settings of receipts, without paper.</summary>
public sealed class ReceiptTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(500, "500")]
    [InlineData(150_000, "150.000")]
    [InlineData(9_999_999_999_999, "9.999.999.999.999")]
    public void Figures_are_grouped_by_dots(long amount, string figures) => Assert.Equal(figures, ReceiptSheet.Figures(amount));

    [Theory]
    [InlineData(1, "00000001")]
    [InlineData(123, "00000123")]
    [InlineData(ReceiptSeries.MaxNumber, "99999999")]
    public void A_number_has_eight_digits(int number, string text)
    {
        var receipt = Of(Paid(), number);
        Assert.Equal(text, ReceiptSheet.NumberOf(receipt));
        Assert.Equal($"Biên lai thu phí, lệ phí 22AA-26E số {text}", ReceiptSheet.TitleOf(receipt));
    }

    [Fact]
    public void What_lessens_a_receipt_is_titled_by_its_own_number_and_what_ends_it_by_the_payment()
    {
        var payment = Paid();
        var original = Of(payment, 7);
        Assert.Equal("Biên lai điều chỉnh giảm 22AA-26E số 00000008", ReceiptSheet.TitleOf(Receipt.Lessening(original, [], payment, Refund(payment, 1), Series(), Number(8), Some.Now)));
        var end = Receipt.Ending(original, payment, Refund(payment, 150_000), Series(), Some.Now);
        Assert.Equal($"Hủy biên lai của mã thanh toán {payment.Reference}", ReceiptSheet.TitleOf(end));
        Assert.Equal("", ReceiptSheet.NumberOf(end));
    }

    [Theory]
    [InlineData("2026-12-31T16:59:59Z", 2026, "22AA-26E")]
    [InlineData("2026-12-31T17:00:00Z", 2027, "22AA-27E")]
    public void The_series_is_that_of_the_year_in_which_it_was_collected_not_issued(string collected, int year, string symbol)
    {
        var at = DateTimeOffset.Parse(collected, CultureInfo.InvariantCulture);
        var payment = PaymentRequest.Open(Some.Purpose(), [Some.Item(150_000)], Some.Account, PaymentReference.Create(), at, Some.Lifetime).Value;
        payment.Accept(Guid.CreateVersion7(), at);
        var receipt = Receipt.Of(payment, Series(), Number(1), at.AddDays(5));
        Assert.Equal((year, symbol), (receipt.Year, receipt.Symbol));
    }

    [Theory]
    [InlineData("22AA-{yy}E", 2026, "22AA-26E")]
    [InlineData("{yy}/{yy}", 2000, "00/00")]
    [InlineData("22AA-{YY}E", 2026, "22AA-{YY}E")]
    [InlineData("FIXED", 2026, "FIXED")]
    public void The_year_stands_where_the_symbol_says(string symbol, int year, string expected) =>
        Assert.Equal(expected, new ReceiptSeriesOptions { Symbol = symbol }.SymbolOf(year));

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void A_symbol_is_measured_with_its_year_in_it(int length, bool good)
    {
        var series = Series();
        series.Symbol = "{yy}" + new string('A', length - 2);
        Assert.Equal(good, !series.Faults("k", production: true).Any());
    }

    [Fact]
    public void All_settings_that_are_wrong_are_named_by_their_key()
    {
        var options = new ReceiptOptions { PublicUrl = "https://halong.test", Default = Series() };
        Assert.True(Check(options, "Production").Succeeded);
        options.Units["06658"] = new ReceiptSeriesOptions { Form = "01BLP0/001", Symbol = "22AA-{yy}E", TaxCode = "5700000001" };
        options.Default.Assumed = true;
        Assert.Equal(["Receipts:Units:06658:Collector must have 1 to 200 characters."], Check(options, "Development").Failures!);
        Assert.Equal(2, Check(options, "Production").Failures!.Count());
    }

    [Theory]
    [InlineData("https://halong.test")]
    [InlineData("https://halong.test/")]
    public void The_look_up_hangs_below_the_public_address_and_writes_the_number_plainly(string url) => Assert.Equal(
        "https://halong.test/api/v1/receipts/lookup?code=ABC&number=99999999", new ReceiptOptions { PublicUrl = url }.LookupUrl("ABC", ReceiptSeries.MaxNumber));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "PublicUrl")]
    [InlineData("halong", "PublicUrl")]
    public void A_receipt_cannot_be_looked_up_nowhere(string? url, string? wrong)
    {
        var options = new ReceiptOptions { PublicUrl = url ?? "https://halong.test" };
        var found = new List<ValidationResult>();
        Assert.Equal(wrong is null, Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true));
        Assert.All(found, f => Assert.Contains(wrong!, f.MemberNames));
    }

    [Fact]
    public void A_unit_without_a_series_uses_the_common_one()
    {
        var (options, own) = (new ReceiptOptions(), Series());
        options.Units["06658"] = own;
        Assert.Same(own, options.For("06658"));
        Assert.Same(options.Default, options.For("06659"));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(5_000)]
    [InlineData(60_000)]
    public void Pauses_never_get_shorter_nor_longer_than_a_minute(int milliseconds)
    {
        var pauses = Enumerable.Range(1, 2_000).Select(i => SealReceipt.PauseAfter(i, TimeSpan.FromMilliseconds(milliseconds))).ToList();
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), pauses[0]);
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(TimeSpan.FromMinutes(1), pauses[^1]);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Check(ReceiptOptions options, string environment) =>
        new ReceiptOptionsCheck(new HostingEnvironment { EnvironmentName = environment }).Validate(null, options);

    private static ReceiptNumber Number(int number) => new(Guid.CreateVersion7(), number);

    private static Receipt Of(PaymentRequest payment, int number) => Receipt.Of(payment, Series(), Number(number), Some.Now);

    private static ReceiptSeriesOptions Series() => new() { Form = "01BLP0/001", Symbol = "22AA-{yy}E", Collector = "UBND phường Hạ Long", TaxCode = "5700000001" };

    private static PaymentRequest Paid()
    {
        var payment = Some.Payment();
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

using System.Text;
using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.Payments.Receipts;
using HaLong.Payments.Refunds;
using HaLong.Payments.Tests.Domain;

namespace HaLong.Payments.Tests.Receipts;

/// <summary>What a receipt states for programs.</summary>
public sealed class ReceiptStatementTests
{
    private static readonly ReceiptNumber Number = new(Guid.CreateVersion7(), 123);
    private static readonly DateTimeOffset At = new(2026, 11, 30, 18, 0, 0, TimeSpan.Zero);
    private static readonly ReceiptSeriesOptions Series = new()
    {
        Form = "01BLP0/001",
        Symbol = "22AA-{yy}E",
        Collector = "UBND phường Hạ Long",
        TaxCode = "5700000001"
    };

    private static PaymentRequest Paid(params PaymentItem[] items)
    {
        var payment = PaymentRequest.Open(Some.Purpose(), items, Some.Account, PaymentReference.Create(), At, Some.Lifetime).Value;
        Assert.True(payment.Accept(Guid.CreateVersion7(), At).IsSuccess);
        return payment;
    }

    private static JsonElement Of(Receipt receipt, Receipt original) => JsonDocument.Parse(ReceiptStatement.Of(receipt, original, "ab12")).RootElement;

    [Fact]
    public void A_receipt_states_what_its_paper_says_and_which_paper_that_is()
    {
        var receipt = Receipt.Of(Paid(Some.Item(150_000)), Series, Number, At);
        var stated = Of(receipt, receipt);

        Assert.Equal(["id", "kind", "form", "symbol", "number", "year", "collector", "taxCode", "unitCode", "dossierCode", "procedureCode", "reference",
            "items", "amount", "currency",
            "collectedAt", "issuedAt", "pdfSha256"], stated.EnumerateObject().Select(p => p.Name));
        Assert.Equal((receipt.Id, "receipt", 123, 2026, 150_000, "2026-11-30T18:00:00Z", "ab12"), (stated.GetProperty("id").GetGuid(),
            stated.GetProperty("kind").GetString(),
            stated.GetProperty("number").GetInt32(), stated.GetProperty("year").GetInt32(), stated.GetProperty("amount").GetInt64(),
                stated.GetProperty("issuedAt").GetString(),
            stated.GetProperty("pdfSha256").GetString()));
        Assert.Equal(150_000, stated.GetProperty("items")[0].GetProperty("amount").GetInt64());
        Assert.Equal(ReceiptStatement.Of(receipt, receipt, "ab12"), ReceiptStatement.Of(receipt, receipt, "ab12"));
        Assert.Contains("UBND phường Hạ Long", Encoding.UTF8.GetString(ReceiptStatement.Of(receipt, receipt, "")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_lessens_or_ends_a_receipt_names_it()
    {
        var payment = Paid(Some.Item(150_000));
        var original = Receipt.Of(payment, Series, Number, At);
        var refund = MoneyRefund.OfPayment(payment, 50_000, "notEligible", "không đủ điều kiện", new Payee("970422", "1", "A"), Guid.CreateVersion7(), At);
        refund.Review(true, Guid.CreateVersion7(), null, At);
        refund.Pay("FT1", At);

        var less = Of(Receipt.Lessening(original, [], payment, refund, Series, Number with { Number = 124 }, At), original);
        Assert.Equal(("adjustment", 124, 50_000, "22AA-26E/2026/00000123"), (less.GetProperty("kind").GetString(), less.GetProperty("number").GetInt32(),
            less.GetProperty("amount").GetInt64(),
            less.GetProperty("original").GetString()));
        var ended = Of(Receipt.Ending(original, payment, refund, Series, At), original);
        Assert.Equal("cancellation", ended.GetProperty("kind").GetString());
        Assert.False(ended.TryGetProperty("number", out _));
        Assert.DoesNotContain("điều kiện", ended.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_with_very_many_lines_leaves_the_names_to_the_paper()
    {
        var receipt = Receipt.Of(Paid([.. Enumerable.Range(1, 100).Select(i => Some.Item(1_000) with { Line = i, NameVi = new string('ă', 190) })]),
            Series, Number, At);
        var bytes = ReceiptStatement.Of(receipt, receipt, "ab12");
        Assert.InRange(bytes.Length, 1_000, 16 * 1024);
        var items = JsonDocument.Parse(bytes).RootElement.GetProperty("items");
        Assert.Equal(receipt.Items.Count, items.GetArrayLength());
        Assert.False(items[0].TryGetProperty("name", out _));
    }
}

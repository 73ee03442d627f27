using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.Payments.NationalPortal;
using HaLong.Payments.Tests.Domain;

namespace HaLong.Payments.Tests.NationalPortal;

/// <summary>What is sent to the platform, field by field, and how its words are read. Check sums were computed by another program.</summary>
public sealed class PortalMessageTests
{
    private static readonly PortalOptions Options = new()
    {
        Url = "https://platform.example",
        Partner = "HALONG",
        Secret = "halong-at-the-platform",
        Token = "t",
    };

    [Fact]
    public void An_order_carries_the_fields_of_the_platform_and_no_payer_that_nobody_knows()
    {
        var payment = PaymentRequest.Open(
            Some.Purpose(), [Some.Item(100_000), new PaymentItem(2, "phi", "Phí thẩm định", 50_000, true), Some.Item(0, 3)], Some.Account, "HLQ7K3M9XW2P", Some.Now, Some.Lifetime).Value;
        var attempt = payment.StartAttempt(Some.Portal, Some.Providers, Guid.Empty, Some.Now).Value;

        var order = JsonSerializer.SerializeToElement(PortalOrder.Of(payment, attempt, "203.0.113.7", Options));

        Assert.Equal("5924bb679c647425609117ea8cca3a09b9aa625279f79e3451eca16cce7a305f", order.GetProperty("MaXacThuc").GetString());
        Assert.Equal(("HLQ7K3M9XW2P01", "20261120100000"), (order.GetProperty("MaThamChieu").GetString(), order.GetProperty("ThoiGianGD").GetString()));
        var receipt = order.GetProperty("ThongTinBienLai");
        Assert.Equal(("1.013978.01", "1.013978", "06658"), (receipt.GetProperty("MaDVC").GetString(), receipt.GetProperty("MaTTHC").GetString(), receipt.GetProperty("MaDonVi").GetString()));
        Assert.Equal([("lePhi", "100000"), ("phi", "50000")], receipt.GetProperty("PhiLePhi").EnumerateArray().Select(f => (f.GetProperty("LoaiPhiLePhi").GetString()!, f.GetProperty("SoTien").GetString()!)));
        Assert.DoesNotContain(receipt.EnumerateObject(), p => p.Name.EndsWith("NguoiNop", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_rest_only_the_rest_is_asked_for()
    {
        var payment = Some.Payment();
        payment.Hold(100_000, payment.ExpiresAt);
        var attempt = payment.StartAttempt(Some.Portal, Some.Providers, Guid.Empty, Some.Now).Value;

        var order = PortalOrder.Of(payment, attempt, "", Options);

        Assert.Equal(("50000", "50000"), (order.SoTien, Assert.Single(order.ThongTinBienLai.DSKhoanNop).SoTien));
        Assert.Empty(order.ThongTinBienLai.PhiLePhi);
    }

    [Fact]
    public void A_question_carries_its_check_sum_and_afternoons_have_hours_above_twelve()
    {
        var question = PortalQuestion.Of(PortalQuestion.Query, "HLQ7K3M9XW2P01", new DateTimeOffset(2026, 11, 20, 8, 30, 5, TimeSpan.Zero), Options);

        Assert.Equal(("20261120153005", "a570f9116f674299197842e2637216d4e79207367ed9cbd0940178509a7eb035"), (question.ThoiGianGD, question.MaXacThuc));
    }

    [Theory]
    [InlineData("00", null, false, "Paid")]
    [InlineData("24", null, false, "Failed")]
    [InlineData("00", "thanh-cong", true, "Paid")]
    [InlineData("00", "khoi-tao", true, "Open")]
    [InlineData("99", "khoi-tao", true, "Open")]
    [InlineData("24", "that-bai", true, "Failed")]
    [InlineData("00", "that-bai", true, "Failed")]
    [InlineData("24", null, true, "NoAnswer")]
    [InlineData("24", "thanh-cong", true, "NoAnswer")]
    [InlineData("00", "dang-xu-ly", true, "NoAnswer")]
    public void What_is_not_understood_is_never_a_failure(string code, string? state, bool asked, string outcome)
    {
        var message = Confirmation.Of("HLQ7K3M9XW2P01", 150_000, code: code);
        if (state is not null)
            message["TrangThaiGD"] = state;

        var told = PortalTold.Read(JsonSerializer.Serialize(message), asked, Options, Some.Now.AddDays(1));

        Assert.Equal(outcome, told.Value.Outcome.ToString());
        Assert.Equal(outcome == "Paid" ? 150_000 : 0, told.Value.Amount);
    }

    [Fact]
    public void An_answer_to_our_own_question_may_come_without_a_check_sum_but_not_with_a_wrong_one()
    {
        var message = Confirmation.Of("HLQ7K3M9XW2P01", 150_000);
        message["MaXacThuc"] = new string('0', 64);
        Assert.Equal("PAY-0504", PortalTold.Read(JsonSerializer.Serialize(message), asked: true, Options, Some.Now.AddDays(1)).Error.Code);
        message.Remove("MaXacThuc");

        Assert.True(PortalTold.Read(JsonSerializer.Serialize(message), asked: true, Options, Some.Now.AddDays(1)).IsSuccess);
        Assert.Equal("PAY-0504", PortalTold.Read(JsonSerializer.Serialize(message), asked: false, Options, Some.Now.AddDays(1)).Error.Code);
    }

    [Fact]
    public void The_same_transaction_in_other_words_is_the_same_notice()
    {
        var one = Read(Confirmation.Of("HLQ7K3M9XW2P01", 150_000));
        var other = Read(Confirmation.Of("HLQ7K3M9XW2P01", 150_000, other: [("ThoiGianGD", "20261120153006"), ("ThongTinGiaoDich", "khac")]));
        var less = Read(Confirmation.Of("HLQ7K3M9XW2P01", 149_999));

        Assert.Equal(one.Hash, other.Hash);
        Assert.NotEqual(one.Hash, less.Hash);
        var notice = one.ToNotice(Some.Account, Some.Now);
        Assert.Equal(("HLQ7K3M9XW2P01:GD1", "portal", 150_000L, "970436"), (notice.EventId, notice.Provider, notice.Amount, notice.Bin));
    }

    private static PortalTold Read(Dictionary<string, string> message) => PortalTold.Read(JsonSerializer.Serialize(message), false, Options, Some.Now.AddDays(1)).Value;
}

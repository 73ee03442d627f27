using System.Text.Json;
using HaLong.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.NationalPortal;

/// <summary>What the hook of the platform does not take.</summary>
[Collection(nameof(PortalTests))]
public sealed class ConfirmRefusalTests(PortalFixture fixture)
{
    [Theory]
    [InlineData("MaGiaoDich", "")]
    [InlineData("MaGiaoDich", "a b")]
    [InlineData("SoTien", "0")]
    [InlineData("SoTien", "-5")]
    [InlineData("SoTien", "1.5")]
    [InlineData("SoTien", "99999999999999")]
    [InlineData("ThoiGianGD", "20261120253005")]
    [InlineData("ThoiGianGD", "2026-11-20")]
    [InlineData("ThoiGianGD", "29991120103005")]
    [InlineData("MaLoi", "")]
    [InlineData("MaThamChieu", "a:b")]
    [InlineData("TrangThaiGD", "khoi-tao")]
    [InlineData("TrangThaiGD", "something-new")]
    public async Task What_is_signed_but_cannot_be_read(string field, string value) => await (await Confirmation.PostAsync(
        fixture, Confirmation.Of("HL000000000001", 150_000, other: (field, value)))).IsProblemAsync(400, "PAY-0503");

    [Theory]
    [InlineData("MaDoiTac", "SOMEBODY")]
    [InlineData("MaTienTe", "USD")]
    public async Task What_is_for_another_partner_or_in_another_currency(string field, string value) => await (await Confirmation.PostAsync(
        fixture, Confirmation.Of("HL000000000001", 150_000, other: (field, value)))).IsProblemAsync(400, "PAY-0505");

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("{\"MaLoi\":\"00\"")]
    [InlineData("{\"MaLoi\":\"00\",\"MaLoi\":\"24\"}")]
    [InlineData("{\"MaLoi\":\"\\ud800\"}")]
    public async Task What_is_no_message(string body) => await (await Confirmation.PostAsync(fixture, body)).IsProblemAsync(400, "PAY-0503");

    [Fact]
    public async Task What_is_too_large_or_no_json()
    {
        await (await Confirmation.PostAsync(fixture, new string(' ', 16 * 1024 + 1))).IsProblemAsync(413, "PAY-0507");
        await (await Confirmation.PostAsync(fixture, "{}", "text/plain")).IsProblemAsync(415, "CMN-0415");
    }

    [Fact]
    public async Task An_order_that_was_never_sent() =>
        await (await Confirmation.PostAsync(fixture, Confirmation.Of("HL000000000001", 150_000))).IsProblemAsync(404, "PAY-0506");

    [Fact]
    public async Task A_check_sum_that_is_missing_of_another_secret_or_over_other_fields()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        var genuine = Confirmation.Of(order, 150_000);
        foreach (var (field, value) in new[] { ("SoTien", "1"), ("MaLoi", "24"), ("MaThamChieu", "HL000000000001"), ("MaGiaoDich", "GD2"), ("ThoiGianGD", "20261120153006") })
            await (await Confirmation.PostAsync(fixture, new Dictionary<string, string>(genuine) { [field] = value })).IsProblemAsync(401, "PAY-0504");
        foreach (var sum in new[] { "", "zz", genuine["MaXacThuc"].ToUpperInvariant(), Confirmation.CheckSum(genuine, "another-secret-of-somebody") })
            await (await Confirmation.PostAsync(fixture, new Dictionary<string, string>(genuine) { ["MaXacThuc"] = sum })).IsProblemAsync(401, "PAY-0504");
        genuine.Remove("MaXacThuc");
        await (await Confirmation.PostAsync(fixture, genuine)).IsProblemAsync(401, "PAY-0504");

        Assert.Equal(PaymentState.Processing, (await fixture.ReloadAsync(payment)).State);
        Assert.Equal(0, await fixture.QueryAsync(db => db.Notices.CountAsync(n => n.Remittance == order)));
    }

    [Fact]
    public async Task Text_that_was_moved_from_one_field_into_the_next()
    {
        var (_, order) = await fixture.ProcessingAsync();
        var genuine = Confirmation.Of(order, 150_000, "GD1", other: [("MaNganHang", "VCB"), ("ThongTinGiaoDich", "a|b")]);
        await (await Confirmation.PostAsync(fixture, genuine)).IsProblemAsync(401, "PAY-0504");

        var moved = Confirmation.Of(order, 150_000, "GD1");
        (moved["MaGiaoDich"], moved["MaNganHang"]) = ("GD1|VCB", "");
        await (await Confirmation.PostAsync(fixture, moved)).IsProblemAsync(401, "PAY-0504");
    }

    [Fact]
    public async Task Another_amount_under_a_known_transaction_is_kept_beside_the_first_and_pays_nothing()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        (await Confirmation.PostAsync(fixture, Confirmation.Of(order, 150_000, "GD7"))).EnsureSuccessStatusCode();
        await fixture.InStateAsync(payment, PaymentState.Settled);

        (await Confirmation.PostAsync(fixture, Confirmation.Of(order, 999_000, "GD7"))).EnsureSuccessStatusCode();

        Assert.Equal(MismatchReason.AlteredNotice, (await fixture.HandlingAsync(order + ":GD7", original: false))?.Reason);
        Assert.Empty(await fixture.QueryAsync(db => db.Cases.Where(c => c.PaymentId == payment.Id).ToListAsync()));
    }

    [Fact]
    public async Task Twenty_at_once_are_one_notice()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        var message = Confirmation.Of(order, 150_000, "GD9");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Confirmation.PostAsync(fixture, message)));

        Assert.All(answers, a => Assert.Equal(200, (int)a.StatusCode));
        Assert.Equal("0", (await answers[0].JsonAsync()).GetProperty("error_code").GetString());
        var settled = await fixture.InStateAsync(payment, PaymentState.Settled);
        var notice = await fixture.QueryAsync(db => db.Notices.AsNoTracking().SingleAsync(n => n.Remittance == order));
        Assert.Equal(("portal", order + ":GD9", settled.NoticeId), (notice.Provider, notice.EventId, notice.Id));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 8, 30, 5, TimeSpan.Zero), notice.BookedAt);
        Assert.Equal("CONFIRM", JsonDocument.Parse(notice.RawBody).RootElement.GetProperty("LoaiBanTin").GetString());
    }
}

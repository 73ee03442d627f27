using HaLong.Payments.Features;
using HaLong.Payments.VietQr;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Tests.Features;

public sealed class ReadPaymentTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_owner_sees_what_is_due_and_the_revision()
    {
        var payment = await fixture.PendingAsync();

        using var response = await fixture.Citizen(payment.OwnerId).GetAsync(Url(payment.Id), Ct);

        var view = await response.JsonAsync();
        Assert.Equal(Etag.Of(payment.Version), response.Headers.ETag?.ToString());
        Assert.Equal("pending", view.GetProperty("status").GetString());
        Assert.Equal(150_000, view.GetProperty("amount").GetInt64());
        Assert.Equal("VND", view.GetProperty("currency").GetString());
        Assert.Equal(payment.Reference, view.GetProperty("reference").GetString());
        Assert.Equal("lePhi", view.GetProperty("items")[0].GetProperty("kind").GetString());
        Assert.True(view.GetProperty("items")[0].GetProperty("assumed").GetBoolean());
        Assert.Equal("Vietcombank", view.GetProperty("beneficiary").GetProperty("bank").GetString());
        Assert.Equal(payment.Version, view.GetProperty("version").GetUInt32());
    }

    [Theory]
    [InlineData(Roles.Reception)]
    [InlineData(Roles.Officer)]
    [InlineData(Roles.Approver)]
    [InlineData(Roles.Cashier)]
    public async Task An_official_of_the_unit_may_read(string role)
    {
        var payment = await fixture.PendingAsync();

        using var response = await fixture.Official(role).GetAsync(Url(payment.Id), Ct);

        await response.JsonAsync();
    }

    [Theory]
    [InlineData(Roles.Cashier, "99999")]
    [InlineData(Roles.Officer, null)]
    [InlineData(Roles.Leader, PaymentFixture.Unit)]
    [InlineData(Roles.Helper, PaymentFixture.Unit)]
    public async Task An_official_of_another_unit_or_trade_finds_nothing(string role, string? unit)
    {
        var payment = await fixture.PendingAsync();

        using var response = await fixture.Official(role, unit).GetAsync(Url(payment.Id), Ct);

        await response.IsProblemAsync(404, "PAY-0001");
    }

    [Fact]
    public async Task Somebody_elses_request_and_none_at_all_look_the_same()
    {
        var payment = await fixture.PendingAsync();
        var stranger = fixture.Citizen(Guid.CreateVersion7());

        await (await stranger.GetAsync(Url(payment.Id), Ct)).IsProblemAsync(404, "PAY-0001");
        await (await stranger.GetAsync(Url(Guid.CreateVersion7()), Ct)).IsProblemAsync(404, "PAY-0001");
        await (await stranger.GetAsync(Url(payment.Id) + "/qr.png", Ct)).IsProblemAsync(404, "PAY-0001");
    }

    [Fact]
    public async Task Without_a_token_there_is_nothing_to_see()
    {
        var payment = await fixture.PendingAsync();

        await (await fixture.Anybody().GetAsync(Url(payment.Id), Ct)).IsProblemAsync(401, "CMN-0401");
        await (await fixture.Anybody().GetAsync(Url(payment.Id) + "/qr.png", Ct)).IsProblemAsync(401, "CMN-0401");
        await (await fixture.Anybody().GetAsync("/api/v1/payments?dossierId=" + payment.DossierId, Ct)).IsProblemAsync(401, "CMN-0401");
    }

    [Fact]
    public async Task A_partner_system_has_no_access()
    {
        var payment = await fixture.PendingAsync();

        await (await fixture.Partner().GetAsync(Url(payment.Id), Ct)).IsProblemAsync(403, "CMN-0403");
    }

    [Fact]
    public async Task The_requests_of_a_dossier_are_found_by_owner_and_officials_only()
    {
        var payment = await fixture.PendingAsync();
        var url = "/api/v1/payments?dossierId=" + payment.DossierId;

        var own = await (await fixture.Citizen(payment.OwnerId).GetAsync(url, Ct)).JsonAsync();
        var cashiers = await (await fixture.Official(Roles.Cashier).GetAsync(url, Ct)).JsonAsync();
        var strangers = await (await fixture.Citizen(Guid.CreateVersion7()).GetAsync(url, Ct)).JsonAsync();

        Assert.Equal(payment.Id, own.GetProperty("items")[0].GetProperty("id").GetGuid());
        Assert.Equal(1, cashiers.GetProperty("items").GetArrayLength());
        Assert.Equal(0, strangers.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_dossier_must_be_named()
    {
        var citizen = fixture.Citizen(Guid.CreateVersion7());

        await (await citizen.GetAsync("/api/v1/payments", Ct)).IsProblemAsync(400, "PAY-0005");
        await (await citizen.GetAsync("/api/v1/payments?dossierId=7", Ct)).IsProblemAsync(400, "CMN-0400");
    }

    [Fact]
    public async Task The_picture_is_a_png_that_nobody_keeps()
    {
        var payment = await fixture.PendingAsync();

        using var response = await fixture.Citizen(payment.OwnerId).GetAsync(Url(payment.Id) + "/qr.png", Ct);

        response.EnsureSuccessStatusCode();
        Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await response.Content.ReadAsByteArrayAsync(Ct))[..4]);
    }

    [Fact]
    public async Task The_owner_gets_the_code_as_a_drawing_for_paper_and_nobody_else_does()
    {
        var payment = await fixture.PendingAsync();

        using var response = await fixture.Citizen(payment.OwnerId).GetAsync(Url(payment.Id) + "/qr.svg", Ct);

        response.EnsureSuccessStatusCode();
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal(QrImage.Svg(PaymentCode.Of(payment)), await response.Content.ReadAsStringAsync(Ct));
        await (await fixture.Citizen(Guid.CreateVersion7()).GetAsync(Url(payment.Id) + "/qr.svg", Ct)).IsProblemAsync(404, "PAY-0001");
        await (await fixture.Anybody().GetAsync(Url(payment.Id) + "/qr.svg", Ct)).IsProblemAsync(401, "CMN-0401");
    }

    [Fact]
    public async Task The_amount_is_told_in_words_too()
    {
        var payment = await fixture.PendingAsync(amount: 125_000);

        var seen = await (await fixture.Citizen(payment.OwnerId).GetAsync(Url(payment.Id), Ct)).JsonAsync();

        Assert.Equal("Một trăm hai mươi lăm nghìn đồng", seen.GetProperty("amountInWords").GetString());
    }

    [Fact]
    public async Task A_settled_request_shows_when_and_has_no_picture_any_more()
    {
        var payment = await fixture.SettledAsync();
        var owner = fixture.Citizen(payment.OwnerId);

        var view = await (await owner.GetAsync(Url(payment.Id), Ct)).JsonAsync();

        Assert.Equal("settled", view.GetProperty("status").GetString());
        Assert.Equal(payment.SettledAt, view.GetProperty("settledAt").GetDateTimeOffset());
        await (await owner.GetAsync(Url(payment.Id) + "/qr.png", Ct)).IsProblemAsync(409, "PAY-0002");
    }

    private static string Url(Guid payment) => "/api/v1/payments/" + payment;
}

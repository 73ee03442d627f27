using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

/// <summary>The simulated payment platform of the national portal, spoken to as its rules say.</summary>
public sealed class PaymentPlatformTests : IAsyncLifetime
{
    private const string Secret = "halong-at-the-platform";
    private NoticeReceiver receiver = null!; // set by InitializeAsync
    private Lab lab = null!; // set by InitializeAsync

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        receiver = await NoticeReceiver.StartAsync(Secret);
        lab = await Lab.StartAsync(("PaymentPlatform:ConfirmUrl", receiver.AnyUrl), ("PaymentPlatform:FirstDelay", "00:00:00.010"));
    }

    public async ValueTask DisposeAsync()
    {
        await lab.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task An_order_leads_to_a_page_on_which_the_payer_pays_and_the_payment_is_confirmed_with_its_check_sum()
    {
        var page = new Uri(await OrderAsync("HL1"));
        Assert.Contains("150000", await lab.Http.GetStringAsync(page, Ct), StringComparison.Ordinal);

        (await DecideAsync(page, "pay")).EnsureSuccessStatusCode();

        var told = Assert.Single(await ToldAsync(1));
        Assert.Equal(("00", "HL1", "150000"), (Text(told, "MaLoi"), Text(told, "MaThamChieu"), Text(told, "SoTien")));
        Assert.Equal(14, Text(told, "ThoiGianGD").Length);
        Assert.Equal(CheckSumOf(told), Text(told, "MaXacThuc"));
        Assert.Equal(HttpStatusCode.NotFound, (await DecideAsync(page, "pay")).StatusCode);
    }

    [Fact]
    public async Task Who_gives_up_is_confirmed_as_failed()
    {
        var page = new Uri(await OrderAsync("HL2"));

        (await DecideAsync(page, "cancel")).EnsureSuccessStatusCode();

        Assert.Equal("24", Text(Assert.Single(await ToldAsync(1)), "MaLoi"));
        Assert.Equal("that-bai", Text((await AskAsync("QUERY", "HL2")).GetProperty("message"), "TrangThaiGD"));
    }

    [Fact]
    public async Task Asked_it_tells_what_became_of_an_order_and_hands_out_the_receipt_of_a_paid_one()
    {
        await OrderAsync("HL3");
        Assert.Equal("khoi-tao", Text((await AskAsync("QUERY", "HL3")).GetProperty("message"), "TrangThaiGD"));
        Assert.Equal("01", Text(await AskAsync("QUERY", "HL-nobody"), "error_code"));
        Assert.Equal("01", Text(await AskAsync("GET_BILL", "HL3"), "error_code"));

        await EndAsync("HL3");

        var told = (await AskAsync("QUERY", "HL3")).GetProperty("message");
        Assert.Equal(("thanh-cong", "00", "150000"), (Text(told, "TrangThaiGD"), Text(told, "MaLoi"), Text(told, "SoTien")));
        Assert.Equal(CheckSumOf(told), Text(told, "MaXacThuc"));
        using var bill = await SendAsync(Question("GET_BILL", "HL3"));
        Assert.Equal("application/pdf", bill.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("%PDF-", await bill.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_takes_no_message_without_token_check_sum_or_a_new_number()
    {
        using var stranger = await SendAsync(Order("HL4"), token: "nobody");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        var forged = Order("HL4");
        forged["SoTien"] = "1";
        Assert.Equal("97", await CodeAsync(forged));
        Assert.Equal("97", await CodeAsync(Signed(new() { ["LoaiBanTin"] = "INIT", ["MaDoiTac"] = "SOMEBODY" }, OrderFields)));
        Assert.Equal("02", await CodeAsync(Question("DANCE", "HL4")));
        await OrderAsync("HL4");
        Assert.Equal("04", await CodeAsync(Order("HL4")));
    }

    [Fact]
    public async Task Its_dials_duplicate_forge_and_change_confirmations()
    {
        await OrderAsync("HL5");
        await lab.DialAsync("portal.duplicate", 2, times: 1);
        await lab.DialAsync("portal.wrongSignature", true, times: 1);
        await lab.DialAsync("portal.wrongAmount", -1, times: 1);
        await lab.DialAsync("portal.reorder", true, times: 1);

        await EndAsync("HL5");

        var told = await ToldAsync(4);
        Assert.All(told.Take(3), t => Assert.Equal(("149999", "00"), (Text(t, "SoTien"), Text(t, "MaLoi"))));
        Assert.NotEqual(CheckSumOf(told[0]), Text(told[0], "MaXacThuc"));
        Assert.Equal("24", Text(told[3], "MaLoi"));
    }

    [Fact]
    public async Task Its_dials_drop_refuse_forget_and_close_it()
    {
        await lab.DialAsync("portal.refuse", true, times: 1);
        Assert.Equal("12", await CodeAsync(Order("HL6")));
        await OrderAsync("HL6");
        await lab.DialAsync("portal.forget", true, times: 1);
        Assert.Equal("01", Text(await AskAsync("QUERY", "HL6"), "error_code"));
        await lab.DialAsync("portal.down", true, times: 1);
        using (var closed = await SendAsync(Question("QUERY", "HL6")))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, closed.StatusCode);
        await lab.DialAsync("portal.drop", true, times: 1);
        await EndAsync("HL6");
        await OrderAsync("HL7");
        await lab.DialAsync("portal.delay", 200, times: 1);
        var started = TimeProvider.System.GetTimestamp();
        await EndAsync("HL7");

        Assert.Equal("HL7", Text(Assert.Single(await ToldAsync(1)), "MaThamChieu"));
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(190));
    }

    [Fact]
    public async Task A_confirmation_is_sent_again_until_it_is_taken()
    {
        await OrderAsync("HL8");
        receiver.Answers.Enqueue(503);
        receiver.Answers.Enqueue(500);

        await EndAsync("HL8");

        Assert.Single((await ToldAsync(3)).Select(t => t.GetRawText()).Distinct());
    }

    private static readonly string[] OrderFields =
    [
        "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang",
        "ThongTinGiaoDich", "ThoiGianGD", "Ip",
    ];

    private static Dictionary<string, object> Order(string number)
    {
        var order = Signed(
            new()
            {
                ["LoaiBanTin"] = "INIT",
                ["PhienBan"] = "1.0.6",
                ["MaDoiTac"] = "HALONG",
                ["MaThamChieu"] = number,
                ["SoTien"] = "150000",
                ["MaTienTe"] = "VND",
                ["ThongTinGiaoDich"] = "Thanh toan <b>",
                ["ThoiGianGD"] = "20261120153005",
            },
            OrderFields);
        order["ThongTinBienLai"] = new { MaHoSo = "H49-1" };
        return order;
    }

    private static Dictionary<string, object> Question(string kind, string number) => Signed(
        new() { ["LoaiBanTin"] = kind, ["PhienBan"] = "1.0.6", ["MaDoiTac"] = "HALONG", ["MaThamChieu"] = number, ["ThoiGianGD"] = "20261120153005" },
        ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"]);

    private static Dictionary<string, object> Signed(Dictionary<string, object> message, string[] fields)
    {
        message["MaXacThuc"] = Sum(fields.Select(f => message.GetValueOrDefault(f)?.ToString() ?? ""));
        return message;
    }

    private static string CheckSumOf(JsonElement m) => Sum(
        ((string[])["LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich", "MaNganHang", "ThoiGianGD", "ThongTinGiaoDich"]).Select(f => Text(m, f)));

    private static string Sum(IEnumerable<string> fields) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', fields) + "|" + Secret)));

    private static string Text(JsonElement message, string field) => message.GetProperty(field).GetString()!;

    private async Task<HttpResponseMessage> SendAsync(Dictionary<string, object> message, string token = "halong-token")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/payment-platform/messages") { Content = JsonContent.Create(message) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await lab.Http.SendAsync(request, Ct);
    }

    private async Task<JsonElement> AskAsync(string kind, string number)
    {
        using var answer = await SendAsync(Question(kind, number));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private async Task<string> CodeAsync(Dictionary<string, object> message)
    {
        using var answer = await SendAsync(message);
        return Text(await answer.Content.ReadFromJsonAsync<JsonElement>(Ct), "error_code");
    }

    private async Task<string> OrderAsync(string number)
    {
        using var answer = await SendAsync(Order(number));
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal("0", Text(told, "error_code"));
        return Text(JsonDocument.Parse(Text(told, "message")).RootElement, "UrlThanhToan");
    }

    private async Task<HttpResponseMessage> DecideAsync(Uri page, string outcome) =>
        await lab.Http.PostAsync(page, new FormUrlEncodedContent([KeyValuePair.Create("outcome", outcome)]), Ct);

    private async Task EndAsync(string number) =>
        (await lab.Http.PostAsJsonAsync($"/payment-platform/orders/{number}/outcome", new { pays = true }, Ct)).EnsureSuccessStatusCode().Dispose();

    private async Task<List<JsonElement>> ToldAsync(int expected)
    {
        for (var wait = 0; wait < 500 && receiver.Told.Count < expected; wait++)
            await Task.Delay(20, Ct);
        return [.. receiver.Told];
    }
}

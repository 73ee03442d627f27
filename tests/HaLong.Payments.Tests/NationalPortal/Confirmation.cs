using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

namespace HaLong.Payments.Tests.NationalPortal;

/// <summary>Confirmations written by hand, as the platform's own rules say.</summary>
internal static class Confirmation
{
    private static readonly string[] Checked =
        ["LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich", "MaNganHang", "ThoiGianGD", "ThongTinGiaoDich"];

    public static Dictionary<string, string> Of(string order, long amount, string transaction = "GD1", string code = "00", params (string Field, string Value)[] other)
    {
        var message = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LoaiBanTin"] = "CONFIRM",
            ["MaLoi"] = code,
            ["MaDoiTac"] = PlatformLab.Partner,
            ["MaThamChieu"] = order,
            ["SoTien"] = amount.ToString(CultureInfo.InvariantCulture),
            ["MaTienTe"] = "VND",
            ["MaGiaoDich"] = transaction,
            ["MaNganHang"] = "VCB",
            ["ThoiGianGD"] = "20261120153005",
            ["ThongTinGiaoDich"] = "Thanh toan",
        };
        foreach (var (field, value) in other)
            message[field] = value;
        message["MaXacThuc"] = CheckSum(message);
        return message;
    }

    public static string CheckSum(Dictionary<string, string> message, string secret = PlatformLab.Secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', Checked.Select(f => message[f])) + "|" + secret)));

    public static async Task<HttpResponseMessage> PostAsync(PaymentFixture fixture, Dictionary<string, string> message)
    {
        using var client = fixture.Anybody();
        return await client.PostAsJsonAsync("/hooks/portal-payment", message, TestContext.Current.CancellationToken);
    }

    public static async Task<HttpResponseMessage> PostAsync(PaymentFixture fixture, string body, string mediaType = "application/json")
    {
        using var client = fixture.Anybody();
        using var content = new StringContent(body, Encoding.UTF8, mediaType);
        return await client.PostAsync(new Uri("/hooks/portal-payment", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}

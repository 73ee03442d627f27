using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HaLong.PartnerLab.PaymentPlatform;

/// <summary>Messages of the platform: names and check sums as it prescribes them.</summary>
internal static class PlatformMessage
{
    public static readonly string[] OfOrder =
    [
        "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang",
        "ThongTinGiaoDich", "ThoiGianGD", "Ip",
    ];

    public static readonly string[] OfQuestion = ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"];

    private static readonly string[] OfConfirmation =
        ["LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich", "MaNganHang", "ThoiGianGD", "ThongTinGiaoDich"];

    public static bool Holds(IReadOnlyDictionary<string, string> message, string[] fields, string secret) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(CheckSum(message, fields, secret)), Encoding.UTF8.GetBytes(message.GetValueOrDefault("MaXacThuc") ?? ""));

    /// <summary>What is told about an order: as confirmation, and in the answer to QUERY.</summary>
    public static Dictionary<string, string> About(PlatformOrder order, PaymentPlatformOptions options, long amountFault, bool forged)
    {
        var done = order.State == PlatformOrder.Done;
        var message = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LoaiBanTin"] = "CONFIRM",
            ["MaLoi"] = done ? "00" : order.State == PlatformOrder.Open ? "99" : "24",
            ["MaDoiTac"] = options.Partner,
            ["MaThamChieu"] = order.Number,
            ["SoTien"] = ((done ? order.Paid : order.Amount) + amountFault).ToString(CultureInfo.InvariantCulture),
            ["MaTienTe"] = "VND",
            ["MaGiaoDich"] = order.Transaction,
            ["MaNganHang"] = "LABBANK",
            // Vietnamese time with hours from 00 to 23; no daylight saving since 1979.
            ["ThoiGianGD"] = (order.EndedAt ?? order.OrderedAt).ToOffset(TimeSpan.FromHours(7)).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            ["ThongTinGiaoDich"] = order.Text,
        };
        message["MaXacThuc"] = CheckSum(message, OfConfirmation, forged ? "forged-" + options.Secret : options.Secret);
        return message;
    }

    private static string CheckSum(IReadOnlyDictionary<string, string> message, string[] fields, string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', fields.Select(f => message.GetValueOrDefault(f) ?? "").Append(secret)))));
}

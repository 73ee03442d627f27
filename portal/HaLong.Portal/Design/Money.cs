using System.Globalization;

namespace HaLong.Portal.Design;

/// <summary>Amounts as they are written in Việt Nam.</summary>
internal static class Money
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <param name="dong">Đồng.</param>
    public static string Of(long dong) => dong.ToString("N0", Vietnamese) + " đ";
}

using System.Globalization;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Papers;

/// <summary>How papers say dates, numbers and ways, in Vietnamese and local time.</summary>
internal static class FormWords
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <summary>19 giờ 05 phút, ngày 23 tháng 11 năm 2026.</summary>
    public static string Moment(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{Local(at):HH} giờ {Local(at):mm} phút, {Day(at)}");

    public static string Day(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"ngày {Local(at):dd} tháng {Local(at):MM} năm {Local(at):yyyy}");

    /// <summary>19:05 23/11/2026, for tables.</summary>
    public static string Short(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{Local(at):HH:mm dd/MM/yyyy}");

    public static string Upper(string text) => text.ToUpper(Vietnamese);

    public static string Number(int value) => value.ToString("00", CultureInfo.InvariantCulture);

    public static string Channel(string channel) => channel switch
    {
        "online" => "trực tuyến",
        "assisted" => "trực tuyến, có người hỗ trợ",
        "counter" => "trực tiếp",
        "post" => "qua bưu chính công ích",
        _ => channel,
    };

    /// <summary>Of a stage of the control slip.</summary>
    public static string Outcome(string? result) => result switch
    {
        "EARLY" => "Trước hạn",
        "ON_TIME" => "Đúng hạn",
        "LATE" => "Quá hạn",
        _ => "",
    };

    private static DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, LocalTime.Zone).DateTime;
}

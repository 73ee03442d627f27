using System.Globalization;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Design;

/// <summary>Days and numbers as people read them.</summary>
internal static class Days
{
    public static string Of(DateOnly day) => day.ToString(Text.Bilingual("dd/MM/yyyy", "d MMM yyyy"), CultureInfo.InvariantCulture);

    public static string Of(DateOnly? day) => day is { } known ? Of(known) : "–";
}

/// <summary>Numbers as people read them: a comma before decimals in Vietnamese, a dash for what is not known.</summary>
internal static class Numbers
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    private static CultureInfo Culture => Text.IsEnglish ? CultureInfo.InvariantCulture : Vietnamese;

    public static string Of(long? number) => number is { } known ? known.ToString("N0", Culture) : "–";

    /// <summary>With two decimals at most.</summary>
    public static string Of(decimal? number) => number is { } known ? known.ToString("#,##0.##", Culture) : "–";

    public static string Percent(decimal? number) => number is { } known ? Of(known) + " %" : "–";
}

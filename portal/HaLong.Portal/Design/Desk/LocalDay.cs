using System.Globalization;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Design.Desk;

/// <summary>Days as people read them, and as forms have them.</summary>
internal static class LocalDay
{
    public static string? Of(DateOnly? day) => day?.ToString(Text.Bilingual("dd/MM/yyyy", "d MMM yyyy"), CultureInfo.InvariantCulture);

    public static string? Field(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>From one day to another; open where nothing is said.</summary>
    public static string Span(DateOnly? from, DateOnly? to) => $"{Of(from) ?? "…"} – {Of(to) ?? "…"}";
}

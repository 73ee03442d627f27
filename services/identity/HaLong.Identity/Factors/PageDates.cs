using System.Globalization;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Factors;

/// <summary>Days as people here write them.</summary>
internal static class PageDates
{
    public static string Of(DateTimeOffset time) => LocalTime.Date(time).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}

using System.Globalization;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Design;

/// <summary>Times as people read them: local, day before month.</summary>
internal static class Moment
{
    public static string Of(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, LocalTime.Zone).ToString(Text.Bilingual("HH:mm dd/MM/yyyy", "d MMM yyyy, HH:mm"), CultureInfo.InvariantCulture);
}

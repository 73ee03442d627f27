using System.Globalization;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Templates;

/// <summary>The values of a notice's variables, written as its reader writes them.</summary>
internal static class NoticeValues
{
    private static readonly NumberFormatInfo Vietnamese = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };

    public static IReadOnlyDictionary<string, string> Of(NotifyOwner notice, string language, string link)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [NoticeKinds.OccurredAt] = Time(notice.OccurredAt, language),
            // What an owner can do about the account stands on identity's own page.
            [NoticeKinds.Link] = notice.Change is null ? link : link.TrimEnd('/') + "/account",
        };
        if (notice.DossierCode is { } code)
            values[NoticeKinds.Code] = code;
        if (notice.Change is { } change)
            values[NoticeKinds.What] = AccountChanges.In(change, language);
        if (notice.Wait is { } reason)
            values[NoticeKinds.Wait] = WaitReasons.In(reason, language);
        if (notice.Amount is { } amount)
            values[NoticeKinds.Amount] = Money(amount, language);
        if (notice.Deadline is { } deadline)
            values[NoticeKinds.Deadline] = Time(deadline, language);
        return values;
    }

    /// <summary>A time for an SMS, in digits.</summary>
    internal static string Short(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, LocalTime.Zone).ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);

    internal static string Money(long amount, string language) => language == "en"
        ? "VND " + amount.ToString("N0", CultureInfo.InvariantCulture)
        : amount.ToString("N0", Vietnamese) + " đồng";

    internal static string Time(DateTimeOffset at, string language)
    {
        var local = TimeZoneInfo.ConvertTime(at, LocalTime.Zone);
        return local.ToString(language == "en" ? "HH:mm 'on' d MMMM yyyy" : "HH:mm 'ngày' dd/MM/yyyy", CultureInfo.InvariantCulture);
    }
}

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
        if (notice.Report is { } report)
            Add(values, report, language, link.TrimEnd('/'));
        if (notice.Amount is { } amount)
            values[NoticeKinds.Amount] = Money(amount, language);
        if (notice.Deadline is { } deadline)
            values[NoticeKinds.Deadline] = Time(deadline, language);
        return values;
    }

    // The link leads to the first file; where there are several, each is named below the figures.
    private static void Add(Dictionary<string, string> values, ReportNotice report, string language, string root)
    {
        values[NoticeKinds.What] = language == "en" ? report.En : report.Vi;
        if (report.Files is [var first, ..])
            values[NoticeKinds.Link] = root + first.Path;
        var files = report.Files.Count > 1 ? report.Files.Select(f => $"{f.Format.ToUpperInvariant()}: {root}{f.Path}") : [];
        var lines = report.Lines.Concat(files).ToList();
        values[NoticeKinds.List] = lines.Count > 0 ? string.Join('\n', lines) : language == "en" ? "No totals." : "Không có số tổng hợp.";
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

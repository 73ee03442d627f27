using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Templates;

/// <summary>Values to show a template with, and to measure it by: as long as they get in real life.</summary>
internal static class SampleValues
{
    private static readonly DateTimeOffset At = new(2026, 9, 23, 2, 15, 0, TimeSpan.Zero);

    public static Dictionary<string, string> Of(string kind, string language, string link)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [NoticeKinds.Code] = "000.00.01.H49-260923-00001",
            [NoticeKinds.OccurredAt] = NoticeValues.Time(At, language),
            [NoticeKinds.Deadline] = NoticeValues.Time(At.AddDays(7), language),
            [NoticeKinds.Amount] = NoticeValues.Money(1_250_000_000, language),
            [NoticeKinds.Link] = link,
            [NoticeKinds.Wait] = Longest(WaitReasons.All.Select(r => WaitReasons.In(r, language))),
            [NoticeKinds.What] = Longest(AccountChanges.All.Select(c => AccountChanges.In(c, language))),
            [NoticeKinds.Count] = "12",
            [NoticeKinds.List] = language == "en"
                ? "Dossier H49-1 was accepted\nDossier H49-2 must be completed"
                : "Hồ sơ H49-1 đã được tiếp nhận\nHồ sơ H49-2 cần bổ sung",
        };
        return all.Where(v => NoticeKinds.Variables[kind].Contains(v.Key)).ToDictionary(StringComparer.Ordinal);
    }

    private static string Longest(IEnumerable<string> texts) => texts.MaxBy(t => t.Length) ?? "";
}

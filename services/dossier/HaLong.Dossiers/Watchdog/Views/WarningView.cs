namespace HaLong.Dossiers.Watchdog.Views;

/// <summary>A warning that was given.</summary>
/// <param name="Level">applicant, applicantLast, extension, officer, supervisor or citizen.</param>
/// <param name="PlannedAt">When it was due.</param>
/// <param name="Latest">The date it warned of.</param>
internal sealed record WarningView(string Level, string Reason, DateTimeOffset PlannedAt, DateTimeOffset GivenAt, DateTimeOffset Latest, bool Urgent)
{
    public static WarningView Of(WaitWarning w) => new(w.Level, w.Reason, w.PlannedAt, w.GivenAt, w.LatestAt, w.Urgent);
}

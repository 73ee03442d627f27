namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>A schedule as its owner sees it.</summary>
/// <param name="PausedFor">owner, roleLost, unitLost, refused: and a code; null while it goes on.</param>
/// <param name="NextAt">When the next report comes; null while it rests.</param>
/// <param name="FailedAttempts">Tries of the next report that failed so far; it is tried again by itself.</param>
internal sealed record ScheduleView(
    Guid Id, string Report, string? Unit, string? By, string Rhythm, int? Weekday, int? Day, int Hour, IReadOnlyList<string> Formats, string Language,
        string? PausedFor,
    DateTimeOffset? NextAt, DateTimeOffset? LastAt, int FailedAttempts, DateTimeOffset CreatedAt)
{
    public static ScheduleView Of(ReportSchedule s) => new(
        s.Id, s.Report, s.Unit, s.By, s.Kind, s.Weekday, s.Day, s.Hour, s.Formats, s.Language, s.PausedFor, s.DueAt is null ? null : s.NextAt, s.LastAt,
            s.Attempts, s.CreatedAt);
}

/// <summary>A file that was made.</summary>
/// <param name="Link">Where it is fetched.</param>
internal sealed record ReportFileView(
    Guid Id, Guid RunId, Guid? ScheduleId, string Report, DateOnly From, DateOnly To, string Format, string Name, long Size, DateTimeOffset MadeAt,
        DateTimeOffset ExpiresAt, string Link)
{
    public static ReportFileView Of(ReportFileEntry f) => new(
        f.Id, f.RunId, f.ScheduleId, f.Report, f.From, f.To, f.Format, f.Name, f.Size, f.MadeAt, f.ExpiresAt, $"/api/v1/statistics/report-files/{f.Id}");
}

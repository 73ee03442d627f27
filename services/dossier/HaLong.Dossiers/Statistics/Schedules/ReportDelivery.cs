using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Files;
using HaLong.Dossiers.Statistics.Reports;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>Makes the report of a schedule, keeps its files and has its owner told; to be saved with the schedule.</summary>
internal sealed class ReportDelivery(
    DossierDbContext db, ReportShelf shelf, ReportFileMaker maker, FileStore store, IOptions<ReportFileOptions> options, TimeProvider time)
{
    private const int MostFigures = 8;

    /// <param name="schedule">Whose report.</param>
    /// <param name="day">The local day for which it is made: it is about the period that was over then.</param>
    /// <param name="units">What its owner may see; null for all.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Result<IReadOnlyList<ReportFileEntry>>> MakeAsync(ReportSchedule schedule, DateOnly day, IReadOnlyList<string>? units,
        CancellationToken ct)
    {
        var period = schedule.Rhythm.PeriodOn(day);
        var report = await shelf.MakeAsync(new ReportRequest(schedule.Report, schedule.Unit, period.From, period.To, schedule.By), units, ct);
        if (!report.IsSuccess)
            return report.Error;
        var (table, now) = (report.Value, time.Now());
        var (run, expires) = (Guid.CreateVersion7(now), now.AddDays(options.Value.KeepDays));
        var files = new List<ReportFileEntry>();
        foreach (var format in schedule.Formats)
        {
            var made = await maker.MakeAsync(table, schedule.Unit, format, schedule.Language, ct);
            if (!made.IsSuccess)
                return made.Error;
            files.Add(new ReportFileEntry
            {
                Id = Guid.CreateVersion7(now),
                RunId = run,
                AccountId = schedule.AccountId,
                ScheduleId = schedule.Id,
                Report = table.Name,
                From = table.From,
                To = table.To,
                Format = format,
                Name = made.Value.Name,
                Sha256 = await store.StoreAsync(made.Value.Content, ct),
                Size = made.Value.Content.Length,
                MadeAt = now,
                ExpiresAt = expires,
            });
        }

        db.AddRange(files);
        db.Enqueue(new ReportReady(
            run, now, schedule.AccountId, table.Name, table.TitleVi, table.TitleEn, table.From, table.To, schedule.Language,
            [.. files.Select(f => new ReportReadyFile(f.Id, f.Format))], KeyFigures(table, ReportWords.In(schedule.Language)), expires));
        return Result.Of<IReadOnlyList<ReportFileEntry>>(files);
    }

    private static List<string> KeyFigures(ReportTable table, ReportWords words) => table.Totals is not { } totals ? [] :
        [.. table.Columns.Zip(totals).Where(c => c is { First.Format: not ReportFormat.Text, Second: not null })
            .Take(MostFigures).Select(c => $"{words.Head(c.First)}: {words.Show(c.Second, c.First.Format)}")];
}

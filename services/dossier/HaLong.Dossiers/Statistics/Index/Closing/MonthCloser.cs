using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Index.Closing;

/// <summary>
/// Closes a month for every unit that has anything to count, and for all together: in one transaction, and nobody else closes meanwhile. What it reads
/// is as of that moment.
/// </summary>
internal sealed class MonthCloser(
    DossierDbContext db, IndexSource source, ProcedureFiguresReader procedures, IndexBook book, CalendarCache calendars, IndexTelemetry telemetry,
    IOptions<IndexOptions> options, TimeProvider time)
{
    private const string LockName = "halong.dossier.index-closing";

    /// <summary>Past months that should be closed by now and are not, the oldest first; none from before the first dossier.</summary>
    public async Task<IReadOnlyList<string>> DueAsync(CancellationToken ct)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        var calendar = await calendars.GetAsync(ct);
        var first = (await db.Database.SqlQuery<DateOnly?>($"""SELECT min(received_day) AS "Value" FROM statistics.fact""").ToListAsync(ct)).Single();
        var closed = await db.Set<IndexMonth>().Where(m => m.UnitCode == IndexMonth.AllUnits && m.Revision == 1).Select(m => m.Month).ToListAsync(ct);
        var due = new List<string>();
        for (var back = options.Value.MakeUpMonths; back >= 1; back--)
        {
            var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-back);
            var lastDay = month.AddMonths(1).AddDays(-1);
            var period = IndexPeriod.MonthOf(month, today);
            if (first <= lastDay && calendar.AddWorkingDays(lastDay, options.Value.CloseOnWorkingDay) <= today && book.On(lastDay) is not null
                && !closed.Contains(period.Name))
                due.Add(period.Name);
        }

        return due;
    }

    /// <summary>Closes by the rule; false when it is closed already, or another replica is at it.</summary>
    public async Task<bool> CloseAsync(string month, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await db.Database.SqlQuery<bool>($"""SELECT pg_try_advisory_xact_lock(hashtextextended({LockName}, 0)) AS "Value" """).ToListAsync(ct);
        if (!locked.Single() || await IsClosedAsync(month, ct))
            return false;
        await AddAsync(month, null, null, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Closes once more, for a reason, in the caller's transaction; refused while it was not closed by the rule.</summary>
    public async Task<Result<IndexMonth>> CloseAgainAsync(string month, Guid by, string reason, CancellationToken ct)
    {
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({LockName}, 0))", ct);
        if (!await IsClosedAsync(month, ct))
            return IndexErrors.NotClosed;
        var whole = await AddAsync(month, by, reason, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return whole;
    }

    private Task<bool> IsClosedAsync(string month, CancellationToken ct) =>
        db.Set<IndexMonth>().AnyAsync(m => m.Month == month && m.UnitCode == IndexMonth.AllUnits, ct);

    private async Task<IndexMonth> AddAsync(string month, Guid? by, string? reason, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        using var span = DossierTelemetry.Source.StartActivity("index closing");
        var now = time.Now();
        var period = IndexPeriod.Parse(month, LocalTime.Date(now)).Value;
        var version = book.On(period.To)!; // looked at by whoever asks for it
        var parts = await source.ReadAsync(null, period, ct);
        var figures = await procedures.ReadAsync(period, ct);
        var tree = new UnitTree(await db.Set<StatisticsUnit>().AsNoTracking().ToListAsync(ct));
        var revision = 1 + (await db.Set<IndexMonth>().Where(m => m.Month == month).MaxAsync(m => (int?)m.Revision, ct) ?? 0);

        IndexMonth? whole = null;
        var closed = 0;
        // Units that were closed before stay among those that are closed, so that a figure that became nothing is seen.
        var before = await db.Set<IndexMonth>().Where(m => m.Month == month).Select(m => m.UnitCode).Distinct().ToListAsync(ct);
        foreach (var unit in tree.Codes.Union(parts.Keys).Union(before).Append(IndexMonth.AllUnits).Distinct(StringComparer.Ordinal))
        {
            var codes = unit == IndexMonth.AllUnits ? null : tree.Below(unit);
            var sum = IndexParts.Sum(codes is null ? parts.Values : codes.Where(parts.ContainsKey).Select(c => parts[c]));
            if (sum.IsEmpty && unit != IndexMonth.AllUnits && !before.Contains(unit))
                continue;
            var counted = IndexCounts.Of(sum, codes is null ? null : tree.LevelsOf(codes, sum), figures, period);
            var row = IndexMonth.Of(month, unit, revision, IndexScore.Of(version, counted), counted, now, by, reason);
            db.Add(row);
            closed++;
            if (codes is null)
                whole = row;
        }

        await db.SaveChangesAsync(ct);
        span?.SetTag("month", month).SetTag("units", closed).SetTag("revision", revision);
        telemetry.Closed(time.GetElapsedTime(started), again: by is not null);
        return whole!;
    }
}

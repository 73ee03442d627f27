using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.NationalPortal;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Waits.Expected;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Waits.BackTest;

/// <summary>Looks back at the weeks that are over. One replica at a time; twice does no harm.</summary>
internal sealed class AccuracyMaker(
    DossierDbContext db, OutcomeReader outcomes, StayReader stays, ExpectedWaits waits, CalendarCache calendars, IOptions<ExpectedWaitOptions> expected,
    IOptions<AccuracyOptions> options, TimeProvider time)
{
    private const string Columns =
        "procedure_code, unit_code, week, dossiers, within_half, within_most, ended, error_minutes, absolute_minutes, unsaid, open, made_at";

    /// <summary>Makes what is due since the last night: the newest weeks, and whatever is not there.</summary>
    /// <returns>How many weeks; 0 when nothing is due, or another replica is at it.</returns>
    public Task<int> RunAsync(CancellationToken ct) => OneReplica.RunAsync(db, "halong.dossier.wait-accuracy", async () =>
    {
        var now = time.GetUtcNow();
        var last = Weeks.Of(LocalTime.Date(now)).AddDays(-7);
        var night = OneReplica.LastNight(now, options.Value.Hour);
        var made = await db.Set<WaitAccuracy>().Where(a => a.ProcedureCode == WaitAccuracy.All && a.UnitCode == WaitAccuracy.All)
            .ToDictionaryAsync(a => a.Week, a => a.MadeAt, ct);
        if (made.TryGetValue(last, out var at) && at >= night)
            return 0;
        var received = (await db.Database.SqlQuery<DateOnly?>($"""SELECT min(received_day) AS "Value" FROM statistics.fact""").ToListAsync(ct)).Single();
        if (received is not { } earliest || Weeks.Of(earliest) > last)
            return 0;
        var again = last.AddDays(-7 * (options.Value.Weeks - 1));
        var first = Weeks.Of(earliest);
        while (first < again && made.ContainsKey(first))
            first = first.AddDays(7);
        return await MakeAsync(first, last, ct);
    }, ct);

    /// <summary>Puts these weeks in the place of what is there, in one transaction; one procedure at a time is in memory.</summary>
    /// <param name="first">The first week, by its Monday.</param>
    /// <param name="last">The last one; it is over.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many weeks.</returns>
    public async Task<int> MakeAsync(DateOnly first, DateOnly last, CancellationToken ct)
    {
        var (now, parents, calendar) = (time.Now(), await stays.ParentsAsync(ct), await calendars.GetAsync(ct));
        var today = LocalTime.Date(now);
        var sums = new Dictionary<(string Procedure, string Unit, DateOnly Week), AccuracySums>();
        for (var week = first; week <= last; week = week.AddDays(7))
            sums.Add((WaitAccuracy.All, WaitAccuracy.All, week), default);
        var weeks = sums.Count;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Set<WaitAccuracy>().Where(a => a.Week >= first && a.Week <= last).ExecuteDeleteAsync(ct);
        await using (var copy = await ((NpgsqlConnection)db.Database.GetDbConnection())
            .BeginBinaryImportAsync($"COPY statistics.wait_accuracy ({Columns}) FROM STDIN (FORMAT BINARY)", ct))
        {
            copy.Timeout = TimeSpan.FromHours(1);
            var all = outcomes.ReadAsync(first.AddDays(-expected.Value.WidestDays), first, today, calendar, waits.PerDay(today), ct);
            await foreach (var procedure in all)
            {
                foreach (var (week, unit, code, cell) in BackTester.Run(procedure, first, last, parents, expected.Value))
                {
                    await WriteAsync(copy, (code, unit, week), cell, now, ct);
                    foreach (var key in new[] { (code, WaitAccuracy.All, week), (WaitAccuracy.All, unit, week), (WaitAccuracy.All, WaitAccuracy.All, week) })
                        sums[key] = sums.GetValueOrDefault(key) + cell;
                }
            }

            foreach (var (key, cell) in sums)
                await WriteAsync(copy, key, cell, now, ct);
            await copy.CompleteAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return weeks;
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter copy, (string Procedure, string Unit, DateOnly Week) key, AccuracySums s, DateTimeOffset now, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(key.Procedure, ct);
        await copy.WriteAsync(key.Unit, ct);
        await copy.WriteAsync(key.Week, ct);
        foreach (var count in new[] { s.Count, s.WithinHalf, s.WithinMost, s.Ended })
            await copy.WriteAsync(count, ct);
        await copy.WriteAsync(s.Error, ct);
        await copy.WriteAsync(s.Absolute, ct);
        await copy.WriteAsync(s.Unsaid, ct);
        await copy.WriteAsync(s.Open, ct);
        await copy.WriteAsync(now, ct);
    }
}

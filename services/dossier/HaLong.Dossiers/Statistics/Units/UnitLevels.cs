using System.Collections.Concurrent;
using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Units;

/// <summary>
/// Tells the level of the units that decide. A version of a unit that appears for the first time is asked at identity and written down for reports and
/// rights, with all above it up to the province.
/// </summary>
internal sealed partial class UnitLevels(IServiceScopeFactory scopes, FactTelemetry telemetry, ILogger<UnitLevels> log) : IDisposable
{
    /// <summary>Of a unit of which identity knows nothing: most are.</summary>
    private const string Assumed = "commune";

    // More than there ever were, should somebody be above himself.
    private const int MostLevels = 6;

    private readonly ConcurrentDictionary<string, string> levels = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Tells histories the level of their unit.</summary>
    /// <exception cref="ErrorException">Identity does not answer: later it may.</exception>
    public async Task TellAsync(IReadOnlyCollection<DossierHistory> histories, CancellationToken ct)
    {
        var missing = histories.Where(h => !levels.ContainsKey(KeyOf(h))).DistinctBy(KeyOf).ToList();
        if (missing.Count > 0)
            await LearnAsync(missing, ct);
        foreach (var history in histories)
            history.Level = levels[KeyOf(history)];
    }

    public void Dispose() => turn.Dispose();

    // Dossiers from before versions were noted know the code alone.
    private static string KeyOf(DossierHistory history) => history.UnitId ?? history.UnitCode;

    private static DateOnly DayOf(DossierHistory history) => FirstDay(history.UnitId) ?? LocalTime.Date(history.SubmittedAt);

    private static DateOnly? FirstDay(string? id) =>
        id?.Split('@') is [_, var day] && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)
            ? from
            : null;

    private async Task LearnAsync(List<DossierHistory> histories, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
            var unknown = new List<DossierHistory>();
            foreach (var history in histories)
            {
                var known = db.Set<StatisticsUnit>().AsNoTracking();
                known = history.UnitId is { } id ? known.Where(u => u.Id == id) : known.Where(u => u.Code == history.UnitCode).OrderByDescending(u => u.Id);
                if (await known.Select(u => u.Level).FirstOrDefaultAsync(ct) is { } level)
                    levels[KeyOf(history)] = level;
                else
                    unknown.Add(history);
            }
            if (unknown.Count > 0)
                await AskAsync(unknown, db, scope.ServiceProvider.GetRequiredService<IdentityDirectory>(), ct);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task AskAsync(List<DossierHistory> unknown, DossierDbContext db, IdentityDirectory directory, CancellationToken ct)
    {
        var found = await FindAsync(directory, [.. unknown.Select(h => (h.UnitCode, DayOf(h)))], ct);
        await SaveAsync(db, found, ct);
        // Upwards one level at a time, each unit as it was on the day from which its part is.
        var above = found;
        for (var level = 0; above.Count > 0 && level < MostLevels; level++)
        {
            var parts = above.Where(u => u.ParentCode.Length > 0);
            above = await FindAsync(directory, [.. parts.Select(u => (u.ParentCode, FirstDay(u.Id) ?? DayOf(unknown[0])))], ct);
            await SaveAsync(db, above, ct);
        }
        foreach (var history in unknown)
        {
            var unit = found.Find(u => history.UnitId is { } id ? u.Id == id : u.Code == history.UnitCode) ?? found.Find(u => u.Code == history.UnitCode);
            if (unit is null)
            {
                Unknown(log, KeyOf(history));
                telemetry.UnitUnknown();
            }
            levels[KeyOf(history)] = unit?.Level ?? Assumed;
        }
    }

    private static async Task<List<DossierUnit>> FindAsync(IdentityDirectory directory, List<(string Code, DateOnly Day)> questions, CancellationToken ct)
    {
        if (questions.Count == 0)
            return [];
        var asked = await directory.FindUnitsAsync(questions, ct);
        return asked.IsSuccess ? asked.Value : throw new ErrorException(asked.Error);
    }

    private static async Task SaveAsync(DossierDbContext db, List<DossierUnit> units, CancellationToken ct)
    {
        // Replicas may learn of a unit at the same time.
        foreach (var u in units)
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO statistics.unit (id, code, name_vi, name_en, level, parent_code)
                VALUES ({u.Id}, {u.Code}, {u.NameVi}, {u.NameEn}, {u.Level}, {u.ParentCode})
                ON CONFLICT DO NOTHING
                """, ct);
    }

    [LoggerMessage(4400, LogLevel.Warning, "Identity knows nothing of unit {Unit}; statistics take it for a commune")]
    private static partial void Unknown(ILogger log, string unit);
}

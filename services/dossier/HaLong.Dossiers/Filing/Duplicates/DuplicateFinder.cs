using System.Collections.Frozen;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Filing.Duplicates;

/// <summary>Finds other dossiers of the same owner about the same matter: open ones, and those filed not long ago.</summary>
internal sealed class DuplicateFinder(DossierDbContext db, IOptions<FilingOptions> options)
{
    /// <summary>As many as are shown; one is enough to ask.</summary>
    public const int MostShown = 10;

    private static readonly Lazy<FrozenDictionary<string, string[]>> KeyFields = new(() => DataFiles.ReadArray("matter-fields.json", "items")
        .ToFrozenDictionary(i => i.GetProperty("procedure").GetString()!, i => i.GetProperty("fields").EnumerateArray().Select(f => f.GetString()!).ToArray()));

    // Ended without what was asked for: filing again is what one does then.
    private static readonly string[] Failed = [DossierStatus.NotAccepted, DossierStatus.Withdrawn, DossierStatus.Stopped];

    public static string KeyOf(Dossier dossier) =>
        SubjectMatter.KeyOf(dossier.ProcedureCode, dossier.Subject, dossier.Data, KeyFields.Value.GetValueOrDefault(dossier.ProcedureCode, []));

    /// <summary>Newest first.</summary>
    public Task<List<SameMatter>> FindAsync(Dossier dossier, string key, DateTimeOffset now, CancellationToken ct)
    {
        var since = LocalTime.Instant(LocalTime.Date(now).AddDays(-options.Value.DuplicateDays), TimeOnly.MinValue);
        return db.Dossiers.AsNoTracking()
            .Where(d => d.OwnerId == dossier.OwnerId && d.MatterKey == key && d.Id != dossier.Id
                && !Failed.Contains(d.Status) && d.Outcome != Outcome.Refused && (!DossierStatus.Over.Contains(d.Status) || d.SubmittedAt >= since))
            .OrderByDescending(d => d.SubmittedAt).Take(MostShown)
            .Select(d => new SameMatter(d.Id, d.Code!, d.SubmittedAt!.Value)).ToListAsync(ct);
    }

    /// <summary>Filings of the same matter take turns until the transaction ends: of two at once the second sees the first.</summary>
    public Task TakeTurnAsync(Dossier dossier, string key, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"{dossier.OwnerId}:{key}"}, 0))", ct);
}

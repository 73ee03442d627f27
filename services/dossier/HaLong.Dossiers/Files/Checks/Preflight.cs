using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Files.Checks;

/// <summary>What the checks say about a dossier as a whole.</summary>
internal sealed class Preflight(DossierDbContext db, PreflightRunner runner, IOptions<FileOptions> options)
{
    /// <summary>
    /// Everything in its documents that stands in the way of filing, at once; null when nothing does. Documents that nobody has looked at yet are
    /// looked at now; what cannot be checked in time does not stand in the way, and is checked later.
    /// </summary>
    public async Task<Error?> BlockingAsync(Guid dossierId, CancellationToken ct)
    {
        var documents = await LoadAsync(dossierId, ct);
        var waiting = documents.Where(d => d is { Preflight: null, PreflightDueAt: not null }).Select(d => runner.RunAsync(d.Id)).ToList();
        if (waiting.Count > 0)
        {
            await Task.WhenAny(Task.WhenAll(waiting), Task.Delay(options.Value.Preflight.Patience, ct));
            documents = await LoadAsync(dossierId, ct);
        }
        Error? error = null;
        foreach (var document in documents)
            foreach (var check in document.Preflight?.Checks.Where(c => c.Blocks) ?? [])
            {
                var (vi, en) = CheckTexts.Of(check);
                error = (error ?? FileErrors.NotFit).WithField("documents." + document.Id, $"{document.FileName}: {vi}", $"{document.FileName}: {en}");
            }
        return error;
    }

    private Task<List<DossierDocument>> LoadAsync(Guid dossierId, CancellationToken ct) =>
        db.Documents.AsNoTracking().Where(d => d.DossierId == dossierId && d.Kind == DocumentKind.Component).OrderBy(d => d.Id).ToListAsync(ct);
}

using System.Collections.Concurrent;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Forms;

/// <summary>Finds forms.</summary>
internal sealed class FormCatalogue(DossierDbContext db, CompiledForms compiled)
{
    private const int HashLength = 64;

    private IQueryable<FormVersion> Versions => db.Set<FormVersion>().AsNoTracking();

    /// <summary>The form in force: the procedure's own, else the one for all.</summary>
    public Task<FormVersion?> FindAsync(string procedure, CancellationToken ct) =>
        Versions.Where(f => f.ValidTo == null && (f.ProcedureCode == procedure || f.ProcedureCode == FormFile.AnyProcedure))
            .OrderBy(f => f.ProcedureCode == FormFile.AnyProcedure).FirstOrDefaultAsync(ct);

    /// <summary>A version of the procedure's form by its hash, whether in force or not.</summary>
    public Task<FormVersion?> FindAsync(string procedure, string version, CancellationToken ct) => version.Length == HashLength
        ? Versions.Where(f => f.ContentHash == version && (f.ProcedureCode == procedure || f.ProcedureCode == FormFile.AnyProcedure)).OrderBy(f => f.Id).FirstOrDefaultAsync(ct)
        : Task.FromResult<FormVersion?>(null);

    /// <summary>The version that a dossier was opened with; null for dossiers older than forms.</summary>
    public async Task<(FormVersion Version, DossierForm Binding)?> OfDossierAsync(Guid dossierId, CancellationToken ct)
    {
        var found = await db.Set<DossierForm>().AsNoTracking().Where(d => d.DossierId == dossierId)
            .Join(Versions, d => d.FormVersionId, f => f.Id, (d, f) => new { Version = f, Binding = d }).SingleOrDefaultAsync(ct);
        return found is null ? null : (found.Version, found.Binding);
    }

    public CompiledForm Compile(FormVersion version) => compiled.Of(version);
}

/// <summary>Compiled forms by version: a version never changes, so they are kept.</summary>
internal sealed class CompiledForms
{
    private readonly ConcurrentDictionary<Guid, CompiledForm> forms = new();

    public CompiledForm Of(FormVersion version) => forms.GetOrAdd(version.Id, (_, text) => new CompiledForm(FormLoader.Parse(text)), version.Content);
}

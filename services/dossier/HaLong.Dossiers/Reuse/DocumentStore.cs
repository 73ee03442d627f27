using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Reuse;

/// <summary>
/// The owner's document store (kho dữ liệu điện tử): results that were issued to him and what he handed in with dossiers that were filed. There is
/// no copy of anything: it is a view of his dossiers, as far as the caller may see them.
/// </summary>
internal sealed class DocumentStore(DossierDbContext db, DossierDesk desk, ProcedureCatalogue catalogue, TimeProvider time)
{
    private readonly Dictionary<Guid, ProcedureContent> contents = [];

    /// <summary>Everything of it that the caller may see.</summary>
    /// <param name="withResults">True: who may not see results is refused. False: he gets the papers, if he may see those.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Result<IQueryable<StoredRow>>> RowsAsync(bool withResults, CancellationToken ct)
    {
        var (results, papers) = (await desk.OwnAsync(Acts.ResultRead, toChange: false, ct), await desk.OwnAsync(Acts.DossierRead, toChange: false, ct));
        if (!results.IsSuccess && (withResults || !papers.IsSuccess || results.Error.Kind == ErrorKind.Unavailable))
            return results.Error;
        if (!papers.IsSuccess && papers.Error.Kind == ErrorKind.Unavailable)
            return papers.Error;
        // A copy is not shown beside what it is a copy of.
        var ids = None(results).Where(d => d.ResolvedAt != null).Join(db.Documents.Where(x => x.Kind == DocumentKind.Result), d => d.Id, x => x.DossierId, (d, x) => x.Id)
            .Concat(None(papers).Where(d => d.Status != DossierStatus.Draft)
                .Join(
                    db.Documents.Where(x => x.Kind == DocumentKind.Component && (x.ReusedFrom == null || !db.Documents.Any(o => o.Id == x.ReusedFrom))),
                    d => d.Id, x => x.DossierId, (d, x) => x.Id));
        return Result.Of(db.Documents.AsNoTracking().Where(x => ids.Contains(x.Id)).Join(db.Dossiers.AsNoTracking(), x => x.DossierId, d => d.Id, (x, d) => new StoredRow
        {
            Dossier = d,
            Document = x,
            ReuseCount = db.Documents.Count(o => o.ReusedFrom == x.Id),
        }));
    }

    /// <summary>The row with what the catalogue said when the dossier was filed.</summary>
    public async Task<StoredDocument> DescribeAsync(StoredRow row, CancellationToken ct)
    {
        var version = row.Dossier.ProcedureId;
        if (!contents.TryGetValue(version, out var content))
            contents[version] = content = catalogue.ContentOf(await catalogue.GetAsync(version, ct));
        return StoredDocument.Of(row, content, LocalTime.Date(time.GetUtcNow()));
    }

    private IQueryable<Dossier> None(Result<IQueryable<Dossier>> may) => may.IsSuccess ? may.Value : db.Dossiers.Where(_ => false);
}

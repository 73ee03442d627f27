using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>
/// Keeps the index of this process in step with the database: at most once a second it asks whether the catalogue has changed, and then reads
/// what is new. Without the database it goes on with what it knows.
/// </summary>
internal sealed partial class CatalogueSearch(IServiceScopeFactory scopes, TimeProvider time, ILogger<CatalogueSearch> log) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim turn = new(1);
    private volatile SearchIndex? index;
    private long checkedAt;

    public async Task<SearchIndex> CurrentAsync(CancellationToken ct)
    {
        if (index is { } current && (time.GetElapsedTime(Volatile.Read(ref checkedAt)) < Fresh || !await turn.WaitAsync(0, ct)))
            return current;
        if (index is null)
            await turn.WaitAsync(ct);
        try
        {
            return await RefreshAsync(ct);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<SearchIndex> RefreshAsync(CancellationToken ct)
    {
        var known = index;
        if (known is not null && time.GetElapsedTime(Volatile.Read(ref checkedAt)) < Fresh)
            return known;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
            // The count first: what changes while the rest is read shows up as a higher one next time.
            var revision = await CatalogueStamp.ReadAsync(db, ct);
            if (known?.Revision != revision)
                index = known = await ReadAsync(db, revision, known, ct);
            Volatile.Write(ref checkedAt, time.GetTimestamp());
            return known!;
        }
        catch (Exception e) when (known is not null && IsOutage(e))
        {
            Volatile.Write(ref checkedAt, time.GetTimestamp());
            GoesOn(log, known.Revision);
            return known;
        }
    }

    private static async Task<SearchIndex> ReadAsync(DossierDbContext db, long revision, SearchIndex? known, CancellationToken ct)
    {
        var spans = await db.Procedures.AsNoTracking().Where(p => p.ValidTo == null || p.ValidTo >= p.ValidFrom)
            .Select(p => new { p.Id, p.ValidFrom, p.ValidTo }).ToListAsync(ct);
        var old = known?.ById ?? new Dictionary<Guid, SearchDocument>();
        var missing = spans.Select(s => s.Id).Where(id => !old.ContainsKey(id)).ToList();
        var contents = await db.Procedures.AsNoTracking().Where(p => missing.Contains(p.Id)).Select(p => new { p.Id, p.Content }).ToDictionaryAsync(p => p.Id, p => p.Content, ct);
        return new SearchIndex(revision, spans.Where(s => old.ContainsKey(s.Id) || contents.ContainsKey(s.Id)).Select(s => old.TryGetValue(s.Id, out var document)
            ? document.Until(s.ValidTo)
            : new SearchDocument(s.Id, s.ValidFrom, s.ValidTo, CatalogueLoader.Parse(contents[s.Id]))));
    }

    private static bool IsOutage(Exception? e) => e is NpgsqlException { IsTransient: true } || (e is not null && IsOutage(e.InnerException));

    [LoggerMessage(4021, LogLevel.Warning, "The database does not answer; searching revision {Revision} of the catalogue as it is known here")]
    private static partial void GoesOn(ILogger log, long revision);
}

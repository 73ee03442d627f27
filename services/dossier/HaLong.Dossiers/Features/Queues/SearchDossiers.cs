using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>
/// Finds dossiers of the caller's unit by code, owner's name or personal number. A POST, so that nothing of it stands in an address; and without an idempotency key,
/// because it changes nothing and its answer must not be kept.
/// </summary>
internal sealed class SearchDossiers(
    DossierDbContext db, QueueDesk desk, NumberLookup numbers, TimeProvider time, IOptions<FilingOptions> filing, IOptions<DossierOptions> options)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/search", (SearchRequest request, SearchDossiers handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Find dossiers of the unit by code, its beginning, the owner's name with typing errors, or a whole personal number; recorded for the owners to see")
        .Answers<Page<QueueItem>>(200, 400, 429, 503);

    private async Task<IResult> HandleAsync(SearchRequest request, HttpContext http, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(request.Limit), Cursor.Decode(request.After, 3));
        if ((DossierEndpoints.FirstError(size, cursor) ?? request.Check()) is { } error)
            return error.ToProblem();
        http.Response.Headers.CacheControl = "no-store";
        var (unit, kind) = (desk.Unit ?? "", cursor.Value?[0]);
        if (request.PersonalNumber is { } number)
        {
            var owners = await numbers.FindAsync(number.Trim(), ct);
            return owners.IsSuccess
                ? await ShowAsync(SearchOrder.ByNumber, db.Dossiers.Where(d => owners.Value.Contains(d.OwnerId)), request, cursor.Value, size.Value, ct)
                : owners.Error.ToProblem();
        }

        var text = request.Text!.Trim(); // There by Check.
        var agency = filing.Value.AgencyOn(unit, LocalTime.Date(time.Now())) ?? options.Value.AgencyOf(unit);
        if (CodeText.Beginnings(text, agency) is { } beginnings)
            return await ShowAsync(SearchOrder.ByCode, await HasCodeAsync(text, beginnings, unit, ct), request, cursor.Value, size.Value, ct);
        var words = OwnerNames.Words(text);
        if (words.Count == 0)
            return QueueErrors.SearchInvalid.WithField("text", "Hãy nhập mã hồ sơ hoặc họ tên.", "Type a code or a name.").ToProblem();
        // Errors are forgiven where nothing fits as typed; the pages behind the first go on as it began.
        string[][] exact = [OwnerNames.Exact(unit, words)], near = [.. words.Select(w => OwnerNames.Near(unit, w))];
        var hits = kind == SearchOrder.ByNearName ? 0 : await OwnerNames.CountAsync(db, exact, OwnerNames.All, ct);
        if (hits > 0 || kind == SearchOrder.ByName)
            return await ShowAsync(SearchOrder.ByName, OwnerNames.Find(db, unit, exact, OwnerNames.All, hits > OwnerNames.Many), request, cursor.Value, size.Value, ct);
        hits = await OwnerNames.CountAsync(db, near, OwnerNames.Any, ct);
        return await ShowAsync(SearchOrder.ByNearName, OwnerNames.Find(db, unit, near, OwnerNames.Any, hits > OwnerNames.Many), request, cursor.Value, size.Value, ct);
    }

    /// <summary>A whole code wherever it may be seen; else what begins so in the unit, in the spelling that there is.</summary>
    private async Task<IQueryable<Dossier>> HasCodeAsync(string text, IReadOnlyList<string> beginnings, string unit, CancellationToken ct)
    {
        if (DossierCode.Parse(text) is { } parsed)
        {
            var spellings = DossierCode.Spellings(parsed);
            var whole = db.Dossiers.Where(d => spellings.Contains(d.Code!));
            if (await desk.Sight(whole).AnyAsync(ct))
                return whole;
        }

        var found = beginnings.Select(b => db.Dossiers.Where(d => d.UnitCode == unit && EF.Functions.Collate(d.Code!, "C").StartsWith(b))).ToList();
        foreach (var rows in found.SkipLast(1))
            if (await desk.Sight(rows).AnyAsync(ct))
                return rows;
        return found[^1];
    }

    private static IQueryable<Dossier> Narrowed(IQueryable<Dossier> rows, SearchRequest request) =>
        request.Open == true ? rows.Where(d => d.QueuedFor != null) : rows;

    private async Task<IResult> ShowAsync(string kind, IQueryable<Dossier> found, SearchRequest request, string[]? after, int size, CancellationToken ct)
    {
        var ordered = SearchOrder.Apply(desk.Sight(Narrowed(found, request)), kind, after);
        return ordered.IsSuccess
            ? await desk.ShowAsync(ordered.Value, size, [], ReadRecord.DossierSearch, row => SearchOrder.KeyOf(kind, row), ct)
            : ordered.Error.ToProblem();
    }
}

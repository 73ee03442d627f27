using HaLong.Identity.AccessLog;
using HaLong.Identity.Domain;
using HaLong.Identity.PersonalData;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.DataRequests;

/// <summary>The desk that deals with requests: administrators of the unit decide, auditors of the unit read.</summary>
internal sealed class DataRequestDesk(IdentityDbContext db, Caller caller, AccessLedger ledger, RequestDetails details, TimeProvider time)
{
    /// <summary>Policy of who may read.</summary>
    public const string Readers = "DataRequestReaders";

    private const string Purpose = "data-subject-request";

    /// <summary>The soonest limit first.</summary>
    public async Task<IResult> ListAsync(string? state, bool? overdue, string? after, int? limit, CancellationToken ct)
    {
        if (state is not null && !DataRequestStates.All.Contains(state))
            return IdentityErrors.InvalidDataRequest.WithField("state", string.Join(", ", DataRequestStates.All)).ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 2));
        if (!size.IsSuccess || !cursor.IsSuccess)
            return (size.IsSuccess ? cursor.Error : size.Error).ToProblem();
        var now = time.GetUtcNow();
        var requests = (await VisibleAsync(ct)).AsNoTracking();
        if (state is not null)
            requests = requests.Where(r => r.State == state);
        if (overdue is true)
            requests = requests.Where(r => DataRequestStates.Open.Contains(r.State) && (r.CompleteBy < now || (r.AcknowledgedAt == null && r.AcknowledgeBy < now)));
        if (cursor.Value is [var ticks, var key])
        {
            if (!long.TryParse(ticks, out var utc) || utc < 0 || utc > DateTime.MaxValue.Ticks || !Guid.TryParse(key, out var id))
                return CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            var due = new DateTimeOffset(utc, TimeSpan.Zero);
            requests = requests.Where(r => EF.Functions.GreaterThan(ValueTuple.Create(r.CompleteBy, r.Id), ValueTuple.Create(due, id)));
        }

        var rows = await requests.OrderBy(r => r.CompleteBy).ThenBy(r => r.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(r => DeskView.Of(r, now)), size.Value, r =>
            [r.Request.CompleteBy.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture), r.Request.Id.ToString()]));
    }

    /// <summary>One request with what was written; that it was read is recorded.</summary>
    public async Task<IResult> ShowAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        if (await (await VisibleAsync(ct)).AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request)
            return IdentityErrors.DataRequestNotFound.ToProblem();
        var role = caller.IsInRole(Roles.Administrator) ? Roles.Administrator : Roles.Auditor;
        await ledger.AppendAsync(
            new Reading([request.AccountId], caller.ActorId, role, caller.Unit, "identity", AccessWords.DataRequest, id, Purpose, null, time.GetUtcNow()),
            TimeSpan.FromMinutes(10), ct);
        var name = await db.Accounts.Where(a => a.Id == request.AccountId).Select(a => a.DisplayName).SingleOrDefaultAsync(ct) ?? "";
        var written = details.Open(request);
        Etag.Set(http.Response, request.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new DeskDetailView(DeskView.Of(request, time.GetUtcNow()), name, written with { Changes = written.Changes?.Masked() }));
    }

    /// <summary>A request to be changed; not one's own.</summary>
    public async Task<Result<DataRequest>> TakeAsync(Guid id, HttpRequest http, CancellationToken ct)
    {
        if (await (await VisibleAsync(ct)).SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request)
            return IdentityErrors.DataRequestNotFound;
        if (request.AccountId == caller.AccountId || request.AccountId == caller.ActorId)
            return IdentityErrors.OwnRequest;
        return Etag.Check(http, request.Version) is { } stale ? stale : request;
    }

    /// <summary>What came to the caller's unit, to one below it, or to any.</summary>
    private async Task<IQueryable<DataRequest>> VisibleAsync(CancellationToken ct)
    {
        var units = await db.AndBelowAsync(caller.Unit, LocalTime.Date(time.GetUtcNow()), ct);
        return db.DataRequests.Where(r => r.Unit == null || units.Contains(r.Unit));
    }

    /// <summary>Saves, and answers with the request.</summary>
    public async Task<IResult> SaveAsync(DataRequest request, HttpContext http, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, request.Version);
        return TypedResults.Ok(DeskView.Of(request, time.GetUtcNow()));
    }
}

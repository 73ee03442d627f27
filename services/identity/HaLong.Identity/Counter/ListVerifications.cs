using HaLong.Identity.AccessLog;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.PersonalData;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Counter;

/// <summary>The verifications of an account by the auditor's unit and those below, newest first, with what they corrected.</summary>
internal sealed class ListVerifications(IdentityDbContext db, CounterDesk desk, Corrections corrections, Caller caller)
{
    /// <param name="Id">The verification.</param>
    /// <param name="DocumentKind">Which paper.</param>
    /// <param name="Unit">Code of the unit.</param>
    /// <param name="VerifiedBy">The official.</param>
    /// <param name="VerifiedAt">When.</param>
    /// <param name="Note">The official's words.</param>
    /// <param name="TakenOver">True when what opened the account before was withdrawn.</param>
    /// <param name="Correction">Name and birth date before and after; null when nothing was corrected.</param>
    /// <param name="UndoneBy">Who undid it.</param>
    /// <param name="UndoneAt">When.</param>
    /// <param name="UndoReason">Why.</param>
    internal sealed record View(
        Guid Id, string DocumentKind, string Unit, Guid VerifiedBy, DateTimeOffset VerifiedAt, string? Note, bool TakenOver, Correction? Correction, Guid? UndoneBy,
        DateTimeOffset? UndoneAt, string? UndoReason);

    public async Task<IResult> HandleAsync(Guid id, string? after, int? limit, HttpContext http, CancellationToken ct)
    {
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (!await db.Accounts.AnyAsync(a => a.Id == id && a.Kind == AccountKind.Citizen, ct))
            return IdentityErrors.AccountNotFound.ToProblem();
        var units = await db.AndBelowAsync(caller.Unit, desk.Today, ct);
        var rows = db.AccountVerifications.AsNoTracking().Where(v => v.AccountId == id && units.Contains(v.UnitCode));
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return CommonErrors.BadRequest.ToProblem();
            rows = rows.Where(v => v.Id < last);
        }

        var found = await rows.OrderByDescending(v => v.Id).Take(size.Value + 1).ToListAsync(ct);
        if (found.Count > 0)
            await desk.RecordAsync([id], AccessWords.Verification, null, "inspection", null, ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page.Of(found.ConvertAll(Show), size.Value, v => [v.Id.ToString()]));
    }

    private View Show(AccountVerification v) => new(
        v.Id, v.DocumentKind, v.UnitCode, v.VerifiedBy, v.VerifiedAt, v.Note, v.TakenOver, corrections.Open(v), v.UndoneBy, v.UndoneAt, v.UndoReason);
}

using HaLong.Identity.Domain;
using HaLong.Identity.PersonalData;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.AccessLog;

/// <summary>What an auditor looks for; at least one of the two people.</summary>
/// <param name="ActorId">Who looked.</param>
/// <param name="SubjectId">Whose data.</param>
/// <param name="From">Not before.</param>
/// <param name="To">Before.</param>
/// <param name="After">Cursor.</param>
/// <param name="Limit">Page size.</param>
internal sealed record AccessSearch(Guid? ActorId, Guid? SubjectId, DateTimeOffset? From, DateTimeOffset? To, string? After, int? Limit);

/// <summary>The access log as people and auditors read it.</summary>
internal static class ReadAccessLog
{
    /// <summary>Who opened the caller's data.</summary>
    public static async Task<IResult> MineAsync(
        Caller caller, IdentityDbContext db, HttpContext http, CancellationToken ct, string? after = null, int? limit = null)
    {
        var subject = caller.AccountId;
        var page = await db.PageAsync(db.AccessRecords.Where(r => r.SubjectId == subject && r.ActorId != subject), after, limit, (_, view) => view, ct);
        http.Response.Headers.CacheControl = "no-store";
        return page.Match(TypedResults.Ok);
    }

    /// <summary>For auditors: readings by people of their unit and the units below it.</summary>
    public static async Task<IResult> SearchAsync(
        AccessSearch body, Caller caller, IdentityDbContext db, AccessLedger ledger, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        if (body.ActorId is null && body.SubjectId is null)
            return IdentityErrors.SearchTooWide.WithField("actorId", "Nêu actorId hoặc subjectId.", "Give actorId or subjectId.").ToProblem();
        var units = await db.AndBelowAsync(caller.Unit, LocalTime.Date(time.GetUtcNow()), ct);
        var records = db.AccessRecords.Where(r => r.Unit != null && units.Contains(r.Unit));
        if (body.ActorId is { } actor)
            records = records.Where(r => r.ActorId == actor);
        if (body.SubjectId is { } subject)
            records = records.Where(r => r.SubjectId == subject);
        if (body.From?.ToUniversalTime() is { } from)
            records = records.Where(r => r.At >= from);
        if (body.To?.ToUniversalTime() is { } to)
            records = records.Where(r => r.At < to);

        var page = await db.PageAsync(records, body.After, body.Limit, (r, view) => new AuditView(r.Sequence, r.SubjectId, r.ActorId, view), ct);
        if (page.IsSuccess)
        {
            // The auditor looks at people too, and they can see that.
            var shown = page.Value.Items.Select(i => i.SubjectId).Distinct().ToList();
            await ledger.AppendAsync(
                new Reading(shown, caller.ActorId, Roles.Auditor, caller.Unit, "identity", AccessWords.AccessLog, null, "inspection", null, time.GetUtcNow()),
                TimeSpan.FromMinutes(10), ct);
        }

        http.Response.Headers.CacheControl = "no-store";
        return page.Match(TypedResults.Ok);
    }
}

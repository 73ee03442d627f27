using System.Text.Json;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>What administrators did, latest first, within the caller's responsibility.</summary>
internal static class ListAudit
{
    /// <param name="Id">The entry.</param>
    /// <param name="At">When, UTC.</param>
    /// <param name="ActorId">Who; null for the platform itself.</param>
    /// <param name="ActorName">Name of that person today.</param>
    /// <param name="ActorUnit">The unit acted for.</param>
    /// <param name="Action">What, e.g. assignment.opened.</param>
    /// <param name="TargetType">account, client, unit, place or reorganisation.</param>
    /// <param name="TargetId">About whom or what.</param>
    /// <param name="UnitId">The unit it is about; null for the platform as a whole.</param>
    /// <param name="Before">What was, without secrets.</param>
    /// <param name="After">What is since, without secrets.</param>
    /// <param name="TraceId">Where to look in the logs.</param>
    internal sealed record View(
        Guid Id, DateTimeOffset At, Guid? ActorId, string? ActorName, string? ActorUnit, string Action, string TargetType, string TargetId, string? UnitId,
        JsonElement? Before, JsonElement? After, string? TraceId);

    internal sealed record Filter
    {
        /// <summary>An action, or its first part with a dot at the end: assignment.</summary>
        public string? Action { get; init; }

        /// <summary>Who did it.</summary>
        public Guid? Actor { get; init; }

        /// <summary>About whom or what.</summary>
        public string? Target { get; init; }

        /// <summary>Code of a unit today, or code@validFrom.</summary>
        public string? Unit { get; init; }

        /// <summary>First local day.</summary>
        public DateOnly? From { get; init; }

        /// <summary>Last local day.</summary>
        public DateOnly? To { get; init; }

        /// <summary>Cursor.</summary>
        public string? After { get; init; }

        /// <summary>Page size.</summary>
        public int? Limit { get; init; }
    }

    public static async Task<IResult> HandleAsync(
        [AsParameters] Filter filter, IdentityDbContext db, AdminScope scopes, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        var size = Cursor.Limit(filter.Limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(filter.After, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var scope = await scopes.ReadAsync(ct);
        var entries = Within(db.AuditEntries.AsNoTracking(), filter, scope, LocalTime.Date(time.GetUtcNow()));
        if (cursor.Value is [var text])
        {
            if (!Guid.TryParse(text, out var last))
                return CommonErrors.BadRequest.ToProblem();
            entries = entries.Where(e => e.Id < last);
        }

        var found = await entries.OrderByDescending(e => e.Id).Take(size.Value + 1).ToListAsync(ct);
        var actors = found.Select(e => e.ActorId).OfType<Guid>().Distinct().ToList();
        var names = await db.Accounts.AsNoTracking().Where(a => actors.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page.Of(
            found.ConvertAll(e => new View(
                e.Id, e.At, e.ActorId, e.ActorId is { } id ? names.GetValueOrDefault(id) : null, e.ActorUnit, e.Action, e.TargetType, e.TargetId, e.UnitId,
                Parse(e.Before), Parse(e.After), e.TraceId)),
            size.Value, e => [e.Id.ToString()]));
    }

    private static IQueryable<AuditEntry> Within(IQueryable<AuditEntry> entries, Filter filter, Scope scope, DateOnly today)
    {
        // What concerns the platform as a whole has no unit: the province sees it, a commune does not.
        if (!scope.IsProvince)
        {
            var units = scope.Ids;
            entries = entries.Where(e => e.UnitId != null && units.Contains(e.UnitId));
        }

        if (filter.Unit is not null)
        {
            var unit = scope.Find(filter.Unit, today)?.Id ?? "";
            entries = entries.Where(e => e.UnitId == unit);
        }

        if (filter.Action is { Length: > 0 } action)
            entries = action.EndsWith('.') ? entries.Where(e => e.Action.StartsWith(action)) : entries.Where(e => e.Action == action);
        if (filter.Actor is { } actor)
            entries = entries.Where(e => e.ActorId == actor);
        if (filter.Target is { Length: > 0 } target)
            entries = entries.Where(e => e.TargetId == target);
        if (filter.From is { } from)
        {
            var first = LocalTime.Instant(from, TimeOnly.MinValue);
            entries = entries.Where(e => e.At >= first);
        }

        if (filter.To is { } to && to < DateOnly.MaxValue)
        {
            var end = LocalTime.Instant(to.AddDays(1), TimeOnly.MinValue);
            entries = entries.Where(e => e.At < end);
        }

        return entries;
    }

    private static JsonElement? Parse(string? json) => json is null ? null : JsonElement.Parse(json);
}

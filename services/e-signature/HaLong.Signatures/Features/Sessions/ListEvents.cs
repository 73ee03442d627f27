using System.Globalization;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>A line of the ceremony log.</summary>
internal sealed record EventView(long Id, Guid SessionId, CeremonyStep Step, Guid? SignerId, Guid? DocumentId, string Actor, string? Sha256, string? Detail,
    DateTimeOffset OccurredAt)
{
    public static EventView Of(SigningEvent e) => new(e.Id, e.SessionId, e.Step, e.SignerId, e.DocumentId, e.Actor,
        e.Sha256.Length > 0 ? e.Sha256 : null, e.Detail.Length > 0 ? e.Detail : null, e.OccurredAt);
}

/// <summary>The ceremony log: for the parties of a session that of theirs, for auditors that of their unit.</summary>
internal static class ListEvents
{
    public static void Map(IEndpointRouteBuilder sessions, IEndpointRouteBuilder admin)
    {
        Describe(sessions.MapGet("/{id:guid}/events", OfSessionAsync), "listSigningEvents", "What happened in a session, latest first", "For its parties.")
            .ProducesProblem(StatusCodes.Status404NotFound).RequireAuthorization(Policies.SignedIn);
        Describe(admin.MapGet("/", OfUnitAsync), "listUnitSigningEvents", "What happened in the sessions of the auditor's unit, latest first",
            "session narrows it to one.").ProducesProblem(StatusCodes.Status403Forbidden).RequireAuthorization(Policies.Auditor);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary, string description) => route
        .WithName(name).WithSummary(summary)
            .WithDescription(description + " Ids, hashes and codes only. Pages by cursor. Scope halong.api. Strong consistency.")
        .Produces<Page<EventView>>().ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> OfSessionAsync(Guid id, string? after, int? limit, SessionDesk desk, SignatureDbContext db, CancellationToken ct)
    {
        var session = await desk.ReadAsync(id, ct);
        return session.IsSuccess
            ? await PageAsync(db.Set<SigningEvent>().Where(e => e.SessionId == id), after, limit, ct)
            : session.Error.ToProblem();
    }

    private static async Task<IResult> OfUnitAsync(Guid? session, string? after, int? limit, SignatureDbContext db, Caller caller, CancellationToken ct)
    {
        if (caller.Unit is not { } unit)
            return CommonErrors.Forbidden.ToProblem();
        var lines = db.Set<SigningEvent>().Where(e => e.UnitCode == unit);
        return await PageAsync(session is { } id ? lines.Where(e => e.SessionId == id) : lines, after, limit, ct);
    }

    private static async Task<IResult> PageAsync(IQueryable<SigningEvent> lines, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, values: 1));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (cursor.Value is [var text])
        {
            if (!long.TryParse(text, CultureInfo.InvariantCulture, out var before))
                return CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            lines = lines.Where(e => e.Id < before);
        }

        var rows = await lines.AsNoTracking().OrderByDescending(e => e.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(EventView.Of), size.Value, e => [e.Id.ToString(CultureInfo.InvariantCulture)]));
    }
}

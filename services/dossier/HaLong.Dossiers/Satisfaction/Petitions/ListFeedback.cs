using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Satisfaction.Petitions;

/// <summary>Lists of feedback, newest first: one's own, the agency's, and the answers that anybody may read.</summary>
internal sealed class ListFeedback(DossierDbContext db, FeedbackDesk desk, ReadRecord reads)
{
    private static readonly Error BadCursor = DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/me/feedback", (string? after, int? limit, ListFeedback handler, CancellationToken ct) => handler.OwnAsync(after, limit, ct))
            .RequireAuthorization(Policies.SignedIn)
            .WithTags("Feedback")
            .WithSummary("One's own feedback, newest first")
            .Answers<Page<FeedbackView>>(200, 400);
        app.MapGet("/api/v1/admin/feedback", (string? unit, string? state, bool? late, string? after, int? limit, ListFeedback handler, CancellationToken ct) =>
                handler.SeenAsync(unit, state, late, after, limit, ct))
            .RequireAuthorization(Policies.Staff)
            .WithTags("Feedback")
            .WithSummary("Feedback about a unit and those below it, newest first, by state and by lateness")
            .WithDescription("For leaders, chiefs and approvers of the unit, auditors and administrators. `late=true`: a date was missed, or is over.")
            .Answers<Page<FeedbackView>>(200, 400, 403);
        app.MapGet("/api/v1/feedback/published", (string? unit, string? procedure, string? after, int? limit, ListFeedback handler, CancellationToken ct) =>
                handler.PublishedAsync(unit, procedure, after, limit, ct))
            .AllowAnonymous()
            .WithTags("Feedback")
            .WithSummary("Answers that were made public, newest first, without personal data")
            .Answers<Page<PublishedFeedback>>(200, 400);
    }

    private async Task<IResult> OwnAsync(string? after, int? limit, CancellationToken ct)
    {
        var (size, last) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (Wrong(size, last) is { } error)
            return error.ToProblem();
        return TypedResults.Ok(Views(await PageAsync(desk.Own, size.Value, last.Value, ct), size.Value));
    }

    private async Task<IResult> SeenAsync(string? unit, string? state, bool? late, string? after, int? limit, CancellationToken ct)
    {
        var (size, last) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (Wrong(size, last) is { } error)
            return error.ToProblem();
        if (state is not null && !FeedbackState.All.Contains(state))
            return SatisfactionErrors.FeedbackInvalid.WithField("state", "Trạng thái không tồn tại.", "There is no such state.").ToProblem();
        var seen = await desk.SeenAsync(unit, ct);
        if (!seen.IsSuccess)
            return seen.Error.ToProblem();
        var rows = state is null ? seen.Value : seen.Value.Where(f => f.State == state);
        var now = desk.Now;
        rows = late switch
        {
            true => rows.Where(f => f.OnTime == false || (f.OnTime == null && f.DueAt < now)),
            false => rows.Where(f => f.OnTime == true || (f.OnTime == null && (f.DueAt == null || f.DueAt >= now))),
            null => rows,
        };
        var found = await PageAsync(rows, size.Value, last.Value, ct);
        await reads.AddPageAsync(ReadFeedback.WhatList, found.Take(size.Value).Select(f => f.AuthorId), ct);
        return TypedResults.Ok(Views(found, size.Value));
    }

    private async Task<IResult> PublishedAsync(string? unit, string? procedure, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 2));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var rows = db.Set<Feedback>().AsNoTracking().Where(f => f.PublishedAt != null);
        if (unit is not null)
            rows = rows.Where(f => f.UnitCode == unit);
        if (procedure is not null)
            rows = rows.Where(f => f.ProcedureCode == procedure);
        if (cursor.Value is [var moment, var key])
        {
            if (!DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) || !Guid.TryParse(key, out var id))
                return BadCursor.ToProblem();
            rows = rows.Where(f => EF.Functions.LessThan(ValueTuple.Create(f.PublishedAt!.Value, f.Id), ValueTuple.Create(at.ToUniversalTime(), id)));
        }

        var found = await rows.OrderByDescending(f => f.PublishedAt).ThenByDescending(f => f.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(
            found.ConvertAll(PublishedFeedback.Of), size.Value, f => [f.PublishedAt.ToString("O", CultureInfo.InvariantCulture), f.Id.ToString()]));
    }

    // Ids grow with time, so their order is the order of receipt.
    private static Task<List<Feedback>> PageAsync(IQueryable<Feedback> rows, int size, Guid? last, CancellationToken ct) =>
        (last is { } id ? rows.Where(f => f.Id < id) : rows).AsNoTracking().OrderByDescending(f => f.Id).Take(size + 1).ToListAsync(ct);

    private Page<FeedbackView> Views(List<Feedback> rows, int size) => Page.Of(rows.ConvertAll(desk.View), size, f => [f.Id.ToString()]);

    private static Error? Wrong(Result<int> size, Result<Guid?> last) => !size.IsSuccess ? size.Error : !last.IsSuccess ? last.Error : null;
}

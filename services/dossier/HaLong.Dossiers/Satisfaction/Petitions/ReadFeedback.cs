using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Satisfaction.Petitions;

/// <summary>One piece of feedback: for its author, and for the agency.</summary>
internal sealed class ReadFeedback(FeedbackDesk desk, ReadRecord reads)
{
    public const string What = "feedback";
    public const string WhatList = "feedback-list";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/feedback/{id:guid}", (Guid id, ReadFeedback handler, HttpContext http, CancellationToken ct) => handler.OwnAsync(id, http, ct))
            .RequireAuthorization(Policies.SignedIn)
            .WithTags("Feedback")
            .WithSummary("One's own feedback and what became of it")
            .Answers<FeedbackView>(200, 404);
        app.MapGet("/api/v1/admin/feedback/{id:guid}", (Guid id, ReadFeedback handler, HttpContext http, CancellationToken ct) =>
            handler.SeenAsync(id, http, ct))
            .RequireAuthorization(Policies.Staff)
            .WithTags("Feedback")
            .WithSummary("Feedback about one's unit, without who wrote it")
            .Answers<FeedbackView>(200, 403, 404);
    }

    private async Task<IResult> OwnAsync(Guid id, HttpContext http, CancellationToken ct) =>
        await desk.Own.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct) is { } feedback ? desk.Show(feedback, http)
            : SatisfactionErrors.FeedbackNotFound.ToProblem();

    private async Task<IResult> SeenAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var seen = await desk.SeenAsync(null, ct);
        if (!seen.IsSuccess)
            return seen.Error.ToProblem();
        if (await seen.Value.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct) is not { } feedback)
            return SatisfactionErrors.FeedbackNotFound.ToProblem();
        await reads.AddAsync(What, id, feedback.AuthorId, ct);
        return desk.Show(feedback, http);
    }
}

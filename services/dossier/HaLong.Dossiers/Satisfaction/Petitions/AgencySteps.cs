using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Satisfaction.Petitions;

/// <summary>What the agency does with feedback: refuse, ask for more, answer, make the answer public.</summary>
internal sealed class AgencySteps(FeedbackDesk desk, Caller caller)
{
    internal sealed record RefusalRequest(string? Reason);

    internal sealed record QuestionRequest(string? Question);

    /// <param name="Upheld">The complaint is justified, or the proposal is taken up.</param>
    /// <param name="ToPublish">False where the answer is about one person's matter only; otherwise it is to be made public.</param>
    internal sealed record AnswerRequest(string? Answer, bool? Upheld, bool? ToPublish);

    /// <param name="Text">The matter in words without personal data.</param>
    /// <param name="Answer">The answer in such words.</param>
    internal sealed record PublicationRequest(string? Text, string? Answer);

    public static void Map(IEndpointRouteBuilder group)
    {
        Describe(group.MapPost("/{id:guid}/refusal", (Guid id, RefusalRequest request, AgencySteps handler, HttpContext http, CancellationToken ct) =>
            handler.RefuseAsync(id, request, http, ct)),
            "Refuse feedback, with the reason (in time within 2 working days)");
        Describe(group.MapPost("/{id:guid}/supplement-request",
            (Guid id, QuestionRequest request, AgencySteps handler, HttpContext http, CancellationToken ct) => handler.AskAsync(id, request, http, ct)),
            "Ask the author to add something, once (in time within 5 working days)");
        Describe(group.MapPost("/{id:guid}/answer", (Guid id, AnswerRequest request, AgencySteps handler, HttpContext http, CancellationToken ct) =>
            handler.AnswerAsync(id, request, http, ct)),
            "Answer feedback (in time within 15 working days)");
        Describe(group.MapPost("/{id:guid}/publication", (Guid id, PublicationRequest request, AgencySteps handler, HttpContext http, CancellationToken ct) =>
            handler.PublishAsync(id, request, http, ct)),
            "Make an answer public, in words without personal data (in time within 2 working days after it)");
    }

    private static void Describe(RouteHandlerBuilder endpoint, string summary) => endpoint
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary(summary)
        .WithDescription("For leaders, chiefs and approvers of the unit or of one above it. If-Match is honoured.")
        .Answers<FeedbackView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> RefuseAsync(Guid id, RefusalRequest request, HttpContext http, CancellationToken ct) =>
        FeedbackText.Check(null, "reason", request.Reason) is { } error
            ? error.ToProblem()
            : await desk.ByAgencyAsync(id, "refused", http, (f, times) => f.Refuse(request.Reason!.Trim(), times, desk.Now), ct);

    private async Task<IResult> AskAsync(Guid id, QuestionRequest request, HttpContext http, CancellationToken ct) =>
        FeedbackText.Check(null, "question", request.Question) is { } error
            ? error.ToProblem()
            : await desk.ByAgencyAsync(id, "asked", http, (f, times) => f.Ask(request.Question!.Trim(), times, desk.Now), ct);

    private async Task<IResult> AnswerAsync(Guid id, AnswerRequest request, HttpContext http, CancellationToken ct)
    {
        var error = FeedbackText.Check(null, "answer", request.Answer);
        if (request.Upheld is null)
            error = (error ?? SatisfactionErrors.FeedbackInvalid).WithField("upheld", "Cần giá trị true hoặc false.", "True or false is needed.");
        return error is not null
            ? error.ToProblem()
            : await desk.ByAgencyAsync(id, "answered", http,
                (f, times) => f.Reply(request.Answer!.Trim(), request.Upheld!.Value, request.ToPublish ?? true, caller.ActorId, times, desk.Now), ct);
    }

    private async Task<IResult> PublishAsync(Guid id, PublicationRequest request, HttpContext http, CancellationToken ct)
    {
        var error = FeedbackText.Check(FeedbackText.Check(null, "text", request.Text), "answer", request.Answer);
        foreach (var (field, words) in new[] { ("text", request.Text), ("answer", request.Answer) })
        {
            if (error?.Code is null or "DOS-0854" && PersonalNumbers.AreIn(words!))
                error = (error ?? SatisfactionErrors.PersonalData).WithField(field, SatisfactionErrors.PersonalData.Vi, SatisfactionErrors.PersonalData.En);
        }

        return error is not null
            ? error.ToProblem()
            : await desk.ByAgencyAsync(id, "published", http, (f, _) => f.Publish(request.Text!.Trim(), request.Answer!.Trim(), desk.Now), ct);
    }
}

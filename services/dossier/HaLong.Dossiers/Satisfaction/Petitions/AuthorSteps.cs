using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Satisfaction.Petitions;

/// <summary>What the author does after sending: adds what was asked for, and says what he thinks of the answer.</summary>
internal sealed class AuthorSteps(FeedbackDesk desk)
{
    internal sealed record SupplementRequest(string? Text);

    internal sealed record OpinionRequest(bool? Satisfied);

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/{id:guid}/supplement", (Guid id, SupplementRequest request, AuthorSteps handler, HttpContext http, CancellationToken ct) =>
            handler.CompleteAsync(id, request, http, ct))
            .WithIdempotency<DossierDbContext>()
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("Add what the agency asked for")
            .Answers<FeedbackView>(200, 400, 404, 409, 412, 422);
        group.MapPost("/{id:guid}/opinion", (Guid id, OpinionRequest request, AuthorSteps handler, HttpContext http, CancellationToken ct) =>
            handler.JudgeAsync(id, request, http, ct))
            .WithIdempotency<DossierDbContext>()
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("Say whether the answer satisfies; the last word counts")
            .Answers<FeedbackView>(200, 400, 404, 409, 412, 422);
    }

    private async Task<IResult> CompleteAsync(Guid id, SupplementRequest request, HttpContext http, CancellationToken ct) =>
        FeedbackText.Check(null, "text", request.Text) is { } error
            ? error.ToProblem()
            : await desk.ByAuthorAsync(id, "supplemented", http, (f, times) => f.Complete(request.Text!.Trim(), times, desk.Now), ct);

    private async Task<IResult> JudgeAsync(Guid id, OpinionRequest request, HttpContext http, CancellationToken ct) =>
        request.Satisfied is not { } satisfied
            ? SatisfactionErrors.FeedbackInvalid.WithField("satisfied", "Cần giá trị true hoặc false.", "True or false is needed.").ToProblem()
            : await desk.ByAuthorAsync(id, "judged", http, (f, _) => f.Judge(satisfied), ct);
}

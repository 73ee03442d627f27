using HaLong.Messaging;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Reconciliation;

/// <summary>A cashier says why a difference is right, or what was done about it. It counts as resolved from then on, in later versions too.</summary>
internal static class ExplainLine
{
    private const int MaxText = 1000;

    /// <param name="Reason">Why.</param>
    /// <param name="Evidence">Where the papers are that show it.</param>
    internal sealed record Request(string? Reason, string? Evidence);

    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/{id:guid}/lines/{number:int}/explanation", HandleAsync)
        .WithName(nameof(ExplainLine))
        .WithSummary("Explain a difference, with evidence")
        .WithDescription("Cashiers, for lines of their unit and of nobody known; once. A line that matches answers 409.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);

    private static async Task<IResult> HandleAsync(Guid id, int number, Request request, Caller caller, PaymentDbContext db, TimeProvider time, CancellationToken ct)
    {
        var error = ReconciliationErrors.Invalid;
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > MaxText)
            error = error.WithField("reason", $"Có từ 1 đến {MaxText} ký tự.", $"Has 1 to {MaxText} characters.");
        if (string.IsNullOrWhiteSpace(request.Evidence) || request.Evidence.Length > MaxText)
            error = error.WithField("evidence", "Nêu nơi lưu giấy tờ chứng minh.", "Say where the papers are that show it.");
        if (error.Fields.Count > 0)
            return error.ToProblem();
        if (await db.ReconciliationLines.AsNoTracking().Where(ReconciliationArea.Visible(caller)).SingleOrDefaultAsync(l => l.RunId == id && l.Number == number, ct) is not { } line)
            return ReconciliationErrors.NotFound.ToProblem();
        if (line.Result == ReconciliationResult.Matched)
            return ReconciliationErrors.NothingToExplain.ToProblem();
        var (reason, evidence, now) = (request.Reason!.Trim(), request.Evidence!.Trim(), time.GetUtcNow());
        // Two at once: one of them is told that it is explained already.
        var added = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO reconciliation_explanation (identity, result, reason, evidence, explained_by, explained_at)
            VALUES ({line.Identity}, {Words.Of(line.Result)}, {reason}, {evidence}, {caller.ActorId}, {now}) ON CONFLICT DO NOTHING
            """, ct);
        return added == 1 ? TypedResults.NoContent() : ReconciliationErrors.NothingToExplain.ToProblem();
    }
}

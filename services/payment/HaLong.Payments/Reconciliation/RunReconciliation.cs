using HaLong.Messaging;
using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Reconciliation;

/// <summary>Reconciles a day (đối soát).</summary>
internal static class RunReconciliation
{
    /// <param name="Day">2026-11-30; must be over.</param>
    internal sealed record Request(string? Day);

    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/", HandleAsync)
        .WithName(nameof(RunReconciliation))
        .WithSummary("Reconcile a day: our books, the providers, the bank statements")
        .WithDescription("Cashiers. The same inputs give the same answer, with the version that there is (200); other inputs give the next version (201). "
            + "Money that nobody told us of opens a case, once.")
        .Produces<RunView>()
        .Produces<RunView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);

    private static async Task<IResult> HandleAsync(Request request, Caller caller, Reconciler reconciler, CancellationToken ct)
    {
        var day = request.Day is null ? LedgerErrors.BadDay : LedgerArea.Day(request.Day, default);
        if (!day.IsSuccess)
            return day.Error.WithField("day", "Ví dụ 2026-11-30.", "For example 2026-11-30.").ToProblem();
        var ran = await reconciler.RunAsync(day.Value, caller.ActorId, ct);
        if (!ran.IsSuccess)
            return ran.Error.ToProblem();
        var view = RunView.Of(ran.Value.Run);
        return ran.Value.IsNew ? TypedResults.Created($"/api/v1/reconciliations/{view.Id}", view) : TypedResults.Ok(view);
    }
}

using HaLong.Messaging;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Cases;

/// <summary>A cashier takes a case up, so that no other works on it too.</summary>
internal static class TakeCase
{
    public static void Map(IEndpointRouteBuilder group) => group.MapPost("/{id:guid}/claim", HandleAsync)
        .WithName(nameof(TakeCase))
        .WithSummary("Take a case up")
        .WithDescription("Cashiers. Again by the same one is fine; by another answers 409.")
        .Produces<CaseView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithIdempotency<PaymentDbContext>()
        .RequireAuthorization(Policies.Cashier);

    private static async Task<IResult> HandleAsync(Guid id, CaseDesk desk, PaymentDbContext db, Caller caller, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var found = await desk.TakeAsync(id, http.Request, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        var taken = found.Value.Take(caller.ActorId);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, found.Value.Version);
        return TypedResults.Ok(CaseView.Of(found.Value, await desk.NoticeOfAsync(found.Value, ct), time.GetUtcNow()));
    }
}

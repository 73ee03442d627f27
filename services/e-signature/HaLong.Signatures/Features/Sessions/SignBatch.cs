using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Sessions;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>How a batch stands.</summary>
/// <param name="Id">The batch.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="IsOver">Whether each document is decided.</param>
/// <param name="Signed">Documents signed.</param>
/// <param name="Failed">Documents that got no signature.</param>
/// <param name="Skipped">Documents that were not sent to the provider: changed, held, not shown, signed already.</param>
/// <param name="Waiting">Documents whose signature is still to come.</param>
/// <param name="Orders">What to give next, until when, and each document with its outcome.</param>
internal sealed record BatchView(Guid Id, DateTimeOffset CreatedAt, bool IsOver, int Signed, int Failed, int Skipped, int Waiting,
    IReadOnlyList<OrderView> Orders)
{
    public static BatchView Of(SigningBatch batch, IEnumerable<SigningOrder> orders)
    {
        var sorted = orders.OrderBy(o => o.Id).ToList();
        var items = sorted.SelectMany(o => o.Items).ToLookup(i => i.State);
        return new BatchView(batch.Id, batch.CreatedAt, sorted.TrueForAll(o => o.IsOver), items[ItemState.Signed].Count(), items[ItemState.Failed].Count(),
            items[ItemState.Skipped].Count(), items[ItemState.Prepared].Count() + items[ItemState.Answered].Count(), sorted.ConvertAll(OrderView.Of));
    }
}

/// <summary><c>/api/v1/me/signing-batches</c>: an official signs up to 200 documents with one authorisation.</summary>
internal static class SignBatch
{
    public static void Map(IEndpointRouteBuilder batches)
    {
        Describe(batches.MapPost("/", StartAsync), "startSigningBatch", "Begin to sign many documents at once",
            "Give sessionIds or documentIds, at most 200 documents that were shown to the caller as they stand. What cannot be signed now is skipped with its code. "
            + "Idempotency-Key is heeded.").Produces<BatchView>().RequireStrong();
        Describe(batches.MapPost("/{id:guid}/authorisation", AuthoriseAsync), "authoriseSigningBatch", "Sign them all with one authorisation",
            "Each document has an outcome of its own: one that fails leaves the others signed. Given again, what is signed stays.").Produces<BatchView>()
                .RequireStrong();
        Describe(batches.MapGet("/{id:guid}", GetAsync), "getSigningBatch", "How a batch stands", "With the outcome of each document.").Produces<BatchView>();
        Describe(batches.MapGet("/", ListAsync), "listSigningBatches", "The caller's batches, newest first", "Pages by cursor.").Produces<Page<BatchView>>();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary, string description) => route
        .WithName(name).WithSummary(summary)
            .WithDescription(description + " Officials, signing in with two factors or a passkey. Scope halong.api. Strong consistency.")
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> StartAsync(BatchRequest body, StartBatch handler, SignatureDbContext db, Caller caller, HttpContext http,
        CancellationToken ct)
    {
        var key = http.Request.Headers[Idempotency.Header].ToString();
        if (key.Length > 200)
            return CommonErrors.BadRequest.ToProblem();
        var batch = await handler.HandleAsync(body, key.Length > 0 ? key : null, ct);
        return batch.IsSuccess ? await ViewAsync(batch.Value, db, caller, ct) : batch.Error.ToProblem();
    }

    private static async Task<IResult> AuthoriseAsync(Guid id, SignSession.Authorisation body, OrderSteps steps, SignatureDbContext db, Caller caller,
        CancellationToken ct)
    {
        if (await FindAsync(id, db, caller, ct) is not var (_, orders))
            return SessionErrors.BatchNotFound.ToProblem();
        var proof = body.Proof();
        if (!proof.IsSuccess)
            return proof.Error.ToProblem();
        // A wrong PIN is told at once; behind the first order that went through, others keep what becomes of them.
        foreach (var order in orders.Where(o => o.State != OrderState.Done).OrderBy(o => o.Id))
        {
            var authorised = await steps.AuthoriseAsync(order.Id, proof.Value, ct);
            if (!authorised.IsSuccess)
                return authorised.Error.ToProblem();
        }

        return await ViewAsync(id, db, caller, ct);
    }

    private static Task<IResult> GetAsync(Guid id, SignatureDbContext db, Caller caller, CancellationToken ct) => ViewAsync(id, db, caller, ct);

    private static async Task<IResult> ListAsync(string? after, int? limit, SignatureDbContext db, Caller caller, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var batches = db.Set<SigningBatch>().AsNoTracking().Where(b => b.AccountId == caller.AccountId);
        if (cursor.Value is { } before)
            batches = batches.Where(b => b.Id.CompareTo(before) < 0);
        var rows = await batches.OrderByDescending(b => b.Id).Take(size.Value + 1).ToListAsync(ct);
        var orders = await OrdersAsync(rows.ConvertAll(b => b.Id), db, ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(b => BatchView.Of(b, orders[b.Id])), size.Value, b => [b.Id.ToString()]));
    }

    private static async Task<IResult> ViewAsync(Guid id, SignatureDbContext db, Caller caller, CancellationToken ct) =>
        await FindAsync(id, db, caller, ct) is var (batch, orders) ? TypedResults.Ok(BatchView.Of(batch, orders)) : SessionErrors.BatchNotFound.ToProblem();

    private static async Task<(SigningBatch Batch, List<SigningOrder> Orders)?> FindAsync(Guid id, SignatureDbContext db, Caller caller,
        CancellationToken ct) =>
        await db.Set<SigningBatch>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == id && b.AccountId == caller.AccountId, ct) is { } batch
            ? (batch, [.. (await OrdersAsync([id], db, ct))[id]])
            : null;

    private static async Task<ILookup<Guid, SigningOrder>> OrdersAsync(List<Guid> batches, SignatureDbContext db, CancellationToken ct) =>
        (await db.Set<SigningOrder>().AsNoTracking().Where(o => o.BatchId != null && batches.Contains(o.BatchId.Value)).Include(o => o.Items).ToListAsync(ct))
            .ToLookup(o => o.BatchId.GetValueOrDefault());
}

using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Sessions;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>
/// <c>GET /api/v1/signing-sessions/{id}/documents/{document}/content</c>: the exact bytes as they stand. That they were shown, to whom and when, is
/// recorded before they leave; nobody signs what he was not shown.
/// </summary>
internal static class GetContent
{
    public const string HashHeader = "X-Content-Sha256";

    public static void Map(IEndpointRouteBuilder sessions) => sessions.MapGet("/{id:guid}/documents/{document:guid}/content", HandleAsync)
        .WithName("getSigningContent").WithSummary("The file as it stands, on record as shown")
        .WithDescription("Only these very bytes can be signed then. X-Content-Sha256 is their hash. For signers and whoever made the session. Scope halong.api.")
        .Produces<string>(StatusCodes.Status200OK, PlannedDocument.Pdf).ProducesProblem(StatusCodes.Status404NotFound)
        .RequireAuthorization(Policies.SignedIn);

    private static async Task<IResult> HandleAsync(Guid id, Guid document, SessionDesk desk, SessionStore store, SessionContents contents,
        SignatureDbContext db,
        Caller caller, TimeProvider time, HttpResponse response, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Under the lock: what is recorded is what is handed out, also when somebody else's signature comes at the same moment.
        if (await store.LockAsync(id, ct) is not { } session || !desk.IsParty(session))
            return SessionErrors.NotFound.ToProblem();
        if (session.Documents.Find(d => d.Id == document) is not { } found)
            return SessionErrors.DocumentNotFound.ToProblem();
        if (await contents.ReadAsync(document, ct) is not { } file)
            return SessionErrors.ContentDeleted.ToProblem();
        session.Show(found, session.SignerOf(caller.AccountId), desk.Actor, time.GetUtcNow());
        await store.SaveAsync([session], ct);
        await transaction.CommitAsync(ct);
        response.Headers[HashHeader] = found.Sha256;
        response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(file.Whole, PlannedDocument.Pdf);
    }
}

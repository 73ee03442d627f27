using HaLong.Dossiers.Features;
using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.NationalPortal.Views;

/// <summary>Has a dossier told to the portal again, with a new message: after somebody mended what it was rejected for.</summary>
internal sealed class ResendDossier(DossierDbContext db, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPost("/ledger/{dossierId:guid}/resend", (Guid dossierId, ResendDossier handler, CancellationToken ct) => handler.HandleAsync(dossierId, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("Tell the national portal a dossier again (administrator)")
        .WithDescription("Pending before: it stays so and goes at once. "
            + "DOS-0861 not in the ledger, DOS-0863 a message is on its way, DOS-0864 its content was destroyed.")
        .Answers<LedgerView>(202, 404, 409, 422);

    private async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        if (await db.Set<LedgerEntry>().FromSql($"SELECT *, xmin FROM portal.ledger WHERE dossier_id = {id} FOR UPDATE")
            .SingleOrDefaultAsync(ct) is not { } row)
            return PortalErrors.NotInLedger.ToProblem();
        if (row.State == LedgerState.Sent)
            return PortalErrors.OnItsWay.ToProblem();
        if (await db.Dossiers.AnyAsync(d => d.Id == id && d.DestroyedAt != null, ct))
            return PortalErrors.ContentGone.ToProblem();
        var now = time.Now();
        (row.State, row.SentHash, row.MessageId, row.Message, row.NextTryAt, row.Attempts) = (LedgerState.Pending, null, null, null, now, 0);
        row.PendingSince ??= now;
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return TypedResults.Accepted((string?)null, LedgerView.Of(row));
    }
}

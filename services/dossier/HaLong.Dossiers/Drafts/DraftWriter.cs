using System.Text.Json.Nodes;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HaLong.Dossiers.Drafts;

/// <summary>
/// Changes drafts one change at a time: the row is locked, so a burst from two devices is put in a row instead of refused. What the caller may do is
/// asked before the lock is taken, because asking may take a moment.
/// </summary>
internal sealed class DraftWriter(
    DossierDbContext db, DossierDesk desk, ActingRights rights, DraftHistory history, FormCatalogue forms, FormCheck check, DossierTelemetry telemetry, TimeProvider time)
{
    /// <summary>A draft that is locked until the transaction ends; null when the transaction belongs to somebody else.</summary>
    internal sealed record Held(Dossier Dossier, Hand? Hand, IDbContextTransaction? Transaction) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Transaction?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>The caller's draft, locked; If-Match is not looked at.</summary>
    public async Task<Result<Held>> HoldAsync(Guid id, CancellationToken ct)
    {
        var own = await desk.OwnAsync(Acts.DossierFill, toChange: true, ct);
        if (!own.IsSuccess)
            return own.Error;
        if (await own.Value.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } seen)
            return DossierErrors.DossierNotFound;
        if (seen.Status != DossierStatus.Draft)
            return seen.WrongState();
        var allowed = await rights.HandAsync(Acts.DossierFill, seen, ct);
        if (!allowed.IsSuccess)
            return allowed.Error;
        var transaction = await db.BeginOwnTransactionAsync(ct);
        var dossier = await db.LockAsync(id, ct);
        if (dossier is { Status: DossierStatus.Draft })
            return new Held(dossier, allowed.Value, transaction);
        if (transaction is not null)
            await transaction.DisposeAsync();
        // Deleted or filed in between.
        return dossier is null ? DossierErrors.DossierNotFound : dossier.WrongState();
    }

    /// <summary>Saves the new state with its revision and answers with the draft and what is to be said about it. A change that changes nothing makes no revision.</summary>
    public async Task<IResult> SaveAsync(Held held, JsonObject before, JsonObject after, int? restoredFrom, HttpContext http, CancellationToken ct)
    {
        var dossier = held.Dossier;
        var changes = FieldChange.Between(before, after).ToList();
        if (changes.Count > 0)
        {
            var now = time.Now();
            JsonNode patch = restoredFrom is null ? JsonNode.Parse(FieldChange.Patch(changes).GetRawText())! : after;
            await history.AppendAsync(dossier, before, patch, restoredFrom, now, ct);
            var (subject, data) = DraftDocument.Read(after);
            var edited = dossier.Edit(subject, data, now);
            if (!edited.IsSuccess)
                return edited.Error.ToProblem();
            if (held.Hand is { } hand)
                dossier.WorkedOn(hand);
            await db.SaveChangesAsync(ct);
            telemetry.Moved("edit");
        }

        if (held.Transaction is { } transaction)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, dossier.Version);
        return TypedResults.Ok((await desk.ViewAsync(dossier, ct)) with { Draft = await NotesAsync(dossier, ct) });
    }

    private async Task<DraftNotes?> NotesAsync(Dossier dossier, CancellationToken ct) => await forms.OfDossierAsync(dossier.Id, ct) is { } bound
        ? new DraftNotes(bound.Version.ContentHash, null, null, FieldWarning.Of(check.Defects(bound.Version, dossier.Data)))
        : null;
}

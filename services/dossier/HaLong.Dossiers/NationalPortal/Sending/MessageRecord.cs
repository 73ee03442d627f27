using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Sending;

/// <summary>
/// Writes down what became of a message, in one statement each: the dossier may change at the same moment, and who comes late, after somebody else
/// settled the message, changes nothing.
/// </summary>
internal sealed class MessageRecord(DossierDbContext db, IOptions<PortalOptions> options, TimeProvider time)
{
    /// <summary>The portal has it.</summary>
    /// <param name="message">Which one.</param>
    /// <param name="certain">False: it has a message under this id, but perhaps with other words; the whole dossier is told again.</param>
    /// <param name="ct">Stops the work.</param>
    public Task TakenAsync(PortalMessage message, bool certain, CancellationToken ct)
    {
        var now = time.Now();
        var (whole, step) = (message.Kind == LedgerMessage.Dossier, message.Kind == LedgerMessage.Progress ? 1 : 0);
        return db.Database.ExecuteSqlAsync($"""
            UPDATE portal.ledger SET
              sent_steps = sent_steps + {step}, sent_hash = CASE WHEN {certain} THEN sent_hash END,
              state = CASE WHEN {certain} AND changes = sent_changes AND sent_steps + {step} >= steps
                THEN {LedgerState.Acknowledged} ELSE {LedgerState.Pending} END,
              next_try_at = CASE WHEN {certain} AND changes = sent_changes AND sent_steps + {step} >= steps THEN NULL ELSE {now} END,
              pending_since = CASE WHEN {certain} AND changes = sent_changes AND sent_steps + {step} >= steps THEN NULL
                WHEN {whole} AND changes > sent_changes THEN our_changed_at ELSE pending_since END,
              message_id = NULL, message = NULL, attempts = 0, last_error = NULL, acknowledged_at = {now},
              reception_acknowledged_at = CASE WHEN {whole} THEN coalesce(reception_acknowledged_at, {now}) ELSE reception_acknowledged_at END,
              result_acknowledged_at = CASE WHEN {step} = 0 AND sent_status IN (9, 10) 
                THEN coalesce(result_acknowledged_at, {now}) ELSE result_acknowledged_at END,
              healed_at = CASE WHEN {step} = 0 AND drift IS NOT NULL THEN {now} ELSE healed_at END,
              drift = CASE WHEN {step} = 0 THEN NULL ELSE drift END, drift_since = CASE WHEN {step} = 0 THEN NULL ELSE drift_since END
            WHERE dossier_id = {message.DossierId} AND message_id = {message.Id}
            """, ct);
    }

    /// <summary>The portal refuses it for what it says: a task for people. A change that came meanwhile is tried all the same.</summary>
    public Task RejectedAsync(PortalMessage message, string code, CancellationToken ct)
    {
        var now = time.Now();
        return db.Database.ExecuteSqlAsync($"""
            UPDATE portal.ledger SET
              state = CASE WHEN {message.Kind == LedgerMessage.Dossier} AND changes > sent_changes THEN {LedgerState.Pending} ELSE {LedgerState.Rejected} END,
              next_try_at = CASE WHEN {message.Kind == LedgerMessage.Dossier} AND changes > sent_changes THEN {now} ELSE NULL END::timestamptz,
              pending_since = CASE WHEN {message.Kind == LedgerMessage.Dossier} AND changes > sent_changes THEN pending_since END,
              sent_hash = CASE WHEN {message.Kind == LedgerMessage.Dossier} THEN NULL ELSE sent_hash END,
              message_id = NULL, message = NULL, last_error = {code}
            WHERE dossier_id = {message.DossierId} AND message_id = {message.Id}
            """, ct);
    }

    /// <summary>Not settled: it stays as it is and is tried again.</summary>
    /// <param name="message">Which one.</param>
    /// <param name="answer">Why not.</param>
    /// <param name="counts">False: the portal as a whole is away, which is no attempt of this message.</param>
    /// <param name="ct">Stops the work.</param>
    public Task LaterAsync(PortalMessage message, PortalAnswer answer, bool counts, CancellationToken ct)
    {
        var sending = options.Value.Sending;
        var attempts = counts ? message.Attempts : message.Attempts - 1;
        var next = time.Now() + (answer.After ?? Pauses.Of(sending.FirstPause, sending.LongestPause, Math.Max(1, attempts)));
        // What was perhaps taken once stays so, whatever became of this attempt.
        var state = message.Ask || answer.Outcome != PortalOutcome.NotTaken ? LedgerState.Sent : LedgerState.Pending;
        return db.Database.ExecuteSqlAsync($"""
            UPDATE portal.ledger SET state = {state}, next_try_at = {next}, attempts = {attempts}, last_error = {answer.Code}
            WHERE dossier_id = {message.DossierId} AND message_id = {message.Id}
            """, ct);
    }

    /// <summary>The portal does not know the dossier that the message is about: it is told the whole first, after a pause, for it may get lost again.</summary>
    public Task WholeFirstAsync(PortalMessage message, string code, CancellationToken ct)
    {
        var next = time.Now() + options.Value.Sending.FirstPause;
        return db.Database.ExecuteSqlAsync($"""
            UPDATE portal.ledger SET state = {LedgerState.Pending}, next_try_at = {next}, sent_hash = NULL, sent_steps = 0, message_id = NULL, message = NULL,
              last_error = {code}
            WHERE dossier_id = {message.DossierId} AND message_id = {message.Id}
            """, ct);
    }

    /// <summary>Nothing was done with it: it is as it was before it was taken up.</summary>
    public Task ReleasedAsync(PortalMessage message, CancellationToken ct) =>
        LaterAsync(message, new PortalAnswer(PortalOutcome.NotTaken, "released", After: TimeSpan.Zero), counts: false, ct);
}

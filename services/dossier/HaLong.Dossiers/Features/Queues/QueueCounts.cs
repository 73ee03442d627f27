using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>How many stand in each queue of somebody. A dossier is counted in each queue in which it stands.</summary>
/// <param name="Receiving">Handed in here for other units, for reception.</param>
/// <param name="Opinions">Questions of other units that wait for an answer.</param>
internal sealed record QueueCounts(
    int Unit, int Mine, int Unassigned, int Expiring, int Overdue, int Applicant, int Reception, int Officer, int Agency, int Payment, int Signature, int Handover,
    int Receiving, int Opinions)
{
    public static readonly QueueCounts None = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>
    /// One look at the unit's open rows, in one round trip. What a limit is counted in is asked by a scalar query and only for what is due today (see
    /// <see cref="QueueKinds"/>, of which these are the same conditions).
    /// </summary>
    public static async Task<QueueCounts> ReadAsync(DossierDbContext db, string unit, Guid me, bool reception, QueueMoment at, CancellationToken ct)
    {
        var (now, today, soon) = at;
        var rows = await db.Database.SqlQuery<QueueCounts>($"""
            SELECT count(*)::int AS unit,
              count(*) FILTER (WHERE o.officer_id = {me} OR o.officer_id = ANY (ARRAY(
                SELECT a.officer_id FROM officer_absence a
                WHERE a.substitute_id = {me} AND a.unit_code = {unit} AND a.from <= {at.Day} AND a.to >= {at.Day} AND a.ended_at IS NULL)))::int AS mine,
              count(*) FILTER (WHERE o.officer_id IS NULL AND o.accepted_at IS NOT NULL)::int AS unassigned,
              count(*) FILTER (WHERE o.due_order < {soon} AND NOT o.late)::int AS expiring,
              count(*) FILTER (WHERE o.late)::int AS overdue,
              count(*) FILTER (WHERE o.queued_for = 'applicant')::int AS applicant,
              count(*) FILTER (WHERE o.queued_for = 'reception')::int AS reception,
              count(*) FILTER (WHERE o.queued_for = 'officer')::int AS officer,
              count(*) FILTER (WHERE o.queued_for = 'agency')::int AS agency,
              count(*) FILTER (WHERE o.queued_for = 'payment')::int AS payment,
              count(*) FILTER (WHERE o.queued_for = 'signature')::int AS signature,
              count(*) FILTER (WHERE o.queued_for = 'handover')::int AS handover,
              (SELECT count(*)::int FROM dossier r WHERE {reception} AND r.receiving_unit_code = {unit} AND r.receiving_unit_code <> r.unit_code
                AND r.status IN ('SUBMITTED', 'RESOLVED') AND cardinality(r.unit_choices) = 0) AS receiving,
              (SELECT count(*)::int FROM opinion_request q JOIN dossier d ON d.id = q.dossier_id
                WHERE q.unit_code = {unit} AND q.answered_at IS NULL AND q.closed_at IS NULL AND d.status = 'WAIT_OPINION') AS opinions
            FROM (
              SELECT d.officer_id, d.accepted_at, d.queued_for, d.due_order,
                d.due_order < {today} OR (d.due_order < {now} AND (SELECT c.unit FROM dossier_clock c WHERE c.dossier_id = d.id) IN ('WorkingHour', 'HalfDay')) AS late
              FROM dossier d
              WHERE d.unit_code = {unit} AND d.queued_for IS NOT NULL AND cardinality(d.unit_choices) = 0) o
            """).ToListAsync(ct);
        return rows.Single();
    }
}

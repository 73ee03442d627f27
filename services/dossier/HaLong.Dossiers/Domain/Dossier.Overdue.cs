using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Domain;

// What happens when the due date passes without a result (Decree 61/2018, article 19.9).
internal sealed partial class Dossier
{
    /// <summary>Stable code of the reason that the platform gives.</summary>
    public const string OverdueReason = "OVERDUE";

    /// <summary>The due date for which the platform apologised last.</summary>
    public DateTimeOffset? ApologisedFor { get; private set; }

    /// <summary>The legal clock runs, its date is over, and nobody has apologised for that.</summary>
    public bool OwesApology(DateTimeOffset now) => Transitions.Find(Moves.Apologise, Status) is not null && DueAt < now && !(ApologisedFor >= DueAt);

    /// <summary>The platform apologises for the agency, once for each due date. The one new appointment of the law is used up by it.</summary>
    /// <param name="appointed">The dates of the clock with the new appointment; null: none is left, so the letter names no date.</param>
    /// <param name="now">The moment.</param>
    /// <returns>False when there is nothing to apologise for, or it was done.</returns>
    public bool Apologise(Deadline? appointed, DateTimeOffset now)
    {
        if (!OwesApology(now) || Refusal(Moves.Apologise, Actor.System) is not null)
            return false;
        var due = DueAt!.Value;
        var newDue = appointed?.DueAt > due ? appointed.Value.DueAt : null;
        if (newDue is null)
            ApologiseWithoutDate(now);
        else
            Apply(Moves.Apologise, Actor.System, now, "Quá hạn, chưa có kết quả; cơ quan xin lỗi và hẹn lại ngày trả", "Overdue without a result; an apology and a new appointment", extendTo: newDue);
        Issue(PaperForm.Apology, Actor.System, now, form => form with { Reason = "Quá hạn, chưa có kết quả", ReasonCode = OverdueReason, NewDueAt = newDue });
        ApologisedFor = due;
        if (newDue is not null)
        {
            Appoint(now);
            Reckon(appointed!.Value);
        }
        facts.Add(new DossierOverdue(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, due, newDue, OverdueReason));
        return true;
    }

    // No second appointment: the entry says so in the ledger and moves nothing.
    private void ApologiseWithoutDate(DateTimeOffset now)
    {
        const string Vi = "Quá hạn, chưa có kết quả; cơ quan xin lỗi, không hẹn lại lần nữa", En = "Overdue without a result; an apology, no further appointment";
        Apply(Moves.Apologise, Actor.System, now, Vi, En, stay: true);
        Tick(ClockEffect.None, Moves.Apologise, Vi, En, now, null);
    }
}

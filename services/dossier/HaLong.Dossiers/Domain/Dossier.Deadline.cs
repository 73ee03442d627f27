using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Domain;

// What moves the due date while nobody works on the dossier.
internal sealed partial class Dossier
{
    /// <summary>The calendar changed, and the clock gives another date. A mark that only comes or goes is no news for anybody.</summary>
    /// <returns>False when the date is the one it was.</returns>
    public bool MoveDue(DateTimeOffset dueAt, bool assumed, string reasonVi, string reasonEn, DateTimeOffset now)
    {
        if (Transitions.Find(Moves.MoveDue, Status) is null)
            return false;
        var old = DueAt;
        (DueAt, DueAssumed) = (dueAt, assumed);
        if (old is not { } previous || previous == dueAt)
            return false;
        // Late by the old calendar and by the new one: the apology holds for both.
        if (ApologisedFor == previous && dueAt <= now)
            ApologisedFor = dueAt;
        Apply(Moves.MoveDue, Actor.System, now, reasonVi, reasonEn);
        facts.Add(new DossierDeadlineChanged(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, previous, dueAt, "calendar"));
        return true;
    }
}

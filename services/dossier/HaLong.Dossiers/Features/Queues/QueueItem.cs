using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>One line of a work queue or of a search.</summary>
/// <param name="WaitingFor">applicant, reception, officer, agency, payment, signature or handover; null when it is over.</param>
/// <param name="DaysLeft">Days until it is due, negative when late; null while the clock stands or has not begun.</param>
/// <param name="Flags">expiring, overdue, askedTwice (counts as late by Decision 766/QĐ-TTg), substitute (the caller stands in for its officer), approverSigns and signatureMissed (an approver asks again).</param>
internal sealed record QueueItem(
    Guid Id, string? Code, string Status, string StatusName, string? WaitingFor, string ProcedureCode, string ProcedureName, string UnitCode, string Subject,
    string OwnerName, string Channel, Guid? OfficerId, DateTimeOffset? DueAt, int? DaysLeft, IReadOnlyList<string> Flags, uint Version,
    DateTimeOffset CreatedAt, DateTimeOffset SubmittedAt)
{
    /// <param name="row">What was read.</param>
    /// <param name="at">The moment of the page.</param>
    /// <param name="officers">The caller first, then those for whom he stands in.</param>
    public static QueueItem Of(QueueRow row, QueueMoment at, IReadOnlyList<Guid> officers) => new(
        row.Id, row.Code, row.Status, DossierView.NameOf(row.Status), row.QueuedFor, row.ProcedureCode, Text.Bilingual(row.ProcedureNameVi, row.ProcedureNameEn),
        row.UnitCode, row.Subject, row.OwnerName, row.Channel, row.OfficerId, row.DueAt, row.IsRunning ? at.DaysUntil(row.DueOrder) : null,
        [.. FlagsOf(row, at, officers)], row.Version, row.CreatedAt, row.SubmittedAt);

    private static IEnumerable<string> FlagsOf(QueueRow row, QueueMoment at, IReadOnlyList<Guid> officers)
    {
        if (row.IsRunning && at.IsExpiring(row.DueOrder, row.IsByTheHour))
            yield return QueueKinds.Expiring;
        if (row.IsRunning && at.IsOverdue(row.DueOrder, row.IsByTheHour))
            yield return QueueKinds.Overdue;
        if (row.AskedTwice)
            yield return "askedTwice";
        if (row is { QueuedFor: "signature", PersonSignature: { } stage })
        {
            if (stage == SignatureStage.Asked)
                yield return "approverSigns";
            if (SignatureStage.Missed.Contains(stage))
                yield return "signatureMissed";
        }
        if (row.OfficerId is { } officer && officers.Skip(1).Contains(officer))
            yield return "substitute";
    }
}

using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Features.Events;

/// <summary>An internal event as far as it is public: one mapper per type, nothing by reflection.</summary>
internal sealed record PublicFact(string Type, long Sequence, DateTimeOffset OccurredAt, PublicEventData Data)
{
    public static PublicFact Of(DossierSubmitted e) =>
        new(EventTypes.Submitted, e.Sequence, e.OccurredAt, new SubmittedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.Channel, e.FieldCode));

    public static PublicFact Of(DossierFeePaid e) =>
        new(EventTypes.FeePaid, e.Sequence, e.OccurredAt, new FeePaidData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.PaymentId, e.Amount));

    public static PublicFact Of(DossierAccepted e) =>
        new(EventTypes.Accepted, e.Sequence, e.OccurredAt, new AcceptedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.DueAt));

    public static PublicFact Of(DossierDeadlineChanged e) => new(
        EventTypes.DeadlineChanged, e.Sequence, e.OccurredAt,
        new DeadlineChangedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.PreviousDueAt, e.DueAt, e.Cause));

    public static PublicFact Of(DossierProcessingStarted e) =>
        new(EventTypes.ProcessingStarted, e.Sequence, e.OccurredAt, new ProcessingStartedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode));

    public static PublicFact Of(DossierApproved e) =>
        new(EventTypes.Approved, e.Sequence, e.OccurredAt, new ApprovedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.ResultDocumentId));

    public static PublicFact Of(DossierResultReady e) => new(
        EventTypes.ResultReady, e.Sequence, e.OccurredAt,
        new ResultReadyData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.ResultDocumentId, e.ResultSha256));

    public static PublicFact Of(DossierReturned e) =>
        new(EventTypes.Returned, e.Sequence, e.OccurredAt, new ReturnedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.ResultDocumentId));

    public static PublicFact Of(DossierSupplementRequested e) =>
        new(EventTypes.SupplementRequested, e.Sequence, e.OccurredAt, new SupplementRequestedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.Stage, e.Number, e.Items, e.Deadline));

    public static PublicFact Of(DossierSupplemented e) =>
        new(EventTypes.Supplemented, e.Sequence, e.OccurredAt, new SupplementedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.Stage, e.Number, e.DueAt));

    public static PublicFact Of(DossierNotAccepted e) =>
        new(EventTypes.NotAccepted, e.Sequence, e.OccurredAt, new EndedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode));

    public static PublicFact Of(DossierRefused e) =>
        new(EventTypes.Refused, e.Sequence, e.OccurredAt, new RefusedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.ResultDocumentId));

    public static PublicFact Of(DossierStopped e) =>
        new(EventTypes.Stopped, e.Sequence, e.OccurredAt, new EndedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode));

    public static PublicFact Of(DossierWithdrawn e) =>
        new(EventTypes.Withdrawn, e.Sequence, e.OccurredAt, new WithdrawnData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.FromStatus));

    public static PublicFact Of(DossierFeeDue e) =>
        new(EventTypes.FeeDue, e.Sequence, e.OccurredAt, new FeeDueData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.DemandId, e.Number, e.Fees.Sum(f => f.Amount), e.Deadline));

    public static PublicFact Of(DossierDeadlineExtended e) =>
        new(EventTypes.DeadlineExtended, e.Sequence, e.OccurredAt, new DeadlineExtendedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.PreviousDueAt, e.DueAt));

    public static PublicFact Of(DossierOverdue e) =>
        new(EventTypes.Overdue, e.Sequence, e.OccurredAt, new OverdueData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.PreviousDueAt, e.DueAt, e.Reason));

    public static PublicFact Of(DossierResultCorrected e) =>
        new(EventTypes.ResultCorrected, e.Sequence, e.OccurredAt, new ResultCorrectedData(e.DossierId, e.Code, e.ProcedureCode, e.UnitCode, e.ReplacedDocumentId, e.ResultDocumentId, e.ResultSha256));
}

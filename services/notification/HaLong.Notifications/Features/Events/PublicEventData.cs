namespace HaLong.Notifications.Features.Events;

/// <summary>
/// What partners learn about a dossier: ids and codes, no names, no account of an owner or official. A field appears in public only by
/// being written here.
/// </summary>
internal abstract record PublicEventData(Guid DossierId, string Code, string ProcedureCode, string UnitCode);

internal sealed record SubmittedData(Guid DossierId, string Code, string ProcedureCode, string UnitCode, string Channel, string? FieldCode)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record FeePaidData(Guid DossierId, string Code, string ProcedureCode, string UnitCode, Guid PaymentId, long Amount)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record AcceptedData(Guid DossierId, string Code, string ProcedureCode, string UnitCode, DateTimeOffset DueAt)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record DeadlineChangedData(
    Guid DossierId, string Code, string ProcedureCode, string UnitCode, DateTimeOffset PreviousDueAt, DateTimeOffset DueAt, string Cause)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record ProcessingStartedData(Guid DossierId, string Code, string ProcedureCode, string UnitCode)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record ApprovedData(Guid DossierId, string Code, string ProcedureCode, string UnitCode, Guid ResultDocumentId)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record ResultReadyData(
    Guid DossierId, string Code, string ProcedureCode, string UnitCode, Guid ResultDocumentId, string ResultSha256)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record ReturnedData(Guid DossierId, string Code, string ProcedureCode, string UnitCode, Guid ResultDocumentId)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

/// <summary>Not accepted, or stopped: there is nothing more to say in public.</summary>
internal sealed record EndedData(Guid DossierId, string Code, string ProcedureCode, string UnitCode) : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record SupplementRequestedData(
    Guid DossierId, string Code, string ProcedureCode, string UnitCode, string Stage, int Number, int Items, DateTimeOffset Deadline)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record SupplementedData(
    Guid DossierId, string Code, string ProcedureCode, string UnitCode, string Stage, int Number, DateTimeOffset? DueAt)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record RefusedData(
    Guid DossierId, string Code, string ProcedureCode, string UnitCode, Guid ResultDocumentId)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record WithdrawnData(
    Guid DossierId, string Code, string ProcedureCode, string UnitCode, string FromStatus)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record FeeDueData(
    Guid DossierId, string Code, string ProcedureCode, string UnitCode, Guid DemandId, int Number, long Amount, DateTimeOffset Deadline)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record DeadlineExtendedData(
    Guid DossierId, string Code, string ProcedureCode, string UnitCode, DateTimeOffset PreviousDueAt, DateTimeOffset DueAt)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

/// <summary>Late; without a new date where the law allows none.</summary>
internal sealed record OverdueData(
    Guid DossierId, string Code, string ProcedureCode, string UnitCode, DateTimeOffset PreviousDueAt, DateTimeOffset? DueAt, string Reason)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

internal sealed record ResultCorrectedData(
    Guid DossierId, string Code, string ProcedureCode, string UnitCode, Guid ReplacedDocumentId, Guid ResultDocumentId, string ResultSha256)
    : PublicEventData(DossierId, Code, ProcedureCode, UnitCode);

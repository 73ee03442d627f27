namespace HaLong.Notifications.Features.Events;

/// <summary>
/// What partners learn about a dossier: ids and codes, no names, no account of an owner or official. A field appears in public only by
/// being written here.
/// </summary>
internal abstract record PublicEventData(Guid DossierId, string Code, string ProcedureCode, string UnitCode);

internal sealed record SubmittedData(Guid DossierId, string Code, string ProcedureCode, string UnitCode, string Channel)
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

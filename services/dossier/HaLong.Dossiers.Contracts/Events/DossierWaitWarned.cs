using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>
/// Somebody is to be told that a dossier waits too long. Internal: it is no fact of the dossier's life, has no number in its sequence and does
/// not leave the platform.
/// </summary>
/// <param name="WarningId">The warning, so that it tells nobody twice.</param>
/// <param name="DossierId">The dossier (hồ sơ).</param>
/// <param name="Code">Dossier code (mã số hồ sơ).</param>
/// <param name="OccurredAt">When it was given, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Competent administrative unit.</param>
/// <param name="Level">One of <see cref="WaitLevels"/>.</param>
/// <param name="Reason">What is waited for, as a stable code such as CHECK or APPRAISAL.</param>
/// <param name="Who">Whose move it is: applicant, reception, officer, agency, payment, signature or handover.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Latest">Until when it may last, UTC; of an extension the due date.</param>
/// <param name="Urgent">False for what was made up for after a standstill and is overtaken by a higher level.</param>
/// <param name="PersonId">The account to be told; null when nobody is by name.</param>
/// <param name="Roles">Holders of these roles are told too; empty when nobody is.</param>
/// <param name="RolesUnitCode">In which unit.</param>
[EntityName("halong.dossier-wait-warned.v1")]
[MessageUrn("halong.dossier-wait-warned.v1")]
public sealed record DossierWaitWarned(
    Guid WarningId,
    Guid DossierId,
    string Code,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    string Level,
    string Reason,
    string Who,
    DateTimeOffset Since,
    DateTimeOffset Latest,
    bool Urgent,
    Guid? PersonId,
    IReadOnlyList<string> Roles,
    string? RolesUnitCode);

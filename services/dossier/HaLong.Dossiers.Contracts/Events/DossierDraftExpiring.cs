using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>Nobody has worked on a draft for long; it will be deleted unless somebody does. Drafts have no code and no sequence of facts.</summary>
/// <param name="DossierId">The draft.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
/// <param name="ProcedureCode">Procedure (thủ tục hành chính), e.g. 1.013978.</param>
/// <param name="UnitCode">Unit for which it is meant.</param>
/// <param name="OwnerId">Account of the person or organisation whose draft it is.</param>
/// <param name="DeleteAfter">Until when there is time, UTC.</param>
[EntityName("halong.dossier-draft-expiring.v1")]
[MessageUrn("halong.dossier-draft-expiring.v1")]
public sealed record DossierDraftExpiring(
    Guid DossierId,
    DateTimeOffset OccurredAt,
    string ProcedureCode,
    string UnitCode,
    Guid OwnerId,
    DateTimeOffset DeleteAfter);

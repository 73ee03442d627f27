using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>Money came that does not fit: an official decides what becomes of it.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="PaymentId">The payment request that it names; null when it names none.</param>
/// <param name="DossierId">What is paid for; null when nobody knows.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OwnerId">Who owes; null when nobody knows.</param>
/// <param name="Kind">late, partial, over, double, wrongAccount, closedDossier, notYetDue, ambiguousReference, unknownPayer or notTold.</param>
/// <param name="Amount">Đồng that came.</param>
/// <param name="DueAt">Until when it should be decided, UTC.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
[EntityName("halong.money-case-opened.v1")]
[MessageUrn("halong.money-case-opened.v1")]
public sealed record MoneyCaseOpened(
    Guid CaseId, Guid? PaymentId, Guid? DossierId, string? DossierCode, Guid? OwnerId, string Kind, long Amount, DateTimeOffset DueAt, DateTimeOffset OccurredAt);

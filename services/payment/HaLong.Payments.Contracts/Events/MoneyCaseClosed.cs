using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>An official decided what becomes of money that did not fit.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="PaymentId">The payment request; null when it names none.</param>
/// <param name="DossierId">What is paid for; null when nobody knows.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OwnerId">Who owes; null when nobody knows.</param>
/// <param name="Kind">What was wrong, as in MoneyCaseOpened.</param>
/// <param name="Decision">accept, askRest, refund, assign or dismiss.</param>
/// <param name="Amount">Đồng that had come.</param>
/// <param name="Rest">With askRest: đồng still to be paid.</param>
/// <param name="PayUntil">With askRest: until when.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
[EntityName("halong.money-case-closed.v1")]
[MessageUrn("halong.money-case-closed.v1")]
public sealed record MoneyCaseClosed(
    Guid CaseId, Guid? PaymentId, Guid? DossierId, string? DossierCode, Guid? OwnerId, string Kind, string Decision, long Amount, long? Rest, DateTimeOffset? PayUntil,
    DateTimeOffset OccurredAt);

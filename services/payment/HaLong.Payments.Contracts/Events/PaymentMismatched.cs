using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>A bank notice could not be settled and waits for a person.</summary>
/// <param name="NoticeId">The stored notice.</param>
/// <param name="Provider">Who told us.</param>
/// <param name="Reason">unknownReference, ambiguousReference, wrongAmount, wrongAccount, alreadySettled, expired, alteredNotice, dossierClosed or notYetDue.</param>
/// <param name="Amount">Đồng that arrived.</param>
/// <param name="OccurredAt">When it was stored, UTC.</param>
[EntityName("halong.payment-mismatched.v1")]
[MessageUrn("halong.payment-mismatched.v1")]
public sealed record PaymentMismatched(
    Guid NoticeId,
    string Provider,
    string Reason,
    long Amount,
    DateTimeOffset OccurredAt);

using MassTransit;

namespace HaLong.Payments.Contracts.Events;

/// <summary>Something would be due for a dossier, but nothing is: all of it is exempt or at a price of zero. Told once for each moment of charging.</summary>
/// <param name="DossierId">What would have been paid for.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OwnerId">Who would have owed.</param>
/// <param name="Moment">What it was for: atFiling, or demand-1, demand-2…</param>
/// <param name="FullAmount">Đồng without the exemptions.</param>
/// <param name="Lines">Why, line by line.</param>
/// <param name="OccurredAt">When it became true, UTC.</param>
[EntityName("halong.payment-waived.v1")]
[MessageUrn("halong.payment-waived.v1")]
public sealed record PaymentWaived(
    Guid DossierId, string DossierCode, Guid OwnerId, string Moment, long FullAmount, IReadOnlyList<WaivedLine> Lines, DateTimeOffset OccurredAt);

/// <summary>One line of what is not charged.</summary>
/// <param name="Kind">phi, lePhi or duty.</param>
/// <param name="NameVi">Vietnamese name.</param>
/// <param name="FullAmount">Đồng without the exemption.</param>
/// <param name="Rule">Code of the rule by which nothing is charged.</param>
/// <param name="ExplanationVi">Why, in Vietnamese.</param>
/// <param name="ExplanationEn">Why, in English.</param>
public sealed record WaivedLine(string Kind, string NameVi, long FullAmount, string Rule, string ExplanationVi, string ExplanationEn);

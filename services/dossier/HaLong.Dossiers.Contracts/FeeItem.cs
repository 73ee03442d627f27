namespace HaLong.Dossiers.Contracts;

/// <summary>One fee of a procedure.</summary>
/// <param name="Kind">phi (fee for a service) or lePhi (charge), kept apart by law; or duty (a tax or another financial obligation).</param>
/// <param name="NameVi">Vietnamese name.</param>
/// <param name="Amount">Đồng, not negative.</param>
/// <param name="Assumed">True when the amount is a demonstration tariff, not a published one.</param>
public sealed record FeeItem(string Kind, string NameVi, long Amount, bool Assumed);

namespace HaLong.Payments.Domain;

/// <summary>One line of what is due. Phí (fee) and lệ phí (charge) stay apart: they are booked differently by law.</summary>
/// <param name="Line">From 1, in the order of the procedure.</param>
/// <param name="Kind">phi or lePhi.</param>
/// <param name="NameVi">Vietnamese name.</param>
/// <param name="Amount">Đồng, not negative.</param>
/// <param name="Assumed">True when the amount is a demonstration tariff.</param>
internal sealed record PaymentItem(int Line, string Kind, string NameVi, long Amount, bool Assumed);

namespace HaLong.Payments.Domain;

/// <summary>The account that collects: copied into the request, so that a later change of configuration does not move money already asked for.</summary>
/// <param name="Bin">Bank identification number, six digits.</param>
/// <param name="Account">Account number.</param>
/// <param name="Name">Account holder, capital letters without marks.</param>
/// <param name="Assumed">True for a development account that belongs to nobody.</param>
internal sealed record Beneficiary(string Bin, string Account, string Name, bool Assumed);

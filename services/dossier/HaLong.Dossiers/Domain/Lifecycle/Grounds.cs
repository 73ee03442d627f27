namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>Why the agency says no.</summary>
/// <param name="LegalBasis">Căn cứ pháp lý: the provision it rests on.</param>
/// <param name="Reason">Lý do, in plain words.</param>
internal sealed record Grounds(string LegalBasis, string Reason);

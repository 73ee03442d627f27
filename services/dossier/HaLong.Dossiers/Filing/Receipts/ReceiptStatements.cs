namespace HaLong.Dossiers.Filing.Receipts;

/// <summary>What the receipt states. No names: whoever holds the dossier knows them, and nobody else needs to.</summary>
/// <param name="Iss">Address of the platform.</param>
/// <param name="Iat">When it was signed, seconds since 1970.</param>
/// <param name="Jti">The dossier.</param>
/// <param name="Code">Dossier code.</param>
/// <param name="SubmittedAt">When it was filed, UTC.</param>
/// <param name="Regime">OSS-2018 or OSS-2025.</param>
/// <param name="Channel">online, assisted, counter or post.</param>
/// <param name="OwnerCheck">Last four digits of the owner's personal number, when known.</param>
/// <param name="Procedure">Code of the procedure.</param>
/// <param name="ProcedureVersion">The version in force, by its id.</param>
/// <param name="Unit">The unit that decides.</param>
/// <param name="ReceivingUnit">The unit that took it in.</param>
/// <param name="FeeTotal">Fees due at filing, đồng.</param>
/// <param name="DataSha256">SHA-256 of the form data in the form of RFC 8785.</param>
/// <param name="Files">Every file, by the order of its upload.</param>
internal sealed record ReceiptStatement(
    string Iss, long Iat, Guid Jti, string Code, DateTimeOffset SubmittedAt, string Regime, string Channel, string? OwnerCheck, string Procedure,
    Guid ProcedureVersion, string Unit, string ReceivingUnit, long FeeTotal, string DataSha256, IReadOnlyList<ReceiptFile> Files)
{
    /// <summary>Header typ.</summary>
    public const string Type = "halong-submission-receipt+jwt";
}

/// <summary>One file of the dossier as it was filed.</summary>
internal sealed record ReceiptFile(Guid Id, int Component, long Size, string Sha256);

/// <summary>The statement short enough for a QR code on paper.</summary>
/// <param name="Iss">Address of the platform.</param>
/// <param name="Iat">When it was signed, seconds since 1970.</param>
/// <param name="Code">Dossier code.</param>
/// <param name="At">When it was filed, seconds since 1970.</param>
/// <param name="Procedure">Code of the procedure.</param>
/// <param name="Unit">The unit that decides.</param>
/// <param name="Files">How many files.</param>
/// <param name="Receipt">SHA-256 in hex of the whole receipt, the JWS as it is.</param>
internal sealed record ShortStatement(string Iss, long Iat, string Code, long At, string Procedure, string Unit, int Files, string Receipt)
{
    /// <summary>Header typ.</summary>
    public const string Type = "halong-submission+jwt";
}

namespace HaLong.Portal.Verify;

/// <summary>A paper as the public API tells about it.</summary>
public sealed record Paper(
    string Token, string Status, string KindName, string Code, string? ProcedureCode, string? ProcedureNameVi, string? ProcedureNameEn, string UnitNameVi, string UnitNameEn,
    string? Outcome, DateTimeOffset IssuedAt, string Sha256, string? ReplacedBy, DateTimeOffset? ReplacedAt, string? SignedBy);

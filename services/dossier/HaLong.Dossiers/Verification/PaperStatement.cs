using System.Text.Json.Serialization;

namespace HaLong.Dossiers.Verification;

/// <summary>
/// What the QR code of a paper states, signed: enough to tell on what the paper is and whether it was changed, without a name. A paper cannot
/// carry the hash of its own file, so it carries the hash of what it says.
/// </summary>
/// <param name="Iss">Address of the platform.</param>
/// <param name="Iat">When it was signed, seconds since 1970.</param>
/// <param name="Jti">The paper: the token of the link.</param>
/// <param name="Kind">One of <see cref="PaperKind"/>.</param>
/// <param name="Code">Dossier code; of a register unit, year and number of the book.</param>
/// <param name="Procedure">Code of the procedure.</param>
/// <param name="Unit">The unit that hands it out.</param>
/// <param name="Outcome">APPROVED or REFUSED, where the paper says so.</param>
/// <param name="At">The date on the paper, local, as 2026-11-30.</param>
/// <param name="Data">SHA-256, base64url, of what the paper says in the form of RFC 8785.</param>
internal sealed record PaperStatement(
    string Iss, long Iat, string Jti, string Kind, string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Procedure,
    string Unit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Outcome,
    string At, string Data)
{
    /// <summary>Header typ.</summary>
    public const string Type = "halong-paper+jwt";
}

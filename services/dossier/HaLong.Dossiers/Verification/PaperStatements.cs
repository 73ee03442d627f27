using System.Globalization;
using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Keys;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Dossiers.Verification;

/// <summary>A paper that gets a QR code.</summary>
/// <param name="Id">Of its document.</param>
/// <param name="Kind">One of <see cref="PaperKind"/> or <see cref="Domain.Lifecycle.PaperForm"/>.</param>
/// <param name="Code">Dossier code, or number of the book.</param>
/// <param name="Procedure">Code of the procedure, if it is about one.</param>
/// <param name="Unit">The unit that hands it out.</param>
/// <param name="Outcome">One of <see cref="Domain.Outcome"/>, if it says so.</param>
/// <param name="At">The moment whose date is on it.</param>
internal sealed record PaperFacts(Guid Id, string Kind, string Code, string? Procedure, string Unit, string? Outcome, DateTimeOffset At);

/// <summary>Writes what the QR codes of papers hold.</summary>
internal sealed class PaperStatements(Signer signer, IOptions<DossierOptions> options, TimeProvider time)
{
    /// <summary>
    /// The text of the QR code: a link that shows what became of the paper to who is on line; the signed statement follows the #, which browsers
    /// do not send, and is checked off line against <c>/api/v1/verification-keys</c>. Draw it at least 40 mm wide. Signed anew at each call: keep
    /// the bytes of the paper, not the text.
    /// </summary>
    /// <param name="paper">Which paper.</param>
    /// <param name="stated">What it says, as printed; becomes JSON, of which the hash is stated.</param>
    /// <param name="ct">Stops the work.</param>
    /// <exception cref="ErrorException"><c>DOS-0515</c>: no key can be opened.</exception>
    public async Task<string> QrTextAsync(PaperFacts paper, object stated, CancellationToken ct) =>
        $"{options.Value.VerifyUrl(paper.Id)}#{await SignAsync(paper, stated, ct)}";

    /// <summary>The same for a paper of a dossier.</summary>
    public Task<string> QrTextAsync(Dossier dossier, Guid documentId, string kind, DateTimeOffset at, object stated, CancellationToken ct) =>
        QrTextAsync(new PaperFacts(documentId, kind, dossier.Code!, dossier.ProcedureCode, dossier.UnitCode, dossier.Outcome, at), stated, ct);

    /// <summary>SHA-256, base64url, of what a paper says.</summary>
    public static string HashOf(object stated) =>
        HashOfJson(JsonSerializer.Serialize(stated, DataFiles.Json));

    /// <summary>The same of JSON.</summary>
    /// <exception cref="InvalidOperationException">It holds half a character.</exception>
    public static string HashOfJson(string json) => Base64UrlEncoder.Encode(Convert.FromHexString(Filing.Receipts.CanonicalJson.Hash(json)));

    private Task<string> SignAsync(PaperFacts paper, object stated, CancellationToken ct) => signer.SignAsync(
        PaperStatement.Type,
        new PaperStatement(
            options.Value.PublicUrl.TrimEnd('/'), time.GetUtcNow().ToUnixTimeSeconds(), PaperToken.Of(paper.Id), paper.Kind, paper.Code, paper.Procedure, paper.Unit,
            paper.Outcome, LocalTime.Date(paper.At).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), HashOf(stated)),
        ct);
}

using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Register;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Verification;

/// <summary>A paper as anybody may see it: what it is and what became of it, and no name but the signers'.</summary>
/// <param name="Token">Its name in the link.</param>
/// <param name="Status">One of <see cref="PaperStatus"/>.</param>
/// <param name="StatusName">The same in the language of the request.</param>
/// <param name="Kind">One of <see cref="PaperKind"/>.</param>
/// <param name="Code">Dossier code; of a register unit, year and number of the book.</param>
/// <param name="Outcome">Of a result: APPROVED or REFUSED. Who shows another paper with this QR code is told apart by it.</param>
/// <param name="IssuedAt">When it was made.</param>
/// <param name="Sha256">Of the file that was issued, in hex.</param>
/// <param name="Size">Of the same, bytes.</param>
/// <param name="ReplacedBy">Token of the paper that took its place.</param>
/// <param name="SignedBy">Name and organisation in the certificate that sealed it.</param>
/// <param name="PersonSignedBy">Of a result that its approver signed before the seal: the name in his certificate.</param>
internal sealed record PaperView(
    string Token, string Status, string StatusName, string Kind, string KindName, string Code, string? ProcedureCode, string? ProcedureNameVi, string? ProcedureNameEn,
    string UnitCode, string UnitNameVi, string UnitNameEn, string? Outcome, DateTimeOffset IssuedAt, string Sha256, long Size, string? ReplacedBy,
    DateTimeOffset? ReplacedAt, string? SignedBy, string? PersonSignedBy = null)
{
    public static PaperView Of(DossierDocument document, Dossier dossier, FormPaper? form = null)
    {
        var kind = form?.Kind ?? PaperKind.OfDocuments[document.Kind];
        var status = document switch
        {
            { ReplacedBy: not null } => PaperStatus.Replaced,
            _ when kind != PaperKind.Result && dossier.Status == DossierStatus.Withdrawn => PaperStatus.Withdrawn,
            _ => PaperStatus.Valid,
        };
        return new PaperView(
            PaperToken.Of(form?.Id ?? document.Id), status, In(PaperStatus.Name(status)), kind, In(PaperKind.Name(kind)), dossier.Code!, dossier.ProcedureCode,
            dossier.ProcedureNameVi, dossier.ProcedureNameEn, dossier.UnitCode, dossier.UnitNameVi, dossier.UnitNameEn, kind == PaperKind.Result ? dossier.Outcome : null,
            document.CreatedAt, document.Sha256, document.Size, document.ReplacedBy is { } next ? PaperToken.Of(next) : null, document.ReplacedAt, document.SignedBy,
            document.PersonSignedBy);
    }

    /// <summary>A sealed book of the register.</summary>
    public static PaperView Of(RegisterBook book) => new(
        PaperToken.Of(book.Id), PaperStatus.Valid, In(PaperStatus.Name(PaperStatus.Valid)), PaperForm.Register, In(PaperKind.Name(PaperForm.Register)), book.Code, null, null, null,
        book.UnitCode, book.UnitNameVi, book.UnitNameEn, null, book.SealedAt!.Value, book.Sha256!, book.Size!.Value, null, null, book.SignedBy);

    private static string In((string Vi, string En) name) => Text.Bilingual(name.Vi, name.En);
}

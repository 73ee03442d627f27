using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Papers;

/// <summary>The paper of a form, as lists show it.</summary>
/// <param name="Status">PENDING: it is being written and sealed; SIGNED; DRAFT: a control slip while the dossier is handled.</param>
/// <param name="DocumentId">The sealed document.</param>
/// <param name="Href">Where it is, or will be.</param>
/// <param name="Sha256">Of the sealed document.</param>
internal sealed record FormPaperView(string Status, Guid? DocumentId, string Href, string? Sha256)
{
    public static FormPaperView Of(IssuedForm form, FormPaper? paper, string? sha256)
    {
        var href = $"/api/v1/dossiers/{form.DossierId}/forms/{form.Serial}";
        if (paper is null)
            return new FormPaperView(form.Kind == PaperForm.Control ? FormPaper.Draft : FormPaper.Pending, null, href, null);
        return new FormPaperView(paper.Status, paper.SignedAt is null ? null : paper.Id, href, sha256);
    }
}

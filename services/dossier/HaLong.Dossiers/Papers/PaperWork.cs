using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Verification;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Papers;

/// <summary>Writes the papers of a dossier and puts them into the store. Each is written once; its bytes are never made again.</summary>
internal sealed class PaperWork(FileStore store, ProcedureCatalogue catalogue, PaperStatements statements, IOptions<DossierOptions> options, TimeProvider time)
{
    /// <summary>What form 01 says about the documents and the limit.</summary>
    public ReceiptDetails DetailsOf(Procedure procedure, IReadOnlyCollection<DossierDocument> filed)
    {
        var content = catalogue.ContentOf(procedure);
        return new ReceiptDetails(
            [.. content.Components.Select((c, i) => new FormComponent(i + 1, c.NameVi, 0, 0, filed.Count(d => d.Component == i + 1))).Where(c => c.Electronic > 0)],
            LimitText(content.TimeLimit));
    }

    /// <summary>Form 01 of a dossier that was just accepted, for who stands at the counter; its seal follows.</summary>
    public async Task<DossierDocument> ReceiptAsync(Dossier dossier, CancellationToken ct)
    {
        var (form, paper) = dossier.LastIssue!.Value;
        var bytes = await RenderAsync(dossier, FormContent.Of(form), paper.Id, atOnce: true, ct);
        return await StoreAsync(dossier, Guid.CreateVersion7(), DocumentKind.Receipt, NameOf(dossier, form, ""), bytes, ct, paper.Id);
    }

    /// <summary>A form before its seal.</summary>
    public async Task<DossierDocument> UnsignedFormAsync(Dossier dossier, FormContent form, Guid paperId, CancellationToken ct)
    {
        var bytes = await RenderAsync(dossier, form, paperId, atOnce: false, ct);
        return await StoreAsync(dossier, Guid.CreateVersion7(), DocumentKind.UnsignedForm, NameOf(dossier, form.Form, "-chua-ky"), bytes, ct, paperId);
    }

    /// <summary>The sealed form, under the id that was promised.</summary>
    public Task<DossierDocument> SignedFormAsync(Dossier dossier, IssuedForm form, Guid paperId, byte[] signed, string signer, CancellationToken ct) => StoreAsync(
        dossier, paperId, form.Kind == PaperForm.Control ? DocumentKind.ControlSlip : DocumentKind.Form, NameOf(dossier, form, ""), signed, ct, signer: signer);

    /// <summary>The control slip of a dossier that is not over, as it stands; nobody keeps it.</summary>
    public byte[] DraftSlip(Dossier dossier, FormContent slip)
    {
        var url = options.Value.TrackingUrl(dossier.Code!);
        return new FormSheet(slip, url, url) { Draft = true }.Render();
    }

    /// <summary>The result of an approved dossier, before its signature.</summary>
    public async Task<DossierDocument> UnsignedResultAsync(Dossier dossier, CancellationToken ct)
    {
        var text = new ResultText(
            dossier.Code!, dossier.UnitNameVi, dossier.ProcedureCode, dossier.ProcedureNameVi, dossier.Subject, dossier.OwnerName,
            dossier.Decision!, dossier.ApproverName!, dossier.AcceptedAt!.Value, dossier.ApprovedAt!.Value);
        var qr = await statements.QrTextAsync(dossier, dossier.SigningId!.Value, PaperKind.Result, text.ApprovedAt, StatedResult.Of(text), ct);
        var bytes = ResultLetter.Render(text, qr);
        return await StoreAsync(dossier, Guid.CreateVersion7(), DocumentKind.UnsignedResult, $"{dossier.Code}-ket-qua-chua-ky.pdf", bytes, ct, dossier.UnsignedId);
    }

    /// <summary>The result as its approver signed it, before the seal.</summary>
    public Task<DossierDocument> PersonSignedAsync(Dossier dossier, byte[] signed, string signer, CancellationToken ct) => StoreAsync(
        dossier, Guid.CreateVersion7(), DocumentKind.PersonSigned, $"{dossier.Code}-ket-qua-cho-dong-dau.pdf", signed, ct, dossier.SignatureSessionId, signer);

    /// <summary>The sealed result, under the id that was promised.</summary>
    /// <param name="person">Who signed it before the seal, as shown to everybody.</param>
    public Task<DossierDocument> SignedResultAsync(Dossier dossier, byte[] signed, string signer, string? person, CancellationToken ct) =>
        StoreAsync(dossier, dossier.SigningId!.Value, DocumentKind.Result, $"{dossier.Code}-ket-qua.pdf", signed, ct, signer: signer, person: person);

    public static string NameOf(Dossier dossier, IssuedForm form, string suffix) => $"{dossier.Code}-{FormLook.FileName(form.Kind)}{suffix}.pdf";

    /// <param name="atOnce">Nobody can wait for a key: without one the QR code is the link alone.</param>
    private async Task<byte[]> RenderAsync(Dossier dossier, FormContent form, Guid paperId, bool atOnce, CancellationToken ct)
    {
        var facts = new PaperFacts(paperId, form.Form.Kind, form.Data.Code, form.Data.ProcedureCode, form.Data.UnitCode, null, form.Form.CreatedAt);
        string qr;
        try
        {
            qr = await statements.QrTextAsync(facts, form.Stated, ct);
        }
        catch (ErrorException) when (atOnce)
        {
            qr = options.Value.VerifyUrl(paperId);
        }
        return new FormSheet(form, qr, options.Value.TrackingUrl(dossier.Code!)).Render();
    }

    /// <summary>The limit in words.</summary>
    private string LimitText(ProcedureTimeLimit limit) => limit switch
    {
        { Value: null } => $"{options.Value.AssumedTimeLimitDays} ngày làm việc",
        { Unit: TimeLimitUnit.SameDay } => "trong ngày; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo",
        { Unit: TimeLimitUnit.CalendarDay } => $"{limit.Value} ngày",
        _ => $"{limit.Value} ngày làm việc",
    };

    private async Task<DossierDocument> StoreAsync(Dossier dossier, Guid id, string kind, string name, byte[] bytes, CancellationToken ct, Guid? resultId = null, string? signer = null,
        string? person = null) => new()
        {
            Id = id,
            DossierId = dossier.Id,
            Kind = kind,
            FileName = name,
            MediaType = FileType.Pdf.MediaType,
            Size = bytes.Length,
            Sha256 = await store.StoreAsync(bytes, ct),
            CreatedAt = time.Now(),
            ResultId = resultId,
            Origin = kind == DocumentKind.Result ? DocumentOrigin.IssuedResult : null,
            SignedBy = signer is null ? null : SignerName.Of(signer),
            PersonSignedBy = person,
        };
}

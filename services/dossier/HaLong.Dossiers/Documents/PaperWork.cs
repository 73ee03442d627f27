using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Verification;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Documents;

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

    /// <summary>Form 01 of a dossier that was just accepted.</summary>
    public async Task<DossierDocument> ReceiptAsync(
        Dossier dossier, Procedure procedure, IReadOnlyCollection<DossierDocument> filed, Actor receiver, CancellationToken ct)
    {
        var content = catalogue.ContentOf(procedure);
        var rows = content.Components
            .Select((component, i) => (component, Files: filed.Count(d => d.Component == i + 1)))
            .Where(c => c.Files > 0)
            .Select(c => new ReceiptRow(c.component.NameVi, 0, 0, c.Files))
            .ToList();
        var receipt = new Receipt(
            dossier.Code!, dossier.UnitNameVi, dossier.ProcedureNameVi, dossier.Subject, dossier.OwnerName, dossier.Channel, rows,
            LimitText(content.TimeLimit), dossier.DueAssumed, Local(dossier.AcceptedAt!.Value), Local(dossier.DueAt!.Value), receiver.Name,
            options.Value.TrackingUrl(dossier.Code!));
        var bytes = ReceiptForm.Render(receipt, dossier.AcceptedAt.Value);
        return await StoreAsync(dossier, Guid.CreateVersion7(), DocumentKind.Receipt, $"{dossier.Code}-giay-tiep-nhan.pdf", bytes, ct);
    }

    /// <summary>The result of an approved dossier, before its signature.</summary>
    public async Task<DossierDocument> UnsignedResultAsync(Dossier dossier, CancellationToken ct)
    {
        var text = new ResultText(
            dossier.Code!, dossier.UnitNameVi, dossier.ProcedureCode, dossier.ProcedureNameVi, dossier.Subject, dossier.OwnerName,
            dossier.Decision!, dossier.ApproverName!, Local(dossier.AcceptedAt!.Value), Local(dossier.ApprovedAt!.Value));
        var qr = await statements.QrTextAsync(dossier, dossier.SigningId!.Value, PaperKind.Result, dossier.ApprovedAt.Value, StatedResult.Of(text), ct);
        var bytes = ResultLetter.Render(text with { Qr = qr }, dossier.ApprovedAt.Value);
        return await StoreAsync(dossier, Guid.CreateVersion7(), DocumentKind.UnsignedResult, $"{dossier.Code}-ket-qua-chua-ky.pdf", bytes, ct, dossier.SigningId);
    }

    /// <summary>The signed result, under the id that was promised.</summary>
    public Task<DossierDocument> SignedResultAsync(Dossier dossier, byte[] signed, string signer, CancellationToken ct) =>
        StoreAsync(dossier, dossier.SigningId!.Value, DocumentKind.Result, $"{dossier.Code}-ket-qua.pdf", signed, ct, signer: signer);

    /// <summary>The limit in words.</summary>
    private string LimitText(ProcedureTimeLimit limit) => limit switch
    {
        { Value: null } => $"{options.Value.AssumedTimeLimitDays} ngày làm việc",
        { Unit: TimeLimitUnit.SameDay } => "trong ngày; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo",
        { Unit: TimeLimitUnit.CalendarDay } => $"{limit.Value} ngày",
        _ => $"{limit.Value} ngày làm việc",
    };

    private static DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, LocalTime.Zone).DateTime;

    private async Task<DossierDocument> StoreAsync(Dossier dossier, Guid id, string kind, string name, byte[] bytes, CancellationToken ct, Guid? resultId = null, string? signer = null) => new()
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
    };
}

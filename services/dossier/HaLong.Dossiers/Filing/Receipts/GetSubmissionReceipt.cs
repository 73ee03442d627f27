using System.Text;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using QRCoder;

namespace HaLong.Dossiers.Filing.Receipts;

/// <summary>The signed receipt of a filing: as JSON, as bare JWS, and as a QR code to print.</summary>
internal sealed class GetSubmissionReceipt(DossierDbContext db, DossierDesk desk, ReceiptWriter writer, ReadRecord reads)
{
    private const string Jose = "application/jose";

    /// <param name="Receipt">What is stated; the same as the payload of <paramref name="Jws"/>.</param>
    /// <param name="Jws">The signed statement; what counts.</param>
    /// <param name="Qr">Text of the QR code.</param>
    /// <param name="Keys">Where the keys are published.</param>
    internal sealed record View(JsonElement Receipt, string Jws, string Qr, string Keys);

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/{id:guid}/submission-receipt", (Guid id, GetSubmissionReceipt handler, HttpContext http, CancellationToken ct) => handler.ShowAsync(id, http, ct))
            .RequireAuthorization(Policies.Acting)
            .WithSummary("Signed receipt of the filing: JSON, or the bare JWS for Accept: application/jose")
            .Answers<View>(200, 403, 404, 503);
        group.MapGet("/{id:guid}/submission-receipt/qr.png", (Guid id, GetSubmissionReceipt handler, CancellationToken ct) => handler.DrawAsync(id, ct))
            .RequireAuthorization(Policies.Acting)
            .WithSummary("The receipt's QR code: verifies off line against the published keys")
            .Answers(200, 403, 404, 503);
    }

    private async Task<IResult> ShowAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var found = await FindAsync(id, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        var (code, receipt) = found.Value;
        http.Response.Headers.Vary = "Accept";
        if (http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals(Jose, StringComparison.OrdinalIgnoreCase)))
            return TypedResults.Text(receipt.Jws, Jose, Encoding.ASCII);
        var payload = JsonElement.Parse(Base64UrlEncoder.DecodeBytes(receipt.Jws.Split('.')[1]));
        return TypedResults.Ok(new View(payload, receipt.Jws, writer.QrText(code, receipt), "/api/v1/verification-keys"));
    }

    private async Task<IResult> DrawAsync(Guid id, CancellationToken ct)
    {
        var found = await FindAsync(id, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        using var code = QRCodeGenerator.GenerateQrCode(writer.QrText(found.Value.Code, found.Value.Receipt), QRCodeGenerator.ECCLevel.L);
        using var picture = new PngByteQRCode(code);
        return TypedResults.Bytes(picture.GetGraphic(4), "image/png");
    }

    private async Task<Result<(string Code, SubmissionReceipt Receipt)>> FindAsync(Guid id, CancellationToken ct)
    {
        var owner = await desk.OwnerAsync(id, Acts.DossierRead, ct);
        if (!owner.IsSuccess)
            return owner.Error;
        var found = await db.Dossiers.Where(d => d.Id == id)
            .Join(db.SubmissionReceipts.AsNoTracking(), d => d.Id, r => r.DossierId, (d, r) => new { d.Code, Receipt = r }).SingleOrDefaultAsync(ct);
        if (found is null)
            return SubmissionErrors.ReceiptNotThere;
        await reads.AddAsync(ReadRecord.Receipt, id, owner.Value, ct);
        return (found.Code!, found.Receipt);
    }
}

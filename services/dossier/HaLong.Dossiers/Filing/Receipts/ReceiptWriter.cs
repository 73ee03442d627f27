using System.Security.Cryptography;
using System.Text;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Keys;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Filing.Receipts;

/// <summary>Writes and signs the receipt of a dossier that was just filed.</summary>
internal sealed class ReceiptWriter(Signer signer, IOptions<DossierOptions> options)
{
    public async Task<SubmissionReceipt> WriteAsync(Dossier dossier, IEnumerable<DossierDocument> files, CancellationToken ct)
    {
        var at = dossier.SubmittedAt!.Value;
        var issuer = options.Value.PublicUrl.TrimEnd('/');
        var filed = files.OrderBy(f => f.CreatedAt).ThenBy(f => f.Id).Select(f => new ReceiptFile(f.Id, f.Component ?? 0, f.Size, f.Sha256)).ToList();
        var jws = await signer.SignAsync(
            ReceiptStatement.Type,
            new ReceiptStatement(
                issuer, at.ToUnixTimeSeconds(), dossier.Id, dossier.Code!, at, dossier.Regime!, dossier.Channel, dossier.OwnerCheck, dossier.ProcedureCode,
                dossier.ProcedureId, dossier.UnitCode, dossier.ReceivingUnitCode ?? dossier.UnitCode, dossier.FeeTotal, CanonicalJson.Hash(dossier.Data), filed),
            ct);
        var brief = await signer.SignAsync(
            ShortStatement.Type,
            new ShortStatement(
                issuer, at.ToUnixTimeSeconds(), dossier.Code!, at.ToUnixTimeSeconds(), dossier.ProcedureCode, dossier.UnitCode, filed.Count,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(jws)))),
            ct);
        return new SubmissionReceipt { DossierId = dossier.Id, Jws = jws, ShortJws = brief, IssuedAt = at };
    }

    /// <summary>
    /// What the QR code holds: a link that shows the state of the dossier to who is on line; the signed statement follows the #, which browsers do
    /// not send, and is checked off line.
    /// </summary>
    public string QrText(string code, SubmissionReceipt receipt) => $"{options.Value.TrackingUrl(code)}#{receipt.ShortJws}";
}

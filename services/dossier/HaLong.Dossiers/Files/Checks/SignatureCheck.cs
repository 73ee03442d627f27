using Google.Protobuf;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;

namespace HaLong.Dossiers.Files.Checks;

/// <summary>Asks e-signature whether the signatures of a PDF hold. Where none is demanded, a bad one only warns.</summary>
internal sealed partial class SignatureCheck(Signing.SigningClient signing, FileStore store, TimeProvider time, ILogger<SignatureCheck> log)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Null when there is nothing to say: no signature, and none demanded.</summary>
    public async Task<PreflightCheck?> CheckAsync(DossierDocument document, int signatures, bool isDemanded, CancellationToken ct)
    {
        if (signatures == 0)
            return isDemanded ? PreflightCheck.Fail(CheckCode.Signature, "missing") : null;
        try
        {
            var request = new ValidatePdfRequest { Pdf = UnsafeByteOperations.UnsafeWrap(await store.ReadAsync(document.Sha256, ct)) };
            var answer = await signing.ValidatePdfAsync(request, deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: ct);
            return answer.Indication switch
            {
                "VALID" => PreflightCheck.Passed(CheckCode.Signature),
                "INVALID" or "REVOKED" when isDemanded => PreflightCheck.Fail(CheckCode.Signature, WordOf(answer)),
                "INVALID" or "REVOKED" => PreflightCheck.Warn(CheckCode.Signature, WordOf(answer)),
                _ => PreflightCheck.Warn(CheckCode.Signature, "unknown"),
            };
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            NotChecked(log, e, document.Id);
            return PreflightCheck.NotChecked(CheckCode.Signature, "unavailable");
        }
    }

    private static string WordOf(ValidatePdfResponse answer) => answer.Indication == "REVOKED" ? "revoked" : "invalid";

    [LoggerMessage(4042, LogLevel.Warning, "The signatures of document {DocumentId} could not be checked; tried again later")]
    private static partial void NotChecked(ILogger log, Exception e, Guid documentId);
}

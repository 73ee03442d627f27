using System.Globalization;
using Google.Protobuf;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;

namespace HaLong.Dossiers.Features.Signatures;

/// <summary>How a signing session ended for the dossier; with <see cref="Signed"/>, or missed for the reason of <see cref="Missed"/>, or not yet.</summary>
/// <param name="Signed">The file with the approver's signature.</param>
/// <param name="SignerSubject">RFC 4514 name in the approver's certificate.</param>
/// <param name="Missed">One of <see cref="SignatureStage.Missed"/>.</param>
/// <param name="Reason">Of a refusal, in the signer's words.</param>
internal sealed record SessionOutcome(byte[]? Signed = null, string SignerSubject = "", string? Missed = null, string? Reason = null);

/// <summary>
/// Signing sessions at e-signature, in the service's own name. Whatever goes wrong there or with the store is an error to try again later.
/// </summary>
internal sealed partial class SigningSessionClient(
    SigningSessions.SigningSessionsClient sessions, Signing.SigningClient signing, FileStore store, TimeProvider time, ILogger<SigningSessionClient> log)
{
    private const string Purpose = "Kết quả giải quyết hồ sơ", Role = "Người phê duyệt";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Makes the session in which the approver signs, once; its deadline.</summary>
    public Task<Result<DateTimeOffset>> OpenAsync(Dossier dossier, string unsignedSha256, DateTimeOffset until, bool again, CancellationToken ct) =>
        TellAsync(dossier.SignatureSessionId!.Value, async () =>
        {
            var id = dossier.SignatureSessionId!.Value;
            // An earlier attempt may have made it without our hearing the answer: then its date stands.
            if (again && await FindAsync(id, ct) is { } known)
                return At(known);
            var request = new CreateSigningSessionRequest
            {
                SessionId = id.ToString(),
                Purpose = $"{Purpose} {dossier.Code}",
                Subject = dossier.Id.ToString(),
                UnitCode = dossier.UnitCode,
                Deadline = until.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
                Documents = { new NewSigningDocument { Name = $"{dossier.Code}-ket-qua.pdf", Pdf = Wrap(await store.ReadAsync(unsignedSha256, ct)) } },
                Signers = { new NewSigner { AccountId = dossier.ApproverId!.Value.ToString(), Turn = 1, Role = Role } },
            };
            return At(await sessions.CreateAsync(request, deadline: Until(), cancellationToken: ct));
        }, ct);

    /// <summary>How the dossier's session stands; null while it is open, or was not made yet.</summary>
    public Task<Result<SessionOutcome?>> OutcomeAsync(Dossier dossier, string unsignedSha256, CancellationToken ct) =>
        TellAsync(dossier.SignatureSessionId!.Value, async () =>
        {
            var id = dossier.SignatureSessionId!.Value;
            var session = await FindAsync(id, ct);
            return session?.State switch
            {
                null when dossier.PersonSignature == SignatureStage.Due => null,
                "open" => null,
                "completed" => await SignedAsync(session, unsignedSha256, ct),
                "refused" => new SessionOutcome(Missed: SignatureStage.Refused, Reason: session.Signers.Select(s => s.Reason).FirstOrDefault(r => r.Length > 0)),
                "expired" => new SessionOutcome(Missed: SignatureStage.Expired),
                _ => new SessionOutcome(Missed: SignatureStage.Cancelled),
            };
        }, ct);

    /// <summary>Takes a session back. One that has ended, or never was, is no error.</summary>
    public Task<Result<bool>> CancelAsync(Guid id, CancellationToken ct) => TellAsync(id, async () =>
    {
        try
        {
            await sessions.CancelAsync(new CancelSigningSessionRequest { SessionId = id.ToString() }, deadline: Until(), cancellationToken: ct);
            return true;
        }
        catch (ErrorException e) when (e.Error.Kind is ErrorKind.NotFound or ErrorKind.Conflict)
        {
            return false;
        }
    }, ct);

    private async Task<SigningSessionReply?> FindAsync(Guid id, CancellationToken ct)
    {
        try
        {
            return await sessions.GetAsync(new GetSigningSessionRequest { SessionId = id.ToString() }, deadline: Until(), cancellationToken: ct);
        }
        catch (ErrorException e) when (e.Error.Kind == ErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>The signed file is trusted for nothing: it has to begin with the bytes that were written here, and its signature has to hold.</summary>
    private async Task<SessionOutcome> SignedAsync(SigningSessionReply session, string unsignedSha256, CancellationToken ct)
    {
        var request = new GetSigningDocumentRequest { SessionId = session.SessionId, DocumentId = session.Documents.Single().DocumentId };
        var signed = (await sessions.GetDocumentAsync(request, deadline: Until(), cancellationToken: ct)).Pdf.ToByteArray();
        var unsigned = await store.ReadAsync(unsignedSha256, ct);
        var report = await signing.ValidatePdfAsync(new ValidatePdfRequest { Pdf = Wrap(signed) }, deadline: Until(), cancellationToken: ct);
        return signed.Length > unsigned.Length && signed.AsSpan().StartsWith(unsigned) && report.Indication is not ("INVALID" or "REVOKED") && report.Signatures.Count > 0
            ? new SessionOutcome(signed, report.Signatures[^1].SignerSubject)
            : new SessionOutcome(Missed: SignatureStage.Invalid);
    }

    private async Task<Result<T>> TellAsync<T>(Guid session, Func<Task<T>> work, CancellationToken ct)
    {
        try
        {
            return Result.Of(await work());
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            var error = (e as ErrorException)?.Error ?? DossierErrors.SignatureUnavailable;
            NotDone(log, e, session, error.Code);
            return error;
        }
    }

    private DateTime Until() => time.GetUtcNow().UtcDateTime + Deadline;

    private static ByteString Wrap(byte[] bytes) => UnsafeByteOperations.UnsafeWrap(bytes);

    private static DateTimeOffset At(SigningSessionReply session) =>
        DateTimeOffset.Parse(session.Deadline, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToUniversalTime();

    [LoggerMessage(4065, LogLevel.Information, "Signing session {SessionId} could not be asked: {Code}")]
    private static partial void NotDone(ILogger log, Exception e, Guid sessionId, string code);
}

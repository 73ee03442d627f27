using Google.Protobuf;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;

namespace HaLong.Dossiers.Papers;

/// <summary>What is to be sealed.</summary>
/// <param name="DocumentId">Id of the sealed document: e-signature gives the same answer to it each time.</param>
/// <param name="Sha256">Of the stored bytes.</param>
/// <param name="UnitCode">Whose seal.</param>
/// <param name="SignerId">The officer who answers for it.</param>
internal sealed record SealRequest(Guid DocumentId, string Sha256, string UnitCode, Guid SignerId, string Reason, string Location);

/// <summary>Asks e-signature for a seal. Whatever goes wrong there or with the store is an error to try again later.</summary>
internal sealed partial class Sealing(Signing.SigningClient signing, FileStore store, TimeProvider time, ILogger<Sealing> log)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public async Task<Result<SignPdfResponse>> SealAsync(SealRequest request, CancellationToken ct)
    {
        try
        {
            var message = new SignPdfRequest
            {
                DocumentId = request.DocumentId.ToString(),
                Pdf = UnsafeByteOperations.UnsafeWrap(await store.ReadAsync(request.Sha256, ct)),
                UnitCode = request.UnitCode,
                SignerId = request.SignerId.ToString(),
                Reason = request.Reason,
                Location = request.Location,
            };
            return await signing.SignPdfAsync(message, deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: ct);
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            var error = (e as ErrorException)?.Error ?? DossierErrors.SignatureUnavailable;
            NotSealed(log, e, request.DocumentId, error.Code);
            return error;
        }
    }

    /// <summary>Doubles with each attempt, up to a minute.</summary>
    public static TimeSpan PauseAfter(int attempt, TimeSpan first) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, first.Ticks << Math.Min(attempt - 1, 12)));

    [LoggerMessage(4064, LogLevel.Information, "Document {DocumentId} was not sealed: {Code}")]
    private static partial void NotSealed(ILogger log, Exception e, Guid documentId, string code);
}

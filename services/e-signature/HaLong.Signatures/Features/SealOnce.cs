using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features;

/// <summary>
/// Seals what is no PDF, once per document id and format: asking again gives the first answer, also when asked at the same moment; another
/// request under the same id is refused. A refused request leaves the id free.
/// </summary>
internal sealed partial class SealOnce(SignatureDbContext db, Seals seals, ValidationEvidence evidence, TimeProvider time,
    SignatureTelemetry telemetry, ILogger<SealOnce> log)
{
    /// <param name="order">What is asked for.</param>
    /// <param name="make">Makes it with the seal of the unit.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>SIG-0003 for another request under the id; what <see cref="Seals.ForUnitAsync"/> refuses; what <paramref name="make"/> refuses.</returns>
    public async Task<Result<Signature>> RunAsync(SealOrder order, Func<Credential, SigningKey, DateTimeOffset, Task<Result<SealMade>>> make,
        CancellationToken ct)
    {
        var start = time.GetTimestamp();
        var result = await TryAsync(order, make, start, ct);
        if (!result.IsSuccess)
        {
            telemetry.Refused(result.Error.Code);
            Refused(log, order.DocumentId, order.Format, result.Error.Code);
        }

        return result;
    }

    private async Task<Result<Signature>> TryAsync(SealOrder order, Func<Credential, SigningKey, DateTimeOffset, Task<Result<SealMade>>> make,
        long start, CancellationToken ct)
    {
        await evidence.PrepareAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The same document asked for twice at once: the second waits here until the first commits, then finds its answer.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"document:" + order.DocumentId}, 0))", ct);
        if (await db.Signatures.AsNoTracking().SingleOrDefaultAsync(s => s.DocumentId == order.DocumentId && s.Format == order.Format, ct)
            is { } earlier)
        {
            if (!earlier.Answers(order.Hash))
                return SignatureErrors.OtherContent;
            telemetry.Signed(replayed: true, time.GetElapsedTime(start));
            return earlier;
        }

        var seal = await seals.ForUnitAsync(order.UnitCode, ct);
        if (!seal.IsSuccess)
            return seal.Error;
        var (credential, key) = seal.Value;
        var now = time.GetUtcNow();
        var made = await make(credential, key, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
        if (!made.IsSuccess)
            return made.Error;
        var signature = Signature.CreateBeside(order, credential, made.Value, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
        db.Add(signature);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        telemetry.Signed(replayed: false, time.GetElapsedTime(start));
        Signed(log, order.DocumentId, signature.Id, order.Format, order.UnitCode, signature.Level);
        return signature;
    }

    [LoggerMessage(5120, LogLevel.Information, "Document {DocumentId} signed as {SignatureId} ({Format}) with the seal of unit {UnitCode}, level {Level}")]
    private static partial void Signed(ILogger log, Guid documentId, Guid signatureId, SignatureFormat format, string unitCode, string level);

    [LoggerMessage(5121, LogLevel.Warning, "Document {DocumentId} ({Format}) was not signed: {Code}")]
    private static partial void Refused(ILogger log, Guid documentId, SignatureFormat format, string code);
}

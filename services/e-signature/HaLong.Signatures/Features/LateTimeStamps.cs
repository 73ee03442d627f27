using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.TimeStamping;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Features;

/// <summary>
/// Obtains the time-stamps that were not to be had when a document was signed. The file was handed out and stays as it is: the proof is kept
/// with the signature, and validation knows it. Replicas may run this at the same time: each claims its own row.
/// </summary>
internal sealed partial class LateTimeStamps(IServiceScopeFactory scopes, TimeStampClient stamps, IOptions<TimeStampOptions> options,
    TimeProvider time, SignatureTelemetry telemetry, ILogger<LateTimeStamps> log) : BackgroundService
{
    /// <summary>Stamps what waits, until nothing does or no authority answers.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        for (var after = Guid.Empty; await NextAsync(after, ct) is { } done;)
            after = done;
        await using var scope = scopes.CreateAsyncScope();
        var waiting = scope.ServiceProvider.GetRequiredService<SignatureDbContext>().Signatures
            .Where(s => s.Level == Signature.BaselineB && s.Format != SignatureFormat.Jades);
        var oldest = await waiting.OrderBy(s => s.Id).Select(s => (DateTimeOffset?)s.SignedAt).FirstOrDefaultAsync(ct);
        telemetry.ObserveWaiting(await waiting.LongCountAsync(ct), oldest is { } since ? time.GetUtcNow() - since : TimeSpan.Zero);
    }

    /// <returns>The id that was worked on, also when it cannot be stamped; null when there is no more, or no authority.</returns>
    private async Task<Guid?> NextAsync(Guid after, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SignatureDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var claimed = await db.Signatures.FromSql(
            $"SELECT * FROM signature WHERE level = 'B-B' AND format <> 'Jades' AND id > {after} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED").ToListAsync(ct);
        if (claimed is not [var signature])
            return null;
        byte[] value;
        try
        {
            value = SignatureTimeStamp.ValueOf(signature.Format == SignatureFormat.Cades ? signature.Revision
                : PreparedRevision.CmsOf(signature.Revision));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Unreadable(log, e, signature.Id);
            return signature.Id;
        }

        if (await stamps.StampAsync(value, ct) is not { } stamp)
            return null;
        signature.Prove(SHA256.HashData(value), stamp.Token, Signature.BaselineT);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Stamped(log, signature.Id);
        return signature.Id;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(TimeSpan.FromSeconds(options.Value.RetrySeconds), time, RunAsync, e => Failed(log, e), stoppingToken, atOnce: true);

    [LoggerMessage(5024, LogLevel.Information, "Signature {SignatureId} has its time-stamp now")]
    private static partial void Stamped(ILogger log, Guid signatureId);

    [LoggerMessage(5025, LogLevel.Error, "The stored revision of signature {SignatureId} cannot be read, so it gets no time-stamp")]
    private static partial void Unreadable(ILogger log, Exception exception, Guid signatureId);

    [LoggerMessage(5026, LogLevel.Error, "Late time-stamps failed; tried again at the next turn")]
    private static partial void Failed(ILogger log, Exception exception);
}

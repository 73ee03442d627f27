using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Sessions;

/// <summary>
/// Puts the signatures of an answered order into their documents, a few documents a transaction, and ends it. A document gets its signature, its new
/// part and its line in the log together, or none of them; done again, what is in stays as it is.
/// </summary>
internal sealed partial class OrderEmbedding(SignatureDbContext db, SessionStore store, SessionContents contents, SessionTrust trusts, TimeStampClient stamps,
    TimeProvider time, SessionTelemetry telemetry, ILogger<OrderEmbedding> log)
{
    private const int DocumentsATime = 20;
    private const int FilesAtATime = 2;

    private sealed record Embedded(byte[] Revision, string Sha256, long Size, string Level);

    public async Task RunAsync(Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        if (await db.Set<SigningOrder>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is not { State: OrderState.Answered } order)
            return;
        X509Certificate2[] chain = [.. order.Chain.Select(c => X509CertificateLoader.LoadCertificate(c))];
        try
        {
            var trust = await trusts.ForAsync(chain, ct);
            while (await db.Set<SigningItem>().AsNoTracking().Where(i => i.OrderId == id && i.State == ItemState.Answered)
                .OrderBy(i => i.Number).Take(DocumentsATime).ToListAsync(ct) is { Count: > 0 } items)
            {
                var byDocument = items.ToDictionary(i => i.DocumentId);
                var made = new ConcurrentDictionary<Guid, Result<Embedded>>();
                await Parallel.ForEachAsync(contents.StreamAsync(byDocument.Keys, ct),
                    new ParallelOptions { MaxDegreeOfParallelism = FilesAtATime, CancellationToken = ct },
                    async (file, token) => made[file.DocumentId] = await CompleteAsync(file, byDocument[file.DocumentId], trust, token));
                await StoreAsync(id, items, made, ct);
            }
        }
        finally
        {
            Array.ForEach(chain, c => c.Dispose());
        }

        await EndAsync(id, OrderState.Done, "", ct);
    }

    /// <summary>Over: what is undecided has failed, files are free, signers go on or may begin again. Ending again changes nothing.</summary>
    public async Task EndAsync(Guid id, OrderState state, string code, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ids = await db.Set<SigningItem>().Where(i => i.OrderId == id).Select(i => i.SessionId).Distinct().ToListAsync(ct);
        var sessions = await store.LockAsync(ids, ct);
        var now = time.GetUtcNow();
        // Signatures that are here are used before anybody gives up waiting for them.
        if (await store.LockOrderAsync(id, ct) is not { } order || (order.State == OrderState.Answered && state != OrderState.Done)
            || !order.End(state, code, now))
            return;
        foreach (var items in order.Items.Where(i => i.State != ItemState.Skipped).GroupBy(i => (i.SessionId, i.SignerId)))
        {
            var session = sessions.Single(s => s.Id == items.Key.SessionId);
            session.Settle(session.Signers.Single(s => s.Id == items.Key.SignerId), id, items.FirstOrDefault(i => i.Code.Length > 0)?.Code ?? "", now);
        }

        await store.SaveAsync(sessions, ct);
        await transaction.CommitAsync(ct);
        telemetry.Ended(order, now);
        foreach (var item in order.Items)
            telemetry.Document(item.State == ItemState.Signed ? "signed" : item.Code);
        Ended(log, id, order.State, order.Code, order.Items.Count(i => i.State == ItemState.Signed), order.Items.Count);
    }

    private async Task<Result<Embedded>> CompleteAsync(StoredFile file, SigningItem item, Trust trust, CancellationToken ct)
    {
        // Somebody else's signature came between: the revision points to where the file ended then.
        if (file.Parts.Count != item.Parts)
            return SessionErrors.Superseded;
        var signed = await SessionRevision.CompleteAsync(item.Prepared, item.Signature ?? [], v => stamps.StampAsync(v, ct));
        if (!signed.IsSuccess)
        {
            NotValid(log, item.OrderId, item.DocumentId, Reasons.SignatureMismatch);
            return signed.Error;
        }

        var revision = signed.Value;
        var whole = file.With(revision.Bytes);
        var report = PdfValidator.Validate(whole, trust, time.GetUtcNow(), ct);
        var own = report.Signatures.FirstOrDefault(s => s.CoversWholeFile);
        if (report.Indication == Indication.Invalid || own is null || own.Indication is Indication.Invalid or Indication.Revoked)
        {
            NotValid(log, item.OrderId, item.DocumentId, string.Join(',', (own?.Reasons ?? []).Concat(report.Reasons)));
            return SessionErrors.NotValid;
        }

        return new Embedded(revision.Bytes, Convert.ToHexStringLower(SHA256.HashData(whole)), whole.Length, revision.Level);
    }

    private async Task StoreAsync(Guid id, List<SigningItem> items, ConcurrentDictionary<Guid, Result<Embedded>> made, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var sessions = await store.LockAsync(items.Select(i => i.SessionId), ct);
        var numbers = items.ConvertAll(i => i.Number);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM signing_order WHERE id = {id} FOR NO KEY UPDATE", ct);
        var now = time.GetUtcNow();
        foreach (var item in await db.Set<SigningItem>().Where(i => i.OrderId == id && numbers.Contains(i.Number) && i.State == ItemState.Answered)
            .ToListAsync(ct))
        {
            var session = sessions.Single(s => s.Id == item.SessionId);
            var (signer, document) = (session.Signers.Single(s => s.Id == item.SignerId), session.Documents.Single(d => d.Id == item.DocumentId));
            var result = made.GetValueOrDefault(item.DocumentId, SessionErrors.ContentDeleted);
            var embedded = result.IsSuccess
                ? session.Embed(signer, document, id, item.Parts, result.Value.Sha256, result.Value.Size, result.Value.Level, now)
                : result.Error;
            if (embedded.IsSuccess)
            {
                contents.Add(document.Id, document.Parts - 1, result.Value.Revision);
                item.Embedded();
                continue;
            }

            item.Fail(embedded.Error.Code);
            // The person signed, and nothing came of it: the log says so.
            session.Write(CeremonyStep.AnsweredLate, SigningEvent.System, now, signer, document, detail: embedded.Error.Code);
        }

        await store.SaveAsync(sessions, ct);
        await transaction.CommitAsync(ct);
    }

    [LoggerMessage(5073, LogLevel.Information, "Order {OrderId} is over: {State} {Code}; {Signed} of {Count} documents signed")]
    private static partial void Ended(ILogger log, Guid orderId, OrderState state, string code, int signed, int count);

    [LoggerMessage(5074, LogLevel.Error, "Order {OrderId}: the signature for document {DocumentId} is not valid ({Reasons}) and was not used")]
    private static partial void NotValid(ILogger log, Guid orderId, Guid documentId, string reasons);
}

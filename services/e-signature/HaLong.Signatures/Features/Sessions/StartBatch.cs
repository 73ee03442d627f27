using System.Security.Cryptography;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Sessions;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>What an official wants to sign at once: sessions whole, or documents.</summary>
internal sealed record BatchRequest(IReadOnlyList<Guid>? SessionIds, IReadOnlyList<Guid>? DocumentIds, string? Provider, string? CredentialId,
    string? Consent)
{
    /// <summary>Of what was asked for, whatever order it came in.</summary>
    public byte[] Hash => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string[]>(
        [Provider ?? "", CredentialId ?? "", .. (SessionIds ?? []).Order().Select(i => i.ToString()), "", .. (DocumentIds ?? []).Order().Select(i =>
            i.ToString())]));
}

/// <summary>
/// Makes a batch: everything that can be signed is prepared within the request, in a handful of queries; everything else is skipped with its code.
/// One order at the provider, or several where one PIN serves them all.
/// </summary>
internal sealed class StartBatch(SignatureDbContext db, SessionStore store, OrderMaking making, OrderSteps steps, SigningProviders providers,
    SessionTrust trusts, Caller caller,
    SessionDesk desk, TimeProvider time)
{
    private sealed record Skip(Pick Pick, string Code);

    /// <param name="request">What to sign.</param>
    /// <param name="key">The caller's key: the same one gives the same batch; null without.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Result<Guid>> HandleAsync(BatchRequest request, string? key, CancellationToken ct)
    {
        if (key is not null && await db.Set<SigningBatch>().AsNoTracking()
            .SingleOrDefaultAsync(b => b.AccountId == caller.AccountId && b.RequestKey == key, ct) is { } earlier)
            return earlier.RequestHash.AsSpan().SequenceEqual(request.Hash) ? await BeginAsync(earlier.Id, ct) : CommonErrors.KeyReused;
        if (WhyNot(request) is { } invalid)
            return invalid;
        var credential = await providers.CredentialAsync(request.Provider, caller.AccountId, request.CredentialId, ct);
        if (!credential.IsSuccess)
            return credential.Error;
        var target = new OrderTarget(request.Provider!, caller.AccountId, credential.Value, await trusts.EvidenceAsync(credential.Value.Chain, ct),
            Guid.CreateVersion7(time.GetUtcNow()));
        var batch = await PrepareAsync(request, key, target, ct);
        return batch.IsSuccess ? await BeginAsync(batch.Value, ct) : batch.Error;
    }

    private static Error? WhyNot(BatchRequest request)
    {
        var error = SessionErrors.InvalidBatch;
        if ((request.SessionIds is null) == (request.DocumentIds is null))
            error = error.WithField("sessionIds", "Nêu sessionIds hoặc documentIds.", "Give sessionIds or documentIds.");
        if ((request.SessionIds ?? request.DocumentIds ?? []).Distinct().Count() is 0 or > SigningBatch.MaxDocuments)
            error = error.WithField("documentIds", "Từ 1 đến 200 mục.", "1 to 200 of them.");
        if (request.Consent != ConsentText.Version)
            return SessionErrors.ConsentMissing.WithField("consent", "Phiên bản hiện hành: " + ConsentText.Version,
                "The current version: " + ConsentText.Version);
        return error.FieldMessages.Count > 0 ? error : null;
    }

    private async Task<Result<Guid>> PrepareAsync(BatchRequest request, string? key, OrderTarget target, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (now, credential) = (time.GetUtcNow(), target.Credential);
        var (batch, first) = (target.Batch.GetValueOrDefault(), Guid.CreateVersion7(now));
        var chosen = await ChooseAsync(request, ct);
        if (!chosen.IsSuccess)
            return chosen.Error;
        var shown = await making.ShownAsync(chosen.Value.ConvertAll(p => p.Signer.Id), ct);
        var skips = new List<Skip>();
        // No order holds anything of a batch before it is made: any other is somebody else's.
        var picks = Sift(chosen.Value, skips, p => p.Session.WhyNotSign(p.Signer, p.Document, shown[p.Signer.Id].ToHashSet(StringComparer.Ordinal), first,
            now));
        var prepared = await making.PrepareAsync(picks, target, ct);
        picks = Sift(picks, skips, p => prepared[p.Document.Id].IsSuccess ? null : prepared[p.Document.Id].Error);
        if (picks.Count == 0)
            return skips.Aggregate(SessionErrors.NothingToSign, (e, s) => e.WithField(s.Pick.Document.Id.ToString(), s.Code));
        var parcels = BatchParcels.Of(picks, credential.MaxHashes);
        // A code is sent, or a person asked, for one order; a PIN alone serves any number.
        if (parcels.Count > 1 && credential.Needs != SignerNeeds.Pin)
            return SessionErrors.TooManyForProvider.Format(credential.MaxHashes);
        db.Add(new SigningBatch { Id = batch, AccountId = caller.AccountId, RequestKey = key, RequestHash = request.Hash, CreatedAt = now });
        foreach (var (parcel, i) in parcels.Select((p, i) => (p, i)))
        {
            var order = making.Add(i == 0 ? first : Guid.CreateVersion7(now), target, parcel, prepared, desk.Actor);
            if (i > 0)
                continue;
            foreach (var (skip, j) in skips.Select((s, j) => (s, j)))
                order.Items.Add(SigningItem.Skip(first, SigningBatch.MaxDocuments + 1 + j, skip.Pick.Signer, skip.Pick.Document, skip.Code));
        }

        await store.SaveAsync([.. picks.Select(p => p.Session).Distinct()], ct);
        await transaction.CommitAsync(ct);
        return batch;
    }

    private static List<Pick> Sift(IEnumerable<Pick> picks, List<Skip> skips, Func<Pick, Error?> whyNot)
    {
        var kept = new List<Pick>();
        foreach (var pick in picks)
        {
            if (whyNot(pick) is { } error)
                skips.Add(new Skip(pick, error.Code));
            else
                kept.Add(pick);
        }

        return kept;
    }

    // What is not there and what is somebody else's get the same answer.
    private async Task<Result<List<Pick>>> ChooseAsync(BatchRequest request, CancellationToken ct)
    {
        var documents = (request.DocumentIds ?? []).ToHashSet();
        var ids = request.SessionIds is { } given
            ? [.. given.Distinct()]
            : await db.Set<SessionDocument>().Where(d => documents.Contains(d.Id)).Select(d => d.SessionId).Distinct().ToListAsync(ct);
        var sessions = await store.LockAsync(ids, ct);
        if (sessions.Count != ids.Count || ids.Count == 0 || sessions.Exists(s => s.SignerOf(caller.AccountId) is null))
            return SessionErrors.NotFound;
        var picks = sessions.SelectMany(s => (request.SessionIds is null ? s.Documents.Where(d => documents.Contains(d.Id))
            : s.Remaining(s.SignerOf(caller.AccountId)!))
            .OrderBy(d => d.Number).Select(d => new Pick(s, s.SignerOf(caller.AccountId)!, d))).ToList();
        if (request.DocumentIds is not null && picks.Count != documents.Count)
            return SessionErrors.NotFound;
        return picks.Count <= SigningBatch.MaxDocuments ? picks
            : SessionErrors.InvalidBatch.WithField("sessionIds", "Tổng số tài liệu tối đa 200.", "They have more than 200 documents.");
    }

    /// <summary>Tells the provider of each order that it does not know yet. The first one that is refused tells why.</summary>
    private async Task<Result<Guid>> BeginAsync(Guid batch, CancellationToken ct)
    {
        foreach (var order in await db.Set<SigningOrder>().AsNoTracking().Where(o => o.BatchId == batch && o.State == OrderState.Prepared)
            .OrderBy(o => o.Id).Select(o => o.Id).ToListAsync(ct))
        {
            var begun = await steps.BeginAsync(order, ct);
            if (!begun.IsSuccess)
                return begun.Error;
        }

        return batch;
    }
}
